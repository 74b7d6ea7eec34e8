import { currentFeatureFolder } from './current-feature.ts'
import type { Feature, Workspace } from './model.ts'
import { pathInside } from './paths.ts'

/**
 * The features somebody means who stands in `cwd` and maybe typed a path: those at, below or around it; at the root the
 * one `SPECIFY_FEATURE_DIRECTORY` or `.specify/feature.json` names, else all. Throws CliError
 * `outside-workspace` and `bad-feature-file`.
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
  const folder = await currentFeatureFolder(root, env)
  if (folder === undefined) return undefined
  const place = pathInside(root, root, folder)
  return features.find((feature) => feature.path === place)
}
