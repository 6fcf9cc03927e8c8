import { lock as relock, lockJson, unlock, unlockJson } from '../vault/box'
import { openLock, type PinLock } from '../vault/pin'
import { getMeta, setMeta, type Db } from './db'

/** Where the key of the open vault and its name are. */
export interface OpenVault { id: string; key: CryptoKey }

export async function saveDraft(db: Db, vault: OpenVault, key: string, draft: unknown): Promise<void> {
  const box = await lockJson(vault.key, draft)
  await db.put('drafts', { key, vault: vault.id, box, updated: Date.now() })
}

export async function readDraft<T>(db: Db, vault: OpenVault, key: string): Promise<T | null> {
  const row = await db.get('drafts', key)
  return row && row.vault === vault.id ? unlockJson<T>(vault.key, row.box) : null
}

/** Names of the forms that can be opened now, latest first. */
export async function listDrafts(db: Db, vault: OpenVault): Promise<string[]> {
  return (await db.getAll('drafts')).filter(d => d.vault === vault.id).sort((a, b) => b.updated - a.updated).map(d => d.key)
}

export const dropDraft = (db: Db, key: string): Promise<void> => db.delete('drafts', key)

/** How many forms wait for an earlier PIN, after the phone was wiped or somebody signed out. */
export async function lockedDrafts(db: Db, vault: OpenVault): Promise<number> {
  return (await db.getAll('drafts')).filter(d => d.vault !== vault.id).length
}

/** Opens forms of an earlier PIN and keeps them under the present one. A form begun anew since then keeps its place: the old one gets a name beside it.
 *  @returns how many came back; 0 when no earlier lock has this PIN. */
export async function recoverDrafts(db: Db, vault: OpenVault, pin: string): Promise<number> {
  const old = await getMeta<PinLock[]>(db, 'oldLocks') ?? []
  let back = 0
  for (const lock of old) {
    const key = await openLock(pin, lock)
    if (!key)
      continue
    for (const row of (await db.getAll('drafts')).filter(d => d.vault === lock.id)) {
      await saveDraft(db, vault, row.key, await unlockJson(key, row.box))
      back++
    }
    for (const file of (await db.getAll('files')).filter(f => f.vault === lock.id && f.preview))
      await db.put('files', { ...file, vault: vault.id, preview: await relock(vault.key, await unlock(key, file.preview!)) })
    await setMeta(db, 'oldLocks', (await getMeta<PinLock[]>(db, 'oldLocks') ?? []).filter(l => l.id !== lock.id))
  }
  return back
}
