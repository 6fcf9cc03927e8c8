import { afterEach, beforeEach, expect, test } from 'vitest'
import { ApiError } from '../src/api/client'
import { Nothing, readBundle, takeBundle, type Opened } from '../src/store/bundle'
import { bringUpToDate, LeastCards, MostCards } from '../src/sync/bundle'
import { cards, MockServer, phone } from './help'

let server: InstanceType<typeof MockServer>
beforeEach(async () => { server = await new MockServer().start() })
afterEach(() => server.stop())

const nothing = Nothing

/** Downloads as the app does, until it is whole or the line gives up. */
async function download(p: Awaited<ReturnType<typeof phone>>, held = nothing, pages: number[] = []): Promise<{ held: Opened; failed: ApiError | null }> {
  try {
    await bringUpToDate({
      api: { bundle: (cursor, app, most) => { pages.push(most!); return p.api.bundle(cursor, app, most) } }, cursor: () => held.info?.cursor ?? null,
      take: async bundle => { held = await takeBundle(p.db, p.vault.key, bundle, held) }, sleep: async () => undefined, random: () => .5, mayGoOn: () => true,
    }, '1')
    return { held, failed: null }
  } catch (e) {
    return { held, failed: e as ApiError }
  }
}

test('a village of 800 comes page by page, each household once', async () => {
  server.households = cards(800)
  const p = await phone(server), pages: number[] = [], { held } = await download(p, nothing, pages)
  expect(held.cards.size).toBe(800)
  expect(server.sent).toBe(800)
  expect(pages).toEqual(Array(4).fill(MostCards))
  expect((await readBundle(p.db, p.vault.key)).cards.size).toBe(800)
  expect(held.info!.coming).toBeUndefined()
})

test('a line that breaks loses one page; what has come stays, also when the phone is switched off, and goes on from there', async () => {
  server.households = cards(500)
  const p = await phone(server)
  let asked = 0
  server.fault = () => ++asked > 2 ? 'reset' : undefined
  const first = await download(p)
  expect(first.failed).toMatchObject({ kind: 'offline' })
  expect(first.held.cards.size).toBe(2 * MostCards)
  // Switched off: nothing but what lies on the phone.
  const found = await readBundle(p.db, p.vault.key)
  expect(found.cards.size).toBe(2 * MostCards)
  server.fault = () => undefined
  const { held } = await download(p, found)
  expect(held.cards.size).toBe(500)
  expect(server.sent).toBe(500)
})

test('after failures pages get smaller, and never none', async () => {
  const p = await phone(server), pages: number[] = []
  let asked = 0
  server.fault = () => ++asked % 4 !== 0 ? 'cut' : undefined
  server.households = cards(40)
  await download(p, nothing, pages)
  expect(pages.slice(0, 4)).toEqual([200, 100, 50, 25])
  expect(Math.min(...pages)).toBeGreaterThanOrEqual(LeastCards)
  expect((await readBundle(p.db, p.vault.key)).cards.size).toBe(40)
})

test('whatever the line does, the phone ends up with what the server has', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const p = await phone(server), faults = ['reset', 'lost', 'cut', 503, 'slow']
    server.households = cards(260 + seed * 17)
    let x = seed, held = nothing, rounds = 0
    server.fault = () => { x = x * 1103515245 + 12345 & 0x7fffffff; return (x >> 8) % 5 < 3 ? faults[(x >> 16) % 5] : undefined }
    for (let failed: ApiError | null = new ApiError('offline', 0, '', ''); failed && rounds < 200; rounds++) {
      const end = await download(p, rounds % 3 === 0 ? await readBundle(p.db, p.vault.key) : held)
      held = end.held
      failed = end.failed
    }
    const read = await readBundle(p.db, p.vault.key)
    expect([...read.cards.keys()].sort()).toEqual(server.households.map((h: { id: string }) => h.id).sort())
    expect([...held.cards.keys()].sort()).toEqual([...read.cards.keys()].sort())
    expect(read.policy).not.toBeNull()
  }
})

test('a phone whose cursor is too old keeps its households until the new ones are all there', async () => {
  server.households = cards(350)
  const p = await phone(server), { held } = await download(p)
  server.cursors.clear()
  server.households = cards(360).slice(20)
  let asked = 0
  server.fault = () => ++asked > 1 ? 'reset' : undefined
  const broken = await download(p, held)
  expect(broken.held.cards.size).toBe(350)
  server.fault = () => undefined
  const whole = await download(p, await readBundle(p.db, p.vault.key))
  expect([...whole.held.cards.keys()].sort()).toEqual(server.households.map((h: { id: string }) => h.id).sort())
  expect((await readBundle(p.db, p.vault.key)).cards.size).toBe(340)
})

test('what the server refuses is not asked for again and again', async () => {
  const p = await phone(server), pages: number[] = []
  server.ended.add(p.device.id)
  expect((await download(p, nothing, pages)).failed).toMatchObject({ kind: 'ended' })
  expect(pages).toHaveLength(1)
})

test('while a page is taken in the next one is on its way, and never more than one', async () => {
  server.households = cards(900)
  const p = await phone(server)
  let held = nothing, taken = 0, asked = 0
  const steps: string[] = []
  await bringUpToDate({
    api: { bundle: (cursor, app, most) => { steps.push(`ask ${++asked}, ${taken} taken in`); return p.api.bundle(cursor, app, most) } }, cursor: () => null,
    take: async bundle => { await new Promise(done => setTimeout(done, 30)); held = await takeBundle(p.db, p.vault.key, bundle, held); taken++ },
    sleep: async () => undefined, random: () => .5, mayGoOn: () => true,
  }, '1')
  expect(held.cards.size).toBe(900)
  expect(steps).toEqual(['ask 1, 0 taken in', 'ask 2, 0 taken in', 'ask 3, 1 taken in', 'ask 4, 2 taken in', 'ask 5, 3 taken in'])
})

test('a page that cannot be kept ends it: nothing after it is taken in, and it is asked for again', async () => {
  server.households = cards(500)
  const p = await phone(server)
  let held = nothing, taken = 0
  const going = bringUpToDate({
    api: p.api, cursor: () => null, take: async bundle => { if (++taken === 2) throw new Error('full'); held = await takeBundle(p.db, p.vault.key, bundle, held) },
    sleep: async () => undefined, random: () => .5, mayGoOn: () => true,
  }, '1')
  await expect(going).rejects.toThrow('full')
  expect([taken, held.cards.size]).toEqual([2, MostCards])
  expect((await download(p, await readBundle(p.db, p.vault.key))).held.cards.size).toBe(500)
})
