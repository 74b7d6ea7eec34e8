import { existsSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { featureName } from '../workspace/feature-name.ts'
import { currentFeatureFolder, FEATURE_FILE } from '../workspace/current-feature.ts'
import { mustBeOwn } from '../workspace/members.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { isInside, pathInside } from '../workspace/paths.ts'

type Asked = {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** What somebody typed behind --feature: a folder, a folder's name, `001`, or `order-service/001`. */
  readonly typed: string | undefined
  /** The verb is going to change files of the feature: one of another repository is refused. */
  readonly toWrite?: boolean
}

export const featureOption = {
  type: 'string',
  placeholder: 'feature',
  summary: 'Folder, name or number of the feature; else the one you stand in, else the current one',
} as const

/**
 * The one feature a verb works on: the typed one, that of SPECIFY_FEATURE_DIRECTORY, the one around `cwd`, that of
 * `.specify/feature.json` unless it belongs to another service than the one around `cwd`, or the only one there is. Throws CliError `no-feature`,
 * `unknown-feature` and `member-is-read-only`.
 */
export async function openFeature(
  asked: Asked,
): Promise<{ workspace: Workspace; feature: Feature; findings: Finding[] }> {
  const { workspace, findings } = await openProject(asked)
  const feature = await chooseFeature(workspace, asked)
  if (asked.toWrite) mustBeOwn(feature.path)
  return { workspace, feature, findings }
}

/** The workspace around `cwd`, or exactly at SPECIFY_INIT_DIR. */
export async function openProject({
  cwd,
  env,
}: Omit<Asked, 'typed'>): Promise<{ workspace: Workspace; findings: Finding[] }> {
  const forced = env['SPECIFY_INIT_DIR']
  if (forced === undefined || forced === '') return openWorkspace(cwd)
  if (!existsSync(join(forced, '.specify')))
    throw new CliError('no-workspace', `SPECIFY_INIT_DIR names ${forced}, which has no .specify folder.`)
  return openWorkspace(forced)
}

async function chooseFeature(workspace: Workspace, { cwd, env, typed }: Asked): Promise<Feature> {
  const { root, features } = workspace
  if (typed !== undefined) return namedFeature(workspace, typed, cwd)
  const current = async () => {
    const folder = await currentFeatureFolder(root, env)
    return folder === undefined ? undefined : featureAt(workspace, pathInside(root, root, folder))
  }
  if (env['SPECIFY_FEATURE_DIRECTORY']) return (await current())!
  // SPECIFY_INIT_DIR may name a project somewhere else; then nobody stands in a feature.
  const around = features.find(({ path }) => isInside(cwd, join(root, path)))
  if (around !== undefined) return around
  const remembered = await current()
  // Who stands in a service means a feature of it, whatever service was worked on before.
  const service = workspace.services.find(({ path }) => isInside(cwd, join(root, path)))
  const isOfAnother = remembered?.service !== undefined && remembered.service !== service?.name
  const own = service?.features ?? []
  if (remembered !== undefined && !(isOfAnother && own.length > 0)) return remembered
  const candidates = own.length > 0 ? own : features
  if (candidates.length === 1) return candidates[0]!
  throw new CliError(
    'no-feature',
    candidates.length === 0 ? 'There is no feature yet.' : 'It is not clear which feature is meant.',
    candidates.length === 0
      ? 'Run "specify specify <what you want to build>".'
      : `Add --feature, such as --feature ${candidates[0]!.path}.`,
  )
}

function namedFeature(workspace: Workspace, typed: string, cwd: string): Feature {
  const word = typed.replaceAll('\\', '/').replace(/\/+$/, '')
  const found = workspace.features.filter(
    ({ id, path, service }) =>
      path === word ||
      id === word ||
      featureName(service, id) === word ||
      featureName(undefined, id) === word,
  )
  if (found.length === 1) return found[0]!
  if (found.length > 1)
    throw new CliError(
      'ambiguous-feature',
      `"${typed}" can be ${found.map(({ path }) => path).join(' or ')}.`,
      'Name the folder.',
    )
  const place = pathInside(cwd, workspace.root, typed)
  if (isFolder(join(workspace.root, place)) && place !== '') return featureAt(workspace, place)
  throw new CliError(
    'unknown-feature',
    `There is no feature "${typed}".`,
    didYouMean(
      word,
      workspace.features.flatMap(({ id, path }) => [id, path]),
    ) ??
      `Known: ${
        workspace.features
          .slice(0, 8)
          .map(({ path }) => path)
          .join(', ') || 'none'
      }.`,
  )
}

/** A folder made a moment ago has no files a workspace would list, but is a feature all the same. */
function featureAt(workspace: Workspace, path: string): Feature {
  const known = workspace.features.find((feature) => feature.path === path)
  if (known !== undefined) return known
  if (!isFolder(join(workspace.root, path)))
    throw new CliError(
      'unknown-feature',
      `The current feature is ${path}, but there is no such folder.`,
      `Correct SPECIFY_FEATURE_DIRECTORY or ${FEATURE_FILE}, or run "specify specify <what you want to build>".`,
    )
  const service = workspace.services.find((one) => path.startsWith(`${one.path}/`))?.name
  return { id: posix.basename(path), path, service, files: {} }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
