import { given, holds, read, symbolsOf, type Inputs, type Rule } from '../../../rules/src/index'
import type { Card, Day, Policy, Text } from '../api/types'
import type { Draft } from './draft'
import { ageOf, attributeOf, memberOf } from './values'

/** What is answered so far: facts by their keys, questions of forms by name, `@member` behind where each member is asked. */
export type Answered = Pick<Draft, 'answers' | 'extra'>

const AboutMember = /^(.+)@([^@]+)$/

export const questionKey = (name: string, member: string | null): string => member ? `${name}@${member}` : name
export const questionOf = (key: string): string => AboutMember.exec(key)?.[1] ?? key
export const askedMember = (key: string): string | null => AboutMember.exec(key)?.[2] ?? null

/** Values by the names that conditions use, seen from the household or one of its members. */
function named(values: Record<string, unknown>, member: string | null): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(values)) {
    const of = memberOf(key) ?? askedMember(key)
    if (of === null || of === member)
      found[memberOf(key) ? 'member.' + attributeOf(key) : questionOf(key)] = value
  }
  return found
}

/**
 * What conditions of forms see: what is answered, then what departments' records and the register have, then features, lines and the day. An answer that was taken
 * back is no answer; the register's value stands again. As src/Modules/Field/Forms/FormInputs.cs sees it.
 */
export function formInputs(card: Card, draft: Answered, policy: Policy | null, today: Day, member: string | null): Inputs {
  const person = card.members.find(m => m.id === member), age = person ? ageOf(person, today) : null
  const yuan = (fen: number | null | undefined) => typeof fen === 'number' ? fen / 100 : null
  const inputs = given(
    named({ ...draft.answers, ...draft.extra }, member), named(Object.fromEntries(Object.entries({ ...card.values, ...card.records }).map(([key, value]) => [key, value.v])), member), { 'member.age': age },
    card.features ?? {}, { 'line.poverty': yuan(policy?.lines?.poverty), 'line.monitoring': yuan(policy?.lines?.monitoring), today, month_start: today.slice(0, 8) + '01' })
  return symbol => {
    try {
      return inputs(symbol)
    } catch {
      // Half a number, or a text where a number belongs: not known.
      return read(symbol.type, null)
    }
  }
}

/** Whether a condition holds; undefined where it cannot be told, be it because it was written for a newer app. */
export function told(rule: unknown, inputs: Inputs): boolean | undefined {
  try {
    return holds(rule as Rule, inputs)
  } catch {
    return undefined
  }
}

/** What concerns somebody is shown, and so is what cannot be told. */
export const isShown = (rule: unknown, inputs: Inputs): boolean => rule === undefined || rule === null || told(rule, inputs) !== false

/** What is wrong with an answer, in the policy's words; null where nothing is, or it cannot be told. */
export const wrongWith = (valid: { when: unknown; message: Text } | null | undefined, inputs: Inputs): Text | null =>
  valid && told(valid.when, inputs) === false ? valid.message : null

/** Whether this visit said anything of what the condition reads. */
export function touches(rule: unknown, draft: Answered, member: string | null): boolean {
  const said = named({ ...draft.answers, ...draft.extra }, member)
  return symbolsOf(rule as Rule).some(s => Object.prototype.hasOwnProperty.call(said, s.name))
}
