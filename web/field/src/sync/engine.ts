import type { Envelope, Receipt } from '../api/types'
import { ApiError, type Api } from '../api/client'
import { pause } from '../api/backoff'

/** What a file needs to be sent on: under the hash of what is sent. */
export interface SendingFile { name: string; isSealed: boolean; size: number; complete: boolean; bytes: Uint8Array<ArrayBuffer> | null }

export interface SendingItem { id: string; envelope: Envelope; files: string[] }

/** Where the engine reads what is to be sent and writes what became of it. */
export interface Queue {
  waiting(): Promise<SendingItem[]>
  sending(ids: string[]): Promise<void>
  /** They were not taken for now; why, in the server's words or ''. */
  back(ids: string[], trouble: string): Promise<void>
  receipt(receipt: Receipt): Promise<void>
  file(hash: string): Promise<SendingFile | null>
  fileHas(hash: string, have: number, complete: boolean): Promise<void>
  cursor(): Promise<string | null>
  setCursor(cursor: string): Promise<void>
}

/** The world around the engine, so that tests can bring their own. */
export interface World {
  api: Api
  queue: Queue
  sleep(milliseconds: number): Promise<void>
  random(): number
  /** False stops before the next request: no signal, or the app closes. */
  mayGoOn(): boolean
}

export type Ending = 'done' | 'stopped' | 'ended' | 'refused'

export const PartSize = 256 * 1024, MostItems = 50, MostBytes = 3_500_000, MostReceipts = 500

/** Failures in a row after which a run gives up, a quarter of a minute at most; the next one begins by itself, or by a tap. */
const MostFailures = 4

/** Hands in everything that waits and asks what became of what was handed in before. Safe to run at any time, any number of times. */
export async function handInAll(world: World): Promise<{ ending: Ending; message: string }> {
  const { queue, api } = world
  const run = { failures: 0, ending: 'done' as Ending, message: '' }

  /** Asks again until it succeeds; null when the run has to end. What the server refused outright is the caller's to decide. */
  async function ask<T>(what: () => Promise<T>): Promise<T | null> {
    for (;;) {
      if (!world.mayGoOn()) {
        run.ending = 'stopped'
        return null
      }
      try {
        const answer = await what()
        run.failures = 0
        return answer
      } catch (e) {
        if (!(e instanceof ApiError))
          throw e
        if (e.kind === 'refused' && e.status !== 401)
          throw e
        run.message = e.message
        if (e.kind === 'ended' || e.kind === 'refused') {
          run.ending = e.kind
          return null
        }
        if (++run.failures >= MostFailures) {
          run.ending = 'stopped'
          return null
        }
        await world.sleep(pause(run.failures, world.random, e.retryAfter))
      }
    }
  }

  async function sendFile(hash: string): Promise<boolean> {
    for (let spoilt = 0; spoilt < 3;) {
      const file = await queue.file(hash)
      if (!file || file.complete)
        return true
      if (!file.bytes)
        return false
      const { bytes, size, name, isSealed } = file
      try {
        let state = await ask(() => api.fileState(name, isSealed))
        while (state && !state.complete) {
          const from = Math.min(state.have, size)
          await queue.fileHas(hash, from, false)
          state = await ask(() => api.sendPart(name, from, size, bytes.slice(from, from + PartSize), isSealed))
        }
        if (!state)
          return false
        await queue.fileHas(hash, size, true)
        return true
      } catch (e) {
        // What arrived was not what was sent: once more from the beginning.
        if (!(e instanceof ApiError) || e.status !== 422)
          throw e
        spoilt++
      }
    }
    return false
  }

  async function submit(batch: SendingItem[]): Promise<void> {
    const ids = batch.map(i => i.id)
    await queue.sending(ids)
    try {
      const receipts = await ask(() => api.submit(batch.map(i => i.envelope)))
      for (const receipt of receipts ?? [])
        await queue.receipt(receipt)
      const answered = new Set(receipts?.map(r => r.id))
      await queue.back(ids.filter(id => !answered.has(id)), run.message)
    } catch (e) {
      await queue.back(ids, e instanceof ApiError ? e.message : String(e))
      if (!(e instanceof ApiError))
        throw e
      // One bad item must not hold up the others.
      if (batch.length > 1)
        for (const item of batch)
          await submit([item])
    }
  }

  const items = await queue.waiting()
  let batch: SendingItem[] = [], size = 0
  const flush = async () => {
    const full = batch
    batch = []
    size = 0
    if (full.length > 0 && run.ending === 'done')
      await submit(full)
  }
  // Items without photos first: a few kilobytes each, and the words matter more than the pictures.
  for (const item of [...items.filter(i => i.files.length === 0), ...items.filter(i => i.files.length > 0)]) {
    if (item.files.length > 0) {
      await flush()
      let all = true
      for (const hash of item.files) {
        try {
          all = await sendFile(hash) && all
        } catch (e) {
          if (!(e instanceof ApiError))
            throw e
          await queue.back([item.id], e.message)
          all = false
        }
        if (run.ending !== 'done')
          break
      }
      if (!all)
        continue
    }
    const weight = item.envelope.data.length + 500
    if (batch.length >= MostItems || size + weight > MostBytes)
      await flush()
    batch.push(item)
    size += weight
  }
  await flush()

  if (run.ending === 'done') {
    try {
      for (let more = true; more;) {
        const since = await queue.cursor(), news = await ask(() => api.receipts(since))
        for (const receipt of news?.receipts ?? [])
          await queue.receipt(receipt)
        if (news?.cursor)
          await queue.setCursor(news.cursor)
        more = (news?.receipts.length ?? 0) >= MostReceipts && news?.cursor !== since
      }
    } catch (e) {
      if (!(e instanceof ApiError))
        throw e
      run.message = e.message
    }
  }
  return { ending: run.ending, message: run.message }
}
