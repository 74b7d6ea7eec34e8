// Answers larger than an agent wants to read at once are cut between list items, at any depth, never inside one.

type Json = unknown

export type Page = {
  readonly document: Readonly<Record<string, Json>>
  /** Number of the first item of the next page; undefined on the last. */
  readonly next: number | undefined
}

/**
 * The items of `document` from number `from` on that fit into `limit` characters of JSON, at least one. Scalars beside the
 * lists are on the first page only. A document that fits is given back as it is.
 */
export function cutPage(document: Readonly<Record<string, Json>>, from: number, limit: number): Page {
  const whole = lengthOf(document)
  if (from === 0 && whole <= limit) return { document, next: undefined }
  const state: State = { from, limit, size: 0, at: 0, taken: 0, isFull: false }
  if (from === 0) state.size = lengthOf(withoutItems(document))
  const cut = copy(document, state) as Record<string, Json>
  const to = from + state.taken
  const page = { from, to, total: state.at }
  return {
    document: { ...(from > 0 && { ok: document['ok'], command: document['command'] }), ...cut, page },
    next: to < state.at ? to : undefined,
  }
}

type State = {
  readonly from: number
  readonly limit: number
  size: number
  /** Items seen, on this page or not. */
  at: number
  taken: number
  isFull: boolean
}

function copy(value: Json, state: State): Json {
  if (Array.isArray(value)) return copyItems(value, state)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => state.from === 0 || hasItems(inner))
      .map(([key, inner]) => [key, copy(inner, state)]),
  )
}

function copyItems(items: readonly Json[], state: State): Json[] {
  const kept: Json[] = []
  for (const item of items) {
    // A large item with lists of its own is opened: a feature with 10,000 requirements must not be one mouthful.
    if (lengthOf(item) > state.limit / 4 && hasItems(item)) {
      const before = state.taken
      const inner = copy(item, state)
      // Its own scalars come along on every page, or else nobody knows whose items these are.
      if (state.taken > before)
        kept.push(isObject(item) ? { ...scalarsOf(item), ...(inner as object) } : inner)
      continue
    }
    const number = state.at++
    if (number < state.from || state.isFull) continue
    const size = lengthOf(item) + 1
    if (state.taken > 0 && state.size + size > state.limit) {
      state.isFull = true
      continue
    }
    state.size += size
    state.taken++
    kept.push(item)
  }
  return kept
}

function scalarsOf(value: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(value).filter(([, inner]) => !isObject(inner) && !Array.isArray(inner)),
  )
}

function withoutItems(value: Json): Json {
  if (Array.isArray(value)) return []
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutItems(inner)]))
}

function hasItems(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0
  return isObject(value) && Object.values(value).some(hasItems)
}

function lengthOf(value: Json): number {
  return JSON.stringify(value)?.length ?? 0
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
