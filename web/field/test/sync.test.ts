import { afterEach, beforeEach, expect, test } from 'vitest'
import { pause } from '../src/api/backoff'
import { phoneKey } from '../src/store/db'
import { lock } from '../src/vault/box'
import { sha256 } from '../src/vault/bytes'
import { ownCopy, takeReceipt, unsent } from '../src/store/outbox'
import { MockServer, noise, phone, photo as keepPhoto, put } from './help'

let server: InstanceType<typeof MockServer>
beforeEach(async () => { server = await new MockServer().start() })
afterEach(() => server.stop())

/** Until nothing is left to send, as the app would by itself. */
async function until(p: Awaited<ReturnType<typeof phone>>, rounds = 60): Promise<void> {
  for (let i = 0; i < rounds && (await unsent(p.db)).length > 0; i++)
    await p.sync()
}

test('what is handed in arrives once, and the phone lets go of it only with the receipt', async () => {
  const p = await phone(server), item = await put(p, { needs: '修路' })
  server.fault = () => 'reset'
  expect(await p.sync()).toBe('stopped')
  expect((await p.db.get('outbox', item.id))!.envelope).not.toBeNull()
  expect(await ownCopy(p.vault, item)).toMatchObject({ needs: '修路' })
  server.fault = () => undefined
  expect(await p.sync()).toBe('done')
  expect(server.opened.get(item.id)).toMatchObject({ needs: '修路' })
  expect(await p.db.get('outbox', item.id)).toMatchObject({ envelope: null, own: null, state: 'received', hash: item.hash })
})

test('an answer that is lost or broken off is asked for again; nothing is stored twice', async () => {
  for (const fault of ['lost', 'cut']) {
    const p = await phone(server), item = await put(p)
    let left = 3
    server.fault = (_: string, path: string) => path === '/submissions' && left-- > 0 ? fault : undefined
    await until(p)
    expect(server.times.get(item.id), fault).toBeGreaterThan(1)
    expect(server.conflicts).toEqual([])
    expect((await p.db.get('outbox', item.id))!.state).toBe('received')
  }
})

test('a receipt with another hash settles nothing', async () => {
  const p = await phone(server), item = await put(p)
  await takeReceipt(p.db, { id: item.id, hash: 'f'.repeat(64), receivedAt: new Date().toISOString(), state: 'received' })
  expect((await p.db.get('outbox', item.id))!.envelope).not.toBeNull()
  expect((await p.db.get('outbox', item.id))!.state).toBe('waiting')
})

test('receipts may come twice, late and in any order; what is applied stays applied', async () => {
  const p = await phone(server), item = await put(p), at = new Date().toISOString()
  await p.sync()
  for (const state of ['applied', 'received', 'held', 'applied'] as const)
    await takeReceipt(p.db, { id: item.id, hash: item.hash, receivedAt: at, state })
  await takeReceipt(p.db, { id: '0190ffff-0000-7000-8000-000000000000', hash: item.hash, receivedAt: at, state: 'applied' })
  expect((await p.db.get('outbox', item.id))!.state).toBe('applied')
})

test('a held item shows why, and is applied when the township has decided', async () => {
  const p = await phone(server), item = await put(p)
  await p.sync()
  server.settle(item.id, 'held', [{ zh: '这一户已合并。', en: 'The household was merged.' }])
  await p.sync()
  expect(await p.db.get('outbox', item.id)).toMatchObject({ state: 'held', notes: [{ zh: '这一户已合并。' }] })
  server.settle(item.id, 'applied')
  await p.sync()
  expect((await p.db.get('outbox', item.id))!.state).toBe('applied')
})

test('photos go up in parts, go on where they broke off, and before the visit that names them', async () => {
  const p = await phone(server), photo = noise(60_000), big = noise(700_000)
  const hashes = [await keepPhoto(p, photo), await keepPhoto(p, big)]
  const item = await put(p, {}, hashes)
  let n = 0
  server.fault = (method: string) => ++n % 3 === 0 ? (method === 'PATCH' ? 'lost' : 'reset') : undefined
  await until(p)
  expect(Buffer.compare(server.files.get(hashes[0])!.bytes, Buffer.from(photo))).toBe(0)
  expect(server.files.get(hashes[1])!.bytes).toHaveLength(700_000)
  const first = server.requests.findIndex((r: string) => r === 'POST /submissions'), last = server.requests.findLastIndex((r: string) => r.startsWith('PATCH'))
  expect(first).toBeGreaterThan(last)
  expect((await p.db.get('outbox', item.id))!.state).toBe('received')
  for (const hash of hashes)
    expect(await p.db.get('files', hash)).toMatchObject({ sealed: null, preview: null, complete: true })
})

test('a photo that arrived spoilt is sent again from the beginning', async () => {
  const p = await phone(server), hash = await keepPhoto(p, noise(300_000)), item = await put(p, {}, [hash])
  server.sealed.set((await p.db.get('files', hash))!.name!, { bytes: Buffer.alloc(1000, 1), complete: false })
  await until(p)
  expect(server.files.get(hash)!.complete).toBe(true)
  expect((await p.db.get('outbox', item.id))!.state).toBe('received')
})

test('a photo that an older version of the app kept is sent as it was then', async () => {
  const p = await phone(server), content = noise(300_000), hash = await sha256(content)
  await p.db.put('files', { hash, type: 'image/jpeg', size: content.length, box: await lock(await phoneKey(p.db), content), have: 0, complete: false, made: 0 })
  const item = await put(p, {}, [hash])
  await until(p)
  expect(Buffer.compare(server.files.get(hash)!.bytes, Buffer.from(content))).toBe(0)
  expect(server.sealed.size).toBe(0)
  expect((await p.db.get('outbox', item.id))!.state).toBe('received')
  expect((await p.db.get('files', hash))!.box).toBeNull()
})

test('a photo stays as long as another visit needs it', async () => {
  const p = await phone(server), hash = await keepPhoto(p, noise(1000))
  const one = await put(p, {}, [hash]), two = await put(p, {}, [hash])
  await p.db.put('files', { ...(await p.db.get('files', hash))!, complete: true })
  await takeReceipt(p.db, { id: one.id, hash: one.hash, receivedAt: '', state: 'received' })
  expect((await p.db.get('files', hash))!.sealed).not.toBeNull()
  await takeReceipt(p.db, { id: two.id, hash: two.hash, receivedAt: '', state: 'received' })
  expect((await p.db.get('files', hash))!.sealed).toBeNull()
})

test('two hundred items over a line that fails two times in five all arrive, each once', async () => {
  const p = await phone(server), items = []
  for (let i = 0; i < 200; i++)
    items.push(await put(p, { n: i }, i % 40 === 0 ? [await keepPhoto(p, noise(400_000 + i))] : []))
  let seed = 7
  const faults = ['reset', 'lost', 'cut', 503, 'slow']
  server.fault = () => { seed = seed * 1103515245 + 12345 & 0x7fffffff; return seed % 5 < 2 ? faults[seed >> 8 & 3] : undefined }
  await until(p, 300)
  expect(await unsent(p.db)).toEqual([])
  expect(server.kept.size).toBe(200)
  expect(server.conflicts).toEqual([])
  for (const item of items)
    expect(server.kept.get(item.id).hash).toBe(item.hash)
})

test('a phone that was ended is told, keeps what is unsent, and sends nothing more', async () => {
  const p = await phone(server), item = await put(p)
  server.ended.add(p.device.id)
  expect(await p.sync()).toBe('ended')
  expect((await p.db.get('outbox', item.id))!.envelope).not.toBeNull()
})

test('an item the server refuses does not hold up the others', async () => {
  const p = await phone(server), bad = await put(p), good = await put(p), api = p.api.submit
  p.api.submit = async items => {
    if (items.some(i => i.id === bad.id))
      throw new (await import('../src/api/client')).ApiError('refused', 400, 'field.bad', '不行')
    return api(items)
  }
  await p.sync()
  expect(await p.db.get('outbox', bad.id)).toMatchObject({ state: 'waiting', trouble: '不行' })
  expect((await p.db.get('outbox', good.id))!.state).toBe('received')
})

test('a queue that an older version of the app sealed is still handed in', async () => {
  const p = await phone(server), item = await put(p)
  const { trouble, notes, receivedAt, ...old } = (await p.db.get('outbox', item.id))! as never as Record<string, unknown>
  await p.db.put('outbox', { ...old, envelope: { ...item.envelope, app: '0.9.0' }, state: 'sending' } as never)
  await p.sync()
  expect(server.kept.get(item.id).app).toBe('0.9.0')
  expect([trouble, notes, receivedAt]).toEqual([undefined, undefined, undefined])
})

test('pauses double up to five minutes, heed the server’s word, and are not the same for everybody', () => {
  expect([1, 2, 3].map(n => pause(n, () => 1))).toEqual([2000, 4000, 8000])
  expect(pause(50, () => 1)).toBe(300_000)
  expect(pause(1, () => 0, 60_000)).toBe(60_000)
  expect(pause(3, () => .1)).not.toBe(pause(3, () => .9))
})
