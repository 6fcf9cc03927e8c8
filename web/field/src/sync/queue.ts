import { getMeta, setMeta, type Db } from '../store/db'
import { sendingBytes } from '../store/files'
import { takeReceipt, unsent } from '../store/outbox'
import type { Queue } from './engine'

/** The queue of one device on this phone, as the engine sees it. */
export function storedQueue(db: Db, device: string): Queue {
  const cursorKey = 'receipts.' + device
  const change = async (ids: string[], state: 'waiting' | 'sending', trouble?: string) => {
    const work = db.transaction('outbox', 'readwrite')
    for (const id of ids) {
      const item = await work.store.get(id)
      if (item?.envelope && (item.state === 'waiting' || item.state === 'sending'))
        await work.store.put({ ...item, state, trouble })
    }
    await work.done
  }
  return {
    waiting: async () => (await unsent(db)).filter(i => i.device === device && i.state !== 'held').map(i => ({ id: i.id, envelope: i.envelope!, files: i.files })),
    sending: ids => change(ids, 'sending'),
    back: (ids, trouble) => change(ids, 'waiting', trouble || undefined),
    receipt: receipt => takeReceipt(db, receipt),
    async file(hash) {
      const row = await db.get('files', hash)
      return row ? { name: row.name ?? hash, isSealed: row.name !== undefined, size: row.size, complete: row.complete, bytes: row.complete ? null : await sendingBytes(db, hash) } : null
    },
    async fileHas(hash, have, complete) {
      const row = await db.get('files', hash)
      if (row)
        await db.put('files', { ...row, have, complete })
    },
    cursor: async () => await getMeta<string>(db, cursorKey) ?? null,
    setCursor: cursor => setMeta(db, cursorKey, cursor),
  }
}
