import { compilePattern } from '../compile-pattern.ts'
import { holds, isRest } from './evaluate.ts'
import type { Formulas } from './formula.ts'
import { worst, type Literal, type Solution, type Solve } from './solution.ts'

const MOST_PLACINGS = 500
const MOST_FILL = 200
const MOST_PATTERNS = 4

/** An object that satisfies all literals. `part` finds member values and names. */
export function solveObject(literals: readonly Literal[], formulas: Formulas, part: Solve): Solution {
  const facts = gather(literals)
  for (const name of facts.required) if (!mayHave(facts, name)) return { outcome: 'empty' }
  if (facts.min > facts.max || facts.required.size > facts.max) return { outcome: 'empty' }

  const choices = facts.wanted.map((wanted) => placesFor(wanted, facts, formulas, part))
  const failures: Solution[] = []
  for (const [at, { places, isComplete }] of choices.entries()) {
    if (!isComplete) failures.push({ outcome: 'unknown', why: 'names by pattern' })
    const each = places.map((name) => part([...valueLiterals(facts, name), ...valuePart(facts.wanted[at]!)]))
    if (isComplete && each.every(({ outcome }) => outcome === 'empty')) return { outcome: 'empty' }
    failures.push(...each.filter(({ outcome }) => outcome === 'unknown'))
  }
  let placings = 0
  for (const names of product(choices.map(({ places }) => places))) {
    if (++placings > MOST_PLACINGS) return { outcome: 'unknown', why: 'too many places for members' }
    const solution = build(facts, names, formulas, part)
    if (solution.outcome !== 'witness') failures.push(solution)
    else if (literals.every(({ formula, isTrue }) => holds(formula, solution.value) === isTrue))
      return solution
    else failures.push({ outcome: 'unknown', why: 'an object that is no value of a list' })
  }
  return worst(failures)
}

type Facts = {
  readonly literals: readonly Literal[]
  readonly required: ReadonlySet<string>
  readonly forbidden: ReadonlySet<string>
  /** All names the literals speak of. */
  readonly known: ReadonlySet<string>
  /** What a conforming writer sends when the schema lists members and says nothing of others; undefined when open. */
  readonly closedTo: ReadonlySet<string> | undefined
  readonly min: number
  readonly max: number
  /** Each asks for one member of its own. */
  readonly wanted: readonly Literal[]
}

function gather(literals: readonly Literal[]): Facts {
  const [required, forbidden, known, declared] = [0, 0, 0, 0].map(() => new Set<string>()) as [
    Set<string>,
    Set<string>,
    Set<string>,
    Set<string>,
  ]
  let [min, max, isOpen] = [0, Infinity, false]
  const wanted: Literal[] = []
  for (const literal of literals) {
    const { formula, isTrue, isWriter } = literal
    switch (formula.op) {
      case 'has':
        known.add(formula.name)
        ;(isTrue ? required : forbidden).add(formula.name)
        if (isTrue && isWriter) declared.add(formula.name)
        break
      case 'property':
        known.add(formula.name)
        if (isTrue && isWriter) declared.add(formula.name)
        if (!isTrue) wanted.push(literal)
        break
      case 'rest':
        formula.names.forEach((name) => known.add(name))
        if (isTrue && isWriter) isOpen = true
        if (!isTrue) wanted.push(literal)
        break
      case 'matching':
        if (isTrue && isWriter) isOpen = true
        if (!isTrue) wanted.push(literal)
        break
      case 'names':
        if (!isTrue) wanted.push(literal)
        break
      case 'minProperties':
      case 'maxProperties':
        if ((formula.op === 'minProperties') === isTrue)
          min = Math.max(min, isTrue ? formula.count : formula.count + 1)
        else max = Math.min(max, isTrue ? formula.count : formula.count - 1)
        break
      default: // atoms of other kinds have been dropped; values are looked at in the end
    }
  }
  // A schema that only says what is required describes no members: it does not close anything.
  const hasMembers = literals.some(
    ({ formula, isTrue, isWriter }) => formula.op === 'property' && isTrue && isWriter,
  )
  return {
    literals,
    required,
    forbidden,
    known,
    closedTo: hasMembers && !isOpen ? declared : undefined,
    min,
    max,
    wanted,
  }
}

function mayHave({ literals, forbidden, closedTo }: Facts, name: string): boolean {
  if (forbidden.has(name) || closedTo?.has(name) === false) return false
  return literals.every(
    ({ formula, isTrue }) => formula.op !== 'names' || !isTrue || holds(formula.part, name) !== false,
  )
}

function valueLiterals({ literals }: Facts, name: string): Literal[] {
  return literals.flatMap(({ formula, isTrue, isWriter }): Literal[] => {
    if (!isTrue) return []
    const applies =
      (formula.op === 'property' && formula.name === name) ||
      (formula.op === 'matching' && compilePattern(formula.pattern)?.test(name) === true) ||
      (formula.op === 'rest' && isRest(formula, name))
    return applies && 'part' in formula ? [{ formula: formula.part, isTrue, isWriter }] : []
  })
}

/** What the value of a wanted member must be. */
function valuePart({ formula, isTrue, isWriter }: Literal): Literal[] {
  return formula.op === 'property' || formula.op === 'matching' || formula.op === 'rest'
    ? [{ formula: formula.part, isTrue, isWriter }]
    : []
}

/** Names under which a wanted member can stand: known ones, and one nobody has named. */
function placesFor(
  { formula }: Literal,
  facts: Facts,
  formulas: Formulas,
  part: Solve,
): { places: string[]; isComplete: boolean } {
  if (formula.op === 'property')
    return { places: mayHave(facts, formula.name) ? [formula.name] : [], isComplete: true }
  const isPlace = (name: string): boolean =>
    formula.op === 'matching'
      ? compilePattern(formula.pattern)?.test(name) === true
      : formula.op === 'rest'
        ? isRest(formula, name)
        : formula.op === 'names' && holds(formula.part, name) === false
  const candidates = new Set([...facts.known, ...(facts.closedTo ?? [])])
  const places = [...candidates].filter((name) => isPlace(name) && mayHave(facts, name))
  if (facts.closedTo !== undefined) return { places, isComplete: true }
  const say = (pattern: string, isTrue: boolean): Literal => ({
    formula: formulas.make({ op: 'pattern', source: pattern }),
    isTrue,
    isWriter: false,
  })
  const asked: Literal[] =
    formula.op === 'matching'
      ? [say(formula.pattern, true)]
      : formula.op === 'rest'
        ? formula.patterns.map((pattern) => say(pattern, false))
        : formula.op === 'names'
          ? [{ formula: formula.part, isTrue: false, isWriter: false }]
          : []
  const fresh = freshNames(facts, asked, formulas, part)
  return { places: [...places, ...fresh.names], isComplete: fresh.isComplete }
}

function freshNames(
  facts: Facts,
  asked: readonly Literal[],
  formulas: Formulas,
  part: Solve,
): { names: string[]; isComplete: boolean } {
  const isText: Literal = {
    formula: formulas.make({ op: 'kinds', kinds: ['string'] }),
    isTrue: true,
    isWriter: false,
  }
  const isNew: Literal = {
    formula: formulas.make({ op: 'values', values: [...facts.known] }),
    isTrue: false,
    isWriter: false,
  }
  const rules = facts.literals.flatMap(({ formula, isTrue }): Literal[] =>
    formula.op === 'names' && isTrue ? [{ formula: formula.part, isTrue, isWriter: false }] : [],
  )
  const patterns = facts.literals.flatMap(({ formula, isTrue }) =>
    isTrue && formula.op === 'matching'
      ? [formula.pattern]
      : isTrue && formula.op === 'rest'
        ? formula.patterns
        : [],
  )
  const base = [isText, ...(facts.known.size > 0 ? [isNew] : []), ...rules, ...asked]
  const apart = [...new Set(patterns)]
  // One name for every way to match some patterns and not the others stands for all names that do the same.
  const found = signatures(apart.slice(0, MOST_PATTERNS)).map((signs) =>
    part([
      ...base,
      ...signs.map(({ source, isTrue }) => ({
        formula: formulas.make({ op: 'pattern', source }),
        isTrue,
        isWriter: false,
      })),
    ]),
  )
  const names = found.flatMap((each) => (each.outcome === 'witness' ? [each.value as string] : []))
  const isComplete = apart.length <= MOST_PATTERNS && found.every(({ outcome }) => outcome !== 'unknown')
  return { names: [...new Set(names)], isComplete }
}

type Sign = { readonly source: string; readonly isTrue: boolean }

function signatures([source, ...others]: readonly string[]): Sign[][] {
  if (source === undefined) return [[]]
  return signatures(others).flatMap((rest) => [
    [{ source, isTrue: false }, ...rest],
    [{ source, isTrue: true }, ...rest],
  ])
}

function* product(lists: readonly (readonly string[])[], at = 0): Generator<string[]> {
  const list = lists[at]
  if (list === undefined) return yield []
  for (const name of list) for (const rest of product(lists, at + 1)) yield [name, ...rest]
}

function build(facts: Facts, places: readonly string[], formulas: Formulas, part: Solve): Solution {
  const demands = new Map<string, Literal[]>()
  for (const name of facts.required) demands.set(name, [])
  for (const [i, name] of places.entries())
    demands.set(name, [...(demands.get(name) ?? []), ...valuePart(facts.wanted[i]!)])
  if (demands.size > facts.max) return { outcome: 'empty' }
  const value: Record<string, unknown> = {}
  const put = (name: string, member: unknown) =>
    Object.defineProperty(value, name, {
      value: member,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  for (const [name, demand] of demands) {
    const member = part([...valueLiterals(facts, name), ...demand])
    if (member.outcome !== 'witness') return member
    put(name, member.value)
  }
  let [isSure, count] = [true, demands.size]
  for (const name of facts.known) {
    if (count >= facts.min) break
    if (demands.has(name) || !mayHave(facts, name)) continue
    const member = part(valueLiterals(facts, name))
    if (member.outcome === 'unknown') isSure = false
    if (member.outcome !== 'witness') continue
    put(name, member.value)
    count++
  }
  if (count >= facts.min) return { outcome: 'witness', value }
  if (facts.closedTo !== undefined)
    return isSure ? { outcome: 'empty' } : { outcome: 'unknown', why: 'members' }
  const taken = new Set([...facts.known, ...Object.keys(value)])
  for (let i = 0; count < facts.min && i < MOST_FILL; i++) {
    const fresh = freshNames({ ...facts, known: taken }, [], formulas, part)
    for (const name of fresh.names) {
      taken.add(name)
      const member = part(valueLiterals(facts, name))
      if (member.outcome !== 'witness' || count >= facts.min) continue
      put(name, member.value)
      count++
    }
    if (fresh.names.length === 0) break
  }
  if (count >= facts.min) return { outcome: 'witness', value }
  // Only a rest that lets nothing through is sure to leave no room.
  const rest = facts.literals.some(
    ({ formula, isTrue }) =>
      formula.op === 'rest' && isTrue && formula.part.op === 'false' && formula.patterns.length === 0,
  )
  return rest && isSure
    ? { outcome: 'empty' }
    : { outcome: 'unknown', why: 'more members than we could name' }
}
