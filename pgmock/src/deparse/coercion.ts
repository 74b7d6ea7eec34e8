// parse_coerce.c: what can become what, and by which cast. parse_func.c and parse_oper.c: which of several is meant.

import { isPolymorphic, resolveGeneric } from './generic-types.ts'
import { serverCatalog, type Operator, type Routine, type ServerCatalog } from './server-catalog.ts'
import { UNKNOWN, UNSURE, type Typed, type TypeText } from './typed.ts'

/** The database's own types, as far as coercions depend on them. */
export type OwnTypes = {
  readonly baseOf: (type: TypeText) => TypeText | undefined
  readonly isEnum: (type: TypeText) => boolean
  readonly isComposite: (type: TypeText) => boolean
  readonly extensions: ReadonlyMap<string, string>
}

type Context = 'implicit' | 'assignment' | 'explicit'

const RANK = { i: 0, a: 1, e: 2, implicit: 0, assignment: 1, explicit: 2 } as const

export class Coercion {
  readonly server: ServerCatalog
  readonly #own: OwnTypes

  constructor(own: OwnTypes) {
    this.#own = own
    this.server = serverCatalog(own.extensions)
  }

  /** A domain's base, else the type itself. */
  base(type: TypeText): TypeText {
    const base = this.#own.baseOf(type)
    return base === undefined ? type : this.base(base)
  }

  isDomain(type: TypeText): boolean {
    return this.#own.baseOf(type) !== undefined
  }

  element(type: TypeText): TypeText | undefined {
    if (type.endsWith('[]')) return type.slice(0, -2)
    return this.server.types.get(this.base(type))?.element
  }

  category(type: TypeText): string {
    const base = this.base(type)
    if (base === UNKNOWN) return 'X'
    if (base.endsWith('[]') && base !== 'record[]') return 'A'
    const known = this.server.types.get(base)
    if (known) return known.category
    if (this.#own.isEnum(base)) return 'E'
    return this.#own.isComposite(base) ? 'C' : 'U'
  }

  isPreferred(type: TypeText): boolean {
    return this.server.types.get(type)?.isPreferred === true
  }

  isComposite(type: TypeText): boolean {
    return this.#own.isComposite(type)
  }

  pathway(
    from: TypeText,
    to: TypeText,
    context: Context,
  ): 'relabel' | 'function' | 'io' | 'array' | undefined {
    const [source, target] = [this.base(from), this.base(to)]
    if (source === target) return 'relabel'
    const cast = this.server.casts.get(`${source}>${target}`)
    if (cast) {
      if (RANK[context] < RANK[cast.context]) return undefined
      return cast.method === 'b' ? 'relabel' : cast.method === 'f' ? 'function' : 'io'
    }
    if (target !== 'oidvector' && target !== 'int2vector') {
      const [a, b] = [this.element(source), this.element(target)]
      if (a !== undefined && b !== undefined && source.endsWith('[]') && this.pathway(a, b, context))
        return 'array'
    }
    if (context !== 'implicit' && this.category(target) === 'S') return 'io'
    if (context === 'explicit' && this.category(source) === 'S') return 'io'
    return undefined
  }

  canCoerce(from: readonly TypeText[], to: readonly TypeText[], context: Context): boolean {
    let generic = false
    for (const [i, source] of from.entries()) {
      const target = to[i]!
      if (source === target || target === '"any"') continue
      if (isPolymorphic(target)) {
        generic = true
        continue
      }
      if (source === UNKNOWN || source === UNSURE) continue
      if (this.pathway(source, target, context)) continue
      if (source === 'record' && this.isComposite(target)) continue
      if (target === 'record' && this.isComposite(source)) continue
      return false
    }
    return !generic || resolveGeneric(this, from, to) !== undefined
  }

  isRange(type: TypeText): boolean {
    return this.server.ranges.has(type) || (this.category(type) === 'R' && !this.rangeOfMulti(type))
  }

  rangeOfMulti(type: TypeText): TypeText | undefined {
    for (const [range, { multirange }] of this.server.ranges) if (multirange === type) return range
    return undefined
  }

  /** select_common_type; undefined when there is none. */
  commonType(types: readonly TypeText[]): TypeText | undefined {
    const [first] = types
    if (first !== undefined && first !== UNKNOWN && types.every((type) => type === first)) return first
    let best = UNKNOWN
    for (const given of types) {
      const type = this.base(given)
      if (type === UNSURE) return UNSURE
      if (type === UNKNOWN || type === best) continue
      if (best === UNKNOWN) best = type
      else if (this.category(type) !== this.category(best)) return undefined
      else if (
        !this.isPreferred(best) &&
        this.pathway(best, type, 'implicit') &&
        !this.pathway(type, best, 'implicit')
      )
        best = type
    }
    return best === UNKNOWN ? 'text' : best
  }

  /** oper(): the operator of that name for these types. */
  operator(
    name: string,
    schema: string | undefined,
    left: TypeText | undefined,
    right: TypeText,
  ): Operator | undefined {
    const candidates = (this.server.operators.get(name) ?? []).filter(
      (one) =>
        (one.left === undefined) === (left === undefined) &&
        (schema === undefined || one.schema === (schema === 'pg_catalog' ? undefined : schema)),
    )
    const exact = this.#exactOperator(candidates, left, right)
    if (exact) return exact
    const given = left === undefined ? [right] : [left, right]
    const argsOf = (one: Operator) => (one.left === undefined ? [one.right] : [one.left, one.right])
    return this.#select(candidates, argsOf, given)
  }

  #exactOperator(
    candidates: readonly Operator[],
    left: TypeText | undefined,
    right: TypeText,
  ): Operator | undefined {
    let [a, b] = [left, right]
    const wasUnknown = a === UNKNOWN || b === UNKNOWN
    if (a === UNKNOWN && b !== UNKNOWN) a = b
    else if (b === UNKNOWN && a !== undefined) b = a
    const found = candidates.find((one) => one.left === a && one.right === b)
    if (found || !wasUnknown || a === undefined) return found
    const base = this.base(a)
    return base === a ? undefined : candidates.find((one) => one.left === base && one.right === base)
  }

  /** FuncnameGetCandidates and func_get_detail, for functions whose arguments have these types. */
  routine(
    candidates: readonly Routine[],
    given: readonly TypeText[],
  ): { routine: Routine; args: readonly TypeText[]; isExpanded: boolean } | undefined {
    const fitting = candidates.flatMap((one) => {
      const missing = one.args.length - given.length
      const plain =
        missing >= 0 && missing <= one.defaults
          ? [{ routine: one, args: one.args.slice(0, given.length), isExpanded: false }]
          : []
      if (!one.isVariadic || given.length < one.args.length) return plain
      const last = one.args.at(-1)!
      const item =
        last === 'anyarray'
          ? 'anyelement'
          : last === 'anycompatiblearray'
            ? 'anycompatible'
            : last === '"any"'
              ? '"any"'
              : last.replace(/\[\]$/, '')
      const rest = given.slice(one.args.length - 1).map(() => item)
      return [
        ...(last === '"any"' ? [] : plain),
        { routine: one, args: [...one.args.slice(0, -1), ...rest], isExpanded: true },
      ]
    })
    const exact = fitting.find(({ args }) => args.every((arg, i) => arg === given[i]))
    if (exact) return exact
    return this.#select(fitting, ({ args }) => args, given)
  }

  #select<T>(
    candidates: readonly T[],
    argsOf: (one: T) => readonly TypeText[],
    given: readonly TypeText[],
  ): T | undefined {
    const possible = candidates.filter((one) => this.canCoerce(given, argsOf(one), 'implicit'))
    return possible.length <= 1 ? possible[0] : this.#selectCandidate(possible, argsOf, given)
  }

  /** func_select_candidate, step by step as the manual's chapter "Type Conversion" tells it. */
  #selectCandidate<T>(
    given: readonly T[],
    argsOf: (one: T) => readonly TypeText[],
    types: readonly TypeText[],
  ): T | undefined {
    const bases = types.map((type) => this.base(type))
    const best = (candidates: readonly T[], score: (args: readonly TypeText[]) => number) => {
      const scores = candidates.map((one) => score(argsOf(one)))
      const most = Math.max(...scores)
      return candidates.filter((_, i) => scores[i] === most)
    }
    let left: readonly T[] = best(given, (args) =>
      count(bases, (type, i) => type !== UNKNOWN && args[i] === type),
    )
    if (left.length === 1) return left[0]
    const categories = bases.map((type) => this.category(type))
    left = best(left, (args) =>
      count(
        bases,
        (type, i) =>
          type !== UNKNOWN &&
          (args[i] === type || (this.category(args[i]!) === categories[i] && this.isPreferred(args[i]!))),
      ),
    )
    if (left.length === 1) return left[0]
    if (!bases.includes(UNKNOWN)) return undefined
    const byCategory = this.#byCategory(left, argsOf, bases)
    if (byCategory.length === 1) return byCategory[0]
    left = byCategory
    const known = new Set(bases.filter((type) => type !== UNKNOWN))
    if (known.size !== 1) return undefined
    const [only] = known
    const same = bases.map(() => only!)
    const last = left.filter((one) => this.canCoerce(same, argsOf(one), 'implicit'))
    return last.length === 1 ? last[0] : undefined
  }

  #byCategory<T>(
    candidates: readonly T[],
    argsOf: (one: T) => readonly TypeText[],
    bases: readonly TypeText[],
  ): readonly T[] {
    const slots: (readonly [string, boolean] | undefined)[] = []
    for (const [i, type] of bases.entries()) {
      if (type !== UNKNOWN) {
        slots.push(undefined)
        continue
      }
      let category: string | undefined
      let hasPreferred = false
      let conflict = false
      for (const one of candidates) {
        const arg = argsOf(one)[i]!
        const [own, isPreferred] = [this.category(arg), this.isPreferred(arg)]
        if (category === undefined) [category, hasPreferred] = [own, isPreferred]
        else if (category === own) hasPreferred ||= isPreferred
        else if (own === 'S') [category, hasPreferred] = ['S', isPreferred]
        else conflict = true
      }
      if (conflict && category !== 'S') return candidates
      slots.push([category ?? '', hasPreferred])
    }
    const kept = candidates.filter((one) =>
      slots.every((slot, i) => {
        const arg = argsOf(one)[i]!
        return slot === undefined || (this.category(arg) === slot[0] && (!slot[1] || this.isPreferred(arg)))
      }),
    )
    return kept.length === 0 ? candidates : kept
  }

  /** coerce_type: the expression with the cast it needs; itself when there is no way. */
  coerce(arg: Typed, to: TypeText, isImplicit: boolean, context: Context = 'implicit'): Typed {
    if (arg.type === to || to === UNSURE || to === '"any"' || isPolymorphic(to)) return arg
    if (arg.kind === 'constant' && arg.type === UNKNOWN) {
      const base = this.base(to)
      const constant: Typed = { kind: 'constant', value: arg.value, type: base }
      return base === to ? constant : { kind: 'cast', arg: constant, isImplicit, type: to }
    }
    if (arg.kind === 'collate')
      return { ...arg, arg: this.coerce(arg.arg, to, isImplicit, context), type: to }
    if (arg.type === UNSURE && isImplicit) return arg
    const path = arg.type === UNSURE ? 'function' : this.pathway(arg.type, to, context)
    if (path === undefined) return isImplicit ? arg : { kind: 'cast', arg, isImplicit, type: to }
    if (to === 'record' || (path === 'relabel' && this.isDomain(to) && this.base(to) === arg.type))
      return { kind: 'cast', arg, isImplicit, type: to }
    // A restored dump hands the cast down to the elements, so that is the form that stays.
    if (path === 'array' && arg.kind === 'array' && isImplicit && to === 'text[]')
      return {
        ...arg,
        type: to,
        items: arg.items.map((item) => this.coerce(item, 'text', false, 'explicit')),
      }
    const base = this.base(to)
    const done: Typed = {
      kind: 'cast',
      arg,
      isImplicit,
      byFunction: path === 'function',
      type: path === 'relabel' ? to : base,
    }
    return done.type === to ? done : { kind: 'cast', arg: done, isImplicit, type: to }
  }
}

function count<T>(items: readonly T[], test: (item: T, i: number) => boolean): number {
  let found = 0
  for (const [i, item] of items.entries()) if (test(item, i)) found++
  return found
}
