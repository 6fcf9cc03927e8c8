import { lock, unlock } from '../vault/box'
import { sha256, type Bytes } from '../vault/bytes'
import { phoneKey, type Db } from './db'

/** Room that is left for visits when photos have to stop, in bytes. */
export const Reserve = 40 * 1024 * 1024

/** Keeps a photo or a signature under the hash of its content.
 *  @throws QuotaExceededError when the phone has no room. */
export async function keepFile(db: Db, bytes: Bytes, type: string): Promise<string> {
  const hash = await sha256(bytes)
  if (!await db.get('files', hash))
    await db.put('files', { hash, type, size: bytes.length, box: await lock(await phoneKey(db), bytes), have: 0, complete: false, made: Date.now() })
  return hash
}

/** The content, or null when it has been handed in and taken off the phone. */
export async function fileBytes(db: Db, hash: string): Promise<Bytes | null> {
  const row = await db.get('files', hash)
  return row?.box ? new Uint8Array(await unlock(await phoneKey(db), row.box)) : null
}

/** Whether there is still room for photos. */
export async function hasRoom(storage: Pick<StorageManager, 'estimate'> | undefined): Promise<boolean> {
  if (!storage?.estimate)
    return true
  const { quota, usage } = await storage.estimate()
  return quota === undefined || usage === undefined || quota - usage > Reserve
}
