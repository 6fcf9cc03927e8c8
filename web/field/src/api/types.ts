/** What the phone and the server say to each other; docs/field.md is the contract. */
import type { Columns } from './columns'

/** A text for people, in both languages. */
export interface Text { zh: string; en: string }

/** A day, `2026-11-29`. */
export type Day = string

/** An instant, ISO 8601 in UTC. */
export type Instant = string

export type Value = string | number | boolean | string[] | null

/** A current value with the day it was observed and its source. */
export interface Valued { v: Value; on: Day | null; src?: string }

export interface Member { id: string; code: string; name: string; relation?: string | null; birth?: string | null }

export type OpenKind = 'lead' | 'task' | 'measure' | 'step' | 'doubt'

/** Something about a household that waits for somebody. */
export interface OpenItem { kind: OpenKind; id: string; title: Text; why?: Text | null; due?: Day | null }

export interface IncomeItem { code: string; zh: string; en: string; /** Fen in the last year. */ last: number }

/** The income sheet; `to` is the last day of its twelve months, `on` the day it stands for. `asked`: a rule lacks it, or it has aged. */
export interface Income {
  items: IncomeItem[]; perHead?: number | null; line?: number | null; to?: Day | null; on?: Day | null; src?: string | null; asked?: 'missing' | 'stale' | null
}

/** What the phone knows about one household. Money is whole fen. */
export interface Card {
  id: string; code: string; head: string; area: string; group?: string | null; address?: string | null; lat?: number | null; lng?: number | null
  phone?: string | null; status?: string | null; monCat?: string | null; size: number; members: Member[]; values: Record<string, Valued>
  /** What departments' records tell of what is asked; they count before `values`. */ records?: Record<string, Valued> | null
  /** Features that stay as departments' records have them, whatever this visit says. */ held?: string[] | null
  open: OpenItem[]; missing: string[]; stale: string[]
  lastVisit?: { on: Day; by: string; purpose?: string } | null
  plan?: { title: Text; state?: Text | null; due?: Day | null; done?: boolean | null }[]
  /** Since the last visit, the latest first. */ changed?: { on: Day; title: Text; member?: string | null; was?: Text | null; now?: Text | null; src?: Text | null }[]
  features?: Record<string, Value>
  /** Visits of others here that wait for a second investigator. */ sign?: { visit: string; on: Day; purpose: Purpose; by: string; hash: string }[] | null
  income?: Income | null
}

export type FieldType = 'bool' | 'code' | 'codes' | 'int' | 'decimal' | 'money' | 'text' | 'name' | 'phone' | 'date' | string

/** A question. Conditions are trees that web/rules evaluates; `valid` says what an answer has to fulfil. */
export interface FormField {
  name: string; title: Text; type: FieldType; codes?: string | null; required?: boolean; perMember?: boolean; unit?: string | null
  visible?: unknown; valid?: { when: unknown; message: Text } | null
}

export interface FormPart { code: string; form: string; title: Text; fields: FormField[]; visible?: unknown }

/** A form that can be added to a visit; on the days of its windows it is part of every visit. */
export interface VisitForm { code: string; title: Text; note?: Text | null; visible?: unknown; allSubjects?: boolean; windows?: { from: Day; to?: Day | null }[] | null }

export interface CodeList { title: Text; items: { code: string; title: Text }[] }

/** A live rule: a tree that web/rules evaluates, and the values of lines and parameters. */
export interface PhoneRule { id: string; title: Text; when: unknown; constants: Record<string, unknown> }

export interface Policy {
  forms: FormPart[]; visitForms?: VisitForm[]; codes: Record<string, CodeList>
  /** Features by the attribute that says the same: `water.litres` → `household.water_litres`. */ saidAs?: Record<string, string> | null
  /** Names of sources by their codes. */ sources?: Record<string, Text> | null
  rules?: PhoneRule[] | null; lines?: { poverty?: number | null; monitoring?: number | null } | null; ages?: unknown
}

export interface ServerKey { id: string; jwk: JsonWebKey }

export interface FieldUser { id: string; name: string; displayName: string; role: string; area: string; areaName: string }

export interface Enrolled { device: string; token: string; user: FieldUser; serverKey: ServerKey }

export interface Bundle {
  cursor: string; asOf: Day; generatedAt: Instant; full: boolean; user: FieldUser; serverKey: ServerKey
  area: { villages: { code: string; name: string }[] }
  policy?: Policy | null; policyHash?: string | null; households: Card[]; gone: string[]
  /** The cards field by field instead; see columns.ts. */ columns?: Columns
  /** Village tables to be filled in. */ tables?: FillTable[] | null
  /** The next page is to be asked for with this cursor. */ more?: boolean
}

/** A village table of a drive: what is to be entered, and by village what is known already. */
export interface FillTable {
  id: string; title: Text; until: Day; columns: FillColumn[]
  villages: Record<string, Record<string, { v: string; on: Day; by: string }>>
}

export interface FillColumn { code: string; title: Text; unit?: Text | null; flag?: boolean | null; least?: number | null }

export type SubmissionKind = 'visit' | 'lead' | 'selfcheck' | 'signature'

/** Something made on the phone, readable by the server alone. */
export interface Envelope {
  id: string; kind: SubmissionKind; made: Instant; app: string; schema: number; key: string
  epk: string; iv: string; data: string; /** SHA-256 of the plain bytes, hex. */ hash: string
}

export type ReceiptState = 'received' | 'applied' | 'held'

export interface Receipt { id: string; hash: string; receivedAt: Instant; state: ReceiptState; repeated?: boolean; notes?: Text[] }

export type Subject = 'FoodAndClothing' | 'Education' | 'Medical' | 'Housing' | 'Water' | 'IncomeAndWork'
export type Finding = 'Fine' | 'Problem' | 'DoesNotApply'
export type Purpose = 'Verification' | 'Monthly' | 'Screening' | 'Elimination' | 'FollowUp'
export type Mode = 'AtHome' | 'ByPhone'

export interface Visitor { user?: string | null; name: string; unit: string }

/** An answer about the register. */
export interface Answer { member?: string | null; attribute: string; value: Value; how: 'confirmed' | 'changed' | 'new'; base?: { v: Value; on: Day | null } }

/** What was answered in a form that was added; facts of the register are among the visit's answers. */
export interface FormAnswers { code: string; asked: number; typed: number; answers: { member?: string | null; question: string; value: Value }[] }

export interface PhotoRef { hash: string; caption?: string; lat?: number; lng?: number; at: Instant }

export interface Burden { form: string; asked: number; prefilled: number; confirmed: number; typed: number; taps: number }

/** A visit as it is sealed. */
export interface Visit {
  id: string; household: string; code: string; visitedOn: Day; startedAt: Instant; finishedAt: Instant; purpose: Purpose; mode: Mode
  visitors: Visitor[]; informant?: string; headPresent: boolean; confirmedAll: boolean; answers: Answer[]; forms?: FormAnswers[]
  findings: Partial<Record<Subject, Finding>>; notes: Partial<Record<Subject, string>>
  tasks: { kind: OpenKind; id: string; answer: string; text?: string }[]
  problems: { subject: Subject; problem: string; fixed?: string; photo?: string }[]
  income?: { items: { code: string; fen: number }[] }; needs?: string; cardOnWall: boolean; yardClean: boolean; satisfied?: boolean
  photos: PhotoRef[]; signature?: string; place?: { lat: number; lng: number; accuracy: number }; burden: Burden
}

export interface Lead { id: string; household: string; subject: string; text: string; on: Day; urgent: boolean; photos: PhotoRef[] }

export type VillageTable = 'people' | 'monitored' | 'housing' | 'insurance'

export interface SelfCheck {
  id: string; village: string; table: VillageTable | 'fill'; on: Day; rows: { item: string; ok: boolean; note?: string }[]
  /** The table that was filled in, and its values by column; then there are no rows. */ fills?: string; values?: Record<string, string>
}
