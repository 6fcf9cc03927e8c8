import { expect, test } from 'vitest'
import type { PhoneRule } from '../src/api/types'
import { newDraft } from '../src/form/draft'
import { visitPage } from '../src/form/page'
import { saidFeatures } from '../src/rules/said'
import { wouldWarn } from '../src/rules/warn'
import { cardOf, policy } from './help'

const Today = '2026-11-29'
const rule = (id: string, symbols: unknown[], tree: unknown[], constants = {}): PhoneRule =>
  ({ id, title: { zh: id, en: id }, when: { type: 'bool', unit: 'None', symbols, tree, zh: ['人均纯收入', 0, ' 低于 监测线'], en: ['income', 0, ' below the line'] }, constants })
const income = rule('W01', [['income.net_per_capita', 'decimal', 'YuanPerHead', '人均纯收入', 'income'], ['line.monitoring', 'decimal', 'YuanPerHead', '监测线', 'line']], ['< YuanPerHead', 0, 1], { 'line.monitoring': '6000' })
const unsafe = rule('W15', [['housing.unsafe', 'bool', 'None', '危房', 'unsafe']], [0])
const uninsured = rule('W20', [['people.uninsured', 'int', 'Persons', '未参保', 'uninsured']], ['> Persons', 0, 'int', '0'])

function visit(features: Record<string, string | boolean | number>) {
  const card = { ...cardOf(1, Today), features }, draft = newDraft('id', card, visitPage(card, policy, Today), new Date(), Today)
  return { card, draft, warned: (rules: PhoneRule[]) => wouldWarn(card, draft, { ...policy, rules }, Today, 'zh') }
}

test('the phone says which rules would warn after the visit, and which no longer', () => {
  const { draft, warned } = visit({ 'income.net_per_capita': 9000, 'housing.unsafe': true })
  expect(warned([income, unsafe])!.map(w => [w.id, w.change])).toEqual([['W15', 'still']])
  Object.assign(draft, { income: { A1: 0, B1: 0 }, incomeSeen: true })
  draft.answers['household.grade'] = 'A'
  expect(warned([income, unsafe])!.map(w => [w.id, w.change])).toEqual([['W01', 'new'], ['W15', 'gone']])
  expect(warned([income])![0]!.words).toContain('元/人')
})

test('what is not known never warns, and a rule the phone cannot read is left to the server', () => {
  const { warned } = visit({})
  expect(warned([income, unsafe, { ...income, when: { ...(income.when as object), tree: ['future', 0] } }])).toEqual([])
  expect(wouldWarn(cardOf(1), visit({}).draft, { ...policy, rules: null }, Today, 'zh')).toBeNull()
})

test('people without insurance are counted from what was said and what was known', () => {
  const { card, draft, warned } = visit({ 'people.uninsured': 0 })
  expect(saidFeatures(card, draft)).toEqual({})
  draft.answers[`member.${card.members[0]!.id}.ins_res`] = false
  // Whether they are insured at work is not known: the server does not count them either.
  expect(saidFeatures(card, draft)).toEqual({ 'people.uninsured': 0 })
  draft.answers[`member.${card.members[0]!.id}.ins_emp`] = false
  expect(saidFeatures(card, draft)).toEqual({ 'people.uninsured': 1 })
  expect(warned([uninsured])!.map(w => w.change)).toEqual(['new'])
})
