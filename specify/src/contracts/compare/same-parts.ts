import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import type { Source } from '../model.ts'

/** What two documents have in common: judged once, or not at all. */
export type SameParts = {
  /** Whether the part a pointer names says the same in both, with all it refers to. */
  readonly isShared: (pointer: string) => boolean
  /** Whether a part of the old document and one of the new say the same, with all they refer to. */
  readonly isSame: (old: unknown, now: unknown) => boolean
}

/** Of schemas that stand alone. */
export const NOTHING_SHARED: SameParts = { isShared: () => false, isSame: () => false }

/** Compares the parts under `components`, `definitions` and `$defs` by name; descriptions and examples say nothing. */
export function sameParts(before: Source, now: Source): SameParts {
  if (before.dialect !== now.dialect) return NOTHING_SHARED
  const [old, current] = [partsOf(before.root), partsOf(now.root)]
  const shared = new Set<string>()
  const users = new Map<string, string[]>()
  for (const [pointer, part] of old) {
    const refs = new Set<string>()
    const partner = current.get(pointer)
    if (partner === undefined || !saysTheSame(part, partner, 'schema', refs)) continue
    shared.add(pointer)
    for (const target of refs) {
      const list = users.get(target)
      if (list === undefined) users.set(target, [pointer])
      else list.push(pointer)
    }
  }
  // What refers to a changed part is changed, too.
  const changed = [...users.keys()].filter((pointer) => !shared.has(pointer))
  for (let target = changed.pop(); target !== undefined; target = changed.pop())
    for (const user of users.get(target) ?? []) if (shared.delete(user)) changed.push(user)
  return {
    isShared: (pointer) => shared.has(pointer),
    isSame: (a, b) => {
      const refs = new Set<string>()
      return saysTheSame(a, b, 'schema', refs) && [...refs].every((pointer) => shared.has(pointer))
    },
  }
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

/** Equal as JSON, members in any order, apart from what is there for people only. Gathers the parts it refers to. */
function saysTheSame(old: unknown, now: unknown, mode: Mode, refs: Set<string>): boolean {
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
    const value = (old as Record<string, unknown>)[keyword]
    if (!saysTheSame(value, (now as Record<string, unknown>)[keyword], modeBelow(mode, keyword), refs))
      return false
    if (keyword === '$ref' && typeof value === 'string') refs.add(partOf(value))
  }
  for (const keyword in now) if (mode !== 'schema' || !SILENT.has(keyword)) count--
  return count === 0
}

function modeBelow(mode: Mode, keyword: string): Mode {
  if (mode !== 'schema') return mode === 'names' ? 'schema' : 'value'
  return NAMES.has(keyword) ? 'names' : VALUES.has(keyword) ? 'value' : 'schema'
}

/** The part that a reference leads into; nothing for references out of the document. */
function partOf(ref: string): string {
  if (!ref.startsWith('#/')) return ''
  const segments = (ref.includes('%') ? decoded(ref) : ref).split('/')
  return `/${segments.slice(1, segments[1] === 'components' ? 4 : 3).join('/')}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
