import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Contracts } from '../contracts/model.ts'
import type { Workspace } from '../workspace/model.ts'

/** Where everything that has a page of its own has it; paths are relative to the site, all in lower case. */
export type Addresses = {
  readonly service: ReadonlyMap<string, string>
  /** By the folder of the feature. */
  readonly feature: ReadonlyMap<string, string>
  /** By the number of the API in `Contracts.apis`: a page of Markdown may hold several. */
  readonly api: readonly string[]
  readonly event: ReadonlyMap<string, string>
  /** By file of the workspace: rendered Markdown. */
  readonly document: ReadonlyMap<string, string>
}

export function addressesOf(workspace: Workspace, contracts: Contracts): Addresses {
  const taken = new Set<string>()
  const page = (folder: string, name: string) => `${folder}/${unique(slug(name), folder, taken)}.html`
  const events = contracts.eventFiles.flatMap((file) => file.events.map(({ eventType }) => eventType))
  const feature = new Map(workspace.features.map(({ path }) => [path, page('features', path)]))
  const document = new Map<string, string>()
  for (const { files } of workspace.features)
    for (const file of Object.values(files)) document.set(file, page('documents', file))
  if (workspace.constitution !== undefined)
    document.set(workspace.constitution, page('documents', workspace.constitution))
  return {
    service: new Map(workspace.services.map(({ name }) => [name, page('services', name)])),
    feature,
    api: contracts.apis.map(({ source }) => page('contracts', source.file)),
    event: new Map([...new Set(events)].sort().map((type) => [type, page('events', type)])),
    document,
  }
}

/** A link from one page to another that works from a folder as well as from a server. */
export function linkBetween(from: string, to: string): string {
  const [page, anchor] = to.split('#') as [string, string?]
  const path = page === '' ? '' : posix.relative(posix.dirname(from), page) || posix.basename(page)
  return `${path}${anchor === undefined ? '' : `#${anchor}`}`
}

const LONGEST = 90

/** A name as a file name on any system: ASCII, lower case, not too long; what is lost is made up for by a hash. */
export function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
  const isWhole = plain !== '' && plain.length <= LONGEST && !/[^\x20-\x7e]/.test(name)
  if (isWhole) return plain
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return [plain.slice(0, LONGEST - 9), hash].filter(Boolean).join('-')
}

/** The anchor of an id or heading within its page. */
export function anchor(id: string): string {
  return id.replaceAll(/[^\w.-]+/g, '-')
}

function unique(name: string, folder: string, taken: Set<string>): string {
  for (let n = 1; ; n++) {
    const tried = n === 1 ? name : `${name}-${n}`
    const key = `${folder}/${tried}`
    if (taken.has(key)) continue
    taken.add(key)
    return tried
  }
}
