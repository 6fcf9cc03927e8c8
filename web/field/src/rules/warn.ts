import { explain, given, say, type Rule } from '../../../rules/src/index'
import type { Card, PhoneRule, Policy } from '../api/types'
import type { Draft } from '../form/draft'
import type { Language } from '../form/values'
import { saidFeatures } from './said'

/** What a rule makes of a household with what this visit says. */
export interface Warning { id: string; rule: PhoneRule; change: 'new' | 'still' | 'gone'; words: string }

/** Which rules would warn after this visit, which would no longer, and which would as before. Null where there are no rules on the phone. */
export function wouldWarn(card: Card, draft: Draft, policy: Policy | null, today: string, language: Language): Warning[] | null {
  if (!policy?.rules)
    return null
  const day = { today, month_start: today.slice(0, 8) + '01' }, said = saidFeatures(card, draft, policy, today)
  return policy.rules.flatMap((rule): Warning[] => {
    try {
      const when = rule.when as Rule
      const before = given(card.features ?? {}, rule.constants, day), now = given(said, card.features ?? {}, rule.constants, day)
      const held = explain(when, before).holds, holds = explain(when, now).holds
      const change = holds === true ? held === true ? 'still' : 'new' : held === true && holds === false ? 'gone' : null
      return change ? [{ id: rule.id, rule, change, words: say(when, language, now) }] : []
    } catch {
      // A rule of a newer server, or a value it cannot read: the server will tell.
      return []
    }
  }).sort((a, b) => 'new still gone'.indexOf(a.change) - 'new still gone'.indexOf(b.change))
}
