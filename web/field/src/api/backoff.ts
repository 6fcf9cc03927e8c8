/** How long to wait after so many failures in a row, in milliseconds: doubled each time up to five minutes, and never twice the same,
 *  so that the phones of a township that comes back into reach do not ask all at once. */
export function pause(failures: number, random: () => number, asked?: number): number {
  const most = Math.min(2_000 * 2 ** Math.min(failures - 1, 10), 300_000)
  return Math.max(asked ?? 0, Math.round(most / 2 + random() * most / 2))
}
