/** Days of the years 1 to 9999, counted from 0001-01-01 as 0. */

export const lastDay = 3_652_058

type Day = [year: number, month: number, day: number]

const leap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const daysIn = (year: number, month: number) => (month === 2 ? (leap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)

/** A year from March on ends with the leap day, so that months begin at the same place of it. */
const fromMarch = (month: number) => Math.floor((153 * month + 2) / 5)

export function dayNumber(year: number, month: number, day: number): number {
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9]
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + fromMarch(m) + day - 307
}

function dayOf(number: number): Day {
  let year = Math.floor(number / 365.2425) + 1
  if (dayNumber(year + 1, 1, 1) <= number) year++
  else if (dayNumber(year, 1, 1) > number) year--
  let month = 12
  while (dayNumber(year, month, 1) > number) month--
  return [year, month, number - dayNumber(year, month, 1) + 1]
}

/** The number of the day in the form 2020-06-30, or undefined where there is no such day. */
export function readDay(text: string): number | undefined {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number)
  return year && month && day && month <= 12 && day <= daysIn(year, month) ? dayNumber(year, month, day) : undefined
}

export function writeDay(number: number): string {
  const [year, month, day] = dayOf(number)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The day that many months later, the last of its month where that has no such day; undefined outside the calendar. */
export function addMonths(number: number, months: bigint): number | undefined {
  const [year, month, day] = dayOf(number)
  const moved = BigInt(year * 12 + month - 1) + months
  if (moved < 12n || moved >= 120_000n) return undefined
  const [y, m] = [Math.floor(Number(moved) / 12), (Number(moved) % 12) + 1]
  return dayNumber(y, m, Math.min(day, daysIn(y, m)))
}

/** The most months that can be added to the first day without passing the second; negative the other way round. */
export function monthsBetween(from: number, to: number): number {
  if (to < from) return -monthsBetween(to, from)
  const [[y1, m1, d1], [y2, m2, d2]] = [dayOf(from), dayOf(to)]
  return (y2 - y1) * 12 + m2 - m1 - (d2 < d1 && d2 < daysIn(y2, m2) ? 1 : 0)
}
