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
 *  @throws ApiError when the line stays broken or the server refuses. */
export async function bringUpToDate(world: BundleWorld, app: string): Promise<void> {
  let most = MostCards, failures = 0
  for (let more = true; more;) {
    try {
      const bundle = await world.api.bundle(world.cursor(), app, most)
      await world.take(bundle)
      more = bundle.more === true
      failures = 0
    } catch (e) {
      if (!(e instanceof ApiError) || e.kind === 'refused' || e.kind === 'ended' || ++failures >= MostFailures || !world.mayGoOn())
        throw e
      most = Math.max(LeastCards, most >> 1)
      await world.sleep(pause(failures, world.random, e.retryAfter))
    }
  }
}
