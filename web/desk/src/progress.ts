/** What the server says about a running import. */
interface Progress {
  running: boolean;
  rows: number;
  rowsPerSecond: number;
}

/** Counts the rows of a running import up, and shows its result when it is done. */
export function followImports(): void {
  document.querySelectorAll<HTMLElement>("[data-progress]").forEach((place) => {
    const rows = place.querySelector<HTMLElement>("[data-rows]");
    const address = place.dataset.progress;
    if (!rows || !address) return;
    const ask = async (): Promise<void> => {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      // Signed out, or the server is restarting: a fresh page says it better.
      if (!answer.ok) return window.location.reload();
      const progress = (await answer.json()) as Progress;
      if (!progress.running) return window.location.reload();
      rows.textContent = progress.rows.toLocaleString("en") + (progress.rowsPerSecond > 0 ? ` (${progress.rowsPerSecond.toLocaleString("en")}/s)` : "");
      window.setTimeout(ask, 1000);
    };
    ask().catch(() => window.setTimeout(() => window.location.reload(), 5000));
  });
}
