import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import type { Source } from '../model.ts'

/**
 * Tells which parts under `components` (or `definitions`, `$defs`) say the same in both documents, with all they refer
 * to. Such a part need not be compared, however often it holds itself.
 */
export function sharedComponents(before: Source, now: Source): (source: Source, pointer: string) => boolean {
  if (before.dialect !== now.dialect) return () => false
  const [old, current] = [partsOf(before.root), partsOf(now.root)]
  const shared = new Set(
    [...old].flatMap(([pointer, text]) => (current.get(pointer) === text ? [pointer] : [])),
  )
  const users = new Map<string, string[]>()
  for (const pointer of shared)
    for (const target of referencesIn(old.get(pointer)!)) {
      const list = users.get(target)
      if (list === undefined) users.set(target, [pointer])
      else list.push(pointer)
    }
  // What refers to a changed part is changed, too.
  const changed = [...users.keys()].filter((pointer) => !shared.has(pointer))
  for (let target = changed.pop(); target !== undefined; target = changed.pop())
    for (const user of users.get(target) ?? []) if (shared.delete(user)) changed.push(user)
  return (_, pointer) => shared.has(pointer)
}

function partsOf(root: unknown): Map<string, string> {
  const parts = new Map<string, string>()
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
      for (const [name, part] of Object.entries(group))
        parts.set(`${pointer}${pointerOf(name)}`, JSON.stringify(part))
  return parts
}

function referencesIn(text: string): string[] {
  return [...text.matchAll(/"\$ref":"#([^"]*)"/g)].map(([, pointer]) => decoded(pointer!))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
