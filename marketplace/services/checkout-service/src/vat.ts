/**
 * Standard VAT rates by country in basis points, as in force in November 2026 (European Commission, "Taxes in Europe"
 * database). Where the shop delivers is where this table has a rate.
 */
const RATE_BASIS_POINTS: Readonly<Record<string, number>> = {
  AT: 2000,
  BE: 2100,
  BG: 2000,
  CY: 1900,
  CZ: 2100,
  DE: 1900,
  DK: 2500,
  EE: 2400,
  ES: 2100,
  FI: 2550,
  FR: 2000,
  GR: 2400,
  HR: 2500,
  HU: 2700,
  IE: 2300,
  IT: 2200,
  LT: 2100,
  LU: 1700,
  LV: 2100,
  MT: 1800,
  NL: 2100,
  PL: 2300,
  PT: 2300,
  RO: 2100,
  SE: 2500,
  SI: 2200,
  SK: 2300,
}

export const servedCountries: readonly string[] = Object.keys(RATE_BASIS_POINTS)

export function vatRateOf(country: string): number | undefined {
  return RATE_BASIS_POINTS[country]
}

/** The VAT inside a gross amount, to the nearest cent, half a cent up. */
export function includedVatCents(grossCents: number, rateBasisPoints: number): number {
  const whole = 10_000 + rateBasisPoints
  return Math.floor((2 * grossCents * rateBasisPoints + whole) / (2 * whole))
}
