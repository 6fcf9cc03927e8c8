import { afterEach, beforeEach, expect, test } from 'vitest'
import encodeQR from 'qr'
import decodeQR from 'qr/decode.js'
import { newDraft } from '../src/form/draft'
import { finish, lacks } from '../src/form/finish'
import { visitPage } from '../src/form/page'
import { newSeed, readShort, readSquare, shortCode, squareText, visitIdOf, type ToSign } from '../src/sign/code'
import { askedOf } from '../src/sign/waiting'
import { newId, sha256, utf8 } from '../src/vault/bytes'
import { cardOf, cards, MockServer, phone, policy } from './help'
import { handIn, labelOf } from '../src/store/outbox'

const Day = '2026-11-29', household = newId()
const signOf = async (): Promise<ToSign & { seed: string }> => {
  const seed = newSeed()
  return { visit: await visitIdOf(household, Day, seed), household, day: Day, purpose: 'Verification', hash: await sha256(utf8(seed)), seed }
}

test('the square code carries the whole visit, and fits where a cheap camera reads it', async () => {
  for (let i = 0; i < 50; i++) {
    const { seed, ...sign } = await signOf()
    expect(readSquare(squareText(sign))).toEqual(sign)
    expect(seed).toMatch(/^[0-9A-Z]{6}$/)
  }
  expect(readSquare('https://example.org')).toBeNull()
  expect(readSquare('SW1:AAAA')).toBeNull()
  const { seed: _, ...sign } = await signOf(), cells = encodeQR(squareText(sign), 'raw', { ecc: 'medium', border: 2 })
  expect(cells.length).toBeLessThanOrEqual(41)
  const scale = 6, side = cells.length * scale, data = new Uint8Array(side * side * 4).fill(255)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (cells[Math.floor(y / scale)]![Math.floor(x / scale)])
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
  expect(readSquare(decodeQR({ width: side, height: side, data }))).toEqual(sign)
})

test('a typed code leads to the same visit, with the beginning of its hash, on whichever day of the week after it', async () => {
  for (let i = 0; i < 300; i++) {
    const sign = await signOf(), code = await shortCode(household, Day, sign.seed, sign.hash)
    expect(code).toMatch(/^\w{4}-\w{4}-\w{4}$/)
    for (const typed of [code, code.toLowerCase().replaceAll('-', ' '), code.replaceAll('0', 'o').replaceAll('1', 'l')])
      expect(await readShort(typed, household, Day)).toEqual({ visit: sign.visit, household, day: Day, hash: sign.hash.slice(0, 5) })
    for (let later = 0; later < 7; later++)
      expect((await readShort(code, household, new Date(Date.parse(Day) + later * 86_400_000).toISOString().slice(0, 10)))!.visit).toBe(sign.visit)
    expect(await readShort(code.slice(0, 13), household, Day)).toBeNull()
    expect(await readShort(code, household, '2026-12-06')).toBeNull()
  }
})

test('slips of the pen and other households are noticed, all but a few', async () => {
  let through = 0
  for (let i = 0; i < 100; i++) {
    const sign = await signOf(), code = await shortCode(household, Day, sign.seed, sign.hash), at = i % 14, other = code[at] === 'A' ? 'B' : 'A'
    if (code[at] !== '-' && await readShort(code.slice(0, at) + other + code.slice(at + 1), household, Day))
      through++
    if (await readShort(code, newId(), Day))
      through++
  }
  // Seven days fit two letters: seven in a thousand.
  expect(through).toBeLessThan(12)
})

test('a slip in one of the last two letters is always noticed', async () => {
  const sign = await signOf(), code = await shortCode(household, Day, sign.seed, sign.hash)
  for (const at of [12, 13])
    for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.replace(code[at]!, ''))
      expect(await readShort(code.slice(0, at) + other + code.slice(at + 1), household, '2026-12-02')).toBeNull()
})

test('a verification may be finished alone when the other one signs on a phone of their own', () => {
  const card = cardOf(0, Day), page = visitPage(card, policy, Day), draft = newDraft('id', card, page, new Date(), Day)
  Object.assign(draft, { confirmedAll: true, incomeSeen: true, signature: 'h', second: { name: '吴长河', unit: '' } })
  expect(lacks({ ...draft, second: null }, card, policy, Day)).toEqual(['second'])
  draft.cosign = true
  expect(lacks({ ...draft, second: null }, card, policy, Day)).toEqual([])
  expect(finish(draft, card, policy, { id: 'u', name: 'c', displayName: '周桂英', role: '', area: '', areaName: '' }, new Date(), Day).visitors.map(v => v.name)).toEqual(['周桂英'])
})

test('what the server says waits is shown until it is signed here', () => {
  const all = cards(5, Day), sign = { visit: newId(), on: Day, purpose: 'Verification' as const, by: '周桂英', hash: 'a'.repeat(64) }
  all[2]!.sign = [{ ...sign, visit: 'later', on: '2026-11-30' }, sign]
  expect(askedOf(all, []).map(a => [a.visit, a.household, a.by])).toEqual([[sign.visit, all[2]!.id, '周桂英'], ['later', all[2]!.id, '周桂英']])
  expect(askedOf(all, [sign.visit, 'later'])).toEqual([])
})

let server: InstanceType<typeof MockServer>
beforeEach(async () => { server = await new MockServer().start() })
afterEach(() => server.stop())

test('the name of an item in the queue may hold the hash of what was sealed', async () => {
  const p = await phone(server)
  const item = await handIn(p.db, p.vault, p.device, '1.0.0', 'visit', { id: newId() }, [], async hash => ({ title: '张家', sign: { visit: 'v', household, day: Day, hash, short: '' } }))
  expect((await labelOf(p.vault, item))!.sign!.hash).toBe(item.hash)
  await p.sync()
  // The receipt takes the content, never what the other one has to scan.
  expect((await labelOf(p.vault, (await p.db.get('outbox', item.id))!))!.sign!.hash).toBe(item.hash)
})
