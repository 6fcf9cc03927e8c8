import { valueOf, widened } from './evaluate'
import { contains } from './meaning'
import { isLiteral, literal, made, type Node } from './tree'
import { isList, isZero, type Value } from './values'

/**
 * What is left of a rule for one household, as src/Kernel/Rules/Residual.cs leaves it: known symbols are their values, what they decide is
 * gone, has() is answered. A part that can have no result, whatever is supplied, is the unknown literal.
 */
export function residual(node: Node, values: readonly Value[], isKnown: (symbol: number) => boolean): Node {
  const rest = (part: Node): Node => residual(part, values, isKnown)
  const is = (value: Value) => literal(value, node.type)
  switch (node.sign) {
    case 'value': return node
    case 'name': return values[node.symbol] === undefined ? node : is(values[node.symbol])
    case 'has': return is(isKnown(node.symbol))
    case '&&': case '||': return logic(node, node.parts.map(rest))
    case '?': return conditional(node, node.parts.map(rest) as [Node, Node, Node])
  }
  const parts = node.parts.map(rest)
  const left = made(node.sign, node.type, parts, node.detail)
  if (node.sign === '[]') return left
  if (node.sign === 'in') return membership(left, parts as [Node, Node])
  if ((node.sign === '/' || node.sign === '%') && isZero(parts[1]!.value)) return is(undefined)
  // What needs every operand: without a result if one has none, worked out if all are known.
  return parts.some(isNothing) ? is(undefined) : parts.every(isSettled) ? is(valueOf(left, () => undefined)) : left
}

const isNothing = (node: Node) => isLiteral(node) && node.value === undefined

const isSettled = (node: Node) => isLiteral(node) || (node.sign === '[]' && node.parts.every(isLiteral))

function logic(node: Node, terms: readonly Node[]): Node {
  const decides = node.sign === '||'
  if (terms.some(t => t.value === decides)) return literal(decides, 'bool')
  const open = terms.filter(t => typeof t.value !== 'boolean')
  return open.length === 0 ? literal(!decides, 'bool')
    : open.length === 1 ? open[0]!
    : open.every(isLiteral) ? literal(undefined, 'bool')
    : made(node.sign, 'bool', open)
}

function conditional(node: Node, [condition, then, otherwise]: [Node, Node, Node]): Node {
  const never = literal(undefined, node.type)
  const branch = (part: Node) => (isLiteral(part) ? literal(widened(node, part.value), node.type) : part)
  if (!isLiteral(condition)) {
    const [a, b] = [branch(then), branch(otherwise)]
    return isNothing(a) && isNothing(b) ? never : made('?', node.type, [condition, a, b], node.detail)
  }
  if (condition.value === undefined) return never
  const taken = condition.value ? then : otherwise
  return isLiteral(taken) || taken.type === node.type ? branch(taken)
    : made('?', node.type, [condition, condition.value ? taken : never, condition.value ? never : taken], node.detail)
}

function membership(node: Node, [item, list]: [Node, Node]): Node {
  const parts = list.sign === '[]' ? list.parts : isList(list.value) ? list.value.map(v => literal(v, item.type)) : undefined
  if (!parts) return node
  if (parts.length === 0) return literal(false, 'bool')
  if (!isLiteral(item)) return node
  // What is known of the list may hold it already, whatever the rest of it is.
  const known = contains(parts.filter(isLiteral).map(p => p.value), item.value)
  return known || parts.every(isLiteral) ? literal(known, 'bool') : item.value === undefined ? literal(undefined, 'bool') : node
}
