import type { ServerKey } from '../api/types'
import { lock, unlock } from '../vault/box'
import { sha256, type Bytes } from '../vault/bytes'
import { sealFile } from '../vault/fileseal'
import { phoneKey, type Db } from './db'
import type { OpenVault } from './drafts'

/** Room that is left for visits when photos have to stop, in bytes. */
export const Reserve = 40 * 1024 * 1024

/** Keeps a photo or a signature under the hash of its content: sealed for the server at once, with a small picture of it for whoever has the PIN.
 *  @throws QuotaExceededError when the phone has no room. */
export async function keepFile(db: Db, vault: OpenVault, to: ServerKey, content: Bytes, type: string, small: Bytes): Promise<string> {
  const hash = await sha256(content), preview = { preview: await lock(vault.key, small), vault: vault.id }, kept = await db.get('files', hash)
  if (kept) {
    await db.put('files', { ...kept, ...preview })
  } else {
    const file = await sealFile(to, content)
    await db.put('files', { hash, type, name: file.name, sealed: file.bytes, size: file.bytes.length, box: null, have: 0, complete: false, made: Date.now(), ...preview })
  }
  return hash
}

/** What is sent of a file, or null when it has been handed in and taken off the phone. */
export async function sendingBytes(db: Db, hash: string): Promise<Bytes | null> {
  const row = await db.get('files', hash)
  return row?.sealed ?? (row?.box ? new Uint8Array(await unlock(await phoneKey(db), row.box)) : null)
}

/** A small picture of it, or null when it is gone or was taken under another PIN. */
export async function previewOf(db: Db, vault: OpenVault, hash: string): Promise<Bytes | null> {
  const row = await db.get('files', hash)
  if (row?.preview && row.vault === vault.id)
    return new Uint8Array(await unlock(vault.key, row.preview))
  return row?.box ? sendingBytes(db, hash) : null
}

/** Whether there is still room for photos. */
export async function hasRoom(storage: Pick<StorageManager, 'estimate'> | undefined): Promise<boolean> {
  if (!storage?.estimate)
    return true
  const { quota, usage } = await storage.estimate()
  return quota === undefined || usage === undefined || quota - usage > Reserve
}
