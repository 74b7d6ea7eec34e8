import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import type { Source } from '../model.ts'

/** What two documents have in common: judged once, or not at all. */
export type SameParts = {
  /** The same for all parts of both documents that say the same, with all they refer to, whatever they are called. */
  readonly keyOf: (root: unknown, pointer: string) => string | undefined
  /** Whether a part of the old document and one of the new say the same, with all they refer to. */
  readonly isSame: (old: unknown, now: unknown) => boolean
}

/** Of schemas that stand alone. */
export const NOTHING_SHARED: SameParts = { keyOf: () => undefined, isSame: () => false }

/** Compares the parts under `components`, `definitions` and `$defs`; descriptions and examples say nothing. */
export function sameParts(before: Source, now: Source): SameParts {
  if (before.dialect !== now.dialect) return NOTHING_SHARED
  const [old, current] = [partsOf(before.root), partsOf(now.root)]
  const shared = sharedByName(old, current)
  const [oldKeys, currentKeys] = keysOfOthers([old, current], shared)
  const keyOf = (root: unknown, pointer: string) =>
    shared.has(pointer)
      ? pointer
      : root === before.root
        ? oldKeys!.get(pointer)
        : root === now.root
          ? currentKeys!.get(pointer)
          : undefined
  const isSameRef = ([a, b]: RefPair) => {
    const key = keyOf(before.root, partOf(a))
    return key !== undefined && key === keyOf(now.root, partOf(b)) && belowPart(a) === belowPart(b)
  }
  return {
    keyOf,
    isSame: (a, b) => {
      const refs: RefPair[] = []
      return saysTheSame(a, b, 'schema', refs) && refs.every(isSameRef)
    },
  }
}

/** Most parts of a next version have kept name and content: these are found without looking at all others. */
function sharedByName(old: ReadonlyMap<string, unknown>, current: ReadonlyMap<string, unknown>): Set<string> {
  const shared = new Set<string>()
  const users = new Map<string, string[]>()
  for (const [pointer, part] of old) {
    const refs: RefPair[] = []
    const partner = current.get(pointer)
    if (partner === undefined || !saysTheSame(part, partner, 'schema', refs)) continue
    if (refs.some(([a, b]) => a !== b)) continue
    shared.add(pointer)
    for (const target of new Set(refs.map(([ref]) => partOf(ref)))) {
      const list = users.get(target)
      if (list === undefined) users.set(target, [pointer])
      else list.push(pointer)
    }
  }
  // What refers to a changed part is changed, too.
  const changed = [...users.keys()].filter((pointer) => !shared.has(pointer))
  for (let target = changed.pop(); target !== undefined; target = changed.pop())
    for (const user of users.get(target) ?? []) if (shared.delete(user)) changed.push(user)
  return shared
}

const MOST_ROUNDS = 100

/**
 * Keys for the parts that are left, by document. Parts with equal words start in one class; as long as parts of a class
 * refer to different classes, it is split: what is never split says the same, however it holds itself.
 */
function keysOfOthers(
  documents: readonly ReadonlyMap<string, unknown>[],
  shared: ReadonlySet<string>,
): Map<string, string>[] {
  const nodes = documents.flatMap((parts, document) =>
    [...parts].flatMap(([pointer, part]) => {
      if (shared.has(pointer)) return []
      const refs: string[] = []
      const words = wordsOf(part, 'schema', (ref) => {
        if (shared.has(partOf(ref))) return `= ${partOf(ref)} ${belowPart(ref)}`
        refs.push(partOf(ref))
        return `# ${belowPart(ref)}`
      })
      return [{ document, pointer, words, refs }]
    }),
  )
  let classes = documents.map(() => new Map<string, number>())
  let count = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const known = new Map<string, number>()
    const next = documents.map(() => new Map<string, number>())
    for (const { document, pointer, words, refs } of nodes) {
      const own = classes[document]!
      const text =
        round === 0
          ? words
          : `${own.get(pointer)} ${refs.map((ref) => own.get(ref) ?? `${document} ${ref}`).join(' ')}`
      const id = known.get(text) ?? known.size
      known.set(text, id)
      next[document]!.set(pointer, id)
    }
    classes = next
    if (round > 0 && known.size === count) break
    count = known.size
    // Not split to the end: then nothing is known.
    if (round === MOST_ROUNDS - 1) return documents.map(() => new Map())
  }
  return classes.map((own) => new Map([...own].map(([pointer, id]) => [pointer, `class ${id}`])))
}

function partsOf(root: unknown): Map<string, unknown> {
  const parts = new Map<string, unknown>()
  if (!isRecord(root)) return parts
  const groups: [string, unknown][] = [
    ...Object.entries(isRecord(root['components']) ? root['components'] : {}).map(
      ([name, group]): [string, unknown] => [pointerOf('components', name), group],
    ),
    ['/definitions', root['definitions']],
    ['/$defs', root['$defs']],
  ]
  for (const [pointer, group] of groups)
    if (isRecord(group))
      for (const [name, part] of Object.entries(group)) parts.set(`${pointer}${pointerOf(name)}`, part)
  return parts
}

/** What stands in the old document, and in the new one. */
type RefPair = readonly [old: string, now: string]

/** `schema`: members are keywords; `names`: members are named by the author; `value`: everything counts. */
type Mode = 'schema' | 'names' | 'value'

const SILENT = new Set(['description', 'example', 'examples', 'externalDocs', 'summary', 'tags', 'title'])
const VALUES = new Set([
  'const',
  'default',
  'dependentRequired',
  'discriminator',
  'enum',
  'required',
  'security',
])
const NAMES = new Set([
  '$defs',
  'callbacks',
  'content',
  'definitions',
  'dependencies',
  'dependentSchemas',
  'encoding',
  'headers',
  'links',
  'patternProperties',
  'properties',
  'responses',
])

/** Equal as JSON, members in any order, apart from what is there for people only. Gathers the references, which may differ. */
function saysTheSame(old: unknown, now: unknown, mode: Mode, refs: RefPair[]): boolean {
  if (typeof old !== 'object' || typeof now !== 'object' || old === null || now === null) return old === now
  if (Array.isArray(old))
    return (
      Array.isArray(now) &&
      old.length === now.length &&
      old.every((each, i) => saysTheSame(each, now[i], mode, refs))
    )
  if (Array.isArray(now)) return false
  let count = 0
  for (const keyword in old) {
    if (mode === 'schema' && SILENT.has(keyword)) continue
    if (!Object.hasOwn(now, keyword)) return false
    count++
    const [a, b] = [(old as Record<string, unknown>)[keyword], (now as Record<string, unknown>)[keyword]]
    if (keyword === '$ref' && typeof a === 'string' && typeof b === 'string') refs.push([a, b])
    else if (!saysTheSame(a, b, modeBelow(mode, keyword), refs)) return false
  }
  for (const keyword in now) if (mode !== 'schema' || !SILENT.has(keyword)) count--
  return count === 0
}

/** The same as text: equal for what says the same. */
function wordsOf(value: unknown, mode: Mode, refText: (ref: string) => string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((each) => wordsOf(each, mode, refText)).join(',')}]`
  const members = Object.entries(value)
    .filter(([keyword]) => mode !== 'schema' || !SILENT.has(keyword))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([keyword, each]) => {
      const isRef = keyword === '$ref' && typeof each === 'string'
      const text = isRef ? refText(each) : wordsOf(each, modeBelow(mode, keyword), refText)
      return `${JSON.stringify(keyword)}:${text}`
    })
  return `{${members.join(',')}}`
}

function modeBelow(mode: Mode, keyword: string): Mode {
  if (mode !== 'schema') return mode === 'names' ? 'schema' : 'value'
  return NAMES.has(keyword) ? 'names' : VALUES.has(keyword) ? 'value' : 'schema'
}

/** The part that a reference leads into; nothing for references out of the document. */
function partOf(ref: string): string {
  if (!ref.startsWith('#/')) return ''
  const segments = segmentsOf(ref)
  return `/${segments.slice(1, partDepth(segments)).join('/')}`
}

function belowPart(ref: string): string {
  const segments = segmentsOf(ref)
  return segments.slice(partDepth(segments)).join('/')
}

function segmentsOf(ref: string): string[] {
  return (ref.includes('%') ? decoded(ref) : ref).split('/')
}

/** `#/components/schemas/Order`, `#/$defs/Order`. */
function partDepth(segments: readonly string[]): number {
  return segments[1] === 'components' ? 4 : 3
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
