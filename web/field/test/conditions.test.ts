import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Card, Policy, Value } from '../src/api/types'
import { brokenLimits, finish, lacks, openQuestions } from '../src/form/finish'
import { formInputs, isShown, questionKey, wrongWith } from '../src/form/conditions'
import { newDraft } from '../src/form/draft'
import { everyAsked, visitPage } from '../src/form/page'
import { cardOf } from './help'

/** Forms of the packs as a phone gets them, with what the server makes of them; tests/Tests/Modules/Field/FormVectors.cs tells what stands in it. */
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../../../tests/rules/forms.json'), 'utf8')) as {
  today: string; policy: Policy
  cases: { members: { id: string; birth: string | null }[]; values: Record<string, Value>; features: Record<string, Value>; answers: Record<string, Value>; extra: Record<string, Value>; hidden: string[]; wrong: string[] }[]
}
const { policy, today } = vectors, now = new Date('2020-06-30T08:00:00Z')
const user = { id: 'u', name: 'cadre', displayName: '周桂英', role: 'VillageCadre', area: '500231103205', areaName: '石坝村' }

test('conditions and limits of every form come to what the server says', () => {
  for (const one of vectors.cases) {
    const card = { members: one.members.map(m => ({ ...m, code: m.id, name: m.id })), values: Object.fromEntries(Object.entries(one.values).map(([k, v]) => [k, { v, on: null }])), features: one.features } as unknown as Card
    const inputs = (member: string | null) => formInputs(card, one, policy, today, member), hidden: string[] = [], wrong: string[] = []
    for (const part of policy.forms) {
      if (!isShown(part.visible, inputs(null)))
        hidden.push('section:' + part.code)
      for (const field of part.fields)
        for (const member of field.perMember ? one.members.map(m => m.id) : [null]) {
          const key = part.code + ':' + (member && field.name.startsWith('member.') ? `member.${member}.${field.name.slice(7)}` : questionKey(field.name, member))
          if (!isShown(field.visible, inputs(member)))
            hidden.push(key)
          if (wrongWith(field.valid, inputs(member)))
            wrong.push(key)
        }
    }
    for (const form of policy.visitForms ?? [])
      if (!isShown(form.visible, inputs(null)))
        hidden.push('form:' + form.code)
    expect({ hidden: hidden.sort(), wrong: wrong.sort() }).toEqual({ hidden: one.hidden.sort(), wrong: one.wrong.sort() })
  }
  expect(vectors.cases.length).toBeGreaterThan(150)
})

/** A household that can be visited under the real forms. */
function visit() {
  const made = cardOf(7, today), card: Card = { ...made, missing: [], stale: [], features: { 'registry.size': made.members.length } }
  const draft = newDraft('id', card, visitPage(card, policy, today), now, today)
  return { card, draft, page: () => visitPage(card, policy, today, draft) }
}

test('the five visits are there to be added, ask what depends on an answer only then, and keep what was answered with the visit', () => {
  const { card, draft, page } = visit()
  expect(page().offers.map(f => f.code)).toContain('five_visits')
  expect(page().forms).toEqual([])
  draft.forms = ['five_visits']
  const keys = () => everyAsked(page()).map(q => q.key)
  expect(keys()).toContain('five_visits.unsold')
  expect(keys()).not.toContain('five_visits.unsold_kg')
  draft.extra!['five_visits.unsold'] = true
  expect(keys()).toContain('five_visits.unsold_kg')
  draft.extra!['five_visits.unsold_kg'] = 300
  draft.extra!['five_visits.epidemic'] = ['income']
  draft.extra!['five_visits.spring'] = 'ready'
  draft.confirmedAll = true
  const child = card.members[0]!.id
  expect(finish(draft, card, policy, user, now, today).forms).toEqual([expect.objectContaining({
    code: 'five_visits', answers: expect.arrayContaining([{ question: 'five_visits.unsold_kg', value: 300 }, { question: 'five_visits.epidemic', value: ['income'] }]),
  })])
  // What is hidden again is not said.
  draft.extra!['five_visits.unsold'] = false
  expect(finish(draft, card, policy, user, now, today).forms![0]!.answers.map(a => a.question)).not.toContain('five_visits.unsold_kg')
  expect(child).toBeTruthy()
})

test('what a form requires is asked for before it is handed in, and a form left out asks nothing', () => {
  const { card, draft, page } = visit()
  draft.confirmedAll = true
  expect(lacks(draft, card, policy, today)).toEqual([])
  draft.forms = ['five_visits']
  expect(lacks(draft, card, policy, today)).toEqual(['form'])
  expect(openQuestions(draft, page()).map(q => q.key)).toEqual(['five_visits.epidemic', 'five_visits.spring', 'five_visits.unsold'])
  draft.forms = []
  expect(lacks(draft, card, policy, today)).toEqual([])
})

test('the six-subject check wants a finding for each subject', () => {
  const { card, draft } = visit()
  draft.forms = ['six_subjects']
  draft.findings.Water = 'Fine'
  expect(lacks(draft, card, policy, today)).toEqual(['subjects'])
  draft.confirmedAll = true
  expect(lacks(draft, card, policy, today)).toEqual([])
})

test('an answer that cannot be right is named in the policy’s words, in both languages; who stands by it can hand in', () => {
  const { card, draft, page } = visit()
  const member = card.members[0]!.id, key = `member.${member}.work_months`
  draft.confirmedAll = true
  draft.answers[key] = 13
  const broken = brokenLimits(draft, card, policy, today, page())
  expect([...broken.keys()]).toEqual([key])
  expect(broken.get(key)!.zh).toContain('0 至 12')
  expect(broken.get(key)!.en).toContain('0 to 12')
  expect(lacks(draft, card, policy, today)).toEqual(['limits'])
  draft.insisted = [key]
  expect(lacks(draft, card, policy, today)).toEqual([])
  draft.answers[key] = 12
  expect(brokenLimits(draft, card, policy, today, page()).size).toBe(0)
})

test('what the register has and nobody touched is no reason to stop a visit, be it impossible', () => {
  const { card, draft, page } = visit()
  card.values[`member.${card.members[0]!.id}.work_months`] = { v: 40, on: today }
  draft.confirmedAll = true
  expect(brokenLimits(draft, card, policy, today, page()).size).toBe(0)
  expect(lacks(draft, card, policy, today)).toEqual([])
})

test('within its window a form is part of every visit, and a county’s own sections of the visit are, too', () => {
  const { card } = visit()
  const field = { name: 'visit.cellar', title: { zh: '地窖', en: 'cellar' }, type: 'code', codes: 'house_grade', required: true }
  const changed: Policy = {
    ...policy, forms: [...policy.forms, { code: 'cellars', form: 'visit', title: { zh: '地窖', en: 'cellars' }, fields: [field] }],
    visitForms: policy.visitForms!.map(f => f.code === 'five_visits' ? { ...f, windows: [{ from: '2020-06-01', to: '2020-06-30' }] } : f),
  }
  const page = visitPage(card, changed, today), draft = newDraft('id', card, page, now, today)
  expect(page.forms.map(f => [f.code, f.due])).toEqual([['visit', true], ['five_visits', true]])
  expect(visitPage(card, changed, '2020-07-01').forms.map(f => f.code)).toEqual(['visit'])
  draft.extra!['visit.cellar'] = 'A'
  expect(finish(draft, card, changed, user, now, today).forms!.find(f => f.code === 'visit')!.answers).toEqual([{ question: 'visit.cellar', value: 'A' }])
})

test('a draft of an earlier version of the app is still one', () => {
  const { card, draft } = visit()
  delete draft.forms
  delete draft.extra
  delete draft.insisted
  draft.confirmedAll = true
  expect(lacks(draft, card, policy, today)).toEqual([])
  expect(finish(draft, card, policy, user, now, today).forms).toBeUndefined()
})

test('a condition that only a newer app can read hides nothing and forbids nothing', () => {
  const { card } = visit()
  const strange = { type: 'bool', unit: 'None', symbols: [], tree: ['telepathy()', 1, true] }
  expect(isShown(strange, formInputs(card, { answers: {}, extra: {} }, policy, today, null))).toBe(true)
  expect(wrongWith({ when: strange, message: { zh: '', en: '' } }, formInputs(card, { answers: {}, extra: {} }, policy, today, null))).toBeNull()
})
