import {
  contract as auth,
  type Operations as AuthOperations,
} from '../../services/auth-service/contracts/api.ts'
import {
  contract as cart,
  type Operations as CartOperations,
} from '../../services/cart-service/contracts/api.ts'
import {
  contract as catalog,
  type Operations as CatalogOperations,
} from '../../services/catalog-service/contracts/api.ts'
import {
  contract as checkout,
  type Operations as CheckoutOperations,
} from '../../services/checkout-service/contracts/api.ts'
import {
  contract as inventory,
  type Operations as InventoryOperations,
} from '../../services/inventory-service/contracts/api.ts'
import {
  contract as order,
  type Operations as OrderOperations,
} from '../../services/order-service/contracts/api.ts'
import {
  contract as review,
  type Operations as ReviewOperations,
} from '../../services/review-service/contracts/api.ts'
import {
  contract as search,
  type Operations as SearchOperations,
} from '../../services/search-service/contracts/api.ts'
import { pageProblem } from './page-problem.ts'

type Operation = {
  readonly params: object
  readonly query: object
  readonly body: unknown
  readonly response: { readonly status: number; readonly body: unknown }
}

/** Only what the operation has; every query parameter may be left to its default. */
type Input<O extends Operation> = (object extends O['params']
  ? { readonly params?: object }
  : { readonly params: O['params'] }) & {
  readonly query?: Partial<O['query']>
} & (undefined extends O['body'] ? { readonly body?: undefined } : { readonly body: O['body'] })

type Calls<Operations extends object> = {
  readonly [Id in keyof Operations]: Operations[Id] extends Operation
    ? (input: Input<Operations[Id]>) => Promise<Operations[Id]['response']>
    : never
}

export type Gateway = {
  readonly auth: Calls<AuthOperations>
  readonly cart: Calls<CartOperations>
  readonly catalog: Calls<CatalogOperations>
  readonly checkout: Calls<CheckoutOperations>
  readonly inventory: Calls<InventoryOperations>
  readonly order: Calls<OrderOperations>
  readonly search: Calls<SearchOperations>
  readonly review: Calls<ReviewOperations>
}

export type Contract = {
  readonly operations: Readonly<Record<string, { readonly method: string; readonly path: string }>>
}

export type Connection = {
  readonly url: string
  /** Sent with every call: who asks, for the gateway's limits and the trace. */
  readonly headers: Readonly<Record<string, string>>
  /** Bearer token of the signed-in buyer, asked for at each call because it may be renewed in between. */
  readonly token: () => Promise<string | undefined>
  /** Told about calls that failed outright, to log them. */
  readonly onFailure: (facts: { method: string; path: string; status?: number; error?: Error }) => void
}

const TIMEOUT_MS = 15_000 // above the gateway's own patience, so that its answer wins

/**
 * The public operations of the services, typed by their contracts. A call resolves to any status below 500 and to
 * 503 with a problem body; a gateway that cannot be reached or fails throws a page problem. No retry: the gateway retries.
 */
export function gateway(connection: Connection): Gateway {
  // Only these carry the token: elsewhere an expired one would turn a public page into a 401.
  const anonymous = { ...connection, token: () => Promise.resolve(undefined) }
  return {
    auth: calls<AuthOperations>(auth, connection),
    cart: calls<CartOperations>(cart, anonymous),
    catalog: calls<CatalogOperations>(catalog, anonymous),
    checkout: calls<CheckoutOperations>(checkout, connection),
    inventory: calls<InventoryOperations>(inventory, anonymous),
    order: calls<OrderOperations>(order, connection),
    search: calls<SearchOperations>(search, anonymous),
    review: {
      ...calls<ReviewOperations>(review, connection),
      listReviews: calls<ReviewOperations>(review, anonymous).listReviews,
    },
  }
}

function calls<Operations extends object>(contract: Contract, connection: Connection): Calls<Operations> {
  const entries = Object.entries(contract.operations).map(([id, { method, path }]) => [
    id,
    (input: { params?: object; query?: object; body?: unknown }) =>
      call(connection, method, requestPath(path, input), input.body),
  ])
  // Table and type come from one generated file, so names and shapes are those of Operations.
  return Object.fromEntries(entries) as Calls<Operations>
}

/** `/a/{b}?c=d` with everything escaped; parameters that are undefined stay out. */
export function requestPath(
  template: string,
  { params = {}, query = {} }: { params?: object; query?: object },
): string {
  const values = new Map(Object.entries(params))
  const path = template.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values.get(name))),
  )
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return search === '' ? path : `${path}?${search}`
}

async function call(connection: Connection, method: string, path: string, body: unknown) {
  const { url, headers, token, onFailure } = connection
  const bearer = await token()
  const answer = await fetch(url + path, {
    method,
    headers: {
      accept: 'application/json',
      ...headers,
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    onFailure({ method, path: pathOnly(path), error: error as Error })
    throw pageProblem(503, 'shop-unavailable')
  })
  const { status } = answer
  if (status === 429) throw pageProblem(429, 'too-many-requests')
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  if (!isJson || (status >= 500 && status !== 503)) {
    onFailure({ method, path: pathOnly(path), status })
    throw pageProblem(503, 'shop-unavailable')
  }
  return { status, body: (await answer.json()) as unknown }
}

/** Order tokens travel in the query and have no place in a log. */
function pathOnly(path: string): string {
  return path.split('?')[0]!
}
