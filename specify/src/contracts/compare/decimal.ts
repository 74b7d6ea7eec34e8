// Numbers as people write them: 0.01 is a hundredth, not the nearest double. Inclusion of multipleOf needs this.

/** The value is `digits` divided by ten to the power of `scale`. */
export type Decimal = { readonly digits: bigint; readonly scale: number }

/** The decimal that JavaScript prints for a finite number. */
export function decimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

export function toNumber({ digits, scale }: Decimal): number {
  return Number(`${digits}e-${scale}`)
}

/** Both as whole numbers of one unit, ten to the power of minus `scale`. */
export function align(a: Decimal, b: Decimal): { a: bigint; b: bigint; scale: number } {
  const scale = Math.max(a.scale, b.scale)
  return { a: a.digits * 10n ** BigInt(scale - a.scale), b: b.digits * 10n ** BigInt(scale - b.scale), scale }
}

export function compareDecimals(left: Decimal, right: Decimal): -1 | 0 | 1 {
  const { a, b } = align(left, right)
  return a < b ? -1 : a > b ? 1 : 0
}

export function isMultiple(value: Decimal, of: Decimal): boolean {
  const { a, b } = align(value, of)
  return b !== 0n && a % b === 0n
}

/** The smallest positive number that both divide. */
export function commonMultiple(left: Decimal, right: Decimal): Decimal {
  const { a, b, scale } = align(left, right)
  return { digits: (a / greatestDivisor(a, b)) * b, scale }
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a < 0n ? -a : a
}

export const ONE: Decimal = { digits: 1n, scale: 0 }
