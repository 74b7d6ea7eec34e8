// Validators of what travels: a schema of the contract, in the words of JSON Schema 2020-12, without readOnly
// properties for requests and writeOnly ones for answers, with everything it refers to beside it.

import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { compileSchema } from '@specwright/json-schema/compile-schema.ts'
import type { SchemaProblem } from '@specwright/json-schema/schema-problem.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import { modernLevel, type Exchange } from '../contracts/compare/modern-schema.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { resolved } from '../contracts/schema-walk.ts'

export type ValueCheck = (value: unknown) => readonly SchemaProblem[]

/** Compiled when first used: a contract of a thousand operations must not pay for those nobody calls. */
export function lazyCheck(at: SchemaAt, exchange: Exchange): ValueCheck {
  let check: ValueCheck | undefined
  return (value) => (check ??= compileCheck(at, exchange))(value)
}

function compileCheck(at: SchemaAt, exchange: Exchange): ValueCheck {
  try {
    return compileSchema(standalone(at, exchange), { dialect: '2020-12' })
  } catch {
    // A schema that is none accepts everything; `specify validate-contracts` says what is wrong with it.
    return () => []
  }
}

/** The schema as a document of its own. */
export function standalone(at: SchemaAt, exchange: Exchange): unknown {
  const definitions: Record<string, unknown> = {}
  const names = new Map<string, string>()
  const queue: { readonly name: string; readonly at: SchemaAt }[] = []
  const copy = (from: SchemaAt): unknown => {
    const level = modernLevel(from, exchange)
    if (typeof level === 'boolean') return level
    const copied: Record<string, unknown> = {}
    const inside = (schema: unknown, ...segments: (string | number)[]) =>
      copy({ ...from, schema, pointer: `${from.pointer}${pointerOf(...segments)}` })
    for (const [keyword, own] of Object.entries(level)) {
      if (ONE.has(keyword)) copied[keyword] = inside(own, keyword)
      else if (LIST.has(keyword) && Array.isArray(own))
        copied[keyword] = own.map((each: unknown, i) => inside(each, keyword, i))
      else if (MAP.has(keyword) && isRecord(own))
        copied[keyword] = Object.fromEntries(
          Object.entries(own).map(([name, each]) => [name, inside(each, keyword, name)]),
        )
      else if (PLAIN.has(keyword)) copied[keyword] = own
    }
    const target = refOf(level) === undefined ? undefined : resolved(from)
    if (target !== undefined) copied['$ref'] = `#/$defs/${nameOf(target)}`
    // Authors of 3.0 who write nullable beside an enum mean that null passes.
    const { schema, source } = from
    return source.dialect === 'openapi-3.0' && isRecord(schema) && schema['nullable'] === true
      ? { if: { type: 'null' }, else: copied }
      : copied
  }
  const nameOf = (target: SchemaAt): string => {
    const known = names.get(target.pointer)
    if (known !== undefined) return known
    const name = `s${names.size}`
    names.set(target.pointer, name)
    queue.push({ name, at: target })
    return name
  }
  const whole = copy(at)
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) definitions[next.name] = copy(next.at)
  if (names.size === 0 || !isRecord(whole)) return whole
  return { ...whole, $defs: definitions }
}

const ONE = new Set([
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
])
const LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const MAP = new Set(['dependentSchemas', 'patternProperties', 'properties'])
const PLAIN = new Set([
  'const',
  'dependentRequired',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'maxContains',
  'maximum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'minContains',
  'minimum',
  'minItems',
  'minLength',
  'minProperties',
  'multipleOf',
  'pattern',
  'required',
  'type',
  'uniqueItems',
])
