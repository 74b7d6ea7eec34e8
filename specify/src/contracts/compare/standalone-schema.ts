// A schema of any dialect as one of 2020-12 that stands alone, with as much of it as one value needs.

import { pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import type { SchemaAt } from '../model.ts'
import { modernLevel, type Exchange } from './modern-schema.ts'
import { LIST, MAP, ONE, PLAIN } from './schema-keywords.ts'
import { targetOf } from './translate.ts'

export type Standalone = {
  readonly schema: unknown
  /** What it refers to, by the names its references use. */
  readonly definitions: Readonly<Record<string, unknown>>
}

/** Says of `value` what the schema at `at` says of it; members that occur nowhere in the value are left out. */
export function standaloneSchema(at: SchemaAt, exchange: Exchange, value: unknown): Standalone {
  const names = namesIn(value)
  const definitions: Record<string, unknown> = {}
  const copy = (from: SchemaAt): unknown => {
    const level = modernLevel(from, exchange)
    if (typeof level === 'boolean') return level
    const copied: Record<string, unknown> = {}
    const below = (schema: unknown, ...segments: (string | number)[]) =>
      copy({ ...from, schema, pointer: `${from.pointer}${pointerOf(...segments)}` })
    for (const [keyword, own] of Object.entries(level)) {
      if (ONE.has(keyword)) copied[keyword] = below(own, keyword)
      else if (LIST.has(keyword) && Array.isArray(own))
        copied[keyword] = own.map((each: unknown, i) => below(each, keyword, i))
      else if (MAP.has(keyword) && typeof own === 'object' && own !== null)
        copied[keyword] = Object.fromEntries(
          Object.entries(own).map(([name, each]) => {
            // A name that is there closes the object to others, even where no value asks for its schema.
            const isNeeded = keyword === 'patternProperties' || names.has(name)
            return [name, isNeeded ? below(each, keyword, name) : true]
          }),
        )
      else if (PLAIN.has(keyword)) copied[keyword] = own
    }
    if (level['format'] === 'int32') copied['allOf'] = [...listOf(copied['allOf']), INT32]
    const ref = refOf(level)
    const target = ref === undefined ? undefined : targetOf(ref, from)
    if (target === undefined) return copied
    const name = nameOf(target.pointer)
    if (!Object.hasOwn(definitions, name)) {
      definitions[name] = true // a schema that holds itself
      definitions[name] = copy(target)
    }
    copied['$ref'] = name
    return copied
  }
  return { schema: copy(at), definitions }
}

function namesIn(value: unknown, names = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return names
  for (const [name, each] of Object.entries(value)) {
    names.add(name)
    namesIn(each, names)
  }
  return names
}

/** A name that needs no escaping in a reference. */
function nameOf(pointer: string): string {
  return `p${Buffer.from(pointer).toString('hex')}`
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

const INT32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }
