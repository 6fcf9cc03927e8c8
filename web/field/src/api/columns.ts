import type { Card, Member, Valued } from './types'

/** One field of many cards, in their order: nothing; one by one; the same for all; a letter for each one's word; the fields of objects; lists, one after the other;
 *  or, where not everybody has it, who does and the others left out. */
export type Column = null | unknown[] | { all: unknown } | { words: unknown[]; at: string } | { of: Record<string, Column> } | { count: Column; each: Column } | { only: string; cells: Column }

/** Cards field by field. */
export interface Columns { version: number; count: number; cards: Column }

/** What this app can read, as it says when it asks. */
export const ReadsColumns = 1

const Letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The cards, as if each had come by itself. */
export const cardsOf = (columns: Columns): Card[] => cells(columns.cards, columns.count).map(lean => whole(lean as Lean))

/** The same the other way round: what many cards have in common is then kept, and read, once. */
export const columnsOf = (cards: Card[]): Columns => ({ version: ReadsColumns, count: cards.length, cards: column(cards.map(lean)) })

function cells(column: Column, rows: number): unknown[] {
  if (!column)
    return Array<unknown>(rows).fill(undefined)
  if (Array.isArray(column))
    return column
  if ('all' in column)
    return Array<unknown>(rows).fill(column.all)
  if ('words' in column)
    return Array.from(column.at, letter => column.words[Letters.indexOf(letter)])
  if ('only' in column) {
    const there = cells(column.cells, column.only.split('1').length - 1)
    let next = 0
    return Array.from(column.only, has => has === '1' ? there[next++] : undefined)
  }
  if ('of' in column) {
    const made = Array.from({ length: rows }, () => ({}) as Record<string, unknown>)
    for (const [name, of] of Object.entries(column.of))
      cells(of, rows).forEach((cell, i) => { if (cell !== undefined) made[i]![name] = cell })
    return made
  }
  const counts = cells(column.count, rows) as number[], each = cells(column.each, counts.reduce((sum, n) => sum + n, 0))
  let next = 0
  return counts.map(n => each.slice(next, next += n))
}

function column(cells: unknown[]): Column {
  const there = cells.filter(c => c !== undefined)
  if (there.length === 0)
    return null
  if (there.length < cells.length)
    return { only: cells.map(c => c === undefined ? '0' : '1').join(''), cells: column(there) }
  if (cells.every(Array.isArray))
    return { count: column((cells as unknown[][]).map(c => c.length)), each: column((cells as unknown[][]).flat()) }
  if (cells.every(c => typeof c === 'object' && c !== null && !Array.isArray(c))) {
    const objects = cells as Record<string, unknown>[]
    return { of: Object.fromEntries([...new Set(objects.flatMap(Object.keys))].map(name => [name, column(objects.map(o => o[name]))])) }
  }
  const words = new Map<unknown, number>(), at = cells.map(c => words.get(c) ?? (words.set(c, words.size), words.size - 1))
  return words.size === 1 ? { all: cells[0] } : words.size > Letters.length || words.size * 2 > cells.length ? cells
    : { words: [...words.keys()], at: at.map(a => Letters[a]).join('') }
}

/** What is about a member stands with the member, and a member's code goes on from the household's. */
type Lean = Omit<Card, 'members'> & { members?: (Member & { values?: Record<string, Valued> })[] }

function whole(lean: Lean): Card {
  const values = { ...lean.values }, members = lean.members ?? []
  for (const member of members)
    for (const [attribute, value] of Object.entries(member.values ?? {}))
      values[`member.${member.id}.${attribute}`] = value
  const named = (keys?: string[]) => keys?.map(key => {
    const [about, place = '', attribute] = key.split('.'), member = about === 'member' && members[+place]
    return member ? `member.${member.id}.${attribute}` : key
  })
  return {
    ...lean, values, missing: named(lean.missing) ?? [], stale: named(lean.stale) ?? [],
    members: members.map(({ values: _, ...m }) => ({ ...m, code: m.code?.startsWith('+') ? lean.code + m.code.slice(1) : m.code })),
  }
}

function lean(card: Card): Lean {
  const places = new Map((card.members ?? []).map((m, place) => [m.id, place]))
  const values: Record<string, Valued> = {}, theirs = (card.members ?? []).map((): Record<string, Valued> => ({}))
  const about = (key: string): [number | undefined, string] => {
    const [, id = '', attribute = ''] = key.split('.')
    return [places.get(id), attribute]
  }
  for (const [key, value] of Object.entries(card.values ?? {})) {
    const [place, attribute] = about(key)
    if (place === undefined)
      values[key] = value
    else
      theirs[place]![attribute] = value
  }
  const placed = (keys?: string[]) => keys?.map(key => { const [place, attribute] = about(key); return place === undefined ? key : `member.${place}.${attribute}` })
  return {
    ...card, values, missing: placed(card.missing) ?? [], stale: placed(card.stale) ?? [],
    members: (card.members ?? []).map((m, place) => ({ ...m, values: theirs[place], code: m.code?.startsWith(card.code) ? '+' + m.code.slice(card.code.length) : m.code })),
  }
}
