// Validators of what travels: schemas of the contract, in the words of JSON Schema 2020-12, without readOnly properties
// for requests and writeOnly ones for answers. What a document refers to is copied and compiled once for all of it.

import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import { schemaFamily, type SchemaFamily } from '@specwright/json-schema/schema-family.ts'
import type { SchemaProblem } from '@specwright/json-schema/schema-problem.ts'
import { modernLevel, type Exchange } from './compare/modern-schema.ts'
import { LIST, MAP, ONE, PLAIN } from './compare/schema-keywords.ts'
import type { SchemaAt } from './model.ts'
import { resolved } from './schema-walk.ts'

export type ValueCheck = (value: unknown) => readonly SchemaProblem[]

/** The checks of one document, for one direction. */
export class ValueChecks {
  readonly #exchange: Exchange
  readonly #family: SchemaFamily = schemaFamily()
  readonly #names = new Map<string, string>()
  readonly #checks = new Map<string, ValueCheck>()

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  /** Compiled when first used: a contract of a thousand operations must not pay for those nobody calls. */
  checkOf(at: SchemaAt): ValueCheck {
    let check: ValueCheck | undefined
    return (value) => (check ??= this.#compiled(at))(value)
  }

  #compiled(at: SchemaAt): ValueCheck {
    const known = this.#checks.get(at.pointer)
    if (known !== undefined) return known
    const check = this.#compile(at)
    this.#checks.set(at.pointer, check)
    return check
  }

  #compile(at: SchemaAt): ValueCheck {
    try {
      return this.#family.compile(this.#copied(at))
    } catch {
      // A schema that is none accepts everything; `specify validate-contracts` says what is wrong with it.
      return () => []
    }
  }

  /** The schema as ajv reads it; everything it refers to is made known to the family. */
  #copied(at: SchemaAt): unknown {
    const queue: { readonly name: string; readonly at: SchemaAt }[] = []
    const nameOf = (target: SchemaAt): string => {
      const known = this.#names.get(target.pointer)
      if (known !== undefined) return known
      const name = `s${this.#names.size}`
      this.#names.set(target.pointer, name)
      queue.push({ name, at: target })
      return name
    }
    const whole = copy(at, this.#exchange, nameOf)
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      this.#family.define(next.name, copy(next.at, this.#exchange, nameOf))
    return whole
  }
}

function copy(from: SchemaAt, exchange: Exchange, nameOf: (target: SchemaAt) => string): unknown {
  const level = modernLevel(from, exchange)
  if (typeof level === 'boolean') return level
  const copied: Record<string, unknown> = {}
  const inside = (schema: unknown, ...segments: (string | number)[]) =>
    copy({ ...from, schema, pointer: `${from.pointer}${pointerOf(...segments)}` }, exchange, nameOf)
  for (const [keyword, own] of Object.entries(level)) {
    if (ONE.has(keyword)) copied[keyword] = inside(own, keyword)
    else if (LIST.has(keyword) && Array.isArray(own)) {
      // An empty choice is no schema by the letter; who writes one means nothing by it.
      if (own.length === 0) continue
      copied[keyword] = own.map((each: unknown, i) => inside(each, keyword, i))
    } else if (MAP.has(keyword) && isRecord(own))
      copied[keyword] = Object.fromEntries(
        Object.entries(own).map(([name, each]) => [name, inside(each, keyword, name)]),
      )
    else if (PLAIN.has(keyword) || keyword === 'format') copied[keyword] = own
  }
  const target = refOf(level) === undefined ? undefined : resolved(from)
  if (target !== undefined) copied['$ref'] = nameOf(target)
  // Authors of 3.0 who write nullable beside an enum mean that null passes.
  const { schema, source } = from
  return source.dialect === 'openapi-3.0' && isRecord(schema) && schema['nullable'] === true
    ? { if: { type: 'null' }, else: copied }
    : copied
}
