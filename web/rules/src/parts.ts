const nothing = (detail: string) => detail === ''
const anyUnit = () => true
const widening = (type: string) => type === '' || type === 'decimal'
const calculated = (type: string) => /^(int|decimal|date|days|months)$/.test(type)

/** Every operator and kind of value, and what may stand behind it: the type of a calculation, the unit of a comparison. */
const parts = new Map<string, (detail: string) => boolean>([
  ...['int', 'decimal', 'text', 'date', 'has', '!', '&&', '||', '[]'].map(sign => [sign, nothing] as const),
  ...['size', 'contains', 'startsWith', 'endsWith', 'days', 'months', 'years', 'daysBetween', 'monthsBetween'].map(name => [`${name}()`, nothing] as const),
  ...['==', '!=', '<', '<=', '>', '>=', 'in'].map(sign => [sign, anyUnit] as const),
  ...['?', 'min()', 'max()'].map(sign => [sign, widening] as const),
  ...['+', '-', '*', '/', '%', 'neg'].map(sign => [sign, calculated] as const),
])

export const isPart = (sign: string, detail: string): boolean => parts.get(sign)?.(detail) === true

/** What only a newer server writes: the rule cannot be answered here, and is not guessed at. */
export const unknownPart = (part: unknown) => new RangeError(`The rule has a part that is not known here: ${String(part)}.`)
