import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Feature, Workspace } from './model.ts'
import { pathInside } from './open-workspace.ts'
import { readText } from './read-text.ts'

/**
 * The features somebody means who stands in `cwd` and maybe typed a path: those at, below or around it; at the root the
 * one `SPECIFY_FEATURE_DIRECTORY` or `.specify/feature.json` names, else all. Throws CliError `outside-workspace`.
 */
export async function chooseFeatures(
  workspace: Workspace,
  {
    cwd,
    path,
    env,
  }: { cwd: string; path: string | undefined; env: Readonly<Record<string, string | undefined>> },
): Promise<readonly Feature[]> {
  const place = pathInside(cwd, workspace.root, path ?? '.')
  if (place === '') {
    const current = path === undefined ? await currentFeature(workspace, env) : undefined
    return current === undefined ? workspace.features : [current]
  }
  const chosen = workspace.features.filter(
    (feature) => isAtOrBelow(feature.path, place) || isAtOrBelow(place, feature.path),
  )
  return chosen
}

function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

async function currentFeature(
  { root, features }: Workspace,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Feature | undefined> {
  const path = env['SPECIFY_FEATURE_DIRECTORY'] ?? (await featureOfFile(join(root, '.specify/feature.json')))
  if (path === undefined) return undefined
  const place = pathInside(root, root, path)
  return features.find((feature) => feature.path === place)
}

async function featureOfFile(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined
  try {
    const value: unknown = JSON.parse(await readText(path))
    const folder = (value as { feature_directory?: unknown } | null)?.feature_directory
    return typeof folder === 'string' ? folder : undefined
  } catch {
    throw new CliError(
      'bad-feature-file',
      `${path} is not JSON.`,
      'Delete it, or write {"feature_directory": "specs/001-…"}.',
    )
  }
}
