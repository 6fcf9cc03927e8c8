/** Time without a move after which the figures are asked for, in milliseconds. */
const PAUSE = 60;

/** Puts a slider beside every number that has a range, and has the figures follow what is moved or typed. */
export function rehearse(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-rehearse]");
  const address = form?.dataset.rehearse;
  if (!form || !address) return;
  form.querySelectorAll<HTMLInputElement>("input[data-dial]").forEach(addSlider);

  let timer = 0;
  let running: AbortController | undefined;
  const ask = async (): Promise<void> => {
    // The latest wins: an answer to an older question is not waited for.
    running?.abort();
    const mine = (running = new AbortController());
    const old = document.getElementById("results");
    old?.setAttribute("aria-busy", "true");
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/html" },
      body: JSON.stringify({ asked: fields(form) }),
      signal: mine.signal,
    });
    // Signed out: a fresh page says it better.
    if (answer.status === 401 || answer.redirected) return window.location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (!mine.signal.aborted) show(html);
  };
  const soon = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => ask().catch((e: unknown) => {
      if (!(e instanceof DOMException && e.name === "AbortError")) document.getElementById("results")?.setAttribute("data-stale", "");
    }), PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    window.clearTimeout(timer);
    soon();
  });
}

function fields(form: HTMLFormElement): { name: string; value: string }[] {
  return [...new FormData(form)].map(([name, value]) => ({ name, value: String(value) }));
}

/** Puts the new figures in the place of the old, and the address, the form to save and everything else after them. */
function show(html: string): void {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("results");
  const old = document.getElementById("results");
  if (!fresh || !old) return;
  old.replaceWith(fresh);
  const query = fresh.dataset.query ?? "";
  document.querySelectorAll<HTMLInputElement>("input[data-asked]").forEach((input) => (input.value = query));
  const live = document.querySelector("p[data-live]");
  if (live) live.textContent = fresh.dataset.live ?? "";
  window.history.replaceState(null, "", query ? `?${query}` : window.location.pathname);
}

function addSlider(number: HTMLInputElement): void {
  if (!number.dataset.dial || !number.dataset.most) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = number.dataset.least ?? "0";
  slider.max = number.dataset.most;
  slider.step = number.dataset.dial;
  slider.value = number.value;
  slider.setAttribute("aria-label", number.labels?.[0]?.textContent ?? number.name);
  // The number is what is sent; the slider only moves it, and follows it when it is typed.
  slider.addEventListener("input", () => (number.value = slider.value));
  number.addEventListener("input", () => (slider.value = number.value));
  number.closest(".dial")?.append(slider);
}
