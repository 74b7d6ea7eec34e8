// Finds a value that satisfies some formulas and no others, or proves that there is none: "every value of W is one of
// R" is "nothing satisfies W and not R". Kind by kind: split what is "or" until only atoms are left, then construct.
// A schema that holds itself meets its own question again below; no finite value needs that question answered twice, so
// the second time counts as "nothing". Such an answer is remembered only when it does not hang on a question still open.

import { holds } from './evaluate.ts'
import { kindOfAtom, kindOfValue, KINDS, type Formula, type Formulas, type Kind } from './formula.ts'
import { Tags } from './tags.ts'
import { solveArray } from './solve-array.ts'
import { solveNumber } from './solve-number.ts'
import { solveObject } from './solve-object.ts'
import { solveString } from './solve-string.ts'
import { keyOfLiterals, worst, type Literal, type Solution } from './solution.ts'

const EMPTY: Solution = { outcome: 'empty' }

class TooLong extends Error {}

export class Solver {
  readonly #formulas: Formulas
  readonly #isStrict: boolean
  readonly #memo = new Map<string, Solution>()
  readonly #open = new Map<string, number>()
  readonly #tags = new Tags()
  /** By formula and kind. */
  readonly #glances: (boolean | 'unclear' | undefined)[] = []
  /** The outermost open question an answer relied on. */
  #relied = Infinity
  #steps = 0
  #most = 0

  /** `isStrict`: writers are not meant closed. */
  constructor(formulas: Formulas, isStrict = false) {
    this.#formulas = formulas
    this.#isStrict = isStrict
  }

  /** One question with its own budget of steps. */
  ask(literals: readonly Literal[], budget = 20_000): Solution {
    this.#steps = 0
    this.#most = budget
    this.#relied = Infinity
    try {
      return this.#solve(this.#isStrict ? literals.map((each) => ({ ...each, isWriter: false })) : literals)
    } catch (error) {
      // Thrown, not returned: an answer that is no answer would be asked for again on every way up.
      if (!(error instanceof TooLong)) throw error
      this.#open.clear()
      return { outcome: 'unknown', why: 'too many alternatives to try' }
    }
  }

  readonly #solve = (literals: readonly Literal[]): Solution => {
    const key = keyOfLiterals(literals)
    const known = this.#memo.get(key)
    if (known !== undefined) return known
    const opened = this.#open.get(key)
    if (opened !== undefined) {
      this.#relied = Math.min(this.#relied, opened)
      return EMPTY
    }
    const outside = this.#relied
    const depth = this.#open.size
    this.#relied = Infinity
    this.#open.set(key, depth)
    const solution = this.#solveByKind(literals)
    this.#open.delete(key)
    if (solution.outcome === 'witness' || (solution.outcome === 'empty' && this.#relied >= depth))
      this.#memo.set(key, solution)
    this.#relied = Math.min(outside, this.#relied >= depth ? Infinity : this.#relied)
    return solution
  }

  #solveByKind(literals: readonly Literal[]): Solution {
    const failures: Solution[] = []
    for (const kind of KINDS) {
      if (literals.some((literal) => this.#quick(literal, kind) === false)) continue
      const solution =
        kind === 'null' || kind === 'boolean'
          ? firstOf(kind === 'null' ? [null] : [true, false], literals)
          : this.#branch({ kind, all: literals, todo: literals, atoms: [], choices: [], entered: new Set() })
      if (solution.outcome === 'witness') return solution
      failures.push(solution)
    }
    return worst(failures)
  }

  #branch(state: State): Solution {
    if (++this.#steps > this.#most) throw new TooLong()
    const { kind, all } = state
    const todo = [...state.todo]
    const atoms = [...state.atoms]
    let choices = [...state.choices]
    const entered = new Set(state.entered)
    for (;;) {
      for (let literal = todo.pop(); literal !== undefined; literal = todo.pop()) {
        const quick = this.#quick(literal, kind)
        if (quick === true) continue
        if (quick === false) return EMPTY
        const { formula, isTrue, isWriter } = literal
        const say = (part: Formula, is = isTrue): Literal => ({ formula: part, isTrue: is, isWriter })
        switch (formula.op) {
          case 'not':
            todo.push(say(formula.part, !isTrue))
            break
          case 'ref': {
            const key = `${formula.id} ${isTrue} ${isWriter}`
            if (entered.has(key)) break
            entered.add(key)
            todo.push(say(formula.target()))
            break
          }
          case 'and':
          case 'or':
            if ((formula.op === 'and') === isTrue) todo.push(...formula.parts.map((part) => say(part)))
            else choices.push(formula.parts.map((part) => [say(part)]))
            break
          case 'one': {
            const parts = formula.parts.filter((part) => this.#isPossible(say(part, true), kind, atoms))
            choices.push(isTrue ? oneOf(parts, say) : notOneOf(parts, say))
            break
          }
          default:
            if (atoms.some((atom) => atom.formula === formula && atom.isTrue !== isTrue)) return EMPTY
            if (!atoms.some((atom) => isSame(atom, literal))) atoms.push(literal)
        }
      }
      const values = atoms.find(({ formula, isTrue }) => formula.op === 'values' && isTrue)
      if (values?.formula.op === 'values') {
        const own = values.formula.values.filter((value) => kindOfValue(value) === kind)
        return firstOf(own, [...atoms, ...all])
      }
      const next: Choice[] = []
      for (const choice of choices) {
        const options = choice.filter((option) =>
          option.every((literal) => this.#isPossible(literal, kind, atoms)),
        )
        if (options.length === 0) return EMPTY
        if (options.length === 1) todo.push(...options[0]!)
        else if (!options.some((option) => option.every((literal) => this.#isGiven(literal, kind, atoms))))
          next.push(options)
      }
      choices = next
      if (todo.length === 0) break
    }
    const failures: Solution[] = []
    // What the writer's alternatives declare decides what its objects are closed to: those come first.
    let choice = choices.find((options) =>
      options.some((option) => option.some(({ isTrue, isWriter }) => isTrue && isWriter)),
    )
    if (choice === undefined) {
      const sample = this.#construct(kind, atoms)
      if (sample.outcome === 'empty') return EMPTY
      const isUnknown = sample.outcome === 'unknown'
      if (!isUnknown && satisfies(sample.value, all)) return sample
      // The sample shows which choice is in the way; all others may never need to be looked at.
      choice = choices.find(
        (options) => isUnknown || !options.some((option) => satisfies(sample.value, option)),
      )
      if (choice === undefined)
        return isUnknown ? sample : { outcome: 'unknown', why: 'a part nobody can judge' }
    }
    const others = choices.filter((each) => each !== choice)
    for (const option of choice) {
      const solution = this.#branch({ kind, all, todo: option, atoms, choices: others, entered })
      if (solution.outcome === 'witness') return solution
      failures.push(solution)
    }
    return worst(failures)
  }

  #construct(kind: Kind, atoms: readonly Literal[]): Solution {
    const opaque = atoms.find(({ formula }) => formula.op === 'opaque')
    const own = atoms.filter(({ formula }) => formula.op !== 'opaque')
    const solution =
      kind === 'number'
        ? solveNumber(own)
        : kind === 'string'
          ? solveString(own)
          : kind === 'array'
            ? solveArray(own, this.#formulas, this.#solve)
            : solveObject(own, this.#formulas, this.#solve)
    if (opaque?.formula.op !== 'opaque' || solution.outcome === 'empty') return solution
    return { outcome: 'unknown', why: opaque.formula.what }
  }

  /** What a literal comes to for values of a kind, as far as a glance tells. */
  #quick({ formula, isTrue }: Literal, kind: Kind): boolean | undefined {
    const place = formula.id * KINDS.length + KINDS.indexOf(kind)
    let seen = this.#glances[place]
    if (seen === undefined) {
      const value = glance(formula, kind)
      this.#glances[place] = seen = value === undefined ? 'unclear' : value
    }
    return seen === 'unclear' ? undefined : seen === isTrue
  }

  #isPossible(literal: Literal, kind: Kind, atoms: readonly Literal[]): boolean {
    return (
      this.#quick(literal, kind) !== false &&
      !atoms.some((atom) => atom.formula === literal.formula && atom.isTrue !== literal.isTrue) &&
      !(literal.isTrue && this.#tags.exclude(literal.formula, atoms))
    )
  }

  #isGiven(literal: Literal, kind: Kind, atoms: readonly Literal[]): boolean {
    return (
      this.#quick(literal, kind) === true ||
      atoms.some((atom) => isSame(atom, literal)) ||
      (!literal.isTrue && this.#tags.exclude(literal.formula, atoms))
    )
  }
}

type Choice = readonly (readonly Literal[])[]
type State = {
  readonly kind: Kind
  readonly all: readonly Literal[]
  readonly todo: readonly Literal[]
  readonly atoms: readonly Literal[]
  readonly choices: readonly Choice[]
  readonly entered: ReadonlySet<string>
}
type Say = (part: Formula, is?: boolean) => Literal

function oneOf(parts: readonly Formula[], say: Say): Choice {
  return parts.map((part, i) => [
    say(part, true),
    ...parts.filter((_, j) => j !== i).map((other) => say(other, false)),
  ])
}

function notOneOf(parts: readonly Formula[], say: Say): Choice {
  const options = [parts.map((part) => say(part, false))]
  for (let i = 0; i < parts.length; i++)
    for (let j = i + 1; j < parts.length; j++) options.push([say(parts[i]!, true), say(parts[j]!, true)])
  return options
}

function isSame(a: Literal, b: Literal): boolean {
  return a.formula === b.formula && a.isTrue === b.isTrue && a.isWriter === b.isWriter
}

function satisfies(value: unknown, literals: readonly Literal[]): boolean {
  return literals.every(({ formula, isTrue }) => holds(formula, value) === isTrue)
}

function firstOf(values: readonly unknown[], literals: readonly Literal[]): Solution {
  let isUnsure = false
  for (const value of values) {
    const results = literals.map(({ formula, isTrue }) => {
      const result = holds(formula, value)
      return result === undefined ? undefined : result === isTrue
    })
    if (results.every((result) => result === true)) return { outcome: 'witness', value }
    if (!results.includes(false)) isUnsure = true
  }
  return isUnsure ? { outcome: 'unknown', why: 'a part nobody can judge' } : EMPTY
}

function glance(formula: Formula, kind: Kind): boolean | undefined {
  const own = kindOfAtom(formula.op)
  if (own !== undefined) return own === kind ? undefined : true
  switch (formula.op) {
    case 'true':
      return true
    case 'false':
      return false
    case 'kinds':
      return formula.kinds.includes(kind)
    case 'values':
      return formula.values.some((value) => kindOfValue(value) === kind) ? undefined : false
    case 'not': {
      const value = glance(formula.part, kind)
      return value === undefined ? undefined : !value
    }
    case 'and':
    case 'or': {
      const stop = formula.op === 'or'
      let result: boolean | undefined = !stop
      for (const part of formula.parts) {
        const value = glance(part, kind)
        if (value === stop) return stop
        if (value === undefined) result = undefined
      }
      return result
    }
    case 'one': {
      const values = formula.parts.map((part) => glance(part, kind))
      const sure = values.filter((value) => value === true).length
      if (sure > 1) return false
      return values.includes(undefined) ? undefined : sure === 1
    }
    default:
      return undefined
  }
}
