import { ReadsColumns } from './columns'
import type { Bundle, Enrolled, Envelope, Receipt, Text } from './types'

/** How a request can end other than well. */
export type Failure = 'offline' | 'busy' | 'refused' | 'ended'

/** A request that did not succeed. `offline` and `busy` pass by themselves; `ended` means that this device may no longer ask. */
export class ApiError extends Error {
  constructor(readonly kind: Failure, readonly status: number, readonly code: string, message: string, readonly retryAfter?: number, readonly body?: unknown) {
    super(message)
  }
}

export interface Credentials { device: string; token: string }

export interface FileState { have: number; complete: boolean }

/** Everything the phone asks of the server. */
export interface Api {
  enrol(ask: { user: string; password: string; code?: string; device: { id: string; name: string; app: string } }): Promise<Enrolled>
  submit(items: Envelope[]): Promise<Receipt[]>
  receipts(since: string | null): Promise<{ cursor: string; receipts: Receipt[] }>
  /** @param isSealed sealed for the server; else as older versions sent it. */
  fileState(name: string, isSealed: boolean): Promise<FileState>
  /** Sends one part; the answer tells how much is there, also after a wrong offset. */
  sendPart(name: string, offset: number, total: number, part: Uint8Array<ArrayBuffer>, isSealed: boolean): Promise<FileState>
  /** @param most households in the answer; `more` tells that there are others. */
  bundle(cursor: string | null, app: string, most?: number): Promise<Bundle>
}

/** The API over HTTP. A body that ends early or is no JSON counts as offline: whatever it was, it is asked again. */
export function httpApi(base: string, who: () => Credentials | null, language: () => 'zh' | 'en', patience = 30_000): Api {
  async function call<T>(method: string, path: string, body?: unknown, raw?: Uint8Array<ArrayBuffer>): Promise<T> {
    const me = who()
    const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language() }
    if (me)
      headers.Authorization = `Device ${me.device}.${me.token}`
    if (body !== undefined || raw)
      headers['Content-Type'] = raw ? 'application/octet-stream' : 'application/json'
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), patience)
    try {
      const answer = await fetch(base + path, { method, headers, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)), signal: stop.signal, cache: 'no-store' })
      const text = await answer.text()
      if (answer.ok)
        return JSON.parse(text) as T
      throw refusal(answer, text, language())
    } catch (e) {
      throw e instanceof ApiError ? e : new ApiError('offline', 0, 'offline', String(e))
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    enrol: ask => call('POST', '/devices', ask),
    submit: async items => (await call<{ receipts: Receipt[] }>('POST', '/submissions', { items })).receipts ?? [],
    receipts: since => call('GET', '/receipts' + (since ? '?since=' + encodeURIComponent(since) : '')),
    fileState: (name, isSealed) => call('GET', '/files/' + name + (isSealed ? '?sealed=true' : '')),
    async sendPart(name, offset, total, part, isSealed) {
      try {
        return await call<FileState>('PATCH', `/files/${name}?offset=${offset}&total=${total}${isSealed ? '&sealed=true' : ''}`, undefined, part)
      } catch (e) {
        const have = e instanceof ApiError && e.status === 409 ? (e.body as { have?: number } | undefined)?.have : undefined
        if (have === undefined)
          throw e
        return { have, complete: false }
      }
    },
    bundle: (cursor, app, most) => call('POST', '/bundle', { ...(cursor ? { cursor } : {}), app, ...(most ? { most } : {}), columns: ReadsColumns }),
  }
}

function refusal(answer: Response, text: string, language: 'zh' | 'en'): ApiError {
  let body: { code?: string; title?: string; detail?: string; what?: Text; remedy?: Text } | undefined
  try {
    body = JSON.parse(text)
  } catch {
    // A proxy's page, or a body that broke off.
  }
  const code = body?.code ?? ''
  const message = [body?.what?.[language] ?? body?.title, body?.remedy?.[language] ?? body?.detail].filter(Boolean).join(' ')
  const after = Number(answer.headers.get('Retry-After'))
  const kind: Failure = answer.status >= 500 || answer.status === 429 || answer.status === 408 ? 'busy'
    : answer.status === 401 && code.endsWith('device_ended') ? 'ended' : 'refused'
  return new ApiError(kind, answer.status, code, message, after > 0 ? after * 1000 : undefined, body)
}
