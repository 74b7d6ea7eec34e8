import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { featureName } from '../workspace/feature-name.ts'
import type { Workspace } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'

export type Resource = {
  readonly uri: string
  /** The path, relative to the root. */
  readonly name: string
  readonly description: string
  readonly mimeType: string
}

const SCHEME = 'specify:///'

/** What a whole file or a range of its lines is asked by; RFC 6570. */
export const URI_TEMPLATE = `${SCHEME}{+path}{?lines}`

/** The documents an agent works with: constitution, catalog, the files of features, contracts. By path. */
export function resourcesOf(workspace: Workspace): Resource[] {
  const { constitution, features, services, sharedApiFiles, sharedEventFiles, files } = workspace
  const described: [path: string, description: string][] = [
    ...(constitution === undefined ? [] : ([[constitution, 'The principles of the project']] as const)),
    ...files
      .filter((path) => path === 'docs/SERVICE-CATALOG.md')
      .map((path) => [path, 'Services, endpoints, events, dependencies'] as const),
    ...features.flatMap(({ id, service, files: own }) =>
      Object.entries(own).map(([kind, path]) => [path, `${kind} of ${featureName(service, id)}`] as const),
    ),
    ...services.flatMap(({ name, apiFiles, eventFiles }) => [
      ...apiFiles.map((path) => [path, `API of ${name}`] as const),
      ...eventFiles.map((path) => [path, `Events of ${name}`] as const),
    ]),
    ...sharedApiFiles.map((path) => [path, 'API of the project'] as const),
    ...sharedEventFiles.map((path) => [path, 'Events of all services'] as const),
  ].map(([path, description]) => [path, description])
  return [...new Map(described)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, description]) => ({
      uri: `${SCHEME}${path.split('/').map(encodeURIComponent).join('/')}`,
      name: path,
      description,
      mimeType: mimeType(path),
    }))
}

export type Reading = { readonly uri: string; readonly mimeType: string; readonly text: string }

/**
 * The text of a resource, or of `?lines=10-40` of it. What is longer than `limit` characters ends at a line, followed by the
 * URI of the rest. Throws CliError `unknown-resource`: only what is listed can be read.
 */
export async function readResource(workspace: Workspace, uri: string, limit: number): Promise<Reading> {
  const [place = '', query = ''] = uri.split('?', 2)
  const resources = resourcesOf(workspace)
  const resource = resources.find((one) => one.uri === place)
  if (resource === undefined)
    throw new CliError(
      'unknown-resource',
      `There is no resource ${place}.`,
      didYouMean(
        place,
        resources.map((one) => one.uri),
      ) ?? 'List the resources to see what there is.',
    )
  const lines = (await readText(join(workspace.root, resource.name))).split('\n')
  const [first, last] = lineRange(query, lines.length)
  let end = first
  for (let size = 0; end < last; end++) {
    size += lines[end]!.length + 1
    if (size > limit && end > first) break
  }
  const text = lines.slice(first, end).join('\n')
  const rest = end < last ? `\n… ${last - end} more lines: ${place}?lines=${end + 1}-${last}` : ''
  return { uri, mimeType: resource.mimeType, text: text + rest }
}

/** First line from 0, and the one after the last. */
function lineRange(query: string, count: number): [first: number, last: number] {
  if (query === '') return [0, count]
  const match = /^lines=(\d+)(?:-(\d+))?$/.exec(query)
  const from = Number(match?.[1])
  const to = Number(match?.[2] ?? match?.[1])
  if (match === null || from < 1 || from > to || from > count)
    throw new CliError('bad-lines', `"${query}" names no lines of ${count}.`, 'Write ?lines=10-40.')
  return [from - 1, Math.min(to, count)]
}

function mimeType(path: string): string {
  if (path.endsWith('.md')) return 'text/markdown'
  return path.endsWith('.json') ? 'application/json' : 'application/yaml'
}
