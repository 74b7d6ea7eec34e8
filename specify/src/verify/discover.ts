// Finding, for each operation, a request that is carried out: what comes after is built upon it.

import type { Api, Operation } from '../contracts/model.ts'
import { isSafe } from './case.ts'
import { operationKey } from './check-answer.ts'
import { parameterKey, type Draft } from './draft.ts'
import type { KnownValues } from './known-values.ts'
import { makeDraft, withNewKey } from './make-draft.ts'
import { Random } from '../samples/random.ts'
import { isGood, type Exchange } from './session.ts'

export type Found = {
  readonly draft: Draft
  /** The service takes each such request only once: the next one must be new. */
  readonly isOnce: boolean
  readonly extent: 'full' | 'least' | 'any' | 'example'
}

export type Discovery = {
  readonly found: ReadonlyMap<Operation, Found>
  readonly exchanges: readonly { readonly id: string; readonly exchange: Exchange }[]
}

const ORDER = ['POST', 'PUT', 'GET', 'QUERY', 'HEAD', 'PATCH', 'DELETE']

/** What creates comes before what reads, collections before what they hold, deleting last. */
export function inOrder(operations: readonly Operation[]): Operation[] {
  const depth = ({ path }: Operation) => path.split('{').length
  const rank = ({ method }: Operation) => (ORDER.indexOf(method) + ORDER.length + 1) % (ORDER.length + 1)
  const isLast = ({ method }: Operation) => (method === 'DELETE' ? 1 : 0)
  return operations.toSorted((a, b) => isLast(a) - isLast(b) || depth(a) - depth(b) || rank(a) - rank(b))
}

export type DiscoverWish = {
  readonly seed: string
  readonly known: KnownValues
  readonly send: (draft: Draft) => Promise<Exchange>
  readonly readOnly: boolean
  readonly hasCredentials: (operation: Operation) => boolean
}

const ROUNDS = 3
const RANDOM_TRIES = 4

export async function discover(
  api: Api,
  operations: readonly Operation[],
  wish: DiscoverWish,
): Promise<Discovery> {
  const found = new Map<Operation, Found>()
  const exchanges: { id: string; exchange: Exchange }[] = []
  const ordered = inOrder(operations).filter(
    (each) => (!wish.readOnly || isSafe(each)) && wish.hasCredentials(each),
  )
  // What one operation gives out, another asks for: what failed in the first round may work in the next.
  for (let round = 0; round < ROUNDS; round++)
    for (const operation of ordered) {
      if (found.has(operation)) continue
      for (const [extent, draft] of attempts(operation, wish, round)) {
        const exchange = await wish.send(draft)
        exchanges.push({ id: `${operationKey(operation)} discover ${round}`, exchange })
        wish.known.learn(exchange, api.operations)
        if (!isGood(exchange)) continue
        found.set(operation, { draft, extent, isOnce: await isOnce(draft, wish, api) })
        break
      }
    }
  return { found, exchanges }
}

function* attempts(
  operation: Operation,
  wish: DiscoverWish,
  round: number,
): Generator<[Found['extent'], Draft]> {
  const random = (name: string) =>
    new Random(`${wish.seed} ${operationKey(operation)} discover ${round} ${name}`)
  const { known } = wish
  const made: [Found['extent'], Draft | undefined][] = [
    ['full', makeDraft(operation, { random: random('full'), extent: 'full', known })],
    ['example', makeDraft(operation, { random: random('example'), extent: 'least', known, example: round })],
    ['least', makeDraft(operation, { random: random('least'), extent: 'least', known })],
  ]
  for (let i = 0; i < RANDOM_TRIES; i++)
    made.push(['any', makeDraft(operation, { random: random(String(i)), extent: 'any', known })])
  const seen = new Set<string>()
  for (const [extent, draft] of made) {
    const text = JSON.stringify([draft && [...draft.parameters], draft?.body])
    if (draft === undefined || seen.has(text)) continue
    seen.add(text)
    yield [extent, draft]
  }
}

/** Whether the same again is a conflict: names that are taken, orders that exist. */
async function isOnce(draft: Draft, wish: DiscoverWish, api: Api): Promise<boolean> {
  if (draft.operation.method !== 'POST') return false
  const again = await wish.send(withNewKey(draft))
  wish.known.learn(again, api.operations)
  return !isGood(again)
}

/**
 * A request like the one that worked, under `name`: with values of paths that exist now, and made anew where each is
 * taken only once. Before anything worked, one that fits the contract.
 */
export function baseOf(
  operation: Operation,
  name: string,
  { found, known, seed }: { found: ReadonlyMap<Operation, Found>; known: KnownValues; seed: string },
): Draft | undefined {
  const own = found.get(operation)
  const random = new Random(`${seed} base ${name}`)
  const extent = own?.extent === 'example' || own === undefined ? 'full' : own.extent
  if (own === undefined || (own.isOnce && own.extent !== 'example')) {
    const made = makeDraft(operation, { random, extent, known })
    return made ?? own?.draft
  }
  const parameters = new Map(own.draft.parameters)
  for (const parameter of operation.parameters)
    if (parameter.in === 'path') {
      const value = known.ofParameter(operation, parameter.name)
      const before = parameters.get(parameterKey(parameter))
      if (value.length > 0 && !value.includes(before)) parameters.set(parameterKey(parameter), value[0])
    }
  return withNewKey({ ...own.draft, parameters })
}
