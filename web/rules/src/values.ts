import { readDay, writeDay } from './calendar'
import { held, scale, whole } from './numbers'
import type { Named, Type } from './rule'

/** A value a rule calculates with; undefined is unknown. */
export type Value = undefined | boolean | string | Quantity | readonly Value[]

/** What has an order: a whole number, a decimal in units of its 16th place, the number of a day, a duration. */
export interface Quantity {
  readonly of: 'int' | 'decimal' | 'date' | 'days' | 'months'
  readonly n: bigint
}

/** The value that many make, or unknown where there is none. */
export const quantity = (of: Quantity['of'], n: bigint | undefined): Quantity | undefined => (n === undefined ? n : { of, n })

export const isQuantity = (value: Value): value is Quantity => typeof value === 'object' && 'of' in value

export const isZero = (value: Value): boolean => isQuantity(value) && value.n === 0n

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

/** What orders two values of one type, and numbers of both. */
export const order = (value: Quantity): bigint => (value.of === 'int' ? value.n * scale : value.n)

/** A whole number where a decimal is asked for becomes one, or unknown if it is too large; everything else stays. */
export const asDecimal = (value: Value): Value =>
  isQuantity(value) && value.of === 'int' ? quantity('decimal', held(order(value))) : value

export function typeOf(value: Value): Type | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'text'
  if (!isQuantity(value)) return 'list'
  return value.of === 'days' || value.of === 'months' ? 'duration' : value.of
}

/** The values of one household on one day: for every symbol a value of its type, or undefined where there is none. */
export type Inputs = (symbol: Named) => Value

/**
 * Inputs from values as the server writes them (see read), by name. The first source that has a name counts, even if it has null there:
 * an answer that was taken back is unknown, whatever was known before.
 */
export function given(...sources: Readonly<Record<string, unknown>>[]): Inputs {
  return symbol => read(symbol.type, sources.find(s => Object.prototype.hasOwnProperty.call(s, symbol.name))?.[symbol.name])
}

/**
 * A value from the form the server writes: true and false as such, lists as arrays of texts, everything else as text: 42, -0.5,
 * 2020-06-30, 30d, 6m. Numbers are taken as well. What a rule cannot hold is unknown; null is unknown.
 * @throws TypeError for what is no value of that type.
 */
export function read(type: Type, json: unknown): Value {
  if (json === null || json === undefined) return undefined
  const text = typeof json === 'number' ? String(json) : json
  if (type === 'list' && Array.isArray(json)) return json.map(item => read('text', item))
  if (type === 'bool' && typeof json === 'boolean') return json
  if (typeof text === 'string') {
    if (type === 'text' && text === json) return text
    if (type === 'int' && /^-?\d+$/.test(text)) return quantity('int', whole(BigInt(text)))
    if (type === 'decimal') {
      const [match, sign = '', before = '', after = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i.exec(text) ?? []
      const places = Number(power) + 16 - after.length
      const digits = match === undefined ? undefined : BigInt(sign + before + after)
      if (digits !== undefined) return quantity('decimal', places < 0 ? held(digits, 10n ** BigInt(-places)) : held(digits * 10n ** BigInt(places)))
    }
    const day = type === 'date' ? readDay(text) : undefined
    if (day !== undefined) return quantity('date', BigInt(day))
    if (type === 'duration' && /^-?\d+[dm]$/.test(text)) return quantity(text.endsWith('d') ? 'days' : 'months', whole(BigInt(text.slice(0, -1))))
  }
  throw new TypeError(`${JSON.stringify(json)} is no value of the type ${type}.`)
}

/** The value for programs, as the server writes it: 6000, true, 2020-06-30, 30d, unknown. */
export function written(value: Value): string {
  if (value === undefined) return 'unknown'
  if (isList(value)) return `[${value.map(written).join(', ')}]`
  if (!isQuantity(value)) return String(value)
  const { of, n } = value
  return of === 'decimal' ? digits(n)
    : of === 'date' ? writeDay(Number(n))
    : of === 'int' ? String(n)
    : n + of.charAt(0)
}

/** A decimal as text, without zeros at its end. */
export function digits(n: bigint): string {
  const figures = String(n < 0n ? -n : n).padStart(17, '0')
  const sign = n < 0n ? '-' : ''
  return sign + `${figures.slice(0, -16)}.${figures.slice(-16)}`.replace(/\.?0+$/, '')
}
