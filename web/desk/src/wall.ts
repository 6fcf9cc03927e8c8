// The wall works without this file: drilling down is following links. What stands here keeps a full screen full, and the figures fresh.
const FRESH = 60_000;

export function wall(): void {
  if (!document.querySelector("[data-wall]")) return;
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-full]")) void toggle();
    else if (target.closest("[data-print]")) window.print();
    const link = target.closest<SVGAElement | HTMLAnchorElement>("[data-wall] a");
    const to = link?.getAttribute("href");
    // Links to other pages leave the wall, and so do those opened elsewhere.
    if (!to?.startsWith("/wall") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void show(to, true);
  });
  window.addEventListener("popstate", () => void show(location.href, false));
  window.setInterval(() => document.visibilityState === "visible" && void show(location.href, false), FRESH);
  ready();
}

async function show(address: string, moves: boolean): Promise<void> {
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-wall]");
    const now = document.querySelector("[data-wall]");
    if (!answer.ok || !next || !now) throw new Error();
    const focused = (document.activeElement as Element | null)?.getAttribute("href");
    now.replaceWith(next);
    ready();
    if (moves) {
      history.pushState(null, "", address);
      document.getElementById("main")?.focus();
    } else if (focused) {
      // Who stands on a link stays there while the figures change around.
      next.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
    }
  } catch {
    // A page that was asked for is opened the plain way; what only keeps fresh is tried again.
    if (moves) location.assign(address);
  }
}

function ready(): void {
  document.querySelectorAll<HTMLButtonElement>("[data-wall] [data-print], [data-wall] [data-full]").forEach((button) => {
    button.hidden = button.matches("[data-full]") && !document.fullscreenEnabled;
  });
}

function toggle(): Promise<void> {
  return document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
}
