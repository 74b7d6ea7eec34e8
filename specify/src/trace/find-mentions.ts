import { join } from 'node:path'
import { featureName } from '../workspace/feature-name.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'
import { namedIds, type NamedId } from './named-ids.ts'
import type { TestCase } from './read-junit.ts'
import type { Mention, Run } from './trace-feature.ts'

const TEST_FILE =
  /(?:^|\/)(?:tests?|__tests__|spec|e2e|conformance)\/|[._-](?:test|spec|tests)\.\w+$|_test\.\w+$|(?:^|\/)test_[^/]+$|Tests?\.\w+$/
const TEXT_FILE =
  /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|kts|swift|cs|fs|rb|php|ex|exs|dart|scala|c|cc|cpp|h|hpp|sh|sql|feature|hurl|ya?ml|vue|svelte)$/

/** Where tests name ids, by feature path. An id without its feature counts where only one feature can be meant. */
export async function findMentions(workspace: Workspace): Promise<ReadonlyMap<string, readonly Mention[]>> {
  const found = new Map<string, Mention[]>()
  const files = workspace.files.filter(
    (file) => TEST_FILE.test(file) && TEXT_FILE.test(file) && !isSpecFile(workspace, file),
  )
  for (const file of files) {
    const text = await readText(join(workspace.root, file)).catch(() => '') // too large to be a test somebody wrote
    for (const named of namedIds(text)) {
      const feature = owner(workspace, named, file)
      if (feature !== undefined) add(found, feature.path, { id: named.id, file, line: named.line })
    }
  }
  return found
}

/** The cases of reports that name ids, by feature path. */
export function assignRuns(
  workspace: Workspace,
  cases: readonly TestCase[],
): ReadonlyMap<string, readonly Run[]> {
  const found = new Map<string, Run[]>()
  for (const { name, outcome } of cases)
    for (const named of namedIds(name)) {
      const feature = owner(workspace, named, undefined)
      if (feature !== undefined) add(found, feature.path, { id: named.id, outcome, name: name.trim() })
    }
  return found
}

function owner(
  { features }: Workspace,
  { feature: named }: NamedId,
  file: string | undefined,
): Feature | undefined {
  const meant = named === undefined ? features : features.filter((feature) => isCalled(feature, named))
  if (meant.length <= 1) return meant[0]
  // A report does not say where its tests stand: `001` is then the project's own, not that of a service.
  const homes =
    file === undefined
      ? named === undefined
        ? []
        : ['']
      : meant.map(home).filter((one) => isBelow(file, one))
  const nearest = homes.toSorted((a, b) => b.length - a.length)[0]
  const near = meant.filter((feature) => home(feature) === nearest)
  return near.length === 1 ? near[0] : undefined
}

/** `order-service/001`, its folder's name, or just `001` for those nearby. */
function isCalled({ id, service }: Feature, name: string): boolean {
  const full = service === undefined ? id : `${service}/${id}`
  return [featureName(service, id), featureName(undefined, id), id, full].includes(name)
}

/** The folder that keeps the specs: that of a service, or the root as an empty text. */
function home({ path }: Feature): string {
  return path.slice(0, Math.max(0, path.search(/(?:^|\/)(?:docs\/|\.specify\/)?specs\//)))
}

function isBelow(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`)
}

function isSpecFile({ features }: Workspace, file: string): boolean {
  return features.some(({ path }) => file.startsWith(`${path}/`))
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
