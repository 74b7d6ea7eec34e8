import { isRecord, valueAt } from '@specwright/json-schema/json-pointer.ts'
import { dereferenced } from '@specwright/json-schema/resolve-ref.ts'
import type { Operation } from '../model.ts'
import { change, type Change } from './change.ts'
import { canonical } from './formula.ts'

/** Whoever could call the old operation can call the new one: each set of credentials still fits an alternative. */
export function compareSecurity(old: Operation, now: Operation): Change[] {
  const [before, after] = [alternativesOf(old), alternativesOf(now)]
  const refused = before.filter((credentials) => !after.some((wanted) => isEnough(credentials, wanted)))
  if (refused.length === 0) return []
  const isAnonymous = refused.some(({ size }) => size === 0)
  return [
    change(
      isAnonymous ? 'security-added' : 'security-changed',
      isAnonymous ? 'Credentials became required' : 'Credentials that were enough are refused',
      textOf(before),
      textOf(after),
    ),
  ]
}

/** A scheme as it is on the wire, whatever the document calls it → its name here and the scopes asked for. */
type Credentials = ReadonlyMap<string, { readonly name: string; readonly scopes: ReadonlySet<string> }>

function isEnough(credentials: Credentials, wanted: Credentials): boolean {
  return [...wanted].every(([scheme, { scopes }]) => {
    const own = credentials.get(scheme)
    return own !== undefined && [...scopes].every((scope) => own.scopes.has(scope))
  })
}

function alternativesOf({ source, pointer }: Operation): Credentials[] {
  const operation = valueAt(source.root, pointer)
  const root = isRecord(source.root) ? source.root : {}
  const security = (isRecord(operation) ? operation['security'] : undefined) ?? root['security']
  const list = Array.isArray(security) ? security.filter(isRecord) : []
  if (list.length === 0) return [new Map()]
  return list.map(
    (alternative) =>
      new Map(
        Object.entries(alternative).map(([name, scopes]) => [
          schemeOf(source.root, name),
          { name, scopes: new Set(Array.isArray(scopes) ? scopes.map(String) : []) },
        ]),
      ),
  )
}

function schemeOf(root: unknown, name: string): string {
  const scheme = dereferenced(
    root,
    valueAt(root, `/components/securitySchemes/${name.replaceAll('/', '~1')}`),
  )
  if (!isRecord(scheme)) return name
  // Where tokens are fetched and which scopes there are is another matter than what is sent.
  const { type, in: place, name: field, scheme: kind } = scheme
  return canonical([
    type,
    place ?? null,
    typeof field === 'string' ? field.toLowerCase() : null,
    kind ?? null,
  ])
}

function textOf(alternatives: readonly Credentials[]): string {
  return alternatives
    .map((each) =>
      [...each.values()].map(({ name, scopes }) =>
        scopes.size === 0 ? name : `${name} (${[...scopes].join(', ')})`,
      ),
    )
    .map((names) => names.join(' and ') || 'none')
    .join(' or ')
}
