import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Card, Policy, Value } from '../src/api/types'
import { newDraft, type Draft } from '../src/form/draft'
import { answersOf } from '../src/form/finish'
import { visitPage } from '../src/form/page'
import { saidFeatures } from '../src/rules/said'
import { cardOf, policy } from './help'

/** Cards, answers, and the features a server worked out afterwards; tests/Tests/Modules/Field/VisitVectors.cs makes them with a real one. */
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../../../tests/rules/visits.json'), 'utf8')) as {
  today: string; policy: { saidAs: Record<string, string> }
  cases: { card: Card; answers: Record<string, Value>; income: Record<string, number> | null; features: Record<string, Value> }[]
}

test('what the phone makes of a visit is what the server makes of it', () => {
  let changed = 0
  for (const { card, answers, income, features } of vectors.cases) {
    const draft = { answers, income: income ?? {}, incomeSeen: income !== null } as Draft
    const said = saidFeatures({ ...card, open: [], missing: [], stale: [] }, draft, { forms: [], codes: {}, ...vectors.policy }, vectors.today)
    // Of the features that the server gives: only those that rules read go to a phone.
    const names = [...new Set([...Object.keys(card.features ?? {}), ...Object.keys(features)])], now: Record<string, unknown> = {}
    for (const name of names) {
      const value = name in said ? said[name] : card.features?.[name]
      if (value !== null && value !== undefined)
        now[name] = value
    }
    expect(now).toEqual(features)
    changed += names.filter(n => card.features?.[n] !== features[n]).length
  }
  expect(vectors.cases.length).toBe(60)
  expect(changed).toBeGreaterThan(150)
})

const today = '2026-11-29', field = { name: 'household.water_litres', title: { zh: '用水', en: 'water' }, type: 'decimal' }
const withWater: Policy = { ...policy, saidAs: { 'water.litres': field.name }, forms: [...policy.forms.filter(f => f.code !== 'water'), { code: 'water', form: 'visit', title: { zh: '饮水', en: 'water' }, fields: [field] }] }

function visit(more: Partial<Card>) {
  const card: Card = { ...cardOf(1, today), features: { 'water.litres': 40 }, missing: [], stale: [], ...more }
  const draft = newDraft('id', card, visitPage(card, withWater, today), new Date(), today)
  const page = () => visitPage(card, withWater, today, draft)
  return { card, draft, page, shown: () => page().subjects.flatMap(s => s.shown).find(s => s.key === field.name)! }
}

test('a department’s record is shown before what the register has, and an answer is kept beside the value it was made from', () => {
  const { draft, page, shown } = visit({ values: { [field.name]: { v: 20, on: '2026-01-01', src: 'visit' } }, records: { [field.name]: { v: 40, on: '2026-10-01', src: 'water' } }, held: ['water.litres'] })
  expect(shown()).toMatchObject({ value: { v: 40, src: 'water' }, own: { v: 20 }, held: true, state: 'known' })
  draft.answers[field.name] = 10
  expect(answersOf(draft, page()).find(a => a.attribute === 'water_litres')).toEqual({ member: null, attribute: 'water_litres', value: 10, how: 'changed', base: { v: 20, on: '2026-01-01' } })
})

test('a sum of last year is shown, asked anew, and not confirmed with the rest', () => {
  const paid = { name: 'household.paid_year', title: { zh: '今年自付', en: 'paid' }, type: 'money' }
  const asks: Policy = { ...policy, forms: [...policy.forms, { code: 'lacking', form: 'visit', title: { zh: '缺', en: 'lacking' }, fields: [paid] }] }
  const card: Card = { ...cardOf(1, today), missing: [paid.name], stale: [], values: { [paid.name]: { v: 5000, on: '2025-12-20', src: 'visit' } } }
  const draft = newDraft('id', card, visitPage(card, asks, today), new Date(), today), answers = () => answersOf(draft, visitPage(card, asks, today, draft))
  expect(visitPage(card, asks, today).ask).toMatchObject([{ key: paid.name, state: 'missing', value: { v: 5000 } }])
  draft.confirmedAll = true
  expect(answers()).toEqual([])
  draft.answers[paid.name] = 5000
  expect(answers()).toEqual([{ member: null, attribute: 'paid_year', value: 5000, how: 'new', base: { v: 5000, on: '2025-12-20' } }])
})

test('what a record holds stays as it is, what has aged follows the answer, and one tap confirms all', () => {
  const records = { [field.name]: { v: 40, on: '2026-10-01', src: 'water' } }
  const held = visit({ records, held: ['water.litres'] }), aged = visit({ records, held: null, stale: [field.name] })
  for (const one of [held, aged])
    one.draft.answers[field.name] = 10
  expect(saidFeatures(held.card, held.draft, withWater, today)).toEqual({})
  expect(saidFeatures(aged.card, aged.draft, withWater, today)).toEqual({ 'water.litres': 10 })
  const same = visit({ records, held: null, stale: [field.name] })
  expect(same.page().ask).toMatchObject([{ key: field.name, state: 'stale' }])
  same.draft.confirmedAll = true
  expect(answersOf(same.draft, same.page()).find(a => a.attribute === 'water_litres')).toEqual({ member: null, attribute: 'water_litres', value: 40, how: 'confirmed' })
})
