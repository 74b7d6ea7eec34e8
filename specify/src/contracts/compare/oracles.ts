// Two validators that share no code look at every witness: ajv, and ours over the formulas.

import { pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { validator } from '@specwright/json-schema/validator.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import type { SchemaAt } from '../model.ts'
import { holds } from './evaluate.ts'
import { modernLevel, type Exchange } from './modern-schema.ts'
import { targetOf, type Translator } from './translate.ts'

/** Whether both accept the value for the writer's schema and refuse it for the reader's. */
export function oraclesAgree(
  value: unknown,
  {
    writer,
    reader,
    exchange,
    translator,
    checks,
  }: {
    readonly writer: SchemaAt
    readonly reader: SchemaAt
    readonly exchange: Exchange
    readonly translator: Translator
    /** Validators made so far; one map serves one pair of documents and one exchange. */
    readonly checks: Checks
  },
): boolean {
  return (
    holds(translator.formulaOf(writer), value) === true &&
    holds(translator.formulaOf(reader), value) === false &&
    check(writer, exchange, checks)?.(value) === true &&
    check(reader, exchange, checks)?.(value) === false
  )
}

export type Checks = Map<unknown, Map<string, ReturnType<typeof validator>>>

function check(at: SchemaAt, exchange: Exchange, checks: Checks): ReturnType<typeof validator> {
  const known = checks.get(at.source.root) ?? new Map<string, ReturnType<typeof validator>>()
  checks.set(at.source.root, known)
  if (!known.has(at.pointer)) known.set(at.pointer, validator(standalone(at, exchange)))
  return known.get(at.pointer)
}

/** A schema of any dialect as one of 2020-12 that brings along what it refers to. */
export function standalone(at: SchemaAt, exchange: Exchange): unknown {
  const wanted = new Map<string, unknown>()
  const copy = (from: SchemaAt): unknown => {
    const level = modernLevel(from, exchange)
    if (typeof level === 'boolean') return level
    const copied: Record<string, unknown> = {}
    const below = (schema: unknown, ...segments: (string | number)[]) =>
      copy({ ...from, schema, pointer: `${from.pointer}${pointerOf(...segments)}` })
    for (const [keyword, value] of Object.entries(level)) {
      if (ONE.has(keyword)) copied[keyword] = below(value, keyword)
      else if (LIST.has(keyword) && Array.isArray(value))
        copied[keyword] = value.map((each: unknown, i) => below(each, keyword, i))
      else if (MAP.has(keyword) && typeof value === 'object' && value !== null)
        copied[keyword] = Object.fromEntries(
          Object.entries(value).map(([name, each]) => [name, below(each, keyword, name)]),
        )
      else if (PLAIN.has(keyword)) copied[keyword] = value
    }
    const ref = refOf(level)
    const target = ref === undefined ? undefined : targetOf(ref, from)
    if (target !== undefined) {
      if (!wanted.has(target.pointer)) {
        wanted.set(target.pointer, true)
        wanted.set(target.pointer, copy(target))
      }
      copied['$ref'] = `#/$defs/${nameOf(target.pointer)}`
    }
    return copied
  }
  const whole = copy(at)
  if (typeof whole !== 'object' || wanted.size === 0) return whole
  return {
    ...whole,
    $defs: Object.fromEntries([...wanted].map(([pointer, schema]) => [nameOf(pointer), schema])),
  }
}

/** A name that needs no escaping in a reference. */
function nameOf(pointer: string): string {
  return `p${Buffer.from(pointer).toString('hex')}`
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
