import { apply, calculate, compare, contains, negated } from './meaning'
import { isPart, unknownPart } from './parts'
import { symbolsOf, type Named, type Rule, type Unit } from './rule'
import type { Comparison, Trace } from './trace'
import { asDecimal, isList, isQuantity, read, typeOf, written, type Inputs, type Quantity, type Value } from './values'

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
 * The result of a rule with all that led to it: one walk through the tree, as src/Kernel/Rules/Explainer.cs takes it. Every part is
 * visited, whatever the others came to, so that a part that is not known here never goes unnoticed.
 * @throws TypeError The inputs gave a value of another type than its symbol's.
 * @throws RangeError The rule has a part that only a newer server writes.
 */
export function explain(rule: Rule, inputs: Inputs): Trace {
  const symbols = symbolsOf(rule)
  const values = symbols.map(symbol => inTypeOf(symbol, inputs(symbol)))
  const comparisons: Comparison[] = []
  const impossible: number[] = []
  let place = 0

  function token(): string | number | boolean {
    const token = rule.tree[place++]
    if (token === undefined) throw unknownPart('it ends too early')
    return token
  }

  const several = (count: number) => Array.from({ length: count }, next)

  function next(): Finding {
    const at = place
    const first = token()
    if (typeof first === 'boolean') return known(first)
    if (typeof first === 'number') return values[first] === undefined ? { value: undefined, missing: [first] } : known(values[first])
    const [sign = '', detail = ''] = first.split(' ')
    if (!isPart(sign, detail)) throw unknownPart(first)
    switch (sign) {
      case 'int': case 'decimal': case 'text': case 'date':
        return known(read(sign, token()))
      case 'has':
        return known(inputs(symbols[Number(token())]!) !== undefined)
      case '!':
        return ofKnown(at, [next()], ([a]) => !a)
      case 'neg':
        return ofKnown(at, [next()], ([a]) => negated(detail, a as Quantity))
      case '+': case '-': case '*': case '/': case '%':
        return arithmetic(at, sign, detail)
      case '==': case '!=': case '<': case '<=': case '>': case '>=':
        return comparison(at, sign, detail)
      case '&&': case '||':
        return logic(sign === '||', several(Number(token())))
      case '?':
        return conditional(at, detail)
      case 'in':
        return membership(at, detail)
      case '[]': {
        const items = several(Number(token()))
        return { value: items.map(i => i.value), missing: [], items }
      }
      default:
        return call(at, sign.slice(0, -2), detail)
    }
  }

  /** Operators that need every operand. */
  function ofKnown(at: number, operands: readonly Finding[], calculated: (values: readonly Value[]) => Value): Finding {
    if (operands.some(o => o.value === undefined)) return lackingAll(operands)
    const value = calculated(operands.map(o => o.value))
    if (value === undefined) impossible.push(at)
    return known(value)
  }

  function arithmetic(at: number, sign: string, type: string): Finding {
    const [left, right] = [next(), next()]
    // By a zero that is known nothing can be divided, known or not.
    if ((sign === '/' || sign === '%') && isQuantity(right.value) && right.value.n === 0n) {
      impossible.push(at)
      return known(undefined)
    }
    return ofKnown(at, [left, right], ([a, b]) => calculate(sign, type, a as Quantity, b as Quantity))
  }

  function comparison(at: number, sign: string, unit: string): Finding {
    const before = comparisons.length
    const [left, right] = [next(), next()]
    return noted(before, at, sign, unit, left, right, ofKnown(at, [left, right], ([a, b]) => compare(sign, a, b)))
  }

  function logic(decides: boolean, terms: readonly Finding[]): Finding {
    return terms.some(t => t.value === decides) ? known(decides)
      : terms.every(t => t.value !== undefined) ? known(!decides)
      : lacking(terms)
  }

  function conditional(at: number, type: string): Finding {
    const [condition, then, otherwise] = [next(), branch(at, type), branch(at, type)]
    if (condition.value !== undefined) return condition.value ? then : otherwise
    // Which way it goes is open; if neither way has a result, nothing that is supplied gives one.
    return lacking(isImpossible(condition) || (isImpossible(then) && isImpossible(otherwise)) ? [] : [condition, then, otherwise])
  }

  /** A branch in the type of the whole; a whole number too large for a decimal has no result. */
  function branch(at: number, type: string): Finding {
    const finding = next()
    const value = widened(type, finding.value)
    if (finding.value !== undefined && value === undefined) impossible.push(at)
    return { ...finding, value }
  }

  function membership(at: number, unit: string): Finding {
    const before = comparisons.length
    const [item, list] = [next(), next()]
    const truth = isList(list.value) ? contains(list.value, item.value) : undefined
    return noted(before, at, 'in', unit, item, list, truth !== undefined ? known(truth)
      : list.items ? lacking(list.items.map(other => lackingAll([item, other])))
      : lackingAll([item, list]))
  }

  function call(at: number, name: string, type: string): Finding {
    const before = comparisons.length
    const operands = several(Number(token()))
    const finding = ofKnown(at, operands, ([first, ...others]) => others.length === 0
      ? apply(name, first, undefined)
      : widened(type, others.reduce((a, b) => apply(name, a, b), first)))
    const [left, right] = operands
    return isTextCondition(name) && left && right ? noted(before, at, `${name}()`, '', left, right, finding) : finding
  }

  // An outer comparison stands before those inside it.
  function noted(before: number, at: number, sign: string, unit: string, left: Finding, right: Finding, whole: Finding): Finding {
    comparisons.splice(before, 0, {
      at, sign, left: left.value, right: right.value, unit: (unit || 'None') as Unit, holds: whole.value as boolean | undefined,
    })
    return whole
  }

  const { value, missing } = next()
  if (place < rule.tree.length) throw unknownPart(rule.tree[place])
  return {
    result: value,
    holds: typeof value === 'boolean' ? value : undefined,
    values: symbols.map((symbol, i) => ({ symbol, value: values[i] })),
    comparisons,
    missing: missing.map(i => symbols[i]!),
    impossible,
  }
}

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

const widened = (type: string, value: Value) => (type === 'decimal' ? asDecimal(value) : value)

const isTextCondition = (name: string) => name === 'contains' || name === 'startsWith' || name === 'endsWith'
