// One level of a schema of any dialect in the words of JSON Schema 2020-12. OpenAPI 3.0 (3.0.3, "Schema Object"):
// nullable acts only beside type and never widens an enum, exclusive bounds are booleans, what stands beside $ref is
// ignored. Older drafts: a list in items is prefixItems, dependencies are two keywords.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Dialect } from '@specwright/json-schema/prepare-schema.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import type { SchemaAt, Source } from '../model.ts'

/** Who sends the value: readOnly properties are none of a request's, writeOnly ones none of a response's. */
export type Exchange = 'request' | 'response'

export type Level = Readonly<Record<string, unknown>>

export function modernLevel({ schema, source }: SchemaAt, exchange: Exchange): Level | boolean {
  if (typeof schema === 'boolean') return schema
  if (!isRecord(schema)) return true
  const known = levels[exchange].get(schema)
  if (known?.dialect === source.dialect) return known.level
  const level = translated(schema, source, exchange)
  levels[exchange].set(schema, { dialect: source.dialect, level })
  return level
}

/** Each level is asked for on the way to formulas, to causes and to witnesses. */
const levels: Readonly<Record<Exchange, WeakMap<object, { dialect: Dialect; level: Level }>>> = {
  request: new WeakMap(),
  response: new WeakMap(),
}

function translated(schema: Level, source: Source, exchange: Exchange): Level {
  const ref = refOf(schema)
  if (ref !== undefined && source.dialect !== '2020-12' && source.dialect !== 'openapi-3.1')
    return { $ref: ref }
  return withoutForeignProperties(withoutOldWords(schema, source.dialect === 'openapi-3.0'), schema, exchange)
}

function withoutOldWords(schema: Level, isOpenApi30: boolean): Record<string, unknown> {
  const level: Record<string, unknown> = { ...schema }
  if (Array.isArray(schema['items'])) {
    level['prefixItems'] = schema['items']
    if (schema['additionalItems'] === undefined) delete level['items']
    else level['items'] = schema['additionalItems']
  }
  for (const [own, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof schema[own] !== 'boolean') continue
    delete level[own]
    if (schema[own] && typeof schema[limit] === 'number') {
      level[own] = schema[limit]
      delete level[limit]
    }
  }
  if (isOpenApi30) {
    delete level['nullable']
    if (schema['nullable'] === true && typeof schema['type'] === 'string')
      level['type'] = [schema['type'], 'null']
  }
  const { dependencies } = schema
  if (isRecord(dependencies)) {
    const entries = Object.entries(dependencies)
    delete level['dependencies']
    level['dependentRequired'] = Object.fromEntries(entries.filter(([, value]) => Array.isArray(value)))
    level['dependentSchemas'] = Object.fromEntries(entries.filter(([, value]) => !Array.isArray(value)))
  }
  return level
}

function withoutForeignProperties(level: Record<string, unknown>, schema: Level, exchange: Exchange): Level {
  const { properties } = schema
  if (!isRecord(properties)) return level
  const mark = exchange === 'request' ? 'readOnly' : 'writeOnly'
  const foreign = Object.keys(properties).filter((name) => {
    const property = properties[name]
    return isRecord(property) && property[mark] === true
  })
  if (foreign.length === 0) return level
  level['properties'] = Object.fromEntries(
    Object.entries(properties).filter(([name]) => !foreign.includes(name)),
  )
  if (Array.isArray(level['required']))
    level['required'] = level['required'].filter((name: unknown) => !foreign.includes(name as string))
  return level
}
