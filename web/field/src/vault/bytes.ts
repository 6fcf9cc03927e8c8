/** Bytes of the kind WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes

export const textOf = (bytes: ArrayBuffer | Bytes): string => new TextDecoder().decode(bytes)

export const randomBytes = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count))

export const hexOf = (bytes: ArrayBuffer | Bytes): string => [...new Uint8Array(bytes)].map(b => b.toString(16).padStart(2, '0')).join('')

export function base64Of(bytes: ArrayBuffer | Bytes): string {
  const all = new Uint8Array(bytes)
  let text = ''
  for (let at = 0; at < all.length; at += 0x8000)
    text += String.fromCharCode(...all.subarray(at, at + 0x8000))
  return btoa(text)
}

export const bytesOf = (base64: string): Bytes => Uint8Array.from(atob(base64), c => c.charCodeAt(0))

export const sha256 = async (bytes: Bytes | ArrayBuffer): Promise<string> => hexOf(await crypto.subtle.digest('SHA-256', bytes))

/** The 16 bytes of a UUID in the order in which it is written. */
export const uuidBytes = (id: string): Bytes => Uint8Array.from(id.replaceAll('-', '').match(/../g)!, b => parseInt(b, 16))

/** A UUIDv7: made anywhere, sorted by time, so that sending it twice is harmless. */
export function newId(now = Date.now()): string {
  const bytes = randomBytes(16)
  for (let i = 0; i < 6; i++)
    bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
