import { readdir } from 'node:fs/promises'
import {
  accessOf,
  METHODS,
  readOpenApi,
  type OpenApi,
  type OpenApiOperation,
} from '../../../platform/contract/load-contract.ts'

export type Contract = { readonly service: string; readonly document: OpenApi }

/** One public operation: where it is and who answers it. */
export type PublicRoute = {
  readonly service: string
  readonly method: string
  readonly path: string
  readonly operation: OpenApiOperation & { readonly summary?: string }
}

/** The contracts of all services beside the gateway itself, by name. */
export async function readContracts(services: URL): Promise<Contract[]> {
  const names = (await readdir(services)).filter((name) => name !== 'gateway').sort()
  return await Promise.all(
    names.map(async (service) => ({
      service,
      document: await readOpenApi(new URL(`${service}/contracts/api-spec.yaml`, services)),
    })),
  )
}

/** Every operation but those between services and /health, sorted by path. Throws if two services claim the same one. */
export function publicRoutes(contracts: readonly Contract[]): PublicRoute[] {
  const routes = contracts.flatMap(({ service, document }) =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method]
        const isPublic =
          operation && operation.operationId !== 'getHealth' && accessOf(operation) !== 'service'
        return isPublic ? [{ service, method: method.toUpperCase(), path, operation }] : []
      }),
    ),
  )
  const owners = new Map<string, string>()
  for (const { service, method, path } of routes) {
    const key = `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`
    const owner = owners.get(key)
    if (owner !== undefined) throw new Error(`${method} ${path} belongs to ${owner} and to ${service}.`)
    owners.set(key, service)
  }
  return routes.sort((a, b) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1))
}

/**
 * For each path the methods it does not have, so that they can be answered with 405 and Allow. A path that another
 * template of that method matches as well (`/products/lookup` and `/products/{slug}`) is left to that template.
 */
export function missingMethods(
  routes: readonly PublicRoute[],
): { path: string; methods: string[]; allowed: string[] }[] {
  const byPath = Map.groupBy(routes, ({ path }) => path)
  return [...byPath].map(([path, members]) => {
    const allowed = members.map(({ method }) => method)
    const methods = METHODS.map((method) => method.toUpperCase()).filter(
      (method) =>
        !allowed.includes(method) &&
        !routes.some((other) => other.method === method && covers(other.path, path)),
    )
    return { path, methods, allowed }
  })
}

/** Whether a request for `path` could be meant for `template`. */
function covers(template: string, path: string): boolean {
  const ours = template.split('/')
  const theirs = path.split('/')
  return ours.length === theirs.length && ours.every((part, i) => part.startsWith('{') || part === theirs[i])
}
