import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const LARGEST_BYTES = 256 * 1024 * 1024
const PATIENCE_MS = 60_000

/** Old path → the one it was renamed to, from the whole history; undefined where git or a repository is absent. */
export async function readRenames(root: string): Promise<ReadonlyMap<string, string> | undefined> {
  const output = await git(root, [
    'log',
    '-M',
    '--diff-filter=R',
    '--name-status',
    '--format=',
    '--relative',
    '-z',
  ])
  if (output === undefined) return undefined
  const renames = new Map<string, string>()
  const parts = output.split('\0')
  for (let i = 0; i + 2 < parts.length; i++) {
    if (!/^\s*R\d+$/.test(parts[i]!)) continue
    const [from, to] = [parts[i + 1]!, parts[i + 2]!]
    if (!renames.has(from)) renames.set(from, to) // newest first: an older rename of the same path is history
    i += 2
  }
  return renames
}

/** Where a file is now, renames followed; undefined when the trail ends at a file that is not there. */
export function followRenames(
  path: string,
  renames: ReadonlyMap<string, string>,
  isThere: (path: string) => boolean,
): string | undefined {
  const seen = new Set<string>()
  let at = path
  while (!isThere(at)) {
    const next = renames.get(at)
    if (next === undefined || seen.has(next)) return undefined
    seen.add(next)
    at = next
  }
  return at
}

/** Seconds since 1970 of the last commit that touched one of the paths; undefined when none did. */
export async function lastChange(root: string, paths: readonly string[]): Promise<number | undefined> {
  if (paths.length === 0) return undefined
  const output = await git(root, ['log', '-1', '--format=%ct', '--', ...paths])
  return output === undefined || output.trim() === '' ? undefined : Number(output.trim())
}

async function git(root: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', root, '-c', 'core.quotePath=false', ...args], {
      maxBuffer: LARGEST_BYTES,
      timeout: PATIENCE_MS,
    })
    return stdout
  } catch {
    return undefined // no git, no repository, no commit yet: there is no history to follow
  }
}
