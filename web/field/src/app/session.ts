import { reactive, shallowReactive } from 'vue'
import type { Card, Enrolled, Policy } from '../api/types'
import { ApiError, httpApi, type Api } from '../api/client'
import { asStored, Nothing, readBundle, takeBundle, type BundleInfo, type Opened } from '../store/bundle'
import { getMeta, openStore, phoneKey, setMeta, wipeBundle, type Db, type Device, type OutboxItem } from '../store/db'
import { listDrafts, lockedDrafts, type OpenVault } from '../store/drafts'
import { hasRoom } from '../store/files'
import { labelOf, unsent, type Label } from '../store/outbox'
import { notePlace, readPlaces, withPlaces } from '../store/places'
import { bringUpToDate } from '../sync/bundle'
import { handInAll } from '../sync/engine'
import { storedQueue } from '../sync/queue'
import { language, t } from '../texts'
import { lock, unlock } from '../vault/box'
import { newId, textOf, utf8 } from '../vault/bytes'
import { changePin as relock, makeLock, MostAttempts, openLock, type PinLock } from '../vault/pin'
import { dayOf } from '../form/values'
import type { Place } from '../places/distance'

export type Phase = 'starting' | 'signin' | 'setpin' | 'locked' | 'open'

/** What the screens show. Keys are not in here. */
export const session = reactive({
  phase: 'starting' as Phase, why: '' as '' | 'ended' | 'wiped', user: '', wrong: 0, online: true, syncing: false, trouble: '', lastSync: 0,
  waiting: 0, held: 0, drafts: [] as string[], lockedDrafts: 0, visited: [] as string[], signed: [] as string[], filled: [] as string[], room: true, unsaved: false, newVersion: false,
  here: null as Place | null, queueVersion: 0,
})

/** What was downloaded, opened by the PIN. Cards are replaced, never changed. */
export const data = shallowReactive({ info: null as BundleInfo | null, policy: null as Policy | null, cards: new Map<string, Card>() })

let db: Db, vault: OpenVault | null = null, device: Device | null = null, hiddenSince = 0, kept: Opened = Nothing

/** After so long out of sight the PIN is asked for again, in milliseconds. */
const LockAfter = 15 * 60_000

export const store = (): Db => db

export function opened(): OpenVault {
  if (!vault)
    throw new Error('Nothing is open without the PIN.')
  return vault
}

export function me(): Device {
  if (!device)
    throw new Error('Nobody has signed in on this phone.')
  return device
}

/** The day as the county counts it. */
export const today = (): string => dayOf(new Date(Date.now() + (data.info?.shift ?? 0) * 86_400_000))

const apiFor = (who: Device | null, token: string | null): Api =>
  httpApi('/api/v1/field', () => who && token ? { device: who.id, token } : null, () => language.value)

const tokenOf = async (who: Device) => textOf(await unlock(await phoneKey(db), who.token))

export async function start(name?: string): Promise<void> {
  db = await openStore(name)
  session.online = navigator.onLine !== false
  // Asked for all at once: the PIN pad waits for the answers.
  const [current, devices, pinLock, lastSync, why] = await Promise.all([
    getMeta<string>(db, 'device'), db.getAll('devices'), getMeta<PinLock>(db, 'lock'), getMeta<number>(db, 'lastSync'), getMeta<typeof session.why>(db, 'why')])
  device = devices.find(d => d.id === current) ?? null
  session.user = device?.user.displayName ?? ''
  session.wrong = pinLock?.wrong ?? 0
  session.lastSync = lastSync ?? 0
  session.why = why ?? ''
  session.phase = !device || device.ended || session.why ? 'signin' : pinLock ? 'locked' : 'setpin'
  await recount()
  void navigator.storage?.persist?.()
}

/** First words with the server: afterwards this phone may ask for its households. */
export async function signIn(user: string, password: string, phone: string, code?: string): Promise<void> {
  const same = (await db.getAll('devices')).find(d => d.user.name === user && !d.ended)
  const id = same?.id ?? newId()
  const enrolled: Enrolled = await apiFor(null, null).enrol({ user, password, ...(code ? { code } : {}), device: { id, name: phone, app: __APP__ } })
  device = {
    id: enrolled.device, user: enrolled.user, serverKey: enrolled.serverKey, token: await lock(await phoneKey(db), utf8(enrolled.token)),
  }
  await db.put('devices', device)
  // What the same person left behind under a sign-in that was ended goes out under the new one.
  for (const old of (await db.getAll('devices')).filter(d => d.ended && d.user.id === device!.user.id)) {
    for (const item of (await unsent(db)).filter(i => i.device === old.id))
      await db.put('outbox', { ...item, device: device.id })
  }
  const before = await getMeta<string>(db, 'person')
  if (before && before !== device.user.id)
    await wipeBundle(db)
  await setMeta(db, 'device', device.id)
  await setMeta(db, 'person', device.user.id)
  await setMeta(db, 'why', '')
  session.user = device.user.displayName
  session.why = ''
  session.phase = await getMeta(db, 'lock') ? 'locked' : 'setpin'
}

export async function choosePin(pin: string): Promise<void> {
  const made = await makeLock(pin, newId())
  await setMeta(db, 'lock', made.lock)
  await enter({ id: made.lock.id, key: made.key })
}

/** @returns whether the PIN was right. The tenth wrong one in a row wipes what was downloaded. */
export async function tryPin(pin: string): Promise<boolean> {
  const held = await getMeta<PinLock>(db, 'lock')
  if (!held)
    return false
  // Counted before it is tried: switching the phone off does not give another try.
  await setMeta(db, 'lock', { ...held, wrong: held.wrong + 1 })
  const key = await openLock(pin, held)
  if (key) {
    await setMeta(db, 'lock', { ...held, wrong: 0 })
    session.wrong = 0
    await enter({ id: held.id, key })
    return true
  }
  session.wrong = held.wrong + 1
  if (session.wrong >= MostAttempts)
    await close('wiped')
  return false
}

export async function changePin(old: string, pin: string): Promise<boolean> {
  const next = await relock(old, pin, (await getMeta<PinLock>(db, 'lock'))!)
  if (next)
    await setMeta(db, 'lock', next)
  return next !== null
}

async function enter(open: OpenVault): Promise<void> {
  vault = open
  await show(await readBundle(db, open.key))
  await recount()
  session.phase = 'open'
  void sync()
}

/** Puts what was downloaded on the screens, with the places this phone knows. */
async function show(now: Opened): Promise<void> {
  const places = await readPlaces(db, opened())
  kept = now
  Object.assign(data, { info: now.info, policy: now.policy, cards: withPlaces(now.cards, places) })
}

/** Notes where a house is, for the sketch. */
export async function noteHouse(household: string, place: Place & { accuracy: number }): Promise<void> {
  await notePlace(db, opened(), household, place)
  data.cards = withPlaces(data.cards, await readPlaces(db, opened()))
}

export function lockNow(): void {
  vault = null
  kept = Nothing
  Object.assign(data, { info: null, policy: null, cards: new Map() })
  session.drafts = []
  if (session.phase === 'open')
    session.phase = 'locked'
}

/** Takes the downloads off the phone. Whatever was not sent stays. */
export async function close(why: '' | 'ended' | 'wiped'): Promise<void> {
  await wipeBundle(db)
  await setMeta(db, 'why', why)
  if (why === 'ended' && device) {
    device = { ...device, ended: true }
    await db.put('devices', device)
  }
  lockNow()
  session.wrong = 0
  session.why = why
  if (why === '')
    await setMeta(db, 'device', undefined)
  session.phase = 'signin'
  await recount()
}

const labels = async (open: OpenVault, items: OutboxItem[]): Promise<Label[]> =>
  (await Promise.all(items.map(i => labelOf(open, i).catch(() => null)))).filter(l => l !== null)

/** Looks again what waits, what is unfinished, and whether there is room. */
export async function recount(): Promise<void> {
  const items = await db.getAll('outbox')
  session.waiting = items.filter(i => i.envelope && i.state !== 'held').length
  session.held = items.filter(i => i.state === 'held').length
  session.room = await hasRoom(navigator.storage)
  if (vault) {
    session.drafts = await listDrafts(db, vault)
    session.lockedDrafts = await lockedDrafts(db, vault)
    const since = data.info?.generatedAt ?? ''
    const fresh = items.filter(i => (i.kind === 'visit' || i.kind === 'selfcheck') && (i.envelope || i.made > since))
    const open = vault
    const known = await labels(open, fresh)
    session.visited = known.flatMap(l => l.household ?? [])
    session.filled = known.flatMap(l => l.fills ?? [])
    session.signed = (await labels(open, items.filter(i => i.kind === 'signature'))).flatMap(l => l.signs ?? [])
  }
  session.queueVersion++
}

/** Hands in what waits and, when the app is open, brings the bundle up to date. One at a time, also across windows. */
export async function sync(): Promise<void> {
  if (session.syncing || session.phase === 'starting')
    return
  session.syncing = true
  session.trouble = ''
  try {
    const locks = navigator.locks
    await (locks ? locks.request('shouwang-field-sync', { ifAvailable: true }, async held => { if (held) await runSync() }) : runSync())
  } finally {
    session.syncing = false
    await recount()
  }
}

async function runSync(): Promise<void> {
  const owing = new Set((await unsent(db)).map(i => i.device))
  for (const one of await db.getAll('devices')) {
    if (one.ended || one.id !== device?.id && !owing.has(one.id))
      continue
    const api = apiFor(one, await tokenOf(one))
    const queue = storedQueue(db, one.id)
    const { ending, message } = await handInAll({
      api, queue: { ...queue, receipt: async r => { await queue.receipt(r); await recount() } },
      sleep: ms => new Promise(done => setTimeout(done, ms)), random: Math.random, mayGoOn: () => navigator.onLine !== false,
    })
    if (ending === 'ended') {
      await (one.id === device?.id ? close('ended') : db.put('devices', { ...one, ended: true }))
      continue
    }
    if (ending !== 'done') {
      session.trouble = ending === 'refused' ? t.value.sync.signIn : message && ending !== 'stopped' ? message : t.value.sync.stopped
      if (one.id === device?.id)
        return
      continue
    }
    if (one.id === device?.id && vault)
      await refresh(api)
  }
}

async function refresh(api: Api): Promise<void> {
  const open = vault!
  try {
    let held = await asStored(db, open.key, kept)
    await bringUpToDate({
      api, sleep: ms => new Promise(done => setTimeout(done, ms)), random: Math.random, mayGoOn: () => navigator.onLine !== false && vault === open,
      cursor: () => held.info?.cursor ?? null,
      async take(bundle) {
        if (vault !== open)
          throw new ApiError('offline', 0, 'locked', '')
        held = await takeBundle(db, open.key, bundle, held)
        if (device && bundle.serverKey?.id && bundle.serverKey.id !== device.serverKey.id) {
          device = { ...device, serverKey: bundle.serverKey }
          await db.put('devices', device)
        }
        if (vault === open)
          await show(held)
      },
    }, __APP__)
    session.lastSync = Date.now()
    await setMeta(db, 'lastSync', session.lastSync)
  } catch (e) {
    if (!(e instanceof ApiError))
      throw e
    if (e.kind === 'ended')
      await close('ended')
    else
      session.trouble = e.kind === 'refused' && e.message ? e.message : t.value.sync.stopped
  }
}

/** When to look for the server: on coming back into reach, on being looked at again, and every five minutes. */
export function keepInTouch(): void {
  const seen = () => { session.online = navigator.onLine !== false; if (session.online) void sync() }
  window.addEventListener('online', seen)
  window.addEventListener('offline', () => { session.online = false })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden')
      hiddenSince = Date.now()
    else if (session.phase === 'open' && hiddenSince && Date.now() - hiddenSince > LockAfter)
      lockNow()
    else
      seen()
  })
  setInterval(() => { if (document.visibilityState === 'visible') seen() }, 300_000)
  if (session.waiting > 0)
    void sync()
}
