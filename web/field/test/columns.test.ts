import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cardsOf, columnsOf } from '../src/api/columns'
import type { Bundle, Card } from '../src/api/types'
import { asStored, Nothing, readBundle, takeBundle, type BundleInfo } from '../src/store/bundle'
import { getMeta } from '../src/store/db'
import { lockJson, unlockJson, type Box } from '../src/vault/box'
import { cardOf, cards, MockServer, phone } from './help'

const through = (all: Card[]) => cardsOf(JSON.parse(JSON.stringify(columnsOf(all))))

test('cards come back from columns as they went in, and weigh a fraction', () => {
  for (const count of [0, 1, 2, 7, 200])
    expect(through(cards(count))).toEqual(cards(count))
  expect(JSON.stringify(columnsOf(cards(200))).length).toBeLessThan(JSON.stringify(cards(200)).length / 4)
})

test('whatever a card lacks or has of its own, nothing is made up and nothing is lost', () => {
  const bare = { ...cardOf(1), members: [], values: {}, open: [], missing: ['household.grade', 'member.nobody.labour'], stale: [], plan: [], income: null, lat: null, features: {} }
  const other = { ...cardOf(2), code: '1', features: { a: true, b: 1.5, c: 'x', d: null }, sign: [] }
  const odd = [bare, cardOf(0), other, cardOf(5), { ...bare, id: 'x', values: { 'member.gone.labour': { v: null, on: null } } }] as Card[]
  expect(through(odd)).toEqual(odd)
})

/** The village on a phone after changes that came one after the other, as it is there and as it is read. */
async function after(...bundles: Partial<Bundle>[]) {
  const server = await new MockServer().start()
  const p = await phone(server)
  let held = Nothing
  for (const [n, bundle] of bundles.entries())
    held = await takeBundle(p.db, p.vault.key, { ...await p.api.bundle(null, '1'), full: n === 0, policy: null, households: [], ...bundle }, held)
  const read = await readBundle(p.db, p.vault.key)
  await server.stop()
  return { p, held, read, boxes: await p.db.count('cards') }
}

test('a village lies on the phone in a few boxes, however often some of it changes', async () => {
  const village = cards(800), changes = Array.from({ length: 120 }, (_, n) => [0, 1, 2].map(i => ({ ...village[(n * 7 + i * 31) % 800]!, head: `第${n}次` })))
  const { held, read, boxes } = await after(...[0, 200, 400, 600].map(at => ({ households: village.slice(at, at + 200), more: at < 600 })), ...changes.map(households => ({ households })))
  const now = new Map(village.map(c => [c.id, c]))
  changes.flat().forEach(c => now.set(c.id, c))
  expect([...read.cards.values()].sort((a, b) => a.code < b.code ? -1 : 1)).toEqual([...now.values()])
  expect(held.cards).toEqual(read.cards)
  expect(boxes).toBeLessThanOrEqual(12)
})

test('who has changed and then left does not come back from an older box', async () => {
  const changed = { ...cardOf(3), head: '新户主' }
  const { read, held } = await after({ households: cards(300) }, { households: [changed] }, { gone: [changed.id] }, { households: [{ ...cardOf(4), head: '又一位' }] })
  expect([read.cards.size, read.cards.has(changed.id), read.cards.get(cardOf(4).id)!.head]).toEqual([299, false, '又一位'])
  expect(held.cards).toEqual(read.cards)
})

test('what another window of the app has taken in is not written over', async () => {
  const { p, held } = await after({ households: cards(120) })
  const info = { ...await unlockJson<BundleInfo>(p.vault.key, (await getMeta<Box>(p.db, 'bundle'))!) }
  const bundle = (cursor: string, households: Card[], gone: string[] = []) => ({ ...info, serverKey: p.device.serverKey, area: { villages: [] }, full: false, cursor, households, gone }) as unknown as Bundle
  await takeBundle(p.db, p.vault.key, bundle('other', [{ ...cardOf(7), head: '新户主' }], [cardOf(8).id]), held)
  const mine = await asStored(p.db, p.vault.key, held)
  expect(mine.cards.get(cardOf(7).id)!.head).toBe('新户主')
  const now = await takeBundle(p.db, p.vault.key, bundle('mine', [{ ...cardOf(9), head: '又一位' }]), mine)
  const read = await readBundle(p.db, p.vault.key)
  expect([read.cards.size, read.cards.get(cardOf(7).id)!.head, read.cards.get(cardOf(9).id)!.head]).toEqual([119, '新户主', '又一位'])
  expect(await asStored(p.db, p.vault.key, now)).toBe(now)
})

test('who left is gone from its box, too', async () => {
  const { p, read, boxes } = await after({ households: cards(150) }, { gone: cards(150).slice(1).map(c => c.id) })
  expect([...read.cards.keys()]).toEqual([cardOf(0).id])
  expect(boxes).toBe(1)
  const { read: none, boxes: left } = await after({ households: cards(3) }, { gone: cards(3).map(c => c.id) })
  expect([none.cards.size, left]).toEqual([0, 0])
  expect(p.vault).toBeTruthy()
})

test('cards that an older version of the app kept one by one are read, and move into a block when some change', async () => {
  const server = await new MockServer().start(), p = await phone(server), { info } = await takeBundle(p.db, p.vault.key, await p.api.bundle(null, '1'), Nothing)
  await p.db.clear('cards')
  for (const card of cards(30))
    await p.db.put('cards', { id: card.id, box: await lockJson(p.vault.key, card) })
  const old = await readBundle(p.db, p.vault.key)
  expect([...old.cards.values()]).toEqual(cards(30))
  await takeBundle(p.db, p.vault.key, { ...await p.api.bundle(info!.cursor, '1'), full: false, households: [{ ...cardOf(4), head: '新户主' }], gone: [cardOf(5).id] }, old)
  const read = await readBundle(p.db, p.vault.key)
  expect([read.cards.size, read.cards.get(cardOf(4).id)!.head]).toEqual([29, '新户主'])
  expect(await p.db.count('cards')).toBe(1)
  await server.stop()
})

test('what the server writes is read as it was meant', () => {
  const { cards: meant, columns } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../tests/rules/columns.json'), 'utf8'))
  expect(cardsOf(columns)).toEqual(meant)
  expect(columnsOf(meant)).toEqual(columns)
})
