import { explain, given, say, type Rule } from '../../../rules/src/index'
import type { Card, PhoneRule, Policy, Value } from '../api/types'
import type { Draft } from '../form/draft'
import { isCost, leaves } from '../form/income'
import type { Language } from '../form/values'

/** What a rule makes of a household with what this visit says. */
export interface Warning { id: string; rule: PhoneRule; change: 'new' | 'still' | 'gone'; words: string }

/** Features that this visit says something new about; the rest is as the register had it. */
export function saidFeatures(card: Card, draft: Draft): Record<string, unknown> {
  const said: Record<string, unknown> = {}, answer = (key: string): Value | undefined => key in draft.answers ? draft.answers[key] : card.values[key]?.v
  if (draft.incomeSeen) {
    const items = leaves(card.income?.items ?? [])
    const yuan = (of: (code: string) => boolean) => items.reduce((sum, i) => sum + (of(i.code) ? draft.income[i.code] ?? i.last : 0), 0) / 100
    said['income.gross'] = yuan(code => !isCost(code))
    said['income.transfer'] = yuan(code => code.startsWith('D'))
    said['income.net_per_capita'] = Math.round((yuan(code => !isCost(code)) - yuan(isCost)) / Math.max(card.size, 1) * 100) / 100
  }
  const keys = card.members.map(m => ['ins_res', 'ins_emp'].map(a => `member.${m.id}.${a}`))
  if (keys.flat().some(k => k in draft.answers))
    said['people.uninsured'] = keys.filter(([res, emp]) => answer(res!) === false && answer(emp!) !== true).length
  if (typeof draft.answers['household.grade'] === 'string')
    said['housing.unsafe'] = ['C', 'D'].includes(draft.answers['household.grade'])
  return said
}

/** Which rules would warn after this visit, which would no longer, and which would as before. Null where there are no rules on the phone. */
export function wouldWarn(card: Card, draft: Draft, policy: Policy | null, today: string, language: Language): Warning[] | null {
  if (!policy?.rules)
    return null
  const day = { today, month_start: today.slice(0, 8) + '01' }
  return policy.rules.flatMap((rule): Warning[] => {
    try {
      const when = rule.when as Rule
      const before = given(card.features ?? {}, rule.constants, day), now = given(saidFeatures(card, draft), card.features ?? {}, rule.constants, day)
      const held = explain(when, before).holds, holds = explain(when, now).holds
      const change = holds === true ? held === true ? 'still' : 'new' : held === true && holds === false ? 'gone' : null
      return change ? [{ id: rule.id, rule, change, words: say(when, language, now) }] : []
    } catch {
      // A rule of a newer server, or a value it cannot read: the server will tell.
      return []
    }
  }).sort((a, b) => 'new still gone'.indexOf(a.change) - 'new still gone'.indexOf(b.change))
}
