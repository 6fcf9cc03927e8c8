import type { Card, Policy, VillageTable } from '../api/types'
import { inWords, type Language } from './values'
import type { Texts } from '../texts/zh'

/** A row of a village table: what the register says, to be compared with the paper. */
export interface TableRow { card: Card; says: string }

export const VillageTables: readonly VillageTable[] = ['people', 'monitored', 'housing', 'insurance']

const Unsafe = new Set(['C', 'D'])

/** What a village's paper table should say, household by household. */
export function tableRows(table: VillageTable, cards: Iterable<Card>, village: string, policy: Policy | null, t: Texts, language: Language): TableRow[] {
  const rows: TableRow[] = []
  for (const card of cards) {
    if (card.area !== village)
      continue
    const says = saidOf(table, card, policy, t, language)
    if (says)
      rows.push({ card, says })
  }
  return rows.sort((a, b) => (a.card.group ?? '').localeCompare(b.card.group ?? '') || a.card.code.localeCompare(b.card.code))
}

function saidOf(table: VillageTable, card: Card, policy: Policy | null, t: Texts, language: Language): string | null {
  if (table === 'people')
    return t.common.people(card.size)
  if (table === 'monitored')
    return card.monCat ? inWords({ type: 'code', codes: 'monitoring_category' }, card.monCat, policy, language) : null
  if (table === 'housing') {
    const grade = card.values['household.grade']?.v
    return typeof grade === 'string' && Unsafe.has(grade) ? t.check.grade(inWords({ type: 'code', codes: 'house_grade' }, grade, policy, language)) : null
  }
  const insured = card.members.filter(m => card.values[`member.${m.id}.ins_res`]?.v === true || card.values[`member.${m.id}.ins_emp`]?.v === true).length
  return insured < card.members.length ? t.check.insured(insured, card.members.length) : null
}
