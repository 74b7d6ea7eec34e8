import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, statSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { PostgresBinaries } from './binaries.ts'

/** How to start PostgreSQL's programs as somebody it accepts: it refuses to run as root. */
export type RunAs = {
  /** For the log: `user nobody`. */
  readonly description: string
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[]
  readonly uid?: number
  readonly gid?: number
  readonly binaries: PostgresBinaries
  /** Where the cluster's files may live so that this user reaches them. */
  readonly dataFolder: string
}

const NOBODY = 65534

/**
 * Picks the first way that works here: as ourselves when we are not root; else as nobody if that user can reach the
 * files; else in a user namespace that maps us to nobody (works below a closed home folder); else as nobody with
 * program and data moved to the system's temporary folder. Throws with what was tried.
 */
export function chooseRunAs(binaries: PostgresBinaries, dataFolder: string): RunAs {
  if (process.getuid?.() !== 0) return { description: 'the current user', prefix: [], binaries, dataFolder }
  const nobody = { description: 'user nobody', prefix: [], uid: NOBODY, gid: NOBODY }
  mkdirSync(dirname(dataFolder), { recursive: true })
  if (isReachable(binaries.bin) && isReachable(dirname(dataFolder)))
    return { ...nobody, binaries, dataFolder }
  const unshare = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`]
  const tried = spawnSync(unshare[0]!, [...unshare.slice(1), join(binaries.bin, 'postgres'), '--version'])
  if (tried.status === 0) return { description: 'a user namespace', prefix: unshare, binaries, dataFolder }
  const moved = join(tmpdir(), 'specwright-postgres')
  if (!isReachable(tmpdir()))
    throw new Error(
      `PostgreSQL refuses to run as root, and no other way works here: ${binaries.bin} is not readable for user nobody, ` +
        `user namespaces are off (${String(tried.stderr ?? tried.error?.message).trim()}), and ${tmpdir()} is closed too.`,
    )
  return {
    ...nobody,
    description: 'user nobody, from a copy',
    binaries: copied(binaries, moved),
    dataFolder: join(moved, createHash('sha1').update(dataFolder).digest('hex').slice(0, 12)),
  }
}

/** Every folder up to the root lets others pass. */
export function isReachable(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

function copied(binaries: PostgresBinaries, folder: string): PostgresBinaries {
  const root = join(folder, basename(binaries.root))
  if (!existsSync(join(root, 'bin', 'postgres'))) {
    mkdirSync(folder, { recursive: true })
    cpSync(binaries.root, root, { recursive: true, verbatimSymlinks: true })
  }
  chmodSync(folder, 0o755)
  return { root, bin: join(root, 'bin') }
}
