import { mkdir, rmdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '@specwright/cli/cli-error.ts'

const PATIENCE_MS = 5000
const PAUSE_MS = 25
const STALE_MS = 30_000 // no work under a lock takes a second: whoever held it so long was killed

/** Runs `work` while no other process holds the lock. A folder is the lock: making one is atomic everywhere. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true })
  const until = Date.now() + PATIENCE_MS
  while (!(await taken(path))) {
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
    await rmdir(path).catch(() => {}) // somebody who thought us dead has removed it
  }
}

async function taken(path: string): Promise<boolean> {
  try {
    await mkdir(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const since = (await stat(path).catch(() => undefined))?.mtimeMs
  if (since !== undefined && Date.now() - since > STALE_MS) await rmdir(path).catch(() => {})
  return false
}
