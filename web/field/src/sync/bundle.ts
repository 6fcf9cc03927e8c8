import type { Bundle } from '../api/types'
import { pause } from '../api/backoff'
import { ApiError, type Api } from '../api/client'

/** Households in one answer: what a slow line carries in a second. Each failure halves it, so that a worse line loses less. */
export const MostCards = 200, LeastCards = 10

/** Failures in a row after which it is left for the next time; what has come by then stays. */
const MostFailures = 4

export interface BundleWorld {
  api: Pick<Api, 'bundle'>
  /** The cursor of what this phone holds, or null. */ cursor(): string | null
  /** Takes an answer in, all of it or nothing. */ take(bundle: Bundle): Promise<void>
  sleep(milliseconds: number): Promise<void>
  random(): number
  mayGoOn(): boolean
}

/** Brings what was downloaded up to date, page by page: each that has come is kept, and a line that breaks loses no more than one.
 *  While a page is taken in the next one is on its way.
 *  @throws ApiError when the line stays broken or the server refuses. */
export async function bringUpToDate(world: BundleWorld, app: string): Promise<void> {
  let most = MostCards, failures = 0, cursor = world.cursor(), taking: Promise<void> = Promise.resolve()

  async function next(): Promise<Bundle> {
    for (;;) {
      try {
        const page = await world.api.bundle(cursor, app, most)
        failures = 0
        return page
      } catch (e) {
        // The server forgets old cursors: whatever it is asked again and again, it is asked with one that the phone keeps.
        await taking
        if (!(e instanceof ApiError) || e.kind === 'refused' || e.kind === 'ended' || ++failures >= MostFailures || !world.mayGoOn())
          throw e
        most = Math.max(LeastCards, most >> 1)
        await world.sleep(pause(failures, world.random, e.retryAfter))
      }
    }
  }

  for (let coming: Promise<Bundle> | null = next(); coming;) {
    const page: Bundle = await coming
    await taking
    cursor = page.cursor
    // Asked for first: taking a page in keeps the phone busy.
    coming = page.more ? next() : null
    taking = world.take(page)
    // Looked at above and below, and when a page fails to come.
    for (const later of [coming, taking])
      later?.catch(() => undefined)
  }
  await taking
}
