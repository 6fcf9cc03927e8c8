/**
 * What numbers are, in every engine (docs/decisions/0033): a whole number has 64 bits; a decimal has at most 12 digits before the
 * point and 16 after it, and is the exact result rounded half away from zero. Past that there is no result.
 */

/** Decimals are counted in units of their last place. */
export const scale = 10_000_000_000_000_000n
const limit = 1_000_000_000_000n * scale
const most = 2n ** 63n

const magnitude = (n: bigint) => (n < 0n ? -n : n)

/** The whole number, or undefined past 64 bits. */
export const whole = (n: bigint): bigint | undefined => (n >= -most && n < most ? n : undefined)

/** A fraction rounded to a whole number, half away from zero. */
export function rounded(numerator: bigint, denominator: bigint): bigint {
  const n = ((magnitude(numerator) * 2n) / magnitude(denominator) + 1n) / 2n
  return numerator < 0n === denominator < 0n ? n : -n
}

/** The decimal that many units of the last place make, or undefined from 10¹² on. */
export function held(numerator: bigint, denominator = 1n): bigint | undefined {
  const n = rounded(numerator, denominator)
  return n > -limit && n < limit ? n : undefined
}
