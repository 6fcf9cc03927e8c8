import { decisive } from './decisive'
import { applied, widened } from './evaluate'
import { contains } from './meaning'
import { symbolsOf, type Named, type Rule, type Unit } from './rule'
import type { Comparison, Trace } from './trace'
import { parse, type Node } from './tree'
import { asDecimal, isList, isZero, typeOf, written, type Inputs, type Value } from './values'

/** What an expression came to, and the places of the symbols it lacks if it came to nothing. */
interface Finding {
  readonly value: Value
  readonly missing: readonly number[]
  /** Of a list that is written out in the rule. */
  readonly items?: readonly Finding[]
}

const known = (value: Value): Finding => ({ value, missing: [] })

const lacking = (findings: readonly Finding[]): Finding => ({ value: undefined, missing: [...new Set(findings.flatMap(f => f.missing))] })

/** No value, and nothing that could be supplied to give it one. */
const isImpossible = (finding: Finding) => finding.value === undefined && finding.missing.length === 0

/** What a calculation lacks: one operand that can never be known makes the others not worth asking for. */
const lackingAll = (findings: readonly Finding[]) => lacking(findings.some(isImpossible) ? [] : findings)

/**
 * The result of a rule with all that led to it, as src/Kernel/Rules/Explainer.cs works it out.
 * @throws TypeError The inputs gave a value of another type than its symbol's.
 * @throws RangeError The rule has a part that only a newer server writes, be it where it would not matter.
 */
export function explain(rule: Rule, inputs: Inputs): Trace {
  const root = parse(rule)
  const symbols = symbolsOf(rule)
  const values = symbols.map(symbol => inTypeOf(symbol, inputs(symbol)))
  const isKnown = (symbol: number) => inputs(symbols[symbol]!) !== undefined
  const comparisons: Comparison[] = []
  const impossible: number[] = []

  function finding(node: Node): Finding {
    switch (node.sign) {
      case 'value': return known(node.value)
      case 'name': return values[node.symbol] === undefined ? { value: undefined, missing: [node.symbol] } : known(values[node.symbol])
      case 'has': return known(isKnown(node.symbol))
      case '&&': case '||': return logic(node.sign === '||', node.parts.map(finding))
      case '?': return conditional(node)
      case '[]': {
        const items = node.parts.map(finding)
        return { value: items.map(i => i.value), missing: [], items }
      }
    }
    const before = comparisons.length
    const [left, right, ...others] = node.parts.map(finding) as [Finding, Finding]
    const whole = node.sign === 'in' ? membership(left, right)
      : node.sign === '/' || node.sign === '%' ? quotient(node, left, right)
      : ofKnown(node, right ? [left, right, ...others] : [left])
    // An outer comparison stands before those inside it.
    if (isComparison(node)) comparisons.splice(before, 0, compared(node, left.value, right.value, whole.value))
    return whole
  }

  /** Operators that need every operand. */
  function ofKnown(node: Node, operands: readonly Finding[]): Finding {
    if (operands.some(o => o.value === undefined)) return lackingAll(operands)
    const value = applied(node, operands.map(o => o.value))
    if (value === undefined) impossible.push(node.at)
    return known(value)
  }

  /** By a zero that is known nothing can be divided, known or not. */
  function quotient(node: Node, left: Finding, right: Finding): Finding {
    if (!isZero(right.value)) return ofKnown(node, [left, right])
    impossible.push(node.at)
    return known(undefined)
  }

  function conditional(node: Node): Finding {
    const [condition, then, otherwise] = node.parts.map((part, i) => (i === 0 ? finding(part) : branch(node, part))) as [Finding, Finding, Finding]
    if (condition.value !== undefined) return condition.value ? then : otherwise
    // Which way it goes is open; if neither way has a result, nothing that is supplied gives one.
    return lacking(isImpossible(condition) || (isImpossible(then) && isImpossible(otherwise)) ? [] : [condition, then, otherwise])
  }

  /** A branch in the type of the whole; a whole number too large for a decimal has no result. */
  function branch(whole: Node, part: Node): Finding {
    const found = finding(part)
    const value = widened(whole, found.value)
    if (found.value !== undefined && value === undefined) impossible.push(whole.at)
    return { ...found, value }
  }

  const { value, missing } = finding(root)
  return {
    result: value,
    holds: typeof value === 'boolean' ? value : undefined,
    values: symbols.map((symbol, i) => ({ symbol, value: values[i] })),
    comparisons,
    missing: (rule.type === 'bool' && missing.length > 1 ? decisive(root, values, isKnown, missing) : missing).map(i => symbols[i]!),
    impossible,
  }
}

function logic(decides: boolean, terms: readonly Finding[]): Finding {
  return terms.some(t => t.value === decides) ? known(decides)
    : terms.every(t => t.value !== undefined) ? known(!decides)
    : lacking(terms)
}

function membership(item: Finding, list: Finding): Finding {
  const truth = isList(list.value) ? contains(list.value, item.value) : undefined
  return truth !== undefined ? known(truth)
    : list.items ? lacking(list.items.map(other => lackingAll([item, other])))
    // A list may turn out to be empty, whatever is sought.
    : lacking(isImpossible(list) ? [] : [item, list])
}

const isComparison = ({ sign, type }: Node) => type === 'bool' && sign !== '!'

const compared = (node: Node, left: Value, right: Value, whole: Value): Comparison =>
  ({ at: node.at, sign: node.sign, left, right, unit: (node.detail || 'None') as Unit, holds: whole as boolean | undefined })

/** The value of a rule; undefined when unknown. */
export const evaluate = (rule: Rule, inputs: Inputs): Value => explain(rule, inputs).result

/**
 * Whether a condition holds; undefined when that is unknown.
 * @throws TypeError The rule is no condition.
 */
export function holds(rule: Rule, inputs: Inputs): boolean | undefined {
  if (rule.type !== 'bool') throw new TypeError(`A rule that gives a value of the type ${rule.type} is no condition.`)
  return explain(rule, inputs).holds
}

/** The value of a symbol in its own type: whole numbers may stand in for decimals. */
function inTypeOf(symbol: Named, value: Value): Value {
  const type = typeOf(value)
  if (type === undefined || type === symbol.type) return value
  if (type === 'int' && symbol.type === 'decimal') return asDecimal(value)
  throw new TypeError(`${symbol.name} is of the type ${symbol.type}, but its value is ${written(value)}, of the type ${type}.`)
}
