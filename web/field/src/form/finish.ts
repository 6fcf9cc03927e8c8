import type { Answer, Card, Day, FieldUser, Finding, FormAnswers, Policy, Subject, Text, Value, Visit } from '../api/types'
import { askedMember, formInputs, touches, wrongWith } from './conditions'
import type { Draft } from './draft'
import { besides, leaves } from './income'
import { everyAsked, hasPupil, verifies, visitPage, type Asked, type Shown, type SubjectPart, type VisitPage } from './page'
import { attributeOf, hasValue, memberOf, sameValue } from './values'

/** What still has to be done before a visit can be handed in. */
export type Lack = 'nothing' | 'second' | 'signature' | 'income' | 'subjects' | 'home' | 'note' | 'form' | 'limits'

/** Every fact of the page, once. */
export const everyShown = (page: VisitPage): Shown[] =>
  [...new Map([...page.ask, ...page.subjects.flatMap(s => s.shown), ...page.forms.flatMap(f => f.sections.flatMap(s => s.shown))].map(s => [s.key, s])).values()]

export const isAnswered = (value: Value | undefined): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** What seems impossible of what this visit says, by key: what the policy says about it. */
export function brokenLimits(draft: Draft, card: Card, policy: Policy | null, today: Day, page: VisitPage): Map<string, Text> {
  const broken = new Map<string, Text>(), said = { answers: draft.answers, extra: draft.extra ?? {} }
  for (const { key, field } of [...everyShown(page), ...everyAsked(page)]) {
    const member = memberOf(key) ?? askedMember(key)
    if (!field.valid || broken.has(key) || !touches(field.valid.when, said, member))
      continue
    const wrong = wrongWith(field.valid, formInputs(card, said, policy, today, member))
    if (wrong)
      broken.set(key, wrong)
  }
  return broken
}

/** Questions of forms that have to be answered and are not. */
export const openQuestions = (draft: Draft, page: VisitPage): Asked[] => everyAsked(page).filter(q => q.field.required && !isAnswered(draft.extra?.[q.key]))

/** What is found about a subject: as said; a flag that is not fine makes it a problem; fine when nothing else has changed. */
export function findingOf(draft: Draft, part: SubjectPart, card: Card, today: Day): Finding | undefined {
  if (part.flags.some(f => draft.flags[f.name] === false))
    return 'Problem'
  return draft.findings[part.subject] ?? (!draft.confirmedAll ? undefined : part.subject === 'Education' && !hasPupil(card, today) ? 'DoesNotApply' : 'Fine')
}

/** What goes with a problem: the cadre's words, or the titles of what is not fine. */
export const noteOf = (draft: Draft, part: SubjectPart): string =>
  [...part.flags.filter(f => draft.flags[f.name] === false).map(f => '不符合：' + f.title.zh), draft.notes[part.subject]?.trim() ?? ''].filter(Boolean).join('；')

export function answersOf(draft: Draft, page: VisitPage): Answer[] {
  return everyShown(page).flatMap(({ key, value, own, state }): Answer[] => {
    const said = draft.answers[key], member = memberOf(key), known = hasValue(value) && state !== 'missing'
    const base = hasValue(own) ? { base: { v: own!.v, on: own!.on } } : {}
    if (said === undefined || said === null || said === '')
      return draft.confirmedAll && known ? [{ member, attribute: attributeOf(key), value: value!.v, how: 'confirmed', ...base }] : []
    return [{ member, attribute: attributeOf(key), value: said, how: !known ? 'new' : sameValue(said, value!.v) ? 'confirmed' : 'changed', ...base }]
  })
}

export function lacks(draft: Draft, card: Card, policy: Policy | null, today: Day): Lack[] {
  const page = visitPage(card, policy, today, draft), found: Lack[] = []
  const findings = page.subjects.map(s => findingOf(draft, s, card, today))
  if (verifies(draft.purpose)) {
    if (draft.mode !== 'AtHome')
      found.push('home')
    if (findings.some(f => f === undefined))
      found.push('subjects')
    if (!draft.incomeSeen)
      found.push('income')
    if (!draft.cosign && !draft.second?.name.trim())
      found.push('second')
    if (!draft.signature)
      found.push('signature')
  } else if (!draft.confirmedAll && Object.keys(draft.answers).length === 0 && Object.keys(draft.extra ?? {}).length === 0 && Object.keys(draft.tasks).length === 0 && findings.every(f => f === undefined)) {
    found.push('nothing')
  }
  if (page.subjects.some((s, i) => findings[i] === 'Problem' && noteOf(draft, s) === ''))
    found.push('note')
  if (!found.includes('subjects') && page.forms.some(f => f.allSubjects) && findings.some(f => f === undefined))
    found.push('subjects')
  if (openQuestions(draft, page).length > 0)
    found.push('form')
  if ([...brokenLimits(draft, card, policy, today, page).keys()].some(key => !draft.insisted?.includes(key)))
    found.push('limits')
  return found
}

/** Answers by form, of those questions that are shown. */
function formsOf(draft: Draft, page: VisitPage): FormAnswers[] {
  const asked = everyAsked(page)
  return [...new Set([...asked.map(q => q.form), ...page.forms.map(f => f.code)])].map(code => {
    const own = asked.filter(q => q.form === code), facts = page.forms.find(f => f.code === code)?.sections.flatMap(s => s.shown) ?? []
    return {
      code, asked: own.length + facts.length, typed: draft.typed.filter(key => own.some(q => q.key === key)).length,
      answers: own.flatMap(q => isAnswered(draft.extra?.[q.key]) ? [{ ...(q.member ? { member: q.member.id } : {}), question: q.field.name, value: draft.extra![q.key]! }] : []),
    }
  }).filter(f => f.code !== 'visit' || f.answers.length > 0)
}

/** The visit as it is sealed. */
export function finish(draft: Draft, card: Card, policy: Policy | null, user: FieldUser, now: Date, today: Day): Visit {
  const page = visitPage(card, policy, today, draft), answers = answersOf(draft, page), shown = everyShown(page), forms = formsOf(draft, page)
  const findings: Partial<Record<Subject, Finding>> = {}, notes: Partial<Record<Subject, string>> = {}
  const problems: Visit['problems'] = []
  for (const part of page.subjects) {
    const finding = findingOf(draft, part, card, today), note = noteOf(draft, part)
    if (finding)
      findings[part.subject] = finding
    if (note)
      notes[part.subject] = note
    if (finding === 'Problem') {
      const fixed = draft.fixed[part.subject]?.trim()
      problems.push({ subject: part.subject, problem: note, ...(fixed ? { fixed, ...(draft.photos[0] ? { photo: draft.photos[0].hash } : {}) } : {}) })
    }
  }
  return {
    id: draft.id, household: card.id, code: card.code, visitedOn: draft.day, startedAt: draft.startedAt, finishedAt: now.toISOString(),
    purpose: draft.purpose, mode: draft.mode,
    visitors: [{ user: user.id, name: user.displayName, unit: user.areaName }, ...(!draft.cosign && draft.second?.name.trim() ? [draft.second] : [])],
    ...(draft.informant.trim() ? { informant: draft.informant.trim() } : {}), headPresent: draft.headPresent, confirmedAll: draft.confirmedAll,
    answers, ...(forms.length ? { forms } : {}), findings, notes, problems,
    tasks: page.todo.flatMap(o => draft.tasks[o.id] ? [{ kind: o.kind, id: o.id, answer: draft.tasks[o.id]!.answer, ...(draft.tasks[o.id]!.text ? { text: draft.tasks[o.id]!.text! } : {}) }] : []),
    ...(draft.incomeSeen ? { income: { items: [...leaves(card.income?.items ?? []), ...besides(card.income?.items ?? [])].map(i => ({ code: i.code, fen: draft.income[i.code] ?? i.last })) } } : {}),
    ...(draft.needs.trim() ? { needs: draft.needs.trim() } : {}), cardOnWall: draft.cardOnWall, yardClean: draft.yardClean,
    ...(draft.satisfied === null ? {} : { satisfied: draft.satisfied }), photos: draft.photos, ...(draft.signature ? { signature: draft.signature } : {}),
    ...(draft.place ? { place: draft.place } : {}),
    burden: {
      form: 'visit', asked: page.todo.length + page.ask.length, prefilled: shown.filter(s => hasValue(s.value)).length,
      confirmed: answers.filter(a => a.how === 'confirmed').length, typed: draft.typed.length, taps: draft.taps,
    },
  }
}
