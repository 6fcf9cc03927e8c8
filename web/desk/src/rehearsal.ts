/** Time without a keystroke after which the figures for a typed number or rule are asked for, in milliseconds. A slider does not wait. */
const TYPING = 120;

/** An answer that a newer question waits for is given up after this time: it is somewhere on a slow line. */
const PATIENCE = 400;

/** Puts a slider beside every number that has a range, and has the figures follow what is moved or typed. */
export function rehearse(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-rehearse]");
  const address = form?.dataset.rehearse;
  if (!form || !address) return;
  form.querySelectorAll<HTMLInputElement>("input[data-dial]").forEach(addSlider);

  // One question is under way at a time; of those that come meanwhile only the last one counts. So the server is never asked for what
  // nobody waits for any more, and figures still follow a slider while it moves.
  let wanted = false;
  let running: { controller: AbortController; since: number } | undefined;
  const ask = async (): Promise<void> => {
    while (wanted) {
      wanted = false;
      const mine = (running = { controller: new AbortController(), since: performance.now() });
      try {
        document.getElementById("results")?.setAttribute("aria-busy", "true");
        const html = await answerTo(address, form, mine.controller.signal);
        if (html !== undefined) show(html);
      } catch (e: unknown) {
        if (!(e instanceof DOMException && e.name === "AbortError")) document.getElementById("results")?.setAttribute("data-stale", "");
      }
    }
    running = undefined;
    remember();
  };
  const now = (): void => {
    wanted = true;
    if (!running) void ask();
    else if (performance.now() - running.since > PATIENCE) running.controller.abort();
  };

  // Before anything is done with a link it says what is tried, too.
  for (const turn of ["pointerover", "pointerdown", "focusin", "click"])
    document.addEventListener(turn, (event) => complete((event.target as Element).closest?.("#results[data-short] a[href]")), { capture: true });

  let timer = 0;
  form.addEventListener("input", (event) => {
    window.clearTimeout(timer);
    const field = event.target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
    if (field.type === "range" || field.type === "checkbox" || field instanceof HTMLSelectElement) now();
    else timer = window.setTimeout(now, TYPING);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    window.clearTimeout(timer);
    now();
  });
}

/** The part of the page with the figures; nothing when the page is loaded anew instead. */
async function answerTo(address: string, form: HTMLFormElement, signal: AbortSignal): Promise<string | undefined> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/html" },
    body: JSON.stringify({ asked: fields(form) }),
    signal,
  });
  // Signed out: a fresh page says it better.
  if (answer.status === 401 || answer.redirected) {
    window.location.reload();
    return undefined;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

function fields(form: HTMLFormElement): { name: string; value: string }[] {
  return [...new FormData(form)].map(([name, value]) => ({ name, value: String(value) }));
}

/** Puts the new figures in the place of the old, and the form to save after them. */
function show(html: string): void {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  const fresh = parsed.content.getElementById("results");
  const old = document.getElementById("results");
  if (!fresh || !old) return;
  old.replaceWith(fresh);
  document.querySelectorAll<HTMLInputElement>("input[data-asked]").forEach((input) => (input.value = fresh.dataset.query ?? ""));
  const live = document.querySelector("p[data-live]");
  if (live) live.textContent = fresh.dataset.live ?? "";
}

/** Puts what is tried into a link that came without it. */
function complete(link: Element | null | undefined): void {
  const results = document.getElementById("results");
  if (!(link instanceof HTMLAnchorElement) || !results || link.dataset.whole !== undefined || !link.getAttribute("href")?.startsWith("/rehearsal")) return;
  const asked = new URLSearchParams(results.dataset.query);
  const own = new URLSearchParams(link.search);
  for (const name of new Set(own.keys())) asked.delete(name);
  own.forEach((value, name) => asked.append(name, value));
  link.search = asked.toString();
  link.dataset.whole = "";
}

/** The address says what the figures show, once nothing moves any more: browsers count how often it is changed. */
function remember(): void {
  const query = document.getElementById("results")?.dataset.query ?? "";
  window.history.replaceState(null, "", query ? `?${query}` : window.location.pathname);
}

function addSlider(number: HTMLInputElement): void {
  if (!number.dataset.dial || !number.dataset.most) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = number.dataset.least ?? "0";
  slider.max = number.dataset.most;
  slider.step = number.dataset.dial;
  // Where counties differ the number is empty, and the slider stands where most of them do.
  slider.value = number.value || (number.dataset.start ?? "");
  slider.setAttribute("aria-label", number.labels?.[0]?.textContent ?? number.name);
  // The number is what is sent; the slider only moves it, and follows it when it is typed.
  slider.addEventListener("input", () => (number.value = slider.value));
  number.addEventListener("input", () => (slider.value = number.value || (number.dataset.start ?? "")));
  number.closest(".dial")?.append(slider);
}
