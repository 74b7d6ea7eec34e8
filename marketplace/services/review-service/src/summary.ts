import type { Summary } from '../contracts/api.ts'

/** The stars of a product in numbers; `counts` holds how many gave one, two, three, four and five. */
export function summaryOf(counts: readonly number[]): Summary {
  const count = counts.reduce((sum, n) => sum + n, 0)
  const stars = counts.reduce((sum, n, i) => sum + n * (i + 1), 0)
  return { average: count === 0 ? 0 : Math.round((stars * 100) / count) / 100, count, histogram: [...counts] }
}
