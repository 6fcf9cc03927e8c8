import { afterEach, beforeEach, expect, test } from 'vitest'
import { calendarShift, Nothing, readBundle, takeBundle } from '../src/store/bundle'
import { getMeta, setMeta, wipeBundle } from '../src/store/db'
import { dropDraft, listDrafts, lockedDrafts, readDraft, recoverDrafts, saveDraft } from '../src/store/drafts'
import { hasRoom, previewOf, Reserve } from '../src/store/files'
import { handIn, unsent } from '../src/store/outbox'
import { newId, randomBytes } from '../src/vault/bytes'
import { makeLock } from '../src/vault/pin'
import { notePlace, readPlaces, withPlaces } from '../src/store/places'
import { cardOf, MockServer, phone, photo as keepPhoto, put } from './help'

let server: InstanceType<typeof MockServer>
beforeEach(async () => { server = await new MockServer().start() })
afterEach(() => server.stop())

const everything = async (p: Awaited<ReturnType<typeof phone>>) =>
  JSON.stringify(await Promise.all((['meta', 'cards', 'drafts', 'outbox', 'files', 'devices'] as const).map(s => p.db.getAll(s as 'cards'))),
    (_, v) => v instanceof ArrayBuffer ? new TextDecoder('latin1').decode(v) : v instanceof Uint8Array ? new TextDecoder('latin1').decode(v) : v)

test('a bundle is read again as it came, changes and departures included; nothing of it lies open', async () => {
  const p = await phone(server), none = Nothing
  const first = await takeBundle(p.db, p.vault.key, await p.api.bundle(null, '1'), none)
  const card = server.households[3], changed = { ...card, head: '新户主' }
  await takeBundle(p.db, p.vault.key, { ...await p.api.bundle('c1', '1'), full: false, households: [changed], gone: [server.households[5].id] }, first)
  const read = await readBundle(p.db, p.vault.key)
  expect(read.cards.size).toBe(23)
  expect(read.cards.get(card.id)).toEqual(changed)
  expect(read.policy).toEqual(first.policy)
  expect(read.info!.cursor).toBe('c1')
  expect(await everything(p)).not.toContain(card.code)
})

test('wiping takes the bundle, and leaves visits, drafts and photos', async () => {
  const p = await phone(server)
  const lock = await makeLock('135792', p.vault.id), vault = { id: p.vault.id, key: lock.key }
  await setMeta(p.db, 'lock', lock.lock)
  await takeBundle(p.db, vault.key, await p.api.bundle(null, '1'), Nothing)
  const photo = randomBytes(2000), hash = await keepPhoto({ ...p, vault }, photo), item = await put({ ...p, vault }, { needs: '修路', photos: [{ hash }] }, [hash])
  await saveDraft(p.db, vault, 'visit:x', { taps: 3 })
  await wipeBundle(p.db)
  expect(await p.db.count('cards')).toBe(0)
  expect(await getMeta(p.db, 'bundle')).toBeUndefined()
  expect(await getMeta(p.db, 'lock')).toBeUndefined()
  // Nothing of the photo lies open, and nobody without the PIN sees any of it.
  expect(await everything(p)).not.toContain(new TextDecoder('latin1').decode(photo.slice(0, 40)))
  expect(await previewOf(p.db, vault, hash)).toEqual(photo.slice(0, 100))
  // Without any PIN the unsent visit still reaches the server, and only the server can read it.
  await p.sync()
  expect(server.opened.get(item.id)).toMatchObject({ needs: '修路' })
  expect(Buffer.compare(server.files.get(hash)!.bytes, Buffer.from(photo))).toBe(0)
  const left = await keepPhoto({ ...p, vault }, randomBytes(500))

  const fresh = await makeLock('864209', 'v2'), now = { id: 'v2', key: fresh.key }
  expect(await lockedDrafts(p.db, now)).toBe(1)
  expect(await previewOf(p.db, now, left)).toBeNull()
  expect(await recoverDrafts(p.db, now, '111222')).toBe(0)
  expect(await recoverDrafts(p.db, now, '135792')).toBe(1)
  expect(await readDraft(p.db, now, 'visit:x')).toEqual({ taps: 3 })
  expect(await lockedDrafts(p.db, now)).toBe(0)
  expect(await previewOf(p.db, now, left)).toHaveLength(100)
})

test('a draft becomes an item of the queue in one step', async () => {
  const p = await phone(server)
  await saveDraft(p.db, p.vault, 'visit:a', { n: 1 })
  await saveDraft(p.db, p.vault, 'visit:b', { n: 2 })
  await handIn(p.db, p.vault, p.device, '1.0.0', 'visit', { id: newId() }, [], { title: '张' }, 'visit:a')
  expect(await listDrafts(p.db, p.vault)).toEqual(['visit:b'])
  expect(await unsent(p.db)).toHaveLength(1)
  await dropDraft(p.db, 'visit:b')
  expect(await readDraft(p.db, p.vault, 'visit:b')).toBeNull()
})

test('photos stop while there is still room for visits', async () => {
  const space = (free: number) => ({ estimate: async () => ({ quota: 1e9, usage: 1e9 - free }) })
  expect(await hasRoom(space(Reserve - 1))).toBe(false)
  expect(await hasRoom(space(Reserve + 1))).toBe(true)
  expect(await hasRoom(undefined)).toBe(true)
})

test('what one person made is sent under their own name when another uses the phone', async () => {
  const p = await phone(server), mine = await put(p)
  server.devices.set('other', { token: 't', user: 'helper' })
  const theirs = await handIn(p.db, p.vault, { ...p.device, id: 'other' }, '1.0.0', 'visit', { id: newId() }, [], { title: '李' })
  await p.sync()
  expect(server.opened.get(mine.id).by).toBe(p.device.id)
  expect(server.opened.has(theirs.id)).toBe(false)
})

test('a phone with a wrong clock goes by the county’s calendar', () => {
  expect(calendarShift('2026-11-29', new Date(2026, 10, 29, 12))).toBe(0)
  expect(calendarShift('2026-11-28', new Date(2026, 10, 29, 0, 30))).toBe(0)
  expect(calendarShift('2020-06-30', new Date(2026, 10, 29, 12))).toBe(-2343)
})

test('a house whose place was noted on a visit stands on the sketch until the bundle tells better', async () => {
  const p = await phone(server), card = cardOf(1), bare = { ...card, lat: null, lng: null }
  await notePlace(p.db, p.vault, card.id, { lat: 30.1, lng: 107.2, accuracy: 12 })
  await notePlace(p.db, p.vault, 'far', { lat: 30.1, lng: 107.2, accuracy: 900 })
  const places = await readPlaces(p.db, p.vault)
  expect(withPlaces(new Map([[card.id, bare]]), places).get(card.id)).toMatchObject({ lat: 30.1, lng: 107.2 })
  expect(withPlaces(new Map([[card.id, card]]), places).get(card.id)!.lat).toBe(card.lat)
  expect(places.far).toBeUndefined()
})
