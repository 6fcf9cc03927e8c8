import type { Receipt, SubmissionKind } from '../api/types'
import type { ToSign } from '../sign/code'
import { lockJson, unlockJson } from '../vault/box'
import { seal } from '../vault/envelope'
import type { OpenVault } from './drafts'
import type { Db, Device, OutboxItem } from './db'

/** How an item is called in the queue. */
export interface Label {
  title: string; household?: string; code?: string
  /** A visit that waits for the second investigator, with its short code. */ sign?: ToSign & { short: string }
  /** The visit that a signature is for. */ signs?: string
  /** Which table of which village was filled in. */ fills?: string
}

/** Seals something and puts it into the queue, in place of its draft, in one step: it is never in neither and never in both. */
export async function handIn(
  db: Db, vault: OpenVault, device: Device, app: string, kind: SubmissionKind, content: { id: string }, files: string[],
  label: Label | ((hash: string) => Promise<Label>), draft?: string, made = new Date(),
): Promise<OutboxItem> {
  const envelope = await seal(device.serverKey, content.id, kind, content, app, made)
  const item: OutboxItem = {
    id: content.id, kind, made: envelope.made, device: device.id, envelope, files, state: 'waiting', hash: envelope.hash, vault: vault.id,
    label: await lockJson(vault.key, typeof label === 'function' ? await label(envelope.hash) : label), own: await lockJson(vault.key, content),
  }
  const work = db.transaction(['outbox', 'drafts'], 'readwrite')
  void work.objectStore('outbox').put(item)
  if (draft)
    void work.objectStore('drafts').delete(draft)
  await work.done
  return item
}

/** A receipt settles an item only when it carries the hash of what was sealed; a later state never falls back to an earlier one. */
export async function takeReceipt(db: Db, receipt: Receipt): Promise<void> {
  const work = db.transaction(['outbox', 'files'], 'readwrite')
  const outbox = work.objectStore('outbox')
  const item = await outbox.get(receipt.id)
  if (item && !(receipt.state === 'received' && (item.state === 'applied' || item.state === 'held')) && !(item.state === 'applied' && receipt.state === 'held')) {
    const ours = receipt.hash === item.hash
    if (ours || receipt.state === 'held')
      Object.assign(item, { state: receipt.state, receivedAt: receipt.receivedAt, notes: receipt.notes ?? [], trouble: undefined })
    if (ours && item.envelope) {
      item.envelope = null
      item.own = null
      await outbox.put(item)
      // Photos that no other item still needs have arrived with it.
      const needed = new Set((await outbox.getAll()).filter(o => o.envelope).flatMap(o => o.files))
      for (const hash of item.files.filter(h => !needed.has(h))) {
        const file = await work.objectStore('files').get(hash)
        if (file?.complete)
          void work.objectStore('files').put({ ...file, box: null, sealed: null, preview: null })
      }
    } else {
      await outbox.put(item)
    }
  }
  await work.done
}

/** What is still to be sent, oldest first. Items that were being sent when the phone died wait again. */
export async function unsent(db: Db): Promise<OutboxItem[]> {
  return (await db.getAll('outbox')).filter(o => o.envelope).sort((a, b) => a.made < b.made || a.made === b.made && a.id < b.id ? -1 : 1)
}

export const labelOf = async (vault: OpenVault, item: OutboxItem): Promise<Label | null> =>
  item.vault === vault.id ? unlockJson<Label>(vault.key, item.label) : null

/** What was handed in, as long as no receipt has come. */
export const ownCopy = async <T>(vault: OpenVault, item: OutboxItem): Promise<T | null> =>
  item.own && item.vault === vault.id ? unlockJson<T>(vault.key, item.own) : null
