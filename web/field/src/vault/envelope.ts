import type { Envelope, ServerKey, SubmissionKind } from '../api/types'
import { base64Of, randomBytes, sha256, utf8, uuidBytes } from './bytes'

/** Of what is inside an envelope; the server keeps accepting older ones. */
export const Schema = 1

/** Seals something for the county's server: whoever finds the phone cannot read it, and a locked phone can still hand it in. */
export async function seal(to: ServerKey, id: string, kind: SubmissionKind, content: unknown, app: string, made: Date): Promise<Envelope> {
  const plain = utf8(JSON.stringify(content))
  const server = await crypto.subtle.importKey('jwk', { kty: to.jwk.kty, crv: to.jwk.crv, x: to.jwk.x, y: to.jwk.y }, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  const mine = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, mine.privateKey, 256)
  const stretched = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const key = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: uuidBytes(id), info: utf8('shouwang/envelope/1') }, stretched,
    { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const iv = randomBytes(12)
  return {
    id, kind, made: made.toISOString(), app, schema: Schema, key: to.id,
    epk: base64Of(await crypto.subtle.exportKey('raw', mine.publicKey)), iv: base64Of(iv),
    data: base64Of(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain)), hash: await sha256(plain),
  }
}
