import { holds } from './evaluate.ts'
import { canonical, type Formula, type Formulas } from './formula.ts'
import { worst, type Literal, type Solution, type Solve } from './solution.ts'

const MOST_LENGTH = 3_000
const MOST_PLACINGS = 2_000

/** An array that satisfies all literals. `part` finds the items. */
export function solveArray(literals: readonly Literal[], formulas: Formulas, part: Solve): Solution {
  if (countsContradict(literals)) return { outcome: 'empty' }
  let [min, max] = [0, Infinity]
  let prefix = 0
  let isUnique = false
  let isRepeated = false
  let isLoose = false
  const wanted: Wanted[] = []
  for (const { formula, isTrue, isWriter } of literals) {
    const counted = {
      literal: { formula: 'part' in formula ? formula.part : formulas.true, isTrue, isWriter },
    }
    if (formula.op === 'minItems' || formula.op === 'maxItems') {
      if ((formula.op === 'minItems') === isTrue)
        min = Math.max(min, isTrue ? formula.count : formula.count + 1)
      else max = Math.min(max, isTrue ? formula.count : formula.count - 1)
    } else if (formula.op === 'item') {
      prefix = Math.max(prefix, formula.index + 1)
      if (!isTrue) wanted.push({ ...counted, from: formula.index, to: formula.index })
    } else if (formula.op === 'items') {
      prefix = Math.max(prefix, formula.from)
      if (!isTrue) wanted.push({ ...counted, from: formula.from, to: Infinity })
    } else if (formula.op === 'contains') {
      if (isTrue) for (let i = 0; i < formula.min; i++) wanted.push({ ...counted, from: 0, to: Infinity })
      if (isTrue ? formula.max !== Infinity || formula.min > 1 : !isContainsAny(formula)) isLoose = true
    } else if (formula.op === 'unique') {
      if (isTrue) isUnique = true
      else isRepeated = true
    }
  }
  const least = Math.max(
    min,
    ...wanted.map(({ from, to }) => (to === from ? from + 1 : 0)),
    isRepeated ? 2 : 0,
  )
  const most = Math.min(max, Math.max(least, prefix) + wanted.length + (isRepeated ? 2 : 0))
  if (least > max) return { outcome: 'empty' }
  if (least > MOST_LENGTH) return { outcome: 'unknown', why: `arrays of ${least} items` }
  const base = (index: number) => literals.flatMap((literal) => forItem(literal, index))
  // What must be in the list and can stand at no place in it: all places behind the prefix are alike.
  const isHomeless = ({ literal, from, to }: Wanted) =>
    Array.from({ length: prefix + 1 }, (_, i) => i)
      .filter((i) => i >= from && i <= to)
      .every((i) => part([...base(i), literal]).outcome === 'empty')
  if (wanted.some((each) => each.to === Infinity && each.from <= prefix && isHomeless(each)))
    return { outcome: 'empty' }
  const failures: Solution[] = []
  let placings = 0
  for (let length = least; length <= most; length++) {
    for (const places of placingsOf(wanted, length)) {
      if (++placings > MOST_PLACINGS) return { outcome: 'unknown', why: 'too many places for items' }
      const slots = Array.from({ length }, (_, i) => [
        ...base(i),
        ...wanted.filter((_, at) => places[at] === i).map(({ literal }) => literal),
      ])
      const solution = isRepeated ? fillRepeated(slots, part) : fill(slots, isUnique, formulas, part)
      if (solution.outcome !== 'witness') failures.push(solution)
      else if (literals.every(({ formula, isTrue }) => holds(formula, solution.value) === isTrue))
        return solution
      else failures.push({ outcome: 'unknown', why: 'counted items' })
    }
  }
  return isLoose ? { outcome: 'unknown', why: 'counted items' } : worst(failures)
}

/** A literal that some item between two places must satisfy. */
type Wanted = { readonly literal: Literal; readonly from: number; readonly to: number }

function isContainsAny(formula: Formula): boolean {
  return formula.op === 'contains' && formula.min === 1 && formula.max === Infinity
}

/** Two of a kind are one of a kind: what asks for more of the same implies what asks for less. */
function countsContradict(literals: readonly Literal[]): boolean {
  return literals.some(
    ({ formula: asked, isTrue }) =>
      isTrue &&
      asked.op === 'contains' &&
      literals.some(
        ({ formula: denied, isTrue: holds }) =>
          !holds &&
          denied.op === 'contains' &&
          denied.part === asked.part &&
          denied.min <= asked.min &&
          denied.max >= asked.max,
      ),
  )
}

function forItem({ formula, isTrue, isWriter }: Literal, index: number): Literal[] {
  if (formula.op === 'item')
    return isTrue && formula.index === index ? [{ formula: formula.part, isTrue, isWriter }] : []
  if (formula.op === 'items')
    return isTrue && index >= formula.from ? [{ formula: formula.part, isTrue, isWriter }] : []
  // No item may be what must not be contained.
  return isContainsAny(formula) && !isTrue && formula.op === 'contains'
    ? [{ formula: formula.part, isTrue: false, isWriter }]
    : []
}

function* placingsOf(wanted: readonly Wanted[], length: number, at = 0): Generator<number[]> {
  const next = wanted[at]
  if (next === undefined) return yield []
  for (let place = next.from; place <= Math.min(next.to, length - 1); place++)
    for (const rest of placingsOf(wanted, length, at + 1)) yield [place, ...rest]
}

function fill(slots: readonly Literal[][], isUnique: boolean, formulas: Formulas, part: Solve): Solution {
  const value: unknown[] = []
  for (const slot of slots) {
    const others: Literal[] =
      isUnique && value.length > 0
        ? [{ formula: formulas.make({ op: 'values', values: [...value] }), isTrue: false, isWriter: false }]
        : []
    const solution = part([...slot, ...others])
    if (solution.outcome === 'witness') value.push(solution.value)
    else if (solution.outcome === 'unknown' || others.length === 0) return solution
    // Taking the first value that comes is only right where all items are alike.
    else if (slots.every((each) => sameLiterals(each, slots[0]!))) return solution
    else return { outcome: 'unknown', why: 'unique items of several kinds' }
  }
  return { outcome: 'witness', value }
}

function sameLiterals(left: readonly Literal[], right: readonly Literal[]): boolean {
  const key = (list: readonly Literal[]) => canonical(list.map(({ formula, isTrue }) => [formula.id, isTrue]))
  return key(left) === key(right)
}

function fillRepeated(slots: readonly Literal[][], part: Solve): Solution {
  const failures: Solution[] = []
  for (let i = 0; i < slots.length; i++)
    for (let j = i + 1; j < slots.length; j++) {
      const both = [...slots[i]!, ...slots[j]!]
      const parts = slots.map((slot, at) => part(at === i || at === j ? both : slot))
      if (parts.every((each) => each.outcome === 'witness'))
        return { outcome: 'witness', value: parts.map((each) => each.value) }
      failures.push(...parts.filter((each) => each.outcome !== 'witness'))
    }
  return worst(failures)
}
