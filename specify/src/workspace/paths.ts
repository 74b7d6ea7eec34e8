import platform, { type PlatformPath } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'

// Paths inside the program are relative to the root, with forward slashes on every system. `on` is there for the tests: both
// systems' rules can be tried on either.

/** A path relative to the root, as somebody in `cwd` would type it; forward slashes. */
export function pathFrom(cwd: string, root: string, path: string, on: PlatformPath = platform): string {
  return on.relative(cwd, on.join(root, path)).replaceAll('\\', '/') || '.'
}

/** The other way: what somebody in `cwd` typed, relative to the root. Throws CliError `outside-workspace`. */
export function pathInside(cwd: string, root: string, typed: string, on: PlatformPath = platform): string {
  const path = on.relative(root, on.resolve(cwd, typed)).replaceAll('\\', '/')
  // Another drive has no way back to ours: the result is absolute then.
  if (path === '..' || path.startsWith('../') || on.isAbsolute(path))
    throw new CliError('outside-workspace', `"${typed}" is outside the workspace ${root}.`)
  return path
}

/** Whether `path` is `folder` or below it; both absolute. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`)
}
