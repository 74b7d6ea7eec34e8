// Two validators that share no code look at every witness: ajv, and ours over the formulas.

import { pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { validators, type Validators } from '@specwright/json-schema/validator.ts'
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

/** Validators made so far, by document. */
export type Checks = Map<unknown, Document>

type Check = (value: unknown) => boolean
type Document = {
  readonly validators: Validators
  readonly defined: Set<string>
  readonly checks: Map<string, Check | undefined>
}

function check(at: SchemaAt, exchange: Exchange, checks: Checks): Check | undefined {
  const { root } = at.source
  const document = checks.get(root) ?? { validators: validators(), defined: new Set(), checks: new Map() }
  checks.set(root, document)
  if (!document.checks.has(at.pointer))
    document.checks.set(at.pointer, document.validators.compile(standalone(at, exchange, document)))
  return document.checks.get(at.pointer)
}

/** A schema of any dialect as one of 2020-12; what it refers to is defined under a name. */
function standalone(at: SchemaAt, exchange: Exchange, document: Document): unknown {
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
    if (target === undefined) return copied
    const name = nameOf(target.pointer)
    if (!document.defined.has(name)) {
      document.defined.add(name)
      document.validators.define(name, copy(target))
    }
    copied['$ref'] = name
    return copied
  }
  return copy(at)
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
