// Where in an answer the thing itself stands: contracts wrap it (`{"data": {…}}`) or not, call its id `id` or `orderId`.
// Found by looking at values, so that any envelope will do.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'

export type Entity = Readonly<Record<string, unknown>>

/** The way from an answer to a part of it, by property names. */
export type Way = readonly string[]

/** Names an id may have, the likeliest first: of parameter `order_id` of `/orders/{order_id}`. */
export function idNames(parameter: string, collection: string): string[] {
  const camel = parameter.replaceAll(/[_-]([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const snake = parameter.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('-', '_')
  const bare = /(?:^|[a-z])(Id|Number|Slug|Name|Code|Key)$/.exec(camel)?.[1]?.toLowerCase()
  const singular = collection.replace(/ies$/, 'y').replace(/s$/, '')
  const names = [parameter, camel, snake, 'id', `${singular}Id`, `${singular}_id`, ...(bare ? [bare] : [])]
  return [...new Set([...names, 'uuid', 'slug', 'key', 'code', 'name'])]
}

/** The object in an answer that has most of these names: the answer itself, or one that it wraps. */
export function findEntity(
  answer: unknown,
  ids: readonly string[],
  names: readonly string[],
): Way | undefined {
  if (!isRecord(answer)) return undefined
  const candidates: Way[] = [
    [],
    ...Object.keys(answer).flatMap((name) => (isRecord(answer[name]) ? [[name]] : [])),
  ]
  // An id of its own at the top says more than a likeness further in (`code` and `name` may be those of the envelope).
  const likely = ['id', ...ids.slice(0, 3)]
  if (likely.some((name) => isScalar(answer[name]))) return []
  let best: Way | undefined
  let most = 0
  for (const way of candidates) {
    const value = partAt(answer, way) as Entity
    const id = ids.findIndex((name) => isScalar(value[name]))
    const shared = names.filter((name) => Object.hasOwn(value, name)).length
    const score = (id === -1 ? 0 : 2 * (ids.length - id)) + shared
    if (score > most) [best, most] = [way, score]
  }
  // Nothing known about it: whatever `data` wraps, or the answer itself.
  return best ?? (isRecord(answer['data']) ? ['data'] : [])
}

/** The list of objects in an answer. */
export function findList(answer: unknown): Way | undefined {
  if (Array.isArray(answer)) return []
  if (!isRecord(answer)) return undefined
  for (const [name, value] of Object.entries(answer)) if (isObjectList(value)) return [name]
  for (const [name, value] of Object.entries(answer)) {
    const inside = isRecord(value) ? Object.entries(value).find(([, each]) => isObjectList(each)) : undefined
    if (inside !== undefined) return [name, inside[0]]
  }
  for (const [name, value] of Object.entries(answer)) if (Array.isArray(value)) return [name]
  return undefined
}

function isObjectList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord)
}

export function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

export function partAt(value: unknown, way: Way): unknown {
  let part = value
  for (const name of way) part = isRecord(part) ? part[name] : undefined
  return part
}

/** A copy with another part; what the way leads through is copied, too. */
export function withPart(value: unknown, way: Way, part: unknown): unknown {
  const [name, ...rest] = way
  if (name === undefined) return part
  return { ...(value as Entity), [name]: withPart((value as Entity)[name], rest, part) }
}
