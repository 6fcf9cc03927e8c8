import type { Card, Day, FormField, FormPart, Member, OpenItem, Policy, Purpose, Subject, Text, Valued, VisitForm } from '../api/types'
import type { Inputs } from '../../../rules/src/index'
import { formInputs, isShown, questionKey, type Answered } from './conditions'
import type { Draft } from './draft'
import { ageOf, attributeOf, hasValue, memberOf, valueOf } from './values'

/** One field of the page: whose it is, what is known. `own` is the register's value where a department's record counts before it; `held`: that record stays, whatever is said. */
export interface Shown { key: string; field: FormField; member: Member | null; value: Valued | undefined; own: Valued | undefined; held: boolean; state: 'missing' | 'stale' | 'known' }

/** A question whose answer is kept with the visit. */
export interface Asked { key: string; field: FormField; member: Member | null }

/** One of the six subjects, folded up unless something is the matter with it. */
export interface SubjectPart { subject: Subject; shown: Shown[]; /** Asked at the visit itself, taken for fine. */ flags: FormField[]; questions: Asked[] }

export interface FormSection { code: string; title: Text; shown: Shown[]; questions: Asked[] }

/** A form that is part of this visit besides the six subjects. */
export interface FormGroup { code: string; title: Text; note: Text | null; /** Its days are today; it cannot be left out. */ due: boolean; allSubjects: boolean; sections: FormSection[] }

/** A visit, worked out from what is known and answered so far: what is open, what is asked, what is only shown, and which forms could be added. */
export interface VisitPage { todo: OpenItem[]; ask: Shown[]; subjects: SubjectPart[]; forms: FormGroup[]; offers: VisitForm[]; purpose: Purpose }

export const Subjects: readonly Subject[] = ['FoodAndClothing', 'Education', 'Medical', 'Housing', 'Water', 'IncomeAndWork']

const FormOf: Record<Subject, string> = {
  FoodAndClothing: 'living', Education: 'school', Medical: 'medical', Housing: 'house', Water: 'water', IncomeAndWork: 'livelihood',
}

/** Answered through the page's own parts: the income sheet, wishes. */
const OwnParts = new Set(['visit.income_estimate', 'visit.house_remark', 'visit.needs', 'visit.problems', 'visit.fixed', 'visit.card', 'visit.satisfied'])

/** Sections that are no subject, and have parts of their own or are only asked. */
const OwnSections = new Set([...Object.values(FormOf), 'wishes', 'lacking'])

const KindOrder: Record<OpenItem['kind'], number> = { lead: 0, step: 1, task: 2, measure: 3, doubt: 4 }

const isFact = (f: FormField) => /^(household|member)\./.test(f.name)
const isFlag = (f: FormField) => f.name.startsWith('visit.') && f.type === 'bool'

export function visitPage(card: Card, policy: Policy | null, today: Day, draft: Draft | null = null): VisitPage {
  const said: Answered = { answers: draft?.answers ?? {}, extra: draft?.extra ?? {} }
  const parts = policy?.forms ?? [], visit = parts.filter(p => p.form === 'visit')
  const fields = new Map(visit.flatMap(p => p.fields).map(f => [f.name, f]))
  const missing = keysOf(card, card.missing), stale = keysOf(card, card.stale)

  const held = new Set((card.held ?? []).flatMap(feature => policy?.saidAs?.[feature] ?? []))
  const seen = new Map<string | null, Inputs>()
  const inputsOf = (member: string | null) => seen.get(member) ?? seen.set(member, formInputs(card, said, policy, today, member)).get(member)!
  const concerns = (rule: unknown, member: string | null) => isShown(rule, inputsOf(member))

  // A sum of last year is no answer about this one: it is shown, and not confirmed with the rest.
  const sums = new Set((parts.find(p => p.code === 'lacking')?.fields ?? []).filter(f => f.type === 'money').map(f => f.name))
  const shownOf = (key: string, field: FormField): Shown => {
    const value = valueOf(card, key), known = hasValue(value) && !(missing.has(key) && sums.has(field.name))
    return { key, field, value, own: card.values[key], held: held.has(key) && key in (card.records ?? {}), member: card.members.find(m => m.id === memberOf(key)) ?? null, state: !known ? 'missing' : stale.has(key) ? 'stale' : 'known' }
  }
  const factsOf = (f: FormField): Shown[] => (f.name.startsWith('member.') ? card.members.map(m => `member.${m.id}.${attributeOf(f.name)}`) : [f.name])
    .filter(key => concerns(f.visible, memberOf(key))).map(key => shownOf(key, f))
  const questionsOf = (f: FormField): Asked[] => (f.perMember ? card.members : [null])
    .filter(m => concerns(f.visible, m?.id ?? null)).map(member => ({ key: questionKey(f.name, member?.id ?? null), field: f, member }))
  const sectionOf = (p: FormPart): FormSection => ({
    code: p.code, title: p.title, shown: p.fields.filter(isFact).flatMap(factsOf), questions: p.fields.filter(f => !isFact(f) && !OwnParts.has(f.name)).flatMap(questionsOf),
  })
  const sectionsOf = (form: string) => parts.filter(p => p.form === form && !(form === 'visit' && OwnSections.has(p.code)) && concerns(p.visible, null))
    .map(sectionOf).filter(s => s.shown.length + s.questions.length > 0)

  const ask = [...new Set([...missing, ...stale])].flatMap(key => {
    const field = fields.get(memberOf(key) ? 'member.' + attributeOf(key) : key)
    return field && concerns(field.visible, memberOf(key)) ? [shownOf(key, field)] : []
  })
  const asked = new Set(ask.map(s => s.key))

  const subjects = Subjects.map(subject => {
    const part = parts.find(f => f.code === FormOf[subject])
    const own = part && concerns(part.visible, null) ? part.fields.filter(f => !OwnParts.has(f.name)) : []
    return {
      subject,
      flags: own.filter(f => isFlag(f) && concerns(f.visible, null)),
      shown: own.filter(isFact).flatMap(factsOf).filter(s => !asked.has(s.key)),
      questions: own.filter(f => !isFact(f) && !isFlag(f)).flatMap(questionsOf),
    }
  })

  const all = (policy?.visitForms ?? []).filter(f => concerns(f.visible, null)), isDue = (f: VisitForm) => (f.windows ?? []).some(w => w.from <= today && today <= (w.to ?? today))
  const active = (f: VisitForm) => isDue(f) || (draft?.forms ?? []).includes(f.code)
  const besides = sectionsOf('visit')
  const forms: FormGroup[] = [
    ...(besides.length ? [{ code: 'visit', title: besides[0]!.title, note: null, due: true, allSubjects: false, sections: besides }] : []),
    ...all.filter(active).map(f => ({ code: f.code, title: f.title, note: f.note ?? null, due: isDue(f), allSubjects: f.allSubjects === true, sections: sectionsOf(f.code) })),
  ]
  const todo = [...card.open].sort((a, b) => KindOrder[a.kind] - KindOrder[b.kind] || (a.due ?? '9').localeCompare(b.due ?? '9'))
  return { todo, ask, subjects, forms, offers: all.filter(f => !active(f)), purpose: purposeOf(card) }
}

/** Every question whose answer is kept with the visit, with the form it belongs to. */
export const everyAsked = (page: VisitPage): (Asked & { form: string })[] => [
  ...page.subjects.flatMap(s => s.questions.map(q => ({ ...q, form: 'visit' }))),
  ...page.forms.flatMap(f => f.sections.flatMap(s => s.questions.map(q => ({ ...q, form: f.code })))),
]

function keysOf(card: Card, names: string[]): Set<string> {
  return new Set(names.flatMap(name => /^member\.[^.]+$/.test(name) ? card.members.map(m => `member.${m.id}.${attributeOf(name)}`) : [name]))
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
