import { apply, calculate, compare, contains, negated } from './meaning'
import type { Node } from './tree'
import { asDecimal, isList, type Quantity, type Value } from './values'

/** A value in the type of the whole: where that is decimal, whole numbers become decimals. */
export const widened = (whole: Node, value: Value): Value => (whole.type === 'decimal' ? asDecimal(value) : value)

/** What an operator that needs every operand makes of known ones. */
export function applied(node: Node, values: readonly Value[]): Value {
  const { sign, detail } = node
  const [a, b] = values
  switch (sign) {
    case '!': return !a
    case 'neg': return negated(detail, a as Quantity)
    case '+': case '-': case '*': case '/': case '%':
      return calculate(sign, detail, a as Quantity, b as Quantity)
    case '==': case '!=': case '<': case '<=': case '>': case '>=':
      return compare(sign, a, b)
  }
  const name = sign.slice(0, -2)
  return values.length === 1 ? apply(name, a, b) : widened(node, values.slice(1).reduce((x, y) => apply(name, x, y), a))
}

/** The value of a piece without has(), and nothing of how it came about. */
export function valueOf(node: Node, of: (symbol: number) => Value): Value {
  const { sign, parts } = node
  switch (sign) {
    case 'value': return node.value
    case 'name': return of(node.symbol)
    case '[]': return parts.map(p => valueOf(p, of))
    case '&&': case '||': {
      const terms = parts.map(p => valueOf(p, of))
      return terms.includes(sign === '||') ? sign === '||' : terms.includes(undefined) ? undefined : sign === '&&'
    }
    case '?': {
      const condition = valueOf(parts[0]!, of)
      return condition === undefined ? condition : widened(node, valueOf(parts[condition ? 1 : 2]!, of))
    }
    case 'in': {
      const list = valueOf(parts[1]!, of)
      return isList(list) ? contains(list, valueOf(parts[0]!, of)) : undefined
    }
  }
  const values = parts.map(p => valueOf(p, of))
  return values.includes(undefined) ? undefined : applied(node, values)
}
