import type { Day, Purpose } from '../api/types'
import { hexOf, randomBytes, uuidBytes, utf8, type Bytes } from '../vault/bytes'

/** A visit that a second investigator signs on a phone of their own. */
export interface ToSign {
  visit: string; household: string; day: Day; /** Not known from a typed code. */ purpose?: Purpose
  /** Of the visit's content in hex, or its first five digits from a typed code. */ hash: string
}

/** Without letters that look alike, and all of it in the dense alphabet of QR codes. */
const Letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const Purposes: Purpose[] = ['Verification', 'Monthly', 'Screening', 'Elimination', 'FollowUp']
const Mark = 'SW1:', DayMs = 86_400_000

const digest = async (text: string): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text)))

/** The first bits of something, five a letter. */
function letters(bytes: Bytes, count: number): string {
  let out = '', held = 0, bits = 0
  for (let at = 0; out.length < count; bits -= 5) {
    if (bits < 5) {
      held = (held << 8 | (bytes[at++] ?? 0)) & 0xfff
      bits += 8
    }
    out += Letters[held >> (bits - 5) & 31]
  }
  return out
}

function bytesOfLetters(text: string, count: number): Bytes | null {
  const bytes = new Uint8Array(count)
  let held = 0, bits = 0, at = 0
  for (const letter of text) {
    const value = Letters.indexOf(letter)
    if (value < 0)
      return null
    held = (held << 5 | value) & 0xfff
    bits += 5
    if (bits >= 8 && at < count) {
      bytes[at++] = held >> (bits - 8)
      bits -= 8
    }
  }
  return at === count ? bytes : null
}

const hashLetters = (hash: string): string => letters(Uint8Array.from(hash.slice(0, 6).match(/../g)!, b => parseInt(b, 16)), 4)

/** Six letters from which both phones work out the same id. */
export const newSeed = (): string => letters(randomBytes(4), 6)

/** The id of a visit, a UUIDv7 of its day: whoever knows household, day and seed knows it without a signal. */
export async function visitIdOf(household: string, day: Day, seed: string): Promise<string> {
  const bytes = (await digest(`shouwang/visit ${household} ${day} ${seed}`)).slice(0, 16), at = Date.parse(day)
  for (let i = 0; i < 6; i++)
    bytes[i] = Math.floor(at / 2 ** (8 * (5 - i))) % 256
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return uuid(bytes)
}

const uuid = (bytes: Bytes): string => hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/**
 * Two letters: a number of the household and of what stands before them, and the day added to it. With these steps no two days of a cycle
 * have the same letters, and two of one week differ in both, so that a slip in either is noticed.
 */
const CheckValues = 1024, DayCycle = 64, DayStep = 365
const checkBase = async (household: string, begun: string): Promise<number> => {
  const bytes = await digest(`shouwang/code ${household} ${begun}`)
  return (bytes[0]! << 8 | bytes[1]!) % CheckValues
}
const dayNumber = (day: Day): number => Math.round(Date.parse(day) / DayMs)
const checkLetters = (base: number, day: number): string => {
  const check = (base + day % DayCycle * DayStep) % CheckValues
  return Letters[check >> 5]! + Letters[check & 31]!
}

/** What is read out and typed where no camera helps: seed, the beginning of the hash, two letters that catch slips and say the day. */
export async function shortCode(household: string, day: Day, seed: string, hash: string): Promise<string> {
  const begun = seed + hashLetters(hash)
  return (begun + checkLetters(await checkBase(household, begun), dayNumber(day))).replace(/(.{4})(?=.)/g, '$1-')
}

/** Days back that a typed code may be from: far fewer than the cycle, so that no code stands for two of them. */
const DaysBack = 7

/** What a typed code of a household stands for; null where it is mistyped, older than a week or of another household. */
export async function readShort(typed: string, household: string, today: Day): Promise<ToSign | null> {
  const clean = typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1').replace(/[^0-9A-Z]/g, '')
  if (clean.length !== 12 || [...clean].some(l => !Letters.includes(l)))
    return null
  const begun = clean.slice(0, 10), seed = begun.slice(0, 6), bits = bytesOfLetters(begun.slice(6) + '0', 3)!
  const base = await checkBase(household, begun), now = dayNumber(today)
  const back = Array.from({ length: DaysBack }, (_, days) => days).find(days => checkLetters(base, now - days) === clean.slice(10))
  if (back === undefined)
    return null
  const day = new Date((now - back) * DayMs).toISOString().slice(0, 10)
  return { visit: await visitIdOf(household, day, seed), household, day, hash: hexOf(bits).slice(0, 5) }
}

/** What the square code says: 67 bytes in letters, small enough for the screen and the camera of a cheap phone. */
export function squareText(sign: ToSign): string {
  const bytes = new Uint8Array(67), days = Math.round(Date.parse(sign.day) / DayMs)
  bytes.set(uuidBytes(sign.visit), 0)
  bytes.set(uuidBytes(sign.household), 16)
  bytes.set([days >> 8, days & 255, Math.max(Purposes.indexOf(sign.purpose!), 0)], 32)
  bytes.set(Uint8Array.from(sign.hash.match(/../g)!, b => parseInt(b, 16)), 35)
  return Mark + letters(bytes, Math.ceil(bytes.length * 8 / 5))
}

/** Null for codes of other things. */
export function readSquare(text: string): ToSign | null {
  const bytes = text.startsWith(Mark) ? bytesOfLetters(text.slice(Mark.length), 67) : null
  if (!bytes)
    return null
  const days = bytes[32]! << 8 | bytes[33]!, purpose = Purposes[bytes[34]!]
  return purpose ? {
    visit: uuid(bytes.slice(0, 16)), household: uuid(bytes.slice(16, 32)), day: new Date(days * DayMs).toISOString().slice(0, 10), purpose, hash: hexOf(bytes.slice(35)),
  } : null
}
