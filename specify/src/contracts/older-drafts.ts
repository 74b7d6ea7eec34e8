// JSON Schema draft-04, draft-06 and 2019-09 in the words of draft-07 and 2020-12, which all else understands.
// https://json-schema.org/draft/2020-12/release-notes and the notes of the drafts before list the differences.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'

export type Draft = 'draft-04' | 'draft-06' | 'draft-07' | '2019-09' | '2020-12'

/** By `$schema`; what says nothing is of today. */
export function draftOf({ $schema }: Readonly<Record<string, unknown>>): Draft {
  if (typeof $schema !== 'string') return '2020-12'
  const named = (['draft-04', 'draft-06', 'draft-07', '2019-09'] as const).find((draft) =>
    $schema.includes(draft),
  )
  return named ?? '2020-12'
}

/** draft-04 and draft-06 become draft-07, 2019-09 becomes 2020-12. */
export function modernised(schema: unknown, draft: Draft): unknown {
  if (draft === '2020-12' || draft === 'draft-07' || draft === 'draft-06') return withoutOldName(schema)
  return translated(schema, draft, isOneResource(schema))
}

/** Whether `$recursiveRef` can mean the document itself only. */
function isOneResource(schema: unknown): boolean {
  return (JSON.stringify(schema) ?? '').split('"$id":').length <= 2
}

const ONE = new Set([
  'additionalItems',
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
const LIST = new Set(['allOf', 'anyOf', 'items', 'oneOf'])
const MAP = new Set([
  '$defs',
  'definitions',
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'properties',
])

function translated(schema: unknown, draft: Draft, isOne: boolean, isRoot = true): unknown {
  if (!isRecord(schema)) return schema
  const below = (each: unknown) => translated(each, draft, isOne, false)
  const out: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (LIST.has(keyword) && Array.isArray(value)) out[keyword] = value.map(below)
    else if (ONE.has(keyword)) out[keyword] = below(value)
    else if (MAP.has(keyword) && isRecord(value))
      out[keyword] = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, below(each)]))
    else if (keyword !== '$schema') out[keyword] = value
  }
  return draft === 'draft-04' ? fromDraft04(out) : from201909(out, isOne, isRoot)
}

function fromDraft04(schema: Record<string, unknown>): Record<string, unknown> {
  const out = { ...schema }
  for (const [own, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof out[own] !== 'boolean') continue
    const isExclusive = out[own]
    delete out[own]
    if (!isExclusive || out[limit] === undefined) continue
    out[own] = out[limit]
    delete out[limit]
  }
  if (typeof out['id'] === 'string') {
    out['$id'] ??= out['id']
    delete out['id']
  }
  return out
}

function from201909(
  schema: Record<string, unknown>,
  isOne: boolean,
  isRoot: boolean,
): Record<string, unknown> {
  const out = { ...schema }
  if (Array.isArray(out['items'])) {
    out['prefixItems'] = out['items']
    delete out['items']
    if (out['additionalItems'] !== undefined) out['items'] = out['additionalItems']
  }
  delete out['additionalItems']
  if (typeof out['$ref'] === 'string') out['$ref'] = movedPointer(out['$ref'])
  const { $recursiveRef, $recursiveAnchor } = out
  delete out['$recursiveRef']
  delete out['$recursiveAnchor']
  if (isOne) {
    if ($recursiveRef !== undefined) out['$ref'] = '#'
    return out
  }
  if ($recursiveRef !== undefined) out['$dynamicRef'] = `#${RECURSIVE}`
  // Without the mark, a reference to a resource goes no further than it.
  if (isRoot || out['$id'] !== undefined)
    out[$recursiveAnchor === true ? '$dynamicAnchor' : '$anchor'] = RECURSIVE
  return out
}

const RECURSIVE = 'recursive'

/** `#/items/0` became `#/prefixItems/0`; a property called "items" stays. */
function movedPointer(ref: string): string {
  return ref
    .replaceAll(
      /(?<!\/(?:properties|patternProperties|\$defs|definitions))\/items\/(?=\d+(?:\/|$))/g,
      '/prefixItems/',
    )
    .replaceAll(
      /(?<!\/(?:properties|patternProperties|\$defs|definitions))\/additionalItems(?=\/|$)/g,
      '/items',
    )
}

function withoutOldName(schema: unknown): unknown {
  if (!isRecord(schema) || schema['$schema'] === undefined) return schema
  const { $schema: _, ...rest } = schema
  return rest
}
