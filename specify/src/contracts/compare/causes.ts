// Why a reader's schema refuses what a writer's allows: a schema is a conjunction, so each thing it asks for is tried
// by itself, and what fails is followed down to the deepest part that still fails.

import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import type { SchemaAt } from '../model.ts'
import { below } from '../schema-walk.ts'
import type { Formula, Formulas } from './formula.ts'
import { modernLevel, type Exchange } from './modern-schema.ts'
import { propertyNamesOf } from './property-names.ts'
import type { Literal } from './solution.ts'
import type { Solver } from './solver.ts'
import { targetOf, type Conjunct, type Step, type Translator } from './translate.ts'

export type Cause = {
  readonly path: readonly Step[]
  /** What the reader asks for and does not get. */
  readonly conjunct: Conjunct
  /** What the writer's schema says at the same place. */
  readonly writers: readonly SchemaAt[]
  /** The member that is too many or missing, when it is about one. */
  readonly member: string | undefined
  /** True of a part of the value that the reader refuses. */
  readonly fault: Formula
  readonly unproven: string | undefined
}

type Found = {
  readonly causes: readonly Cause[]
  /** Whether that is so only if something holds that was being asked at the time. */
  readonly isAssumed: boolean
}

const NOT_COMPARED: readonly Cause[] = []

export class CauseFinder {
  readonly #formulas: Formulas
  readonly #translator: Translator
  readonly #solver: Solver
  readonly #exchange: Exchange
  readonly #known = new Map<string, Found | 'open'>()
  /** How often an answer hung on a question still open. */
  #assumed = 0

  constructor(formulas: Formulas, translator: Translator, solver: Solver, exchange: Exchange) {
    this.#formulas = formulas
    this.#translator = translator
    this.#solver = solver
    this.#exchange = exchange
  }

  /** Undefined inside a schema that holds itself: the outer round tells. */
  causes(writers: readonly SchemaAt[], reader: SchemaAt): readonly Cause[] | undefined {
    const key = [...writers, reader].map(({ pointer }) => pointer).join(' ')
    const known = this.#known.get(key)
    if (known === 'open' || known?.isAssumed === true) this.#assumed++
    if (known === 'open') return undefined
    if (known !== undefined) return known.causes
    this.#known.set(key, 'open')
    const before = this.#assumed
    const causes = fewPerPlace(this.#find(writers, reader))
    this.#known.set(key, { causes, isAssumed: this.#assumed > before })
    return causes
  }

  #find(writers: readonly SchemaAt[], reader: SchemaAt): Cause[] {
    const wanted = this.#translator.formulaOf(reader)
    const given = writers.map((at) => this.#translator.formulaOf(at))
    if (given.includes(wanted)) return []
    const split = this.#bySplit(writers, reader)
    if (split !== undefined) return split
    const literals = given.map((formula): Literal => ({ formula, isTrue: true, isWriter: true }))
    return this.#translator.conjunctsOf(reader).flatMap((conjunct) => {
      if (given.some((formula) => says(formula, conjunct.formula))) return []
      // What stands below a place is compared there: most answers need no value of the whole. Whether a whole value
      // can hold what is found is asked in the end, once for each cause.
      const isBelow =
        conjunct.child !== undefined || conjunct.keyword === '$ref' || conjunct.keyword === 'allOf'
      const before = this.#assumed
      const below = isBelow ? this.#inside(writers, conjunct) : NOT_COMPARED
      if (below === undefined || below.length > 0) return below ?? []
      // All that may stand there is allowed there; only a proof that hangs on nothing open is one.
      if (below !== NOT_COMPARED && this.#assumed === before) return []
      const solution = this.#solver.ask([...literals, no(conjunct.formula)])
      if (solution.outcome === 'empty') return []
      const inside = isBelow ? below : this.#inside(writers, conjunct)
      if (inside === undefined || inside.length > 0) return inside ?? []
      const unproven = solution.outcome === 'unknown' ? solution.why : undefined
      const own: Cause = {
        path: [],
        conjunct,
        writers,
        member: undefined,
        fault: this.#formulas.not(conjunct.formula),
        unproven,
      }
      return this.#byMember(own, literals)
    })
  }

  /** A writer with alternatives before a reader with none: each alternative by itself, if that explains it all. */
  #bySplit(writers: readonly SchemaAt[], reader: SchemaAt): Cause[] | undefined {
    const [writer, ...more] = writers
    if (writer === undefined || more.length > 0 || this.#alternativesOf(reader).length > 0) return undefined
    const [own, ...others] = this.#alternativesOf(writer)
    if (own === undefined || others.length > 0) return undefined
    const lists = own.map((each) => this.causes([each], reader))
    const found = lists.flatMap((list) => list ?? [])
    return found.length > 0 ? found : undefined
  }

  /** The causes below a conjunct; an empty list when it fails as a whole. */
  #inside(
    writers: readonly SchemaAt[],
    { keyword, at, child, formula }: Conjunct,
  ): readonly Cause[] | undefined {
    const level = modernLevel(at, this.#exchange)
    if (typeof level === 'boolean') return NOT_COMPARED
    if (keyword === '$ref') {
      const target = targetOf(refOf(level) ?? '', at)
      return target === undefined ? NOT_COMPARED : this.causes(writers, target)
    }
    if (keyword === 'allOf')
      return this.#together(branches(at, level, 'allOf').map((branch) => this.causes(writers, branch)))
    if (keyword === 'anyOf' || keyword === 'oneOf')
      return this.#alternatives(writers, branches(at, level, keyword), formula)
    if (child === undefined) return NOT_COMPARED
    const children = writers.flatMap((writer) => this.#childrenOf(writer, child.step))
    if (children.length === 0) return NOT_COMPARED
    return this.causes(children, child.at)?.map((cause) => ({ ...cause, path: [child.step, ...cause.path] }))
  }

  /**
   * Each alternative of the writer against the one of the reader that is meant: the same reference, else the only one it
   * has values in common with. An empty list when some alternative fits none.
   */
  #alternatives(
    writers: readonly SchemaAt[],
    readers: readonly SchemaAt[],
    whole: Formula,
  ): readonly Cause[] | undefined {
    const [own, ...more] = writers.flatMap((at) => this.#alternativesOf(at))
    if (more.length > 0 || (own === undefined && writers.length > 1)) return []
    const lists: (readonly Cause[] | undefined)[] = []
    for (const writer of own ?? writers) {
      const literal = this.#said(writer)
      if (this.#solver.ask([literal, no(whole)]).outcome === 'empty') continue
      const ref = refOf(writer.schema)
      const named = ref === undefined ? [] : readers.filter((each) => refOf(each.schema) === ref)
      const partners =
        named.length > 0
          ? named
          : readers.filter((reader) => {
              const formula = this.#translator.formulaOf(reader)
              return (
                this.#solver.ask([literal, { formula, isTrue: true, isWriter: false }]).outcome === 'witness'
              )
            })
      if (partners.length !== 1) return []
      const causes = this.causes([writer], partners[0]!)
      if (causes?.length === 0) return []
      lists.push(causes)
    }
    return this.#together(lists)
  }

  #said(at: SchemaAt): Literal {
    return { formula: this.#translator.formulaOf(at), isTrue: true, isWriter: true }
  }

  #together(lists: readonly (readonly Cause[] | undefined)[]): readonly Cause[] | undefined {
    const found = lists.flatMap((list) => list ?? [])
    return found.length === 0 && lists.includes(undefined) ? undefined : found
  }

  #alternativesOf(at: SchemaAt, depth = 0): SchemaAt[][] {
    const level = modernLevel(at, this.#exchange)
    if (typeof level === 'boolean' || depth > 20) return []
    const own = (['anyOf', 'oneOf'] as const).map((keyword) => branches(at, level, keyword))
    const target = targetOf(refOf(level) ?? '', at)
    const deeper = target === undefined ? [] : this.#alternativesOf(target, depth + 1)
    return [...own.filter(({ length }) => length > 0), ...deeper]
  }

  #childrenOf(at: SchemaAt, step: Step, depth = 0): SchemaAt[] {
    const level = modernLevel(at, this.#exchange)
    if (typeof level === 'boolean' || depth > 20) return []
    const own = this.#translator
      .conjunctsOf(at)
      .flatMap(({ child }) => (child !== undefined && isSameStep(child.step, step) ? [child.at] : []))
    const target = targetOf(refOf(level) ?? '', at)
    const parts = [...branches(at, level, 'allOf'), ...(target === undefined ? [] : [target])]
    return [...own, ...parts.flatMap((part) => this.#childrenOf(part, step, depth + 1))]
  }

  /** A closed object refuses members one by one; each is a cause of its own. */
  #byMember(own: Cause, literals: readonly Literal[]): Cause[] {
    const { formula } = own.conjunct
    if (formula.op === 'has') return [{ ...own, member: formula.name }]
    if (formula.op !== 'rest') return [own]
    const names = own.writers.flatMap((writer) => [...propertyNamesOf(writer)])
    const found = [...new Set(names)].flatMap((name): Cause[] => {
      const fault = this.#formulas.and([own.fault, this.#formulas.make({ op: 'has', name })])
      const solution = formula.names.includes(name)
        ? undefined
        : this.#solver.ask([...literals, { formula: fault, isTrue: true, isWriter: false }])
      return solution?.outcome === 'witness' ? [{ ...own, member: name, fault, unproven: undefined }] : []
    })
    return found.length > 0 ? found : [own]
  }
}

const PATHS_PER_PLACE = 2

/** Schemas that hold each other lead to one place in ever more ways; the shortest two ways are enough. */
function fewPerPlace(causes: readonly Cause[]): Cause[] {
  const counts = new Map<string, number>()
  return causes
    .toSorted((a, b) => a.path.length - b.path.length)
    .filter(({ conjunct, writers, member }) => {
      const key = [conjunct.at, ...writers].map(({ pointer }) => pointer).join(' ')
      const place = `${key} ${conjunct.formula.id} ${member}`
      const count = (counts.get(place) ?? 0) + 1
      counts.set(place, count)
      return count <= PATHS_PER_PLACE
    })
}

/** Most of what a reader asks for is written on the other side, word by word. */
function says(formula: Formula, wanted: Formula): boolean {
  return formula === wanted || (formula.op === 'and' && formula.parts.includes(wanted))
}

function no(formula: Formula): Literal {
  return { formula, isTrue: false, isWriter: false }
}

function branches(at: SchemaAt, level: Readonly<Record<string, unknown>>, keyword: string): SchemaAt[] {
  const list = level[keyword]
  return Array.isArray(list) ? list.map((schema: unknown, i) => below(at, schema, keyword, i)) : []
}

function isSameStep(a: Step, b: Step): boolean {
  if ('property' in a) return 'property' in b && a.property === b.property
  if ('item' in a) return 'item' in b && a.item === b.item
  return 'each' in b && a.each === b.each
}
