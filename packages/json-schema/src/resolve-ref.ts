import { isRecord, pointer as pointerOf, pointerSegments, valueAt } from './json-pointer.ts'

export type ResolvedRef =
  | {
      readonly outcome: 'found'
      readonly value: unknown
      /** Of the value, after every hop. */ readonly pointer: string
    }
  | { readonly outcome: 'missing'; readonly pointer: string }
  /** To another file or an address: never fetched here. */
  | { readonly outcome: 'external'; readonly ref: string }
  /** A chain of references that only ever leads to another reference. */
  | { readonly outcome: 'circular'; readonly pointers: readonly string[] }

/** Looks up `#/components/schemas/Order` in `root`, following references that lead to references. */
export function resolveRef(root: unknown, ref: string): ResolvedRef {
  const visited: string[] = []
  let next = ref
  for (;;) {
    if (next !== '#' && !next.startsWith('#/')) return { outcome: 'external', ref: next }
    const pointer = pointerOf(...pointerSegments(next))
    if (visited.includes(pointer)) return { outcome: 'circular', pointers: [...visited, pointer] }
    visited.push(pointer)
    const value = valueAt(root, pointer)
    if (value === undefined) return { outcome: 'missing', pointer }
    const onward = refOf(value)
    if (onward === undefined) return { outcome: 'found', value, pointer }
    next = onward
  }
}

/** The `$ref` of a reference object, undefined for everything else. */
export function refOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined
  const ref = value['$ref']
  return typeof ref === 'string' ? ref : undefined
}

/** `value` itself, or what its `$ref` leads to; undefined when that is missing, external or circular. */
export function dereferenced(root: unknown, value: unknown): unknown {
  const ref = refOf(value)
  if (ref === undefined) return value
  const resolved = resolveRef(root, ref)
  return resolved.outcome === 'found' ? resolved.value : undefined
}
