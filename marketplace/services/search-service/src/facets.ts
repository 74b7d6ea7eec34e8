import type { CountedPrice, CountedRating } from '../contracts/api.ts'

/** Where one range of prices ends and the next begins, in cents. */
export const priceSteps = [1_000, 2_500, 5_000, 10_000, 25_000] as const

/** The lowest ratings worth asking for. */
export const ratingSteps = [4, 3, 2] as const

/** `counts[i]` products cost less than `priceSteps[i]` and not less than the step before. Ranges with nothing in them are left out. */
export function priceFacet(counts: readonly number[]): CountedPrice[] {
  return [...priceSteps, undefined].flatMap((priceMax, i) => {
    const count = counts[i] ?? 0
    if (count === 0) return []
    return [{ priceMin: priceSteps[i - 1] ?? 0, ...(priceMax !== undefined && { priceMax }), count }]
  })
}

/** `counts[i]` products are rated `ratingSteps[i]` or better. */
export function ratingFacet(counts: readonly number[]): CountedRating[] {
  return ratingSteps.flatMap((rating, i) => {
    const count = counts[i] ?? 0
    return count === 0 ? [] : [{ rating, count }]
  })
}
