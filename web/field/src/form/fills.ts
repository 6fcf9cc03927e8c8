import type { Day, FillColumn, FillTable } from '../api/types'

/** Tables that a village fills in on the day. */
export const tablesOf = (tables: readonly FillTable[] | undefined, village: string, today: Day): FillTable[] =>
  (tables ?? []).filter(t => village in t.villages && t.until >= today)

/** What is known of a village, to be looked at and sent again where it still holds. */
export const knownOf = (table: FillTable, village: string): Record<string, string> =>
  Object.fromEntries(Object.entries(table.villages[village] ?? {}).map(([code, k]) => [code, k.v]))

/** How many values of a village nobody knows. */
export const lackingOf = (table: FillTable, village: string): number => table.columns.filter(c => !table.villages[village]?.[c.code]).length

/** Whether something typed can be taken; nothing typed can. */
export function fits(column: FillColumn, typed: string): boolean {
  const text = typed.trim().replaceAll(',', '')
  if (text === '')
    return true
  return column.flag ? text === 'true' || text === 'false' : /^\d{1,9}(\.\d+)?$/.test(text) && Number(text) >= (column.least ?? 0)
}

/** By what a table of a village is known in the queue. */
export const fillKey = (table: FillTable, village: string): string => `${table.id} ${village}`
