import type { SchemaAt } from '../model.ts'
import { branchesOf, resolved } from '../schema-walk.ts'
import { CauseFinder, type Cause } from './causes.ts'
import { describeCause, removed, type Description } from './describe-cause.ts'
import { Formulas, type Formula } from './formula.ts'
import { lift, pathText } from './lift.ts'
import { LostFields } from './lost-fields.ts'
import type { Exchange } from './modern-schema.ts'
import { oraclesAgree } from './oracles.ts'
import { NOTHING_SHARED, type SameParts } from './same-parts.ts'
import { SchemaNotices } from './schema-notices.ts'
import { Solver } from './solver.ts'
import { Translator } from './translate.ts'

/**
 * `breaking`: proved by a witness, or something is gone. `usage-loss`: all validates, a value is gone. `unproven`:
 * neither way proved. `source`: programs made from the contract change. `behaviour`: nothing is refused, and yet
 * something is different. `policy`: a rule of the house.
 */
export type Verdict = 'breaking' | 'usage-loss' | 'unproven' | 'source' | 'behaviour' | 'policy'

export type SchemaChange = Description & {
  readonly verdict: Verdict
  readonly exchange: Exchange
  /** The field in question: `items[].price`; empty for the whole value. */
  readonly path: string
  /** Where the new schema says so, or its nearest surviving parent. */
  readonly at: SchemaAt
  /** The same for every operation that reaches the cause. */
  readonly cause: string
  /** A whole value that the writer's schema accepts and the reader's refuses; two validators have said so. */
  readonly witness?: unknown
}

/** Compares schemas of two documents in one direction. It remembers: what many operations share is judged once. */
export class SchemaComparison {
  readonly #exchange: Exchange
  readonly #same: SameParts
  readonly #formulas = new Formulas()
  readonly #translator: Translator
  readonly #solver: Solver
  readonly #finder: CauseFinder
  readonly #lost: LostFields
  readonly #notices: SchemaNotices
  readonly #judged = new Map<string, Judged>()
  readonly #compared = new Map<string, readonly SchemaChange[]>()

  /** `isStrict`: who writes may send what the schema does not forbid, not only what it declares. */
  constructor(exchange: Exchange, same = NOTHING_SHARED, isStrict = false) {
    this.#exchange = exchange
    this.#same = same
    this.#solver = new Solver(this.#formulas, isStrict)
    this.#translator = new Translator(this.#formulas, exchange, same.keyOf)
    const translator = this.#translator
    this.#notices = new SchemaNotices(exchange, same.keyOf)
    this.#lost = new LostFields((old, now) => translator.formulaOf(old) === translator.formulaOf(now))
    this.#finder = new CauseFinder(this.#formulas, this.#translator, this.#solver, exchange)
  }

  compare(before: SchemaAt, now: SchemaAt): readonly SchemaChange[] {
    const [old, current] = [behindReference(before), behindReference(now)]
    const key = `${old.pointer} > ${current.pointer}`
    const known =
      this.#compared.get(key) ??
      (this.#same.isSame(old.schema, current.schema) ? [] : this.#compare(old, current))
    this.#compared.set(key, known)
    return known
  }

  #compare(before: SchemaAt, now: SchemaAt): SchemaChange[] {
    const [writer, reader] = this.#exchange === 'request' ? [before, now] : [now, before]
    const changes = (this.#finder.causes([writer], reader) ?? []).flatMap((cause): SchemaChange[] => {
      const described = describeCause(cause, this.#exchange)
      const at =
        this.#exchange === 'request'
          ? (childAt(cause) ?? cause.conjunct.at)
          : writtenAt(cause.writers[0] ?? now, cause.conjunct.keyword)
      const key = `${described.code} ${cause.conjunct.at.pointer} ${at.pointer} ${cause.member ?? cause.conjunct.keyword}`
      const judged = this.#judge(key, () => lift(cause.path, cause.fault, this.#formulas), writer, reader)
      const path = pathOf(cause)
      return judged === undefined
        ? []
        : [{ ...described, exchange: this.#exchange, path, at, cause: key, ...judged }]
    })
    if (changes.length === 0) changes.push(...this.#asAWhole(writer, reader, now))
    changes.push(...this.#notices.compare(before, now))
    if (this.#exchange === 'request') return unique(changes)
    for (const { path, name, at } of this.#lost.find(resolved(before) ?? before, [resolved(now) ?? now])) {
      const place = [...path, { property: name }]
      const description = removed(pathText(place))
      changes.push({
        code: 'response-field-removed',
        ...description,
        verdict: 'usage-loss',
        exchange: this.#exchange,
        path: pathText(place),
        at,
        cause: `response-field-removed ${at.pointer} ${name}`,
      })
    }
    return unique(changes)
  }

  /** A cause breaks something only if a whole value shows it: what stands around it may make it harmless. */
  #judge(key: string, fault: () => Formula, writer: SchemaAt, reader: SchemaAt): Judged | undefined {
    const known = this.#judged.get(key)
    if (known !== undefined) return known
    const translator = this.#translator
    const solution = this.#solver.ask([
      { formula: translator.formulaOf(writer), isTrue: true, isWriter: true },
      { formula: fault(), isTrue: true, isWriter: false },
      { formula: translator.formulaOf(reader), isTrue: false, isWriter: false },
    ])
    if (solution.outcome === 'empty') return undefined
    const isProved =
      solution.outcome === 'witness' &&
      oraclesAgree(solution.value, { writer, reader, exchange: this.#exchange, translator })
    const judged: Judged = isProved
      ? { verdict: 'breaking', witness: solution.value }
      : { verdict: 'unproven' }
    this.#judged.set(key, judged)
    return judged
  }

  /** No single part is at fault, and yet the whole may be. */
  #asAWhole(writer: SchemaAt, reader: SchemaAt, at: SchemaAt): SchemaChange[] {
    if (this.#translator.formulaOf(writer) === this.#translator.formulaOf(reader)) return []
    const key = `whole ${writer.pointer} ${reader.pointer}`
    const judged = this.#judge(key, () => this.#formulas.true, writer, reader)
    if (judged === undefined) return []
    const isRequest = this.#exchange === 'request'
    return [
      {
        code: isRequest ? 'alternatives-narrowed' : 'alternatives-widened',
        message: isRequest ? 'The value no longer takes all it took' : 'The value can be what it never was',
        before: 'the old schema',
        after: 'the new schema',
        exchange: this.#exchange,
        path: '',
        at,
        cause: key,
        ...judged,
      },
    ]
  }
}

type Judged = { readonly verdict: Verdict; readonly witness?: unknown }

/** What a reference leads to that stands alone: the same pair is compared from many operations. */
function behindReference(at: SchemaAt): SchemaAt {
  const isAlone = typeof at.schema === 'object' && at.schema !== null && Object.keys(at.schema).length === 1
  return isAlone ? (resolved(at) ?? at) : at
}

/** The part that says so, a component rather than one of the many places that refer to it. */
function writtenAt(at: SchemaAt, keyword: string): SchemaAt {
  return saying(at, keyword) ?? resolved(at) ?? at
}

function saying(at: SchemaAt, keyword: string, depth = 0): SchemaAt | undefined {
  const target = resolved(at)
  if (target === undefined || depth > 10 || typeof target.schema !== 'object' || target.schema === null)
    return undefined
  if (Object.hasOwn(target.schema, keyword)) return target
  for (const branch of branchesOf(target, 'allOf')) {
    const found = saying(branch, keyword, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

function pathOf({ path, conjunct, member }: Cause): string {
  const steps = conjunct.child === undefined ? path : [...path, conjunct.child.step]
  return pathText(member === undefined ? steps : [...path, { property: member }])
}

/** The new member itself is where a request's schema says that it is required. */
function childAt({ conjunct, member }: Cause): SchemaAt | undefined {
  if (conjunct.keyword !== 'required' || member === undefined) return undefined
  const schema: unknown = conjunct.at.schema
  const properties =
    typeof schema === 'object' && schema !== null
      ? (schema as { properties?: unknown }).properties
      : undefined
  if (typeof properties !== 'object' || properties === null || !Object.hasOwn(properties, member))
    return undefined
  const pointer = `${conjunct.at.pointer}/properties/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return { ...conjunct.at, schema: (properties as Record<string, unknown>)[member], pointer }
}

/** One sentence once: a removed field that was required is both refused and missed. */
function unique(changes: readonly SchemaChange[]): SchemaChange[] {
  return [
    ...new Map(changes.toReversed().map((change) => [`${change.code} ${change.message}`, change])).values(),
  ].reverse()
}
