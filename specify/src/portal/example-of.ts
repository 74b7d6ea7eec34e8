import type { Exchange } from '../contracts/compare/modern-schema.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { sampleIfAny } from '../samples/sample.ts'

/**
 * A value to read, or to start from when somebody fills in a request by hand: the author's examples where there are
 * any, else a plain value within the limits, the same on every page. Null where nothing fits.
 */
export function exampleOf(at: SchemaAt, exchange: Exchange, name = ''): unknown {
  // The pointer is the seed: two operations with one schema show one example.
  const value = sampleIfAny(at, { exchange, seed: at.pointer, first: true, optionalDepth: 2, name })
  return value === undefined ? null : value
}
