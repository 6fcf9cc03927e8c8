import { addMonths, lastDay, monthsBetween } from './calendar'
import { held, scale, whole } from './numbers'
import { isList, isQuantity, order, quantity, type Quantity, type Value } from './values'

/**
 * What the operators and functions do with values, as src/Kernel/Rules/Meaning.cs defines it. Every operand is known here; a result may
 * still be unknown.
 */

/** @param type What the checker found the result to be: int, decimal, date, days or months. */
export function calculate(sign: string, type: string, a: Quantity, b: Quantity): Value {
  switch (type) {
    case 'int': return quantity('int', ofWhole(sign, a.n, b.n))
    case 'decimal': return quantity('decimal', ofDecimals(sign, order(a), order(b)))
    case 'date': return a.of === 'date' ? moved(a.n, b, sign === '-' ? -b.n : b.n) : moved(b.n, a, a.n)
    case 'days':
    case 'months': return quantity(type, ofWhole(sign, a.n, b.n))
    default: throw noSuch(`${sign} ${type}`)
  }
}

function ofWhole(sign: string, a: bigint, b: bigint): bigint | undefined {
  switch (sign) {
    case '+': return whole(a + b)
    case '-': return whole(a - b)
    case '*': return whole(a * b)
    case '/': return b === 0n ? undefined : whole(a / b)
    case '%': return b === 0n ? undefined : whole(a % b)
    default: throw noSuch(sign)
  }
}

function ofDecimals(sign: string, a: bigint, b: bigint): bigint | undefined {
  switch (sign) {
    case '+': return held(a + b)
    case '-': return held(a - b)
    case '*': return held(a * b, scale)
    case '/': return b === 0n ? undefined : held(a * scale, b)
    default: throw noSuch(sign)
  }
}

function moved(day: bigint, duration: Quantity, by: bigint): Value {
  if (duration.of === 'months') {
    const number = addMonths(Number(day), by)
    return quantity('date', number === undefined ? number : BigInt(number))
  }
  const number = day + by
  return quantity('date', number >= 0n && number <= lastDay ? number : undefined)
}

export const negated = (type: string, { n }: Quantity): Value =>
  type === 'int' ? quantity('int', whole(-n)) : quantity('decimal', held(-n))

/** Below, at or above 0, as the left side is below, at or above the right one. */
function compared(a: Value, b: Value): number {
  if (isQuantity(a) && isQuantity(b)) {
    const [x, y] = [order(a), order(b)]
    return x < y ? -1 : x > y ? 1 : 0
  }
  return typeof a === 'string' && typeof b === 'string' ? textOrder(a, b) : a === b ? 0 : 1
}

export function compare(sign: string, a: Value, b: Value): boolean {
  const order = compared(a, b)
  switch (sign) {
    case '==': return order === 0
    case '!=': return order !== 0
    case '<': return order < 0
    case '<=': return order <= 0
    case '>': return order > 0
    case '>=': return order >= 0
    default: throw noSuch(sign)
  }
}

/** By code point: a surrogate stands for a character past U+FFFF and follows every other unit. */
function textOrder(a: string, b: string): number {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  if (i >= a.length || i >= b.length) return a.length - b.length
  const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
  const [p, q] = [isSurrogate(x), isSurrogate(y)]
  return p === q ? x - y : p ? 1 : -1
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff

/** Whether the item equals one of the list; unknown items may, so without a known match they leave it open. */
export function contains(list: readonly Value[], item: Value): boolean | undefined {
  if (item !== undefined && list.some(i => i !== undefined && compared(item, i) === 0)) return true
  return list.length > 0 && (item === undefined || list.includes(undefined)) ? undefined : false
}

/** Functions of one value, or of two; of more they are taken two at a time. */
export function apply(name: string, a: Value, b: Value): Value {
  if (isQuantity(a)) {
    switch (name) {
      case 'days': return quantity('days', a.n)
      case 'months': return quantity('months', a.n)
      case 'years': return quantity('months', whole(a.n * 12n))
    }
    if (isQuantity(b)) {
      switch (name) {
        case 'daysBetween': return quantity('int', b.n - a.n)
        case 'monthsBetween': return quantity('int', BigInt(monthsBetween(Number(a.n), Number(b.n))))
        case 'min': return order(a) <= order(b) ? a : b
        case 'max': return order(a) >= order(b) ? a : b
      }
    }
  }
  if (typeof a === 'string' && typeof b === 'string') {
    switch (name) {
      case 'contains': return a.includes(b)
      case 'startsWith': return a.startsWith(b)
      case 'endsWith': return a.endsWith(b)
    }
  }
  if (name === 'size' && (isList(a) || typeof a === 'string')) return quantity('int', BigInt(isList(a) ? a.length : characters(a)))
  throw noSuch(`${name}()`)
}

function characters(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) count += (text.charCodeAt(i) & 0xfc00) === 0xdc00 ? 0 : 1
  return count
}

const noSuch = (what: string) => new RangeError(`The rule asks ${what} of values that have none.`)
