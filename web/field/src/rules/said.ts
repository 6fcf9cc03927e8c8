import type { Card, Day, Member, Policy, Value } from '../api/types'
import type { Draft } from '../form/draft'
import { answersOf } from '../form/finish'
import { besides, isCost, leaves } from '../form/income'
import { visitPage } from '../form/page'
import { ageOf } from '../form/values'

const Unsafe = new Set<unknown>(['C', 'D']), NotAtSchool = new Set<unknown>(['none', 'preschool']), Able = new Set<unknown>(['1', '2', '3']), Unable = new Set<unknown>(['4', '5'])
const BeyondCompulsory = ['senior', 'vocational', 'college', 'technical', 'bachelor', 'postgraduate'], People = new Set<unknown>(['visit', 'desk'])

/** What is handed in and what was known, by the names of attributes. */
interface Words { said(key: string): Value | undefined; known(key: string): Value | undefined; byPeople(key: string): Value | undefined }

function wordsOf(card: Card, draft: Draft, policy: Policy | null, today: Day): Words {
  const said = new Map<string, Value>(Object.entries(draft.answers))
  for (const a of answersOf(draft, visitPage(card, policy, today, draft)))
    said.set(a.member ? `member.${a.member}.${a.attribute}` : `household.${a.attribute}`, a.value)
  return {
    said: key => said.get(key),
    known: key => said.has(key) ? said.get(key) : card.values[key]?.v,
    // A file's word does not count where somebody has to go and see; what this visit confirms does.
    byPeople: key => said.has(key) ? said.get(key) : People.has(card.values[key]?.src) ? card.values[key]?.v : undefined,
  }
}

/**
 * Features that this visit says something new about, as the server will work them out (tests/rules/visits.json holds the two together);
 * the rest is as it was. Null where it can no longer be told. What departments' records hold stays.
 */
export function saidFeatures(card: Card, draft: Draft, policy: Policy | null = null, today: Day = draft.day): Record<string, unknown> {
  const found: Record<string, unknown> = {}, words = wordsOf(card, draft, policy, today)
  const ofMembers = (attribute: string) => card.members.map(m => `member.${m.id}.${attribute}`)
  const anySaid = (attribute: string) => ofMembers(attribute).some(key => words.said(key) !== undefined)

  for (const [feature, key] of Object.entries(policy?.saidAs ?? {}))
    if (words.said(key) !== undefined)
      found[feature] = words.said(key)
  if (words.said('household.grade') !== undefined)
    found['housing.unsafe'] = Unsafe.has(words.said('household.grade'))
  if (anySaid('ins_res') || anySaid('ins_emp'))
    found['people.uninsured'] = card.members.filter(m => words.known(`member.${m.id}.ins_res`) === false && words.known(`member.${m.id}.ins_emp`) === false).length
  if (anySaid('labour')) {
    const labour = ofMembers('labour').map(words.known)
    found['people.whole_no_labour'] = labour.some(l => Able.has(l)) ? false : labour.length > 0 && labour.every(l => Unable.has(l)) ? true : null
  }
  if (anySaid('student')) {
    found['people.studying_beyond_compulsory'] = ofMembers('student').filter(key => BeyondCompulsory.some(stage => String(words.known(key) ?? '').startsWith(stage))).length
    const states = card.members.filter(m => ofSchoolAge(m, today)).map(m => words.byPeople(`member.${m.id}.student`)), outside = states.filter(s => NotAtSchool.has(s)).length
    if (states.length > 0)
      found['education.out_of_school'] = outside > 0 || states.every(s => s !== undefined) ? outside : null
  }
  if (anySaid('school_aid') || anySaid('student'))
    found['education.without_aid'] = withoutAid(card.members, words, today)
  if (draft.incomeSeen)
    Object.assign(found, incomeFeatures(card, draft))
  for (const feature of card.held ?? [])
    delete found[feature]
  return found
}

/** As the register counts: those without for certain; nobody only when of all pupils it is said. */
function withoutAid(members: Member[], words: Words, today: Day): number | null {
  const aids = members.map(m => ({ member: m, aid: words.known(`member.${m.id}.school_aid`), student: words.known(`member.${m.id}.student`) }))
  const without = aids.filter(a => a.aid === false).length
  if (without > 0)
    return without
  const open = aids.some(a => typeof a.aid !== 'boolean' && (a.student ? !NotAtSchool.has(a.student) : mayBePupil(a.member, today)))
  return open || !aids.some(a => a.aid === true) ? null : 0
}

/** Full years; of whom only the month of birth is known, where it comes to the same on any day of it. */
function ofSchoolAge(member: Member, today: Day): boolean {
  const birth = member.birth ?? ''
  if (birth.length < 7)
    return false
  const days = birth.length >= 10 ? [birth] : [birth + '-01', birth + '-28']
  const ages = days.map(b => ageOf({ ...member, birth: b }, today))
  return ages.every(age => age === ages[0]) && ages[0]! >= 6 && ages[0]! <= 15
}

const mayBePupil = (member: Member, today: Day): boolean => {
  const birth = member.birth ?? '', before = (years: number) => `${Number(today.slice(0, 4)) - years}${today.slice(4)}`
  return birth.length >= 10 && birth >= before(17) && birth <= before(6)
}

/** The server carries what the sheet before told over to what nobody asks; the card has it as last year's values. */
function incomeFeatures(card: Card, draft: Draft): Record<string, number | null> {
  const items = card.income?.items ?? [], amount = (i: { code: string; last: number }) => draft.income[i.code] ?? i.last
  // A blank sheet where nothing was known says nothing.
  if (!card.income?.on && [...leaves(items), ...besides(items)].every(i => amount(i) === 0))
    return {}
  const fen = (of: (code: string) => boolean) => leaves(items).reduce((sum, i) => sum + (of(i.code) ? amount(i) : 0), 0)
  const beside = (code: string) => besides(items).filter(i => i.code === code).reduce((sum, i) => sum + amount(i), 0)
  const gross = fen(code => !isCost(code)), net = gross - fen(isCost)
  const perHead = (all: number) => card.size > 0 ? Math.sign(all) * Math.round(Math.abs(all) / card.size) / 100 : null
  return {
    'income.gross': gross / 100, 'income.net': net / 100, 'income.transfer': fen(code => code.startsWith('D')) / 100, 'income.claim': beside('claim') / 100, 'income.rigid': beside('oop') / 100,
    'income.net_per_capita': perHead(net), 'income.monitoring_per_capita': perHead(net + beside('claim') - beside('oop')),
    'income.previous_net_per_capita': beside('prev_pc') > 0 ? beside('prev_pc') / 100 : null,
  }
}
