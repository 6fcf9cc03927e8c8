import type { Rule, Type } from './rule'
import { read, type Value } from './values'

/** A piece of a rule. */
export interface Node {
  /** Where it begins in the rule's tree. */
  readonly at: number
  /** "name", "value", "has", or an operator such as "+", "&&", "min()". */
  readonly sign: string
  /** What the checker found: the type of a calculation, the unit in which two sides are compared. */
  readonly detail: string
  readonly type: Type
  readonly parts: readonly Node[]
  /** The place among the rule's symbols, of "name" and "has". */
  readonly symbol: number
  /** Of "value". */
  readonly value: Value
}

export const made = (sign: string, type: Type, parts: readonly Node[], detail = '', at = -1): Node =>
  ({ at, sign, detail, type, parts, symbol: -1, value: undefined })

export const literal = (value: Value, type: Type, at = -1): Node => ({ ...made('value', type, [], '', at), value })

export const name = (symbol: number, type: Type, at = -1): Node => ({ ...made('name', type, [], '', at), symbol })

export const isLiteral = (node: Node): boolean => node.sign === 'value'

/** What stands in it by name, from left to right; within has() does not count. */
export const namesIn = (node: Node): Node[] => (node.sign === 'name' ? [node] : node.parts.flatMap(namesIn))

const nothing = (detail: string) => detail === ''
const anyUnit = () => true
const widening = (type: string) => type === '' || type === 'decimal'
const calculated = (type: string) => /^(int|decimal|date|days|months)$/.test(type)

/** Every operator, what may stand behind it, its type if that is always the same, and how many operands it has; none where their number is written. */
const operators = new Map<string, readonly [detail: (detail: string) => boolean, type: Type | undefined, operands?: number]>([
  ['!', [nothing, 'bool', 1]],
  ['neg', [calculated, undefined, 1]],
  ['?', [widening, undefined, 3]],
  ['[]', [nothing, 'list']],
  ...['&&', '||'].map(sign => [sign, [nothing, 'bool']] as const),
  ...['+', '-', '*', '/', '%'].map(sign => [sign, [calculated, undefined, 2]] as const),
  ...['==', '!=', '<', '<=', '>', '>=', 'in'].map(sign => [sign, [anyUnit, 'bool', 2]] as const),
  ...['contains()', 'startsWith()', 'endsWith()'].map(sign => [sign, [nothing, 'bool']] as const),
  ...['size()', 'daysBetween()', 'monthsBetween()'].map(sign => [sign, [nothing, 'int']] as const),
  ...['days()', 'months()', 'years()'].map(sign => [sign, [nothing, 'duration']] as const),
  ...['min()', 'max()'].map(sign => [sign, [widening, undefined]] as const),
])

const isValueType = (sign: string) => sign === 'int' || sign === 'decimal' || sign === 'text' || sign === 'date'

/**
 * The tree of a rule.
 * @throws RangeError It has a part that only a newer server writes; the rule cannot be answered here, and is not guessed at.
 */
export function parse(rule: Rule): Node {
  const { symbols, tree } = rule
  let place = 0

  function token(): string | number | boolean {
    const token = tree[place++]
    return token === undefined ? refuse('it ends too early') : token
  }

  function symbol(at: number): Node {
    const index = tree[at]
    const type = typeof index === 'number' ? symbols[index]?.[1] : undefined
    return type === undefined ? refuse(index) : name(index as number, type, at)
  }

  function next(): Node {
    const at = place
    const first = token()
    if (typeof first === 'number') return symbol(at)
    if (typeof first === 'boolean') return literal(first, 'bool', at)
    if (isValueType(first)) return literal(read(first as Type, token()), first as Type, at)
    if (first === 'has') return { ...symbol(place++), sign: 'has', type: 'bool', at }
    const [sign = '', detail = ''] = first.split(' ')
    const [isDetail, type, operands] = operators.get(sign) ?? refuse(first)
    if (!isDetail(detail)) refuse(first)
    const parts = Array.from({ length: operands ?? Number(token()) }, next)
    return made(sign, type ?? typeOf(detail, parts), parts, detail, at)
  }

  const root = next()
  return place < tree.length ? refuse(tree[place]) : root
}

/** Of a calculation, or of one of several values. */
function typeOf(detail: string, parts: readonly Node[]): Type {
  return detail === 'days' || detail === 'months' ? 'duration' : detail ? (detail as Type) : parts[parts.length - 1]?.type ?? refuse('operands are missing')
}

function refuse(part: unknown): never {
  throw new RangeError(`The rule has a part that is not known here: ${String(part)}.`)
}
