/** What a rule can calculate with, as in src/Kernel/Rules/RuleType.cs. */
export type Type = 'bool' | 'int' | 'decimal' | 'text' | 'date' | 'duration' | 'list'

/** What a number counts, as in src/Kernel/Rules/Unit.cs. */
export type Unit =
  | 'None' | 'Yuan' | 'YuanPerHead' | 'Persons' | 'Households' | 'Days' | 'Months' | 'Years' | 'Litres' | 'Metres' | 'Minutes'
  | 'SquareMetres' | 'Mu' | 'Ratio' | 'Times'

export type Language = 'zh' | 'en'

/** A checked rule as the server writes it; src/Kernel/Rules/RuleJson.cs tells what the tree means. */
export interface Rule {
  readonly type: Type
  readonly unit: Unit
  /** What the rule reads, in the order of its text: name, type, unit and, where it is to be explained, the titles. */
  readonly symbols: readonly (readonly [name: string, type: Type, unit: Unit, zh?: string, en?: string])[]
  readonly tree: readonly (string | number | boolean)[]
  /** The rule in plain words: a text, the place of the symbol whose value may be shown after it, a text, and so on. */
  readonly zh?: readonly (string | number)[]
  readonly en?: readonly (string | number)[]
}

/** A name a rule reads. One that came without titles is called by its name. */
export interface Named {
  readonly name: string
  readonly type: Type
  readonly unit: Unit
  readonly zh: string
  readonly en: string
}

export const symbolsOf = (rule: Rule): Named[] =>
  rule.symbols.map(([name, type, unit, zh = name, en = name]) => ({ name, type, unit, zh, en }))
