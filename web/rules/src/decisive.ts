import { lastDay } from './calendar'
import { valueOf } from './evaluate'
import { held, scale, whole } from './numbers'
import { residual } from './residual'
import type { Type } from './rule'
import { isLiteral, made, name, namesIn, type Node } from './tree'
import { isList, isQuantity, order, quantity, typeOf, written, type Value } from './values'

/** After so many combinations what is not settled stays in. */
const most = 4_000

/** Of so many values a list is asked for at most. */
const mostAsked = 4

interface Variable {
  readonly symbol: number
  readonly values: readonly Value[]
}

/**
 * Which of the missing symbols can decide a condition: for some values of some of the others it is unknown without this one, and known with
 * some value of it. In a && (a || b) nothing depends on b. It is found by trying, the same combinations in the same order as
 * src/Kernel/Rules/Decisive.cs does, where it stands why.
 * @param values Of the rule's symbols, in their types.
 * @param missing The places of the symbols that are left when what is decided is struck out, in the order of the text.
 */
export function decisive(root: Node, values: readonly Value[], isKnown: (symbol: number) => boolean, missing: readonly number[]): readonly number[] {
  if (!repeats(root) && !chooses(root)) return missing
  const rest = residual(root, values, isKnown)
  return repeats(rest) || choosesInVain(rest) ? among(rest, values.length, missing) : missing
}

/** Both ways of a choice lead to the same: then the other way of whatever asks it is never taken. */
function choosesInVain(node: Node): boolean {
  const [, then, otherwise] = node.parts
  return (node.sign === '?' && isLiteral(then!) && isLiteral(otherwise!) && then!.value === otherwise!.value) || (logicIn(node)?.some(choosesInVain) ?? false)
}

/** It chooses between conditions somewhere. */
function chooses(node: Node): boolean {
  return logicIn(node)?.some(part => node.sign === '?' || chooses(part)) ?? false
}

/** A symbol stands in it more than once. */
function repeats(node: Node): boolean {
  const names = namesIn(node).map(n => n.symbol)
  return new Set(names).size < names.length
}

function among(rest: Node, symbols: number, missing: readonly number[]): readonly number[] {
  // The conditions that logic does not look into, by what they say, with the names in each.
  const atoms = new Map<string, { condition: Node; names: Node[] }>()
  const variables = new Map<number, Variable>()
  const free = new Map<string, number>()

  function collect(node: Node): void {
    const parts = logicIn(node)
    if (parts) parts.forEach(collect)
    else if (node.sign === 'name') variables.set(node.symbol, { symbol: node.symbol, values: [true, false] })
    else if (!isLiteral(node) && !atoms.has(said(node))) atoms.set(said(node), { condition: node, names: namesIn(node) })
  }

  /** The same tree with a symbol of its own in place of each condition that may come out either way. */
  function skeleton(node: Node): Node {
    const parts = logicIn(node)
    if (parts) return made(node.sign, node.type, parts.map(skeleton), node.detail)
    if (node.sign === 'name' || isLiteral(node) || atoms.get(said(node))!.names.every(n => n.type !== 'bool' && variables.has(n.symbol))) return node
    const symbol = free.get(said(node)) ?? symbols + free.size
    free.set(said(node), symbol)
    variables.set(symbol, { symbol, values: [true, false] })
    return name(symbol, 'bool')
  }

  collect(rest)
  for (const { symbol, type } of [...atoms.values()].flatMap(a => a.names)) {
    const bounds = boundsOf(type, [...atoms.values()].filter(a => a.names.some(n => n.symbol === symbol)).map(a => a.condition))
    if (bounds) variables.set(symbol, { symbol, values: bounds })
  }
  const tried = skeleton(rest)
  const sequence = [...variables.values()].sort((a, b) => a.values.length - b.values.length)
  const world = new Map<number, Value>()
  const isSettled = () => valueOf(tried, symbol => world.get(symbol)) !== undefined
  let left = most

  function withSome(variable: Variable, found: () => boolean): boolean {
    const is = variable.values.some(value => {
      world.set(variable.symbol, value)
      return found()
    })
    world.delete(variable.symbol)
    return is
  }

  /** Whether the variable makes the result known in some world that can be made from this one with the variables from a place on. */
  function canDecide(variable: Variable, from: number): boolean {
    if (--left < 0) return true
    if (isSettled()) return false
    return withSome(variable, isSettled)
      || sequence.some((other, i) => i >= from && other !== variable && withSome(other, () => canDecide(variable, i + 1)))
  }

  const deciding = new Set(sequence.filter(variable => canDecide(variable, 0)).map(v => v.symbol))
  for (const [said, symbol] of free)
    if (deciding.has(symbol)) atoms.get(said)!.names.forEach(n => deciding.add(n.symbol))
  return missing.filter(symbol => deciding.has(symbol))
}

/** What a condition is made of, as far as logic goes; undefined for what it does not look into. */
const logicIn = ({ sign, type, parts }: Node) =>
  sign === '!' || sign === '&&' || sign === '||' || (sign === '?' && type === 'bool') || (/^[=!]=$/.test(sign) && parts[0]!.type === 'bool') ? parts : undefined

/** What two pieces that say the same have in common. */
const said = (node: Node): string => JSON.stringify(node, (key, value: unknown) =>
  key === 'at' || key === 'detail' || key === 'type' ? undefined : typeof value === 'bigint' ? String(value) : value)

/**
 * A value on each side of each bound, and on it, if the symbol stands in several conditions and each compares it with what is known;
 * undefined where a condition may come out either way anyhow, or asks something else.
 */
function boundsOf(type: Type, conditions: readonly Node[]): readonly Value[] | undefined {
  if (conditions.length < 2 || type === 'bool' || type === 'duration') return undefined
  const known = conditions.map(against)
  if (known.includes(undefined)) return undefined
  const bounds = distinct(known.flatMap(k => k!))
  return type === 'list' ? lists(bounds) : distinct([least[type], ...bounds.flatMap(b => around(type, b))].filter(v => v !== undefined))
}

/** What a condition compares one symbol with, if it does that and nothing else. */
function against({ sign, parts: [left, right] }: Node): readonly Value[] | undefined {
  if (!left || !right || !/^([=!<>]=?|in)$/.test(sign)) return undefined
  if (isLiteral(left) && right.sign === 'name') return [left.value]
  if (left.sign !== 'name') return undefined
  if (sign !== 'in') return isLiteral(right) ? [right.value] : undefined
  const items = right.sign === '[]' && right.parts.every(isLiteral) ? right.parts.map(p => p.value) : right.value
  return isList(items) ? items.filter(v => v !== undefined) : undefined
}

/** The first of all texts; of the rest any value, for bounds that no value reaches. */
const least = { int: quantity('int', 0n), decimal: quantity('decimal', 0n), date: quantity('date', 0n), text: '' }

function around(type: keyof typeof least, bound: Value): Value[] {
  // Right behind a text stands the one with the first of all characters after it.
  if (!isQuantity(bound)) return typeof bound === 'string' ? [bound, `${bound}\0`] : []
  const near = [-1n, 0n, 1n]
  const n = order(bound)
  if (type === 'decimal') return near.map(by => quantity('decimal', held(n + by)))
  if (type === 'date') return near.map(by => n + by).map(day => quantity('date', day >= 0n && day <= lastDay ? day : undefined))
  const floor = n / scale - (n % scale < 0n ? 1n : 0n)
  return near.map(by => quantity('int', whole(floor + by)))
}

/** Lists with and without each of the values; undefined where these are too many. */
const lists = (asked: readonly Value[]): readonly Value[] | undefined => asked.length > mostAsked ? undefined
  : Array.from({ length: 1 << asked.length }, (_, set) => asked.filter((_, i) => (set >> i) & 1))

function distinct(values: readonly Value[]): Value[] {
  return [...new Map(values.map(v => [`${typeOf(v)} ${written(v)}`, v])).values()]
}
