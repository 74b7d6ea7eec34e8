// Which operations are about the same things: a collection (`POST /orders`, `GET /orders`), a thing in it
// (`GET /orders/{id}`), a thing alone (`GET` and `PUT /settings`), or something done to a thing (`POST /orders/{id}/cancel`).

import type { Operation } from '../contracts/model.ts'

export type Role =
  | { readonly kind: 'create' | 'list'; readonly item: string }
  | { readonly kind: 'read' | 'write' | 'change' | 'remove' }
  | { readonly kind: 'act' }
  | { readonly kind: 'other' }

/** `item` is the template of a thing in the collection. */
export function roleOf(
  { method, path }: Operation,
  methodsOf: ReadonlyMap<string, ReadonlySet<string>>,
): Role {
  const item = itemTemplate(path, methodsOf)
  const own = methodsOf.get(path)
  const isThing = isItem(path, methodsOf) || own?.has('PUT') || own?.has('PATCH') || own?.has('DELETE')
  switch (method) {
    case 'POST':
      if (item !== undefined) return { kind: 'create', item }
      return parentItem(path, methodsOf) === undefined ? { kind: 'other' } : { kind: 'act' }
    case 'GET':
      if (item !== undefined) return { kind: 'list', item }
      return isThing ? { kind: 'read' } : { kind: 'other' }
    case 'PUT':
      return { kind: 'write' }
    case 'PATCH':
      return { kind: 'change' }
    case 'DELETE':
      return { kind: 'remove' }
    default:
      return { kind: 'other' }
  }
}

export function methodsByPath(operations: readonly Operation[]): Map<string, Set<string>> {
  const methods = new Map<string, Set<string>>()
  for (const { method, path } of operations) {
    const bare = path.replace(/\/+$/, '')
    methods.set(bare, (methods.get(bare) ?? new Set()).add(method))
  }
  return methods
}

/** `/orders/{orderId}` for `/orders`, if there is one. */
function itemTemplate(path: string, methodsOf: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const start = `${path.replace(/\/+$/, '')}/`
  for (const other of methodsOf.keys())
    if (other.startsWith(start) && /^\{[^/{}]+\}$/.test(other.slice(start.length))) return other
  return undefined
}

function isItem(path: string, methodsOf: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const at = path.lastIndexOf('/')
  return /^\{[^/{}]+\}$/.test(path.slice(at + 1)) && methodsOf.has(path.slice(0, at))
}

/** `/orders/{orderId}` for `/orders/{orderId}/cancel`. */
export function parentItem(
  path: string,
  methodsOf: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const parent = path.slice(0, path.lastIndexOf('/'))
  return parent.endsWith('}') && methodsOf.has(parent) ? parent : undefined
}
