import type { Portal } from '../src/portal/model.ts'

/** One page of each kind, with a name for it; of those there are many of, the one with the most on it. */
export function kindsOfPages({
  addresses,
  catalog,
  contracts,
  features,
}: Portal): [name: string, path: string][] {
  const most = <T>(list: readonly T[], size: (one: T) => number) =>
    list.toSorted((a, b) => size(b) - size(a))[0]
  const service = most(
    catalog.services,
    (one) => one.endpoints.length + one.dependencies.length + one.dependents.length,
  )
  const feature = most(features, (one) => one.requirements.length + (one.documents.tasks?.tasks.length ?? 0))
  const api = most([...contracts.apis.keys()], (i) => contracts.apis[i]!.operations.length)
  const event = [...addresses.event.values()][0]
  const own: [string, string | undefined][] = [
    ['service', service && addresses.service.get(service.name)],
    ['contract', api === undefined ? undefined : addresses.api[api]],
    ['event', event],
    ['feature', feature && addresses.feature.get(feature.feature.path)],
    ['document', feature?.feature.files.spec && addresses.document.get(feature.feature.files.spec)],
  ]
  const fixed =
    'services graph contracts events features scenarios proof findings changes budget search'.split(' ')
  return [
    ['overview', 'index.html'],
    ...fixed.map((name): [string, string] => [name, `${name}.html`]),
    ...own.flatMap(([name, path]): [string, string][] => (path === undefined ? [] : [[name, path]])),
  ]
}
