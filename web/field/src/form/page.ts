import type { Card, Day, FormField, Member, OpenItem, Policy, Purpose, Subject, Valued } from '../api/types'
import { ageOf, attributeOf, hasValue, memberOf, valueOf } from './values'

/** One field of the page: whose it is, what is known. */
export interface Shown { key: string; field: FormField; member: Member | null; value: Valued | undefined; state: 'missing' | 'stale' | 'known' }

/** One of the six subjects, folded up unless something is the matter with it. */
export interface SubjectPart { subject: Subject; shown: Shown[]; /** Asked at the visit itself, taken for fine. */ flags: FormField[] }

/** A visit, worked out from what is known: what is open, what is asked, what is only shown. */
export interface VisitPage { todo: OpenItem[]; ask: Shown[]; subjects: SubjectPart[]; purpose: Purpose }

export const Subjects: readonly Subject[] = ['FoodAndClothing', 'Education', 'Medical', 'Housing', 'Water', 'IncomeAndWork']

const FormOf: Record<Subject, string> = {
  FoodAndClothing: 'living', Education: 'school', Medical: 'medical', Housing: 'house', Water: 'water', IncomeAndWork: 'livelihood',
}

/** Answered through the page's own parts: the income sheet, wishes. */
const OwnParts = new Set(['visit.income_estimate', 'visit.house_remark', 'visit.needs', 'visit.problems', 'visit.fixed', 'visit.card', 'visit.satisfied'])

const KindOrder: Record<OpenItem['kind'], number> = { lead: 0, step: 1, task: 2, measure: 3, doubt: 4 }

export function visitPage(card: Card, policy: Policy | null, today: Day): VisitPage {
  const fields = new Map((policy?.forms ?? []).flatMap(p => p.fields).map(f => [f.name, f]))
  const missing = keysOf(card, card.missing), stale = keysOf(card, card.stale)
  const asked = new Set([...missing, ...stale])
  const shownOf = (key: string, field: FormField): Shown => {
    const value = valueOf(card, key), known = hasValue(value)
    return { key, field, value, member: card.members.find(m => m.id === memberOf(key)) ?? null, state: !known ? 'missing' : stale.has(key) ? 'stale' : 'known' }
  }
  const ask = [...asked].flatMap(key => {
    const field = fields.get(memberOf(key) ? 'member.' + attributeOf(key) : key)
    return field ? [shownOf(key, field)] : []
  })

  const subjects = Subjects.map(subject => {
    const part = policy?.forms.find(f => f.code === FormOf[subject])
    const own = part?.fields.filter(f => !OwnParts.has(f.name)) ?? []
    return {
      subject,
      flags: own.filter(f => f.name.startsWith('visit.') && f.type === 'bool'),
      shown: own.filter(f => !f.name.startsWith('visit.')).flatMap(f => f.name.startsWith('member.')
        ? card.members.map(m => `member.${m.id}.${attributeOf(f.name)}`).filter(key => concerns(card, key, today)).map(key => shownOf(key, f))
        : [shownOf(f.name, f)]).filter(s => !asked.has(s.key)),
    }
  })
  const todo = [...card.open].sort((a, b) => KindOrder[a.kind] - KindOrder[b.kind] || (a.due ?? '9').localeCompare(b.due ?? '9'))
  return { todo, ask, subjects, purpose: purposeOf(card) }
}

function keysOf(card: Card, names: string[]): Set<string> {
  return new Set(names.flatMap(name => /^member\.[^.]+$/.test(name) ? card.members.map(m => `member.${m.id}.${attributeOf(name)}`) : [name]))
}

/** Nobody asks about the school of a grandmother. */
function concerns(card: Card, key: string, today: Day): boolean {
  const member = card.members.find(m => m.id === memberOf(key)), attribute = attributeOf(key)
  const known = hasValue(valueOf(card, key)), age = member ? ageOf(member, today) : null
  if (attribute === 'student')
    return known && age !== null && age < 30 || age === null || age >= 3 && age <= 22
  if (attribute === 'drop_reason')
    return known
  if (attribute === 'work_place' || attribute === 'work_months')
    return known || age === null || age >= 16 && age < 70
  if (attribute === 'ins_emp')
    return known
  return true
}

/** Whether a child has to be at school, so that the subject concerns this household. */
export const hasPupil = (card: Card, today: Day): boolean => card.members.some(m => {
  const age = ageOf(m, today)
  return age !== null && age >= 6 && age <= 15
})

/** What a visit to this household is for, unless the cadre says otherwise. */
function purposeOf(card: Card): Purpose {
  if (card.open.some(o => o.kind === 'lead'))
    return 'Verification'
  if (card.open.some(o => o.kind === 'step' && /eliminat/i.test(o.title.en)))
    return 'Elimination'
  if (card.open.some(o => o.kind === 'step'))
    return 'Verification'
  return card.monCat ? 'Monthly' : 'FollowUp'
}

/** A verification or an elimination check: two people, six subjects, the income sheet and a signature. */
export const verifies = (purpose: Purpose): boolean => purpose === 'Verification' || purpose === 'Elimination'
