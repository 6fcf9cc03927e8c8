import 'fake-indexeddb/auto'
import { httpApi, type Api } from '../src/api/client'
import type { Card, FieldUser, Policy } from '../src/api/types'
import { openStore, phoneKey, type Db, type Device } from '../src/store/db'
import type { OpenVault } from '../src/store/drafts'
import { keepFile } from '../src/store/files'
import { handIn } from '../src/store/outbox'
import { handInAll, type Ending } from '../src/sync/engine'
import { storedQueue } from '../src/sync/queue'
import { lock } from '../src/vault/box'
import { newId, utf8 } from '../src/vault/bytes'
// @ts-expect-error plain JavaScript, so that it can also be run by hand
import { household, policy as made, village } from './county.mjs'
// @ts-expect-error as above
import { MockServer } from './mock.mjs'

export { MockServer }
export const policy = made as Policy
export const cardOf = household as (n: number, today?: string) => Card
export const cards = village as (count: number, today?: string) => Card[]

/** Bytes that look like a photo: no two alike, no run that compresses. */
export function noise(length: number, seed = length): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let i = 0, x = seed; i < length; i++)
    bytes[i] = (x = x * 1103515245 + 12345 & 0x7fffffff) >> 16
  return bytes
}

let stores = 0

/** A phone of its own with an open vault, signed in at the mock server. */
export async function phone(server: InstanceType<typeof MockServer>): Promise<{ db: Db; vault: OpenVault; device: Device; api: Api; sync(): Promise<Ending>; waits: number[] }> {
  const db = await openStore('phone-' + ++stores)
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const vault = { id: newId(), key }
  const api = httpApi(server.url + '/api/v1/field', () => ({ device: 'd' + stores, token: server.devices.get('d' + stores)?.token ?? '' }), () => 'zh', 3000)
  server.devices.set('d' + stores, { token: 'token' + stores, user: 'cadre' })
  const device: Device = { id: 'd' + stores, token: await lock(await phoneKey(db), utf8('token' + stores)), user: server.user('cadre') as FieldUser, serverKey: server.serverKey }
  await db.put('devices', device)
  const waits: number[] = [], id = device.id
  return {
    db, vault, device, waits, api: httpApi(server.url + '/api/v1/field', () => ({ device: id, token: server.devices.get(id)!.token }), () => 'zh', 3000),
    async sync() {
      const one = await handInAll({ api: this.api, queue: storedQueue(db, id), sleep: async ms => { waits.push(ms) }, random: () => .5, mayGoOn: () => true })
      return one.ending
    },
  }
}

/** A photo taken on a phone, with a small picture of it. */
export const photo = (p: Pick<Awaited<ReturnType<typeof phone>>, 'db' | 'vault' | 'device'>, content: Uint8Array<ArrayBuffer>) =>
  keepFile(p.db, p.vault, p.device.serverKey, content, 'image/jpeg', content.slice(0, 100))

/** Something small in the queue of a phone. */
export const put = (p: Awaited<ReturnType<typeof phone>>, content: object = {}, files: string[] = [], id = newId()) =>
  handIn(p.db, p.vault, p.device, '1.0.0', 'visit', { id, ...content }, files, { title: '张家' })
