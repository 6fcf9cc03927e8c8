import type { Bundle, Card, Day, FieldUser, Instant, Policy } from '../api/types'
import { lockJson, unlockJson, type Box } from '../vault/box'
import { getMeta, type Db } from './db'

/** What is known about the bundle besides its cards. */
export interface BundleInfo { cursor: string; asOf: Day; generatedAt: Instant; policyHash: string | null; user: FieldUser; villages: { code: string; name: string }[] }

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

/** Takes a bundle in, all of it or nothing. */
export async function takeBundle(db: Db, key: CryptoKey, bundle: Bundle, before: Opened): Promise<Opened> {
  const info: BundleInfo = {
    cursor: bundle.cursor, asOf: bundle.asOf, generatedAt: bundle.generatedAt, user: bundle.user, villages: bundle.area?.villages ?? [],
    policyHash: bundle.policyHash ?? before.info?.policyHash ?? null,
  }
  const boxes = await Promise.all(bundle.households.map(async c => ({ id: c.id, box: await lockJson(key, c) })))
  const infoBox = await lockJson(key, info), policyBox = bundle.policy ? await lockJson(key, bundle.policy) : null
  const work = db.transaction(['meta', 'cards'], 'readwrite')
  const store = work.objectStore('cards')
  if (bundle.full)
    await store.clear()
  for (const box of boxes)
    void store.put(box)
  for (const id of bundle.gone ?? [])
    void store.delete(id)
  void work.objectStore('meta').put(infoBox, 'bundle')
  if (policyBox)
    void work.objectStore('meta').put(policyBox, 'policy')
  await work.done

  const cards = bundle.full ? new Map<string, Card>() : new Map(before.cards)
  bundle.households.forEach(c => cards.set(c.id, c))
  bundle.gone?.forEach(id => cards.delete(id))
  return { info, policy: bundle.policy ?? before.policy, cards }
}
