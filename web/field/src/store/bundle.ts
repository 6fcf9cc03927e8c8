import type { Bundle, Card, Day, FieldUser, FillTable, Instant, Policy } from '../api/types'
import { cardsOf, columnsOf, type Columns } from '../api/columns'
import { lockJson, unlockJson, type Box } from '../vault/box'
import { dayOf, daysUntil } from '../form/values'
import { getMeta, type Db } from './db'

/** What is known about the bundle besides its cards. */
export interface BundleInfo { cursor: string; asOf: Day; generatedAt: Instant; policyHash: string | null; user: FieldUser; /** Days by which this phone's calendar is behind the county's. */ shift: number; villages: { code: string; name: string }[]
  /** Village tables to be filled in. */ tables?: FillTable[]
  /** Of a bundle that comes page by page, the households that have come; until the last page those from before stay. */ coming?: string[]
}

/** Everything downloaded, opened. Households lie in blocks, since a phone opens a few large boxes far sooner than hundreds of small ones. */
export interface Opened { info: BundleInfo | null; policy: Policy | null; cards: Map<string, Card>; /** Whose cards lie in which, the oldest block first: of two cards of a household the later one counts. */ blocks: Map<string, Set<string>> }

export const Nothing: Opened = { info: null, policy: null, cards: new Map(), blocks: new Map() }

/** A block of fewer is written anew together with what comes. */
const SmallBlock = 100

/** After the id of any household, under which earlier versions of the app kept each card in a box of its own. */
const blockName = (number: number) => 'page-' + String(number).padStart(8, '0')

export async function readBundle(db: Db, key: CryptoKey): Promise<Opened> {
  const [info, policy, rows] = await Promise.all([getMeta<Box>(db, 'bundle'), getMeta<Box>(db, 'policy'), db.getAll('cards')])
  const opened = await Promise.all(rows.map(async r => ({ id: r.id, held: await unlockJson<Card | Columns>(key, r.box) })))
  const cards = new Map<string, Card>(), blocks = new Map<string, Set<string>>()
  for (const { id, held } of opened) {
    const these = ('cards' in held ? cardsOf(held) : [held]).map(whole)
    these.forEach(c => cards.set(c.id, c))
    blocks.set(id, new Set(these.map(c => c.id)))
  }
  return { info: info ? await unlockJson<BundleInfo>(key, info) : null, policy: policy ? await unlockJson<Policy>(key, policy) : null, cards, blocks }
}

/** A phone whose clock is wrong, or a county that rehearses another day, goes by the county's calendar; a day more or less is a matter of time zones. */
export function calendarShift(asOf: Day, now: Date): number {
  const days = daysUntil(asOf, dayOf(now))
  return Math.abs(days) > 1 ? days : 0
}

/** What is not known is left out on the way; screens want names and lists. */
const whole = (card: Card): Card => ({
  ...card, head: card.head || card.code, values: card.values ?? {}, open: card.open ?? [], missing: card.missing ?? [], stale: card.stale ?? [],
  members: (card.members ?? []).map(m => ({ ...m, name: m.name || m.code })),
})

/** Takes a bundle or a page of one in, all of it or nothing. */
export async function takeBundle(db: Db, key: CryptoKey, bundle: Bundle, before: Opened): Promise<Opened> {
  const fresh = (bundle.columns ? cardsOf(bundle.columns) : bundle.households).map(whole)
  const coming = bundle.full || before.info?.coming ? [...bundle.full ? [] : before.info!.coming!, ...fresh.map(c => c.id)] : null
  const info: BundleInfo = {
    cursor: bundle.cursor, asOf: bundle.asOf, generatedAt: bundle.generatedAt, user: bundle.user, villages: bundle.area?.villages ?? [], tables: bundle.tables ?? [],
    policyHash: bundle.policyHash ?? before.info?.policyHash ?? null, shift: calendarShift(bundle.asOf, new Date()),
    ...(coming && bundle.more ? { coming } : {}),
  }
  const kept = coming && !bundle.more ? new Set(coming) : null, cards = new Map(before.cards)
  fresh.forEach(c => cards.set(c.id, c))
  for (const id of [...bundle.gone ?? [], ...kept ? [...cards.keys()].filter(id => !kept.has(id)) : []])
    cards.delete(id)
  const { blocks, dropped, block } = arrange(before, cards, fresh)
  const written = block ? await lockJson(key, dropped.length === 0 && bundle.columns ? bundle.columns : columnsOf([...blocks.get(block)!].map(id => cards.get(id)!))) : null
  const infoBox = await lockJson(key, info), policyBox = bundle.policy ? await lockJson(key, bundle.policy) : null

  const work = db.transaction(['meta', 'cards'], 'readwrite'), store = work.objectStore('cards')
  for (const id of dropped)
    void store.delete(id)
  if (written)
    void store.put({ id: block!, box: written })
  void work.objectStore('meta').put(infoBox, 'bundle')
  if (policyBox)
    void work.objectStore('meta').put(policyBox, 'policy')
  await work.done
  return { info, policy: bundle.policy ?? before.policy, cards, blocks }
}

/** In which blocks cards lie when some have come: these in a new one, together with what counts of blocks that are small or hold somebody who has left. */
function arrange(before: Opened, cards: Map<string, Card>, fresh: Card[]): { blocks: Map<string, Set<string>>; dropped: string[]; block: string | null } {
  const joined = new Set(fresh.filter(c => cards.has(c.id)).map(c => c.id)), dropped = new Set<string>(), latest = new Map<string, string>()
  before.blocks.forEach((held, name) => held.forEach(id => latest.set(id, name)))
  joined.forEach(id => latest.delete(id))
  const old = [...before.blocks].map(([name, held]) => ({ name, held, counts: [...held].filter(id => cards.has(id) && latest.get(id) === name) }))
  const join = (one: typeof old[number]) => { dropped.add(one.name); one.counts.forEach(id => joined.add(id)) }
  old.filter(b => b.counts.length === 0 || [...b.held].some(id => !cards.has(id))).forEach(join)
  // Each block takes in smaller ones: there are never many, and no card is written often.
  if (joined.size > 0)
    old.filter(b => !dropped.has(b.name)).sort((a, b) => a.counts.length - b.counts.length)
      .forEach(b => { if (b.counts.length < SmallBlock && b.counts.length <= 2 * joined.size) join(b) })
  const last = [...before.blocks.keys()].reduce((most, name) => Math.max(most, Number(/^page-(\d+)$/.exec(name)?.[1] ?? 0)), 0)
  const blocks = new Map([...before.blocks].filter(([name]) => !dropped.has(name))), block = joined.size > 0 ? blockName(last + 1) : null
  return { blocks: block ? blocks.set(block, joined) : blocks, dropped: [...dropped], block }
}

/** What lies on the phone: as it is known, or read again where another window has taken something in since. */
export async function asStored(db: Db, key: CryptoKey, known: Opened): Promise<Opened> {
  const info = await getMeta<Box>(db, 'bundle')
  const cursor = info ? (await unlockJson<BundleInfo>(key, info)).cursor : undefined
  return cursor === known.info?.cursor ? known : readBundle(db, key)
}
