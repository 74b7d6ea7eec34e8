// The requests that are tried at one operation. Each has a name that is the same in every run with the same seed.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Api, Operation } from '../contracts/model.ts'
import type { Case, CaseWish } from './case.ts'
import { operationKey } from './check-answer.ts'
import { parameterSchema } from './contract-details.ts'
import { parameterKey, wireOf } from './draft.ts'
import { bodyEdges, parameterEdges } from './edge-cases.ts'
import { hostileCases, protocolCases } from './hostile-cases.ts'
import { makeDraft, unknownValue } from './make-draft.ts'
import { Random } from '../samples/random.ts'

/** Lazily, because values that the service gave out on the way are used by later requests. */
export function* casesOf(api: Api, operation: Operation, wish: CaseWish): Generator<Case> {
  const reachable = wish.hasCredentials(operation)
  yield* unauthorizedCases(operation, wish)
  if (reachable) {
    yield* randomCases(operation, wish)
    yield* parameterEdges(operation, wish)
    yield* bodyEdges(operation, wish)
    yield* hostileCases(operation, wish)
    yield* protocolCases(operation, wish)
    yield* absentCases(operation, wish)
  }
  yield* methodCases(api, operation, wish)
}

function* randomCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  // Each DELETE needs something of its own to delete.
  const count = operation.method === 'DELETE' ? Math.min(3, wish.maxExamples) : wish.maxExamples
  const seen = new Set<string>()
  for (let i = 0; i < count; i++) {
    const id = `${own} random ${i}`
    const extent = i === 0 ? 'least' : i === 1 ? 'full' : 'any'
    const draft = makeDraft(operation, {
      random: new Random(`${wish.seed} ${id}`),
      extent,
      known: wish.known,
    })
    if (draft === undefined) return
    const text = JSON.stringify([
      [...draft.parameters].filter(([name]) => !/idempotency/.test(name)),
      draft.body,
    ])
    if (seen.has(text)) continue
    seen.add(text)
    yield {
      id,
      draft,
      expectation: 'valid',
      what: 'a request that fits the contract',
      cause: 'valid',
      fixed: undefined,
    }
  }
}

function* absentCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  // Only where the contract says that something may be missing; putting may create it.
  const speaks = operation.responses.some(
    ({ status }) => status === '404' || status === '410' || status === '4XX',
  )
  if (!speaks || !['GET', 'HEAD', 'DELETE', 'PATCH'].includes(operation.method)) return
  const last = operation.parameters.findLast(
    ({ in: place, name }) => place === 'path' && operation.path.endsWith(`{${name}}`),
  )
  if (last === undefined) return
  // `404` may speak of what holds the thing, and removing what is not there may be fine.
  const isInside = operation.path.split('{').length > 2
  if (isInside && operation.method !== 'GET') return
  const base = wish.base(operation, `${own} absent`)
  const value = unknownValue(operation, last, new Random(`${wish.seed} ${own} absent`))
  const schema = parameterSchema(operation.source, last)
  const isClosed = isRecord(schema?.schema) && Array.isArray(schema.schema['enum'])
  if (base === undefined || value === undefined || isClosed) return
  const key = parameterKey(last)
  yield {
    id: `${own} absent`,
    draft: { ...base, parameters: new Map(base.parameters).set(key, value) },
    what: `a ${last.name} that nothing has`,
    expectation: 'absent',
    cause: 'absent',
    fixed: { place: key, path: [] },
  }
}

function* unauthorizedCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  const isOpen = operation.security.length === 0 || operation.security.some((all) => all.length === 0)
  if (isOpen) return
  const base = wish.base(operation, `${own} auth`)
  if (base === undefined) return
  for (const [credentials, what] of [
    ['none', 'without credentials'],
    ['invalid', 'with a wrong credential'],
  ] as const)
    yield {
      id: `${own} auth ${credentials}`,
      draft: { ...base, credentials },
      what,
      expectation: 'unauthorized',
      cause: `auth ${credentials}`,
      fixed: undefined,
    }
}

function* methodCases(api: Api, operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  if (wish.readOnly || api.operations.find(({ path }) => path === operation.path) !== operation) return
  const base = wish.base(operation, `${own} method`)
  if (base === undefined) return
  const path = wireOf({ ...base, credentials: 'none' }, '', []).path.split('?')[0]!
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    if (api.operations.some((each) => each.method === method && fitsPath(each.path, path))) continue
    const body = method === 'DELETE' ? undefined : { type: 'application/json', value: {} }
    yield {
      id: `${own} method ${method}`,
      draft: { ...base, method, body },
      what: `${method}, which the contract does not have here`,
      expectation: 'method-refused',
      cause: `method ${method}`,
      fixed: undefined,
    }
    // One undocumented method tells how the router treats them.
    return
  }
}

function fitsPath(template: string, path: string): boolean {
  const pattern = template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(path)
}
