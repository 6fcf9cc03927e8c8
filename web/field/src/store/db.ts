import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Envelope, FieldUser, Instant, ReceiptState, ServerKey, SubmissionKind, Text } from '../api/types'
import type { Box } from '../vault/box'
import type { Bytes } from '../vault/bytes'
import type { PinLock } from '../vault/pin'

/** One sign-in of one person on this phone. What they made is handed in under their own name, whoever uses the phone later. */
export interface Device { id: string; token: Box; user: FieldUser; serverKey: ServerKey; ended?: boolean }

export type OutboxState = 'waiting' | 'sending' | ReceiptState

/** Something sealed for the server. The envelope goes only after a receipt with its hash has come. */
export interface OutboxItem {
  id: string; kind: SubmissionKind; made: Instant; device: string; envelope: Envelope | null; files: string[]; state: OutboxState; hash: string
  receivedAt?: Instant; notes?: Text[]; /** Last words of the server or the network about it. */ trouble?: string
  /** Which PIN lock opens the label and the own copy. */ vault: string; label: Box; own: Box | null
}

/** A form in the middle of being filled in. */
export interface StoredDraft { key: string; vault: string; box: Box; updated: number }

/** A photo or a signature, sealed for the server so that a locked phone can hand it in and nobody on the way can look at it. */
export interface StoredFile {
  hash: string; type: string; /** Of what is sent. */ size: number; have: number; complete: boolean; made: number
  /** Sealed bytes and the hash of them, the name under which they are sent. */ sealed?: Bytes | null; name?: string
  /** From versions before 1.1: the content under the phone's own key, sent as it is. */ box: Box | null
  /** A small picture under the key of the vault. */ preview?: Box | null; vault?: string
}

interface Schema extends DBSchema {
  meta: { key: string; value: unknown }
  devices: { key: string; value: Device }
  cards: { key: string; value: { id: string; box: Box } }
  drafts: { key: string; value: StoredDraft }
  outbox: { key: string; value: OutboxItem }
  files: { key: string; value: StoredFile }
}

export type Db = IDBPDatabase<Schema>

/** Opens the phone's store. A later version adds stores here and never drops the outbox. */
export const openStore = (name = 'shouwang-field'): Promise<Db> => openDB<Schema>(name, 1, {
  upgrade(db, from) {
    if (from < 1) {
      db.createObjectStore('meta')
      db.createObjectStore('devices', { keyPath: 'id' })
      db.createObjectStore('cards', { keyPath: 'id' })
      db.createObjectStore('drafts', { keyPath: 'key' })
      db.createObjectStore('outbox', { keyPath: 'id' })
      db.createObjectStore('files', { keyPath: 'hash' })
    }
  },
})

export const getMeta = async <T>(db: Db, key: string): Promise<T | undefined> => await db.get('meta', key) as T | undefined

export const setMeta = async (db: Db, key: string, value: unknown): Promise<void> => { await db.put('meta', value, key) }

/** The phone's own key: made once, cannot be taken out of the browser. */
export async function phoneKey(db: Db): Promise<CryptoKey> {
  const kept = await getMeta<CryptoKey>(db, 'phoneKey')
  if (kept)
    return kept
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await setMeta(db, 'phoneKey', made)
  return made
}

/** Takes what was downloaded off the phone. Unsent work, drafts and photos stay; drafts keep the lock that opens them. */
export async function wipeBundle(db: Db): Promise<void> {
  const work = db.transaction(['meta', 'cards'], 'readwrite')
  const meta = work.objectStore('meta')
  const lock = await meta.get('lock') as PinLock | undefined
  if (lock) {
    const old = (await meta.get('oldLocks') as PinLock[] | undefined) ?? []
    await meta.put([...old, { ...lock, wrong: 0 }], 'oldLocks')
  }
  for (const key of ['lock', 'bundle', 'policy', 'person', 'partner', 'places'])
    await meta.delete(key)
  await work.objectStore('cards').clear()
  await work.done
}
