import { rounded, scale } from './numbers'
import { symbolsOf, type Language, type Rule, type Unit } from './rule'
import { digits, isList, isQuantity, order, written, type Inputs, type Value } from './values'

/** How units stand after a number, as in src/Kernel/Rules/Unit.cs; the last is for one of them. */
const units: Readonly<Record<Exclude<Unit, 'None' | 'Ratio'>, readonly [zh: string, en: string, one: string]>> = {
  Yuan: ['元', 'yuan', 'yuan'],
  YuanPerHead: ['元/人', 'yuan per head', 'yuan per head'],
  Persons: ['人', 'persons', 'person'],
  Households: ['户', 'households', 'household'],
  Days: ['天', 'days', 'day'],
  Months: ['个月', 'months', 'month'],
  Years: ['年', 'years', 'year'],
  Litres: ['升', 'litres', 'litre'],
  Metres: ['米', 'metres', 'metre'],
  Minutes: ['分钟', 'minutes', 'minute'],
  SquareMetres: ['平方米', 'square metres', 'square metre'],
  Mu: ['亩', 'mu', 'mu'],
  Times: ['次', 'times', 'time'],
}

/** The value as people write it, with its unit: 6,000 元, 40%, 2020-06-30, 未知. */
export function shown(value: Value, unit: Unit, language: Language): string {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en)
  if (value === undefined) return say('未知', 'unknown')
  if (typeof value === 'boolean') return value ? say('是', 'yes') : say('否', 'no')
  if (typeof value === 'string') return say(`“${value}”`, `"${value}"`)
  if (isList(value)) return value.map(v => shown(v, unit, language)).join(say('、', ', '))
  if (!isQuantity(value) || value.of === 'date') return written(value)
  if (value.of === 'days' || value.of === 'months') return amount(value.n * scale, value.of === 'days' ? 'Days' : 'Months', language)
  return amount(order(value), unit, language)
}

/** An amount with its unit: at most six digits after the point, two of yuan, four of a percentage; what is compared is never rounded. */
function amount(n: bigint, unit: Unit, language: Language): string {
  if (unit === 'Ratio') return `${figures(n * 100n, 4)}%`
  const number = figures(n, unit === 'Yuan' || unit === 'YuanPerHead' ? 2 : 6)
  if (unit === 'None') return number
  // A newer server may count in other things.
  const [zh, en, one] = units[unit] ?? [unit, unit, unit]
  return `${number} ${language === 'zh' ? zh : n === scale ? one : en}`
}

function figures(n: bigint, places: number): string {
  const unit = 10n ** BigInt(16 - places)
  const [before = '', ...after] = digits(rounded(n, unit) * unit).split('.')
  return [before.replace(/\B(?=(\d{3})+$)/g, ','), ...after].join('.')
}

/**
 * A rule in plain words, as the desk says it.
 * @param inputs Values to show behind the names they belong to; unknown ones are left out.
 */
export function say(rule: Rule, language: Language, inputs?: Inputs): string {
  const symbols = symbolsOf(rule)
  return (rule[language] ?? []).map(piece => {
    if (typeof piece === 'string') return piece
    const symbol = symbols[piece]
    const value = symbol && inputs?.(symbol)
    if (!symbol || value === undefined) return ''
    const text = shown(value, symbol.unit, language)
    return language === 'zh' ? `（${text}）` : ` (${text})`
  }).join('')
}

/** A text with its places {like.this} filled in; those that have nothing to stand there stay as they are. */
export const fill = (template: string, of: (name: string) => string | undefined): string =>
  template.replace(/\{([a-z][a-z0-9_.]*)\}/g, (place: string, name: string) => of(name) ?? place)
