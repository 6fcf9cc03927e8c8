import type { Card, CodeList, Day, FormField, Member, Policy, Text, Value, Valued } from '../api/types'

export type Language = 'zh' | 'en'

export const say = (text: Text | null | undefined, language: Language): string => text ? text[language] || text.zh : ''

/** `member.<id>.ins_res` → the member's id; null for facts of the household. */
export const memberOf = (key: string): string | null => key.startsWith('member.') ? key.split('.')[1] ?? null : null

export const attributeOf = (key: string): string => key.slice(key.lastIndexOf('.') + 1)

/** What counts: a department's record where it stands, else what the register goes by. */
export const valueOf = (card: Card, key: string): Valued | undefined => card.records?.[key] ?? card.values[key]

export const hasValue = (value: Valued | undefined): boolean =>
  value !== undefined && value.v !== null && value.v !== '' && !(Array.isArray(value.v) && value.v.length === 0)

export const sameValue = (a: Value, b: Value): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length && [...a].sort().every((x, i) => x === [...b].sort()[i]) : a === b

const titleOf = (list: CodeList | undefined, code: string, language: Language) => say(list?.items.find(i => i.code === code)?.title, language) || code

/** A value in words, or '' when there is none. */
export function inWords(field: Pick<FormField, 'type' | 'codes'>, value: Value | undefined, policy: Policy | null, language: Language): string {
  if (value === undefined || value === null || value === '')
    return ''
  const list = field.codes ? policy?.codes[field.codes] : undefined
  if (field.type === 'bool')
    return language === 'zh' ? (value ? '是' : '否') : (value ? 'yes' : 'no')
  if (Array.isArray(value))
    return value.map(v => titleOf(list, v, language)).join(language === 'zh' ? '、' : ', ')
  if (field.codes)
    return titleOf(list, String(value), language)
  return field.type === 'money' ? yuan(Number(value) * 100) : String(value)
}

/** Fen as yuan, with groups of thousands and no needless decimals. */
export const yuan = (fen: number): string => (fen / 100).toLocaleString('en-US', { maximumFractionDigits: fen % 100 === 0 ? 0 : 2 })

/** Whole years on a day; null when the year of birth is not known. */
export function ageOf(member: Member, on: Day): number | null {
  const year = Number(member.birth?.slice(0, 4))
  if (!year)
    return null
  const rest = member.birth!.length >= 10 ? member.birth!.slice(5, 10) : '01-01'
  return Number(on.slice(0, 4)) - year - (on.slice(5) < rest ? 1 : 0)
}

/** Days from one to the other, negative when it has passed. */
export const daysUntil = (day: Day, from: Day): number => Math.round((Date.parse(day) - Date.parse(from)) / 86_400_000)

/** The calendar day here, not in Greenwich. */
export function dayOf(instant: Date): Day {
  return `${instant.getFullYear()}-${String(instant.getMonth() + 1).padStart(2, '0')}-${String(instant.getDate()).padStart(2, '0')}`
}
