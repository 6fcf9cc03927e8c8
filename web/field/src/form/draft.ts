import type { Card, Day, Finding, Instant, Mode, PhotoRef, Purpose, Subject, Value, Visitor } from '../api/types'
import type { VisitPage } from './page'

/** A visit in the middle of being filled in, as it is kept on the phone at every change. */
export interface Draft {
  version: 1; id: string; household: string; code: string; startedAt: Instant; day: Day; purpose: Purpose; mode: Mode
  informant: string; headPresent: boolean; confirmedAll: boolean
  /** By key: `household.grade`, `member.<id>.ins_res`. */
  answers: Record<string, Value>
  tasks: Record<string, { answer: string; text?: string }>
  findings: Partial<Record<Subject, Finding>>; notes: Partial<Record<Subject, string>>; fixed: Partial<Record<Subject, string>>
  /** Forms that were added, and answers to questions of forms by name, `@member` behind where each member is asked. */
  forms?: string[]; extra?: Record<string, Value>
  /** Answers that seem impossible and that the cadre stands by. */
  insisted?: string[]
  /** What was seen at the visit and is not fine: `visit.food` → false. */
  flags: Record<string, boolean>
  needs: string; cardOnWall: boolean; yardClean: boolean; satisfied: boolean | null
  /** Fen by code, only those that differ from last year; `incomeSeen` when the sheet was agreed to. */
  income: Record<string, number>; incomeSeen: boolean
  photos: PhotoRef[]; signature: string | null; place: { lat: number; lng: number; accuracy: number } | null; second: Visitor | null
  /** The other investigator signs on their own phone; what both phones work out the id from. */
  cosign?: boolean; seed?: string
  taps: number; typed: string[]
  /** Where one was: what is unfolded, how far down. */
  unfolded: string[]; scroll: number
}

export function newDraft(id: string, card: Card, page: VisitPage, now: Date, day: Day): Draft {
  return {
    version: 1, id, household: card.id, code: card.code, startedAt: now.toISOString(), day, purpose: page.purpose, mode: 'AtHome',
    informant: '', headPresent: true, confirmedAll: false, answers: {}, forms: page.forms.filter(f => f.code !== 'visit').map(f => f.code), extra: {}, insisted: [], tasks: {}, findings: {}, notes: {}, fixed: {}, flags: {},
    needs: '', cardOnWall: true, yardClean: true, satisfied: null, income: {}, incomeSeen: false,
    photos: [], signature: null, place: null, second: null, taps: 0, typed: [], unfolded: [], scroll: 0,
  }
}

/** Notes that a field was typed, once however long it took. */
export function typed(draft: Draft, field: string): void {
  if (!draft.typed.includes(field))
    draft.typed.push(field)
}
