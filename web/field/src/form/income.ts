import type { Card, IncomeItem } from '../api/types'

/** What most households live on; asked first where no sheet of last year is known. */
export const Basics: IncomeItem[] = [
  { code: 'A1', zh: '务工收入', en: 'work', last: 0 }, { code: 'B1', zh: '种植业', en: 'crops', last: 0 }, { code: 'B2', zh: '养殖业', en: 'animals', last: 0 },
  { code: 'C2', zh: '土地流转', en: 'land leases', last: 0 }, { code: 'D2', zh: '低保金', en: 'subsistence allowance', last: 0 }, { code: 'D4', zh: '养老金', en: 'pension', last: 0 },
  { code: 'E1', zh: '种植业支出', en: 'costs of crops', last: 0 }, { code: 'E2', zh: '养殖业支出', en: 'costs of animals', last: 0 },
]

/** A card that has a sheet to fill in: its own, or an empty one with the items that other households have. */
export function withIncome(card: Card, all: Iterable<Card>): Card {
  if (card.income?.items.length)
    return card
  const items = new Map(Basics.map(i => [i.code, i]))
  let line = card.income?.line ?? null
  for (const other of all) {
    other.income?.items.forEach(i => items.set(i.code, { ...i, last: 0 }))
    line ??= other.income?.line ?? null
  }
  return { ...card, income: { ...card.income, items: [...items.values()].sort((a, b) => a.code.localeCompare(b.code)), line } }
}

/** The leaves of the income account: a subtotal such as A is left out where its items A1, A2 … are there, and so is what is no income. */
export const leaves = (items: IncomeItem[]): IncomeItem[] => items.filter(i => /^[A-E]/.test(i.code) && !items.some(o => o !== i && o.code.startsWith(i.code)))

const Besides = new Set(['claim', 'oop', 'prev_pc'])

/** What stands on the sheet and is no part of net income: insurance claims, compliant self-paid spending, the income per head of the year before. */
export const besides = (items: IncomeItem[]): IncomeItem[] => items.filter(i => Besides.has(i.code))

/** Costs of earning are taken off; everything else is income. */
export const isCost = (code: string): boolean => code.startsWith('E')

export interface IncomeSheet { total: number; perHead: number; line: number | null; below: boolean; last: number | null; change: number | null }

/** The sheet works itself out: net income of the year, a head, and against the line. All in fen. */
export function computeIncome(card: Card, changed: Record<string, number>): IncomeSheet {
  const items = leaves(card.income?.items ?? [])
  const sum = (of: (i: IncomeItem) => number) => items.reduce((all, i) => all + (isCost(i.code) ? -of(i) : of(i)), 0)
  const total = sum(i => changed[i.code] ?? i.last), before = sum(i => i.last)
  const heads = Math.max(card.size, 1), perHead = Math.round(total / heads), line = card.income?.line ?? null
  return {
    total, perHead, line, below: line !== null && perHead < line, last: card.income?.perHead ?? null,
    change: before === 0 ? null : Math.round((total - before) / heads),
  }
}
