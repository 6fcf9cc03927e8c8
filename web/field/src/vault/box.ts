import { randomBytes, textOf, utf8, type Bytes } from './bytes'

/** Encrypted with AES-256-GCM. */
export interface Box { iv: Bytes; data: ArrayBuffer }

export async function lock(key: CryptoKey, bytes: Bytes | ArrayBuffer): Promise<Box> {
  const iv = randomBytes(12)
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) }
}

/** Fails where the key is another one or a bit has changed. */
export const unlock = (key: CryptoKey, box: Box): Promise<ArrayBuffer> => crypto.subtle.decrypt({ name: 'AES-GCM', iv: box.iv }, key, box.data)

export const lockJson = (key: CryptoKey, value: unknown): Promise<Box> => lock(key, utf8(JSON.stringify(value)))

export const unlockJson = async <T>(key: CryptoKey, box: Box): Promise<T> => JSON.parse(textOf(await unlock(key, box))) as T
