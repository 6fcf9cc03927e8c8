import { lock, unlock, type Box } from './box'
import { randomBytes, utf8, type Bytes } from './bytes'

/** How often the PIN is stirred. A guess costs a thief about as long as it costs the owner: a good half second on a cheap phone. */
export const Iterations = 600_000

export const PinLength = 6

/** Wrong PINs in a row after which what was downloaded is wiped. */
export const MostAttempts = 10

/** How the data key lies on the phone: locked with a key that only the PIN gives. */
export interface PinLock { id: string; salt: Bytes; iterations: number; wrapped: Box; wrong: number }

async function keyOf(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

const dataKey = (raw: Bytes | ArrayBuffer, extractable = false) => crypto.subtle.importKey('raw', raw, 'AES-GCM', extractable, ['encrypt', 'decrypt'])

/** A new data key and its lock. */
export async function makeLock(pin: string, id: string): Promise<{ lock: PinLock; key: CryptoKey }> {
  const raw = randomBytes(32), salt = randomBytes(16)
  const wrapped = await lock(await keyOf(pin, salt, Iterations), raw)
  return { lock: { id, salt, iterations: Iterations, wrapped, wrong: 0 }, key: await dataKey(raw) }
}

/** The data key, or null when the PIN is wrong. */
export async function openLock(pin: string, held: PinLock): Promise<CryptoKey | null> {
  const raw = await rawKey(pin, held)
  return raw && dataKey(raw)
}

/** The same data key under another PIN; null when the old one is wrong. */
export async function changePin(old: string, pin: string, held: PinLock): Promise<PinLock | null> {
  const raw = await rawKey(old, held)
  if (!raw)
    return null
  const salt = randomBytes(16)
  return { ...held, salt, iterations: Iterations, wrapped: await lock(await keyOf(pin, salt, Iterations), raw), wrong: 0 }
}

async function rawKey(pin: string, held: PinLock): Promise<ArrayBuffer | null> {
  const key = await keyOf(pin, held.salt, held.iterations)
  try {
    return await unlock(key, held.wrapped)
  } catch {
    return null
  }
}

/** Whether a PIN is one of those that anybody tries first. */
export const isWeak = (pin: string): boolean =>
  new Set(pin).size < 3 || '01234567890'.includes(pin) || '09876543210'.includes(pin) || pin === '123123' || pin === '112233' || pin === '520131'
