import type { Named, Unit } from './rule'
import type { Value } from './values'

/** Why a rule came out as it did for one household; what the server's RuleTrace holds. */
export interface Trace {
  /** Undefined when the rule could not be decided. */
  readonly result: Value
  /** The result of a condition; undefined when unknown. */
  readonly holds: boolean | undefined
  /** Every symbol of the rule with its value, in the order of the text. */
  readonly values: readonly { readonly symbol: Named; readonly value: Value }[]
  /** Every comparison with both sides worked out, in the order of the text, decisive or not. */
  readonly comparisons: readonly Comparison[]
  /** The symbols without a value on which the result can still depend, given what is known; empty when the result is known. */
  readonly missing: readonly Named[]
  /** Where in the tree calculations begin that have no result although all they need is known, such as a division by zero. */
  readonly impossible: readonly number[]
}

/** A comparison, a membership or a text condition with what stood on both sides. */
export interface Comparison {
  /** Where in the tree it begins. */
  readonly at: number
  /** Such as <, in, contains(). */
  readonly sign: string
  readonly left: Value
  readonly right: Value
  /** The unit of both sides. */
  readonly unit: Unit
  /** Undefined when unknown. */
  readonly holds: boolean | undefined
}
