import { expect, test } from 'vitest'
import { newDraft } from '../src/form/draft'
import { answersOf, everyShown, finish, lacks } from '../src/form/finish'
import { Basics, computeIncome, leaves, withIncome } from '../src/form/income'
import { visitPage } from '../src/form/page'
import { tableRows } from '../src/form/tables'
import { ageOf, dayOf, inWords } from '../src/form/values'
import { zh } from '../src/texts/zh'
import { en } from '../src/texts/en'
import { cardOf, cards, policy } from './help'

const Today = '2026-11-29', now = new Date('2026-11-29T08:00:00Z')
const user = { id: 'u', name: 'cadre', displayName: '周桂英', role: 'VillageCadre', area: '500231103205', areaName: '石坝村' }
const draftOf = (n: number) => { const card = cardOf(n, Today), page = visitPage(card, policy, Today); return { card, page, draft: newDraft('id', card, page, now, Today) } }

test('the page asks what is open, missing or aged, and folds up the rest', () => {
  const { page, card } = draftOf(5)
  expect(page.todo.map(o => o.kind)).toEqual(['lead', 'doubt'])
  expect(page.ask.map(s => s.state)).toEqual(card.members[2] ? ['missing', 'stale', 'stale'] : ['missing'])
  const asked = new Set(page.ask.map(s => s.key))
  expect(page.subjects.flatMap(s => s.shown).some(s => asked.has(s.key))).toBe(false)
  expect(page.subjects).toHaveLength(6)
  expect(page.purpose).toBe('Verification')
})

test('“nothing else has changed” confirms every known fact as of today, with what the phone saw', () => {
  const { draft, card, page } = draftOf(7)
  draft.confirmedAll = true
  expect(lacks(draft, card, policy, Today)).toEqual([])
  const visit = finish(draft, card, policy, user, now, Today)
  const known = everyShown(page).filter(s => s.value)
  expect(visit.answers).toHaveLength(known.length)
  expect(visit.answers.every(a => a.how === 'confirmed' && a.base?.on !== undefined)).toBe(true)
  expect(Object.values(visit.findings)).toHaveLength(6)
  expect(visit.burden).toMatchObject({ typed: 0, confirmed: known.length, prefilled: known.length })
  expect(visit.visitedOn).toBe(Today)
})

test('an answer says whether it confirms, changes or is new', () => {
  const { draft, page, card } = draftOf(5)
  const missing = page.ask.find(s => s.state === 'missing')!
  draft.answers[missing.key] = 'none'
  draft.answers['household.grade'] = 'C'
  const [first, ...rest] = answersOf(draft, page)
  expect(first).toMatchObject({ how: 'new', attribute: 'student', member: missing.member!.id, value: 'none' })
  expect(first!.base).toBeUndefined()
  expect(rest.find(a => a.attribute === 'grade')).toMatchObject({ how: 'changed', member: null, value: 'C', base: card.values['household.grade'] && { v: card.values['household.grade']!.v, on: card.values['household.grade']!.on } })
})

test('a verification needs two people, six subjects, the sheet and a signature; a call verifies nothing', () => {
  const { draft, card } = draftOf(0)
  draft.mode = 'ByPhone'
  expect(lacks(draft, card, policy, Today)).toEqual(['home', 'subjects', 'income', 'second', 'signature'])
  Object.assign(draft, { mode: 'AtHome', confirmedAll: true, incomeSeen: true, second: { name: '吴长河', unit: '镇政府' }, signature: 'h' })
  expect(lacks(draft, card, policy, Today)).toEqual([])
  const visit = finish(draft, card, policy, user, now, Today)
  expect(visit.visitors.map(v => v.name)).toEqual(['周桂英', '吴长河'])
  expect(visit.income!.items.find(i => i.code === 'A1')!.fen).toBe(1_800_000)
})

test('what is not fine makes its subject a problem that says what', () => {
  const { draft, card } = draftOf(7)
  draft.confirmedAll = true
  draft.flags['visit.water_quality'] = false
  draft.findings.Housing = 'Problem'
  expect(lacks(draft, card, policy, Today)).toEqual(['note'])
  draft.notes.Housing = '偏房漏雨'
  const visit = finish(draft, card, policy, user, now, Today)
  expect(visit.findings).toMatchObject({ Water: 'Problem', Housing: 'Problem', FoodAndClothing: 'Fine' })
  expect(visit.problems.map(p => [p.subject, p.problem])).toEqual([['Housing', '偏房漏雨'], ['Water', '不符合：水质良好']])
})

test('a visit that says nothing at all is not handed in', () => {
  const { draft, card } = draftOf(7)
  expect(lacks(draft, card, policy, Today)).toEqual(['nothing'])
})

test('the income sheet adds itself up, takes off costs, and never counts a subtotal twice', () => {
  const { card } = draftOf(0)
  expect(computeIncome(card, {})).toMatchObject({ total: 2_818_000, perHead: 1_409_000, below: false, change: 0 })
  expect(computeIncome(card, { A1: 0 })).toMatchObject({ total: 1_018_000, perHead: 509_000, below: true, change: -900_000 })
  const item = (code: string) => ({ code, zh: code, en: code, last: 100 })
  expect(leaves([item('A'), item('A1'), item('D6'), item('D6a'), item('net_pc'), item('oop')]).map(i => i.code)).toEqual(['A1', 'D6a'])
  const bare = withIncome({ ...card, income: null }, [card])
  expect(bare.income!.items.every(i => i.last === 0)).toBe(true)
  expect(bare.income!.items.length).toBeGreaterThanOrEqual(Basics.length)
  expect(bare.income!.line).toBe(600_000)
})

test('village tables are compared with the register, a row a household', () => {
  const all = cards(30, Today), rows = (table: 'people' | 'monitored' | 'housing' | 'insurance') => tableRows(table, all, '500231103205', policy, zh, 'zh')
  expect(rows('people')).toHaveLength(30)
  expect(rows('monitored').map(r => r.card.id).sort()).toEqual(all.filter(c => c.monCat).map(c => c.id).sort())
  expect(rows('housing').every(r => r.says.includes('C级'))).toBe(true)
  expect(rows('insurance').every(r => /参保 \d\/\d/.test(r.says))).toBe(true)
  expect(tableRows('people', all, '500231103999', policy, zh, 'zh')).toEqual([])
})

test('values read as people say them', () => {
  expect(inWords({ type: 'bool' }, true, policy, 'zh')).toBe('是')
  expect(inWords({ type: 'codes', codes: 'health' }, ['chronic', 'disabled'], policy, 'zh')).toBe('长期慢性病、残疾')
  expect(inWords({ type: 'code', codes: 'house_grade' }, 'Z', policy, 'en')).toBe('Z')
  expect(ageOf({ id: '', code: '', name: '', birth: '2010-11-30' }, Today)).toBe(15)
  expect(ageOf({ id: '', code: '', name: '', birth: null }, Today)).toBeNull()
  expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05')
})

test('English says everything Chinese says', () => {
  const keys = (o: object, at = ''): string[] => Object.entries(o).flatMap(([k, v]) => typeof v === 'object' ? keys(v, at + k + '.') : [at + k])
  expect(keys(en).sort()).toEqual(keys(zh).sort())
})
