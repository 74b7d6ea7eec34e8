// What no validation shows and clients notice all the same: formats many servers assert and many clients parse, values
// of a discriminator, fields that became read-only. Schemas are walked side by side, as they are written.

import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import type { SchemaAt } from '../model.ts'
import { pathText } from './lift.ts'
import type { Exchange, Level } from './modern-schema.ts'
import type { SameParts } from './same-parts.ts'
import type { SchemaChange } from './schema-comparison.ts'
import { targetOf, type Step } from './translate.ts'

/** Compares in one direction; every pair of places is looked at once. */
export class SchemaNotices {
  readonly #exchange: Exchange
  readonly #keyOf: SameParts['keyOf']
  readonly #known = new Map<string, readonly SchemaChange[]>()

  /** What has the same key in both documents is not looked into. */
  constructor(exchange: Exchange, keyOf: SameParts['keyOf']) {
    this.#exchange = exchange
    this.#keyOf = keyOf
  }

  compare(before: SchemaAt, now: SchemaAt): readonly SchemaChange[] {
    return this.#at(before, now, [])
  }

  #at(before: SchemaAt, now: SchemaAt, path: readonly Step[]): readonly SchemaChange[] {
    const [old, current] = [behind(before), behind(now)]
    if (!isRecord(old.schema) || !isRecord(current.schema)) return []
    const shared = this.#keyOf(old.source.root, old.pointer)
    if (shared !== undefined && shared === this.#keyOf(current.source.root, current.pointer)) return []
    const key = `${old.pointer} > ${current.pointer}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, [])
    const found = [
      ...this.#format(old.schema, current, path),
      ...this.#discriminator(old, current, path),
      ...this.#readOnly(old.schema, current, path),
      ...pairsBelow(old, current).flatMap(([a, b, step]) => [
        ...this.#at(a, b, step === undefined ? path : [...path, step]),
      ]),
    ]
    this.#known.set(key, found)
    return found
  }

  #format(old: Level, now: SchemaAt, path: readonly Step[]): SchemaChange[] {
    const [before, after] = [old, now.schema as Level].map(({ format }) =>
      typeof format === 'string' ? format : undefined,
    )
    // The widths of numbers are values: the comparison judges them.
    if (
      before === after ||
      [before, after].some((format) => /^(int|uint)\d|^(float|double)$/.test(String(format)))
    )
      return []
    const isRequest = this.#exchange === 'request'
    if ((isRequest ? after : before) === undefined) return []
    const message = isRequest
      ? `${named(path)} may be held to the format ${after}`
      : `${named(path)} no longer promises the format ${before}`
    return [this.#notice('format-changed', message, [before, after], now, path)]
  }

  #readOnly(old: Level, now: SchemaAt, path: readonly Step[]): SchemaChange[] {
    if (
      this.#exchange !== 'request' ||
      old['readOnly'] === true ||
      (now.schema as Level)['readOnly'] !== true
    )
      return []
    const message = `${named(path)} became read-only: it is ignored in requests, or refused`
    return [this.#notice('field-read-only', message, ['writable', 'read-only'], now, path)]
  }

  /** Values that choose an alternative: a server must go on knowing the old ones, clients know no new ones. */
  #discriminator(old: SchemaAt, now: SchemaAt, path: readonly Step[]): SchemaChange[] {
    const [before, after] = [dispatched(old.schema as Level), dispatched(now.schema as Level)]
    if (before === undefined || after === undefined || before.name !== after.name) return []
    const isRequest = this.#exchange === 'request'
    const [written, read] = isRequest ? [before, after] : [after, before]
    const lost = [...written.values].filter((value) => !read.values.has(value))
    // An alternative that came or went is judged as such.
    if (lost.length === 0 || !isSameList(before.refs, after.refs)) return []
    const field = [...path, { property: before.name }]
    const list = lost.map((value) => JSON.stringify(value)).join(', ')
    return [
      {
        ...this.#notice(
          isRequest ? 'discriminator-value-removed' : 'discriminator-value-added',
          `${named(field)} ${isRequest ? 'no longer' : 'now also'} chooses by ${list}`,
          [[...before.values].join(', '), [...after.values].join(', ')],
          now,
          field,
        ),
        verdict: 'breaking',
      },
    ]
  }

  #notice(
    code: string,
    message: string,
    [before, after]: readonly [string | undefined, string | undefined],
    at: SchemaAt,
    path: readonly Step[],
  ): SchemaChange {
    return {
      code,
      message,
      before: before ?? 'none',
      after: after ?? 'none',
      verdict: 'behaviour',
      exchange: this.#exchange,
      path: pathText(path),
      at,
      cause: `${code} ${at.pointer}`,
    }
  }
}

type Dispatch = {
  readonly name: string
  readonly values: ReadonlySet<string>
  readonly refs: readonly string[]
}

/** OpenAPI 3, "Discriminator Object": the names of the mapping, and of the alternatives themselves. */
function dispatched({ discriminator, oneOf, anyOf }: Level): Dispatch | undefined {
  if (!isRecord(discriminator) || typeof discriminator['propertyName'] !== 'string') return undefined
  const list = [oneOf, anyOf].find(Array.isArray) ?? []
  const refs = (list as unknown[]).flatMap((each) => refOf(each) ?? [])
  const mapping = isRecord(discriminator['mapping']) ? Object.keys(discriminator['mapping']) : []
  return {
    name: discriminator['propertyName'],
    values: new Set([...mapping, ...refs.map((ref) => ref.split('/').at(-1)!)]),
    refs,
  }
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each))
}

/** The schema behind references; what stands beside one is looked at by whoever judges values. */
function behind(at: SchemaAt): SchemaAt {
  let found = at
  for (let hops = 0; hops < 20; hops++) {
    const ref = refOf(found.schema)
    const target = ref === undefined ? undefined : targetOf(ref, found)
    if (target === undefined) return found
    found = target
  }
  return found
}

function pairsBelow(old: SchemaAt, now: SchemaAt): [SchemaAt, SchemaAt, Step | undefined][] {
  const pairs: [SchemaAt, SchemaAt, Step | undefined][] = []
  const add = (segments: readonly (string | number)[], a: unknown, b: unknown, step: Step | undefined) => {
    if (isRecord(a) && isRecord(b)) pairs.push([part(old, a, segments), part(now, b, segments), step])
  }
  const [was, is] = [old.schema as Level, now.schema as Level]
  if (isRecord(was['properties']) && isRecord(is['properties']))
    for (const [name, schema] of Object.entries(was['properties']))
      add(['properties', name], schema, is['properties'][name], { property: name })
  add(['items'], was['items'], is['items'], { each: 'item' })
  add(['additionalProperties'], was['additionalProperties'], is['additionalProperties'], { each: 'member' })
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const [a, b] = [was[keyword], is[keyword]]
    if (!Array.isArray(a) || !Array.isArray(b)) continue
    for (const [i, schema] of (a as unknown[]).entries()) {
      const ref = refOf(schema)
      const at = ref === undefined ? i : (b as unknown[]).findIndex((each) => refOf(each) === ref)
      const partner = (b as unknown[])[at]
      if (isRecord(schema) && isRecord(partner))
        pairs.push([part(old, schema, [keyword, i]), part(now, partner, [keyword, at]), undefined])
    }
  }
  return pairs
}

function part(at: SchemaAt, schema: unknown, segments: readonly (string | number)[]): SchemaAt {
  return { ...at, schema, pointer: `${at.pointer}${pointerOf(...segments)}` }
}

function named(path: readonly Step[]): string {
  const text = pathText(path)
  return text === '' ? 'The value' : `Field '${text}'`
}
