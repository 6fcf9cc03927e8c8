import type { Bundle, Card, Day, FieldUser, Instant, Policy } from '../api/types'
import { lockJson, unlockJson, type Box } from '../vault/box'
import { dayOf, daysUntil } from '../form/values'
import { getMeta, type Db } from './db'

/** What is known about the bundle besides its cards. */
export interface BundleInfo { cursor: string; asOf: Day; generatedAt: Instant; policyHash: string | null; user: FieldUser; /** Days by which this phone's calendar is behind the county's. */ shift: number; villages: { code: string; name: string }[]
  /** Of a bundle that comes page by page, the households that have come; until the last page those from before stay. */ coming?: string[]
}

/** Everything downloaded, opened. */
export interface Opened { info: BundleInfo | null; policy: Policy | null; cards: Map<string, Card> }

export async function readBundle(db: Db, key: CryptoKey): Promise<Opened> {
  const [info, policy, rows] = await Promise.all([getMeta<Box>(db, 'bundle'), getMeta<Box>(db, 'policy'), db.getAll('cards')])
  const cards = await Promise.all(rows.map(r => unlockJson<Card>(key, r.box)))
  return {
    info: info ? await unlockJson<BundleInfo>(key, info) : null,
    policy: policy ? await unlockJson<Policy>(key, policy) : null,
    cards: new Map(cards.map(c => [c.id, c])),
  }
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
  const coming = bundle.full || before.info?.coming ? [...bundle.full ? [] : before.info!.coming!, ...bundle.households.map(c => c.id)] : null
  const info: BundleInfo = {
    cursor: bundle.cursor, asOf: bundle.asOf, generatedAt: bundle.generatedAt, user: bundle.user, villages: bundle.area?.villages ?? [],
    policyHash: bundle.policyHash ?? before.info?.policyHash ?? null, shift: calendarShift(bundle.asOf, new Date()),
    ...(coming && bundle.more ? { coming } : {}),
  }
  const cards = bundle.households.map(whole)
  const boxes = await Promise.all(cards.map(async c => ({ id: c.id, box: await lockJson(key, c) })))
  const infoBox = await lockJson(key, info), policyBox = bundle.policy ? await lockJson(key, bundle.policy) : null
  const work = db.transaction(['meta', 'cards'], 'readwrite')
  const store = work.objectStore('cards')
  const kept = coming && !bundle.more ? new Set(coming) : null
  for (const id of kept ? await store.getAllKeys() : [])
    if (!kept!.has(id))
      void store.delete(id)
  for (const box of boxes)
    void store.put(box)
  for (const id of bundle.gone ?? [])
    void store.delete(id)
  void work.objectStore('meta').put(infoBox, 'bundle')
  if (policyBox)
    void work.objectStore('meta').put(policyBox, 'policy')
  await work.done

  const all = new Map(kept ? [...before.cards].filter(([id]) => kept.has(id)) : before.cards)
  cards.forEach(c => all.set(c.id, c))
  bundle.gone?.forEach(id => all.delete(id))
  return { info, policy: bundle.policy ?? before.policy, cards: all }
}
