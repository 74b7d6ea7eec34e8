import type { Exchange } from '../contracts/compare/modern-schema.ts'
import { Formulas } from '../contracts/compare/formula.ts'
import { Solver } from '../contracts/compare/solver.ts'
import { Translator } from '../contracts/compare/translate.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { sampleIfAny, type SampleOptions } from './sample.ts'
import type { ValueCheck } from '../contracts/value-check.ts'

export type Sampled = { readonly outcome: 'value'; readonly value: unknown } | { readonly outcome: 'none' }

/** How the dice are thrown in turn: as authors mean it, then plainer, then barer. */
const ATTEMPTS: readonly Partial<SampleOptions>[] = [
  { plain: true, first: true },
  { plain: true },
  {},
  { plain: true, optionalDepth: 1 },
  { plain: true, first: true, optionalDepth: -1 },
  { plain: true, optionalDepth: -1 },
  { plain: true, optionalDepth: 0 },
  { plain: true, optionalDepth: 2 },
]

/**
 * A value that passes the check, the same for the same seed: with the examples that authors wrote, without those
 * that are wrong, else made from the schema, else constructed by the solver. `first` takes the first branch of every
 * choice where that works.
 */
export function validSample(
  at: SchemaAt,
  check: ValueCheck,
  { exchange, seed, first = true }: { exchange: Exchange; seed: string; first?: boolean },
): Sampled {
  const withoutExamples = new Set<string>()
  for (let round = 0; round < 4; round++) {
    const value = sampleIfAny(at, { exchange, seed, first, withoutExamples })
    const problems = value === undefined ? [] : check(value)
    if (value !== undefined && problems.length === 0) return { outcome: 'value', value }
    if (value === undefined) break
    // A wrong part may come from an example of anything around it.
    const known = withoutExamples.size
    for (const { pointer } of problems) addWithParents(withoutExamples, pointer)
    if (withoutExamples.size === known) break
  }
  for (const [i, how] of ATTEMPTS.entries()) {
    const value = sampleIfAny(at, { exchange, seed: `${seed} ${i}`, ...how })
    if (value !== undefined && check(value).length === 0) return { outcome: 'value', value }
  }
  const formulas = new Formulas()
  const formula = new Translator(formulas, exchange).formulaOf(at)
  const solution = new Solver(formulas).ask([{ formula, isTrue: true, isWriter: false }])
  if (solution.outcome === 'witness' && check(solution.value).length === 0)
    return { outcome: 'value', value: solution.value }
  return { outcome: 'none' }
}

function addWithParents(places: Set<string>, pointer: string): void {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    places.add(at)
    if (at === '') return
  }
}
