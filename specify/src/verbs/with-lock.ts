import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '@specwright/cli/cli-error.ts'

const PATIENCE_MS = 5000
const PAUSE_MS = 25
/** Work under a lock takes milliseconds: an older lock is that of a process nobody can ask about. */
const STALE_MS = 30_000
/** A lock without a name in it was being written when its process was killed. */
const UNSIGNED_MS = 1000

/** Runs `work` while no other process holds the lock; a lock whose process was killed is taken away at once. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true })
  const own = `${hostname()} ${process.pid} ${randomUUID()}`
  const until = Date.now() + PATIENCE_MS
  while (!(await isTaken(path, own))) {
    if (await isLeftBehind(path)) continue
    if (Date.now() > until)
      throw new CliError(
        'locked',
        `Another specify is at work: ${path} is taken.`,
        'Try again; if nobody is, delete it.',
      )
    await sleep(PAUSE_MS)
  }
  try {
    return await work()
  } finally {
    if ((await readFile(path, 'utf8').catch(() => '')) === own) await rm(path, { force: true })
  }
}

async function isTaken(path: string, own: string): Promise<boolean> {
  try {
    await writeFile(path, own, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** True when the lock was taken away, or went by itself. */
async function isLeftBehind(path: string): Promise<boolean> {
  const [owner, info] = [
    await readFile(path, 'utf8').catch(() => undefined),
    await stat(path).catch(() => undefined),
  ]
  if (owner === undefined || info === undefined) return true
  const [host, pid] = owner.split(' ')
  const ageMs = Date.now() - info.mtimeMs
  const isDead =
    owner === '' ? ageMs > UNSIGNED_MS : ageMs > STALE_MS || (host === hostname() && !isAlive(Number(pid)))
  if (!isDead) return false
  // Between looking and taking somebody else may have cleared it and locked anew; then it goes back.
  const aside = `${path}.${randomUUID()}`
  await rename(path, aside).catch(() => {})
  if ((await readFile(aside, 'utf8').catch(() => owner)) !== owner) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // there, but somebody else's
  }
}
