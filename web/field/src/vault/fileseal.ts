import type { ServerKey } from '../api/types'
import { randomBytes, sha256, utf8, type Bytes } from './bytes'

/** A file that only the county's server can open, and the hash of its bytes under which it is handed in. */
export interface SealedFile { bytes: Bytes; name: string }

/** Seals a photo or a signature when it is taken: 1, length of the key's name, its name, an own point, IV, AES-256-GCM over the content. */
export async function sealFile(to: ServerKey, content: Bytes): Promise<SealedFile> {
  const server = await crypto.subtle.importKey('jwk', { kty: to.jwk.kty, crv: to.jwk.crv, x: to.jwk.x, y: to.jwk.y }, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  const mine = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, mine.privateKey, 256)
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', mine.publicKey)), id = utf8(to.id), head = joined([Uint8Array.of(1, id.length), id, point])
  const stretched = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const key = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: point, info: utf8('shouwang/file/1') }, stretched, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const iv = randomBytes(12), data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: head }, key, content)
  const bytes = joined([head, iv, new Uint8Array(data)])
  return { bytes, name: await sha256(bytes) }
}

function joined(parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
