import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { CONFIG_FILE } from './settings.ts'

/**
 * The nearest ancestor of `cwd` that says it is a workspace (config, `.specify/`, or constitution beside services),
 * else the nearest with `specs/` or `services/`. Throws CliError `no-workspace`.
 */
export function findRoot(cwd: string): string {
  const ancestors = ancestorsOf(cwd)
  const root = ancestors.find(saysSo) ?? ancestors.findLast(looksLikeOne)
  if (root !== undefined) return root
  throw new CliError(
    'no-workspace',
    `Neither ${cwd} nor a folder above it holds ${CONFIG_FILE}, .specify/, specs/ or services/.`,
    'Run "specify init ." in the folder of your project.',
  )
}

function saysSo(folder: string): boolean {
  return (
    existsSync(join(folder, CONFIG_FILE)) ||
    isFolder(join(folder, '.specify')) ||
    (existsSync(join(folder, 'constitution.md')) && isFolder(join(folder, 'services')))
  )
}

function looksLikeOne(folder: string): boolean {
  return isFolder(join(folder, 'specs')) || isFolder(join(folder, 'services'))
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** `cwd` first. */
function ancestorsOf(cwd: string): string[] {
  const parent = dirname(cwd)
  return parent === cwd ? [cwd] : [cwd, ...ancestorsOf(parent)]
}
