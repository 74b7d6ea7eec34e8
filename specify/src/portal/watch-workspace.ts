import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { listFiles } from '../workspace/list-files.ts'
import { LAST_RUN_FILE } from './last-run.ts'

/** What a page is made from; of other files only the names matter. */
const READ = /\.(md|ya?ml|json|avsc|har)$|[._-](?:test|spec)\.\w+$|(?:^|\/)tests?\//
const SHORTEST_MS = 400
/** Watching may cost a twentieth of one core, however large the workspace is. */
const REST = 20

export type Watch = {
  /** Looks now; calls `onChange` and waits for it when something is different. */
  look(): Promise<void>
  /** Somebody is looking from now on, until the function that comes back is called. */
  join(): () => void
}

/**
 * Asks the file system again and again while somebody looks at a page, and not at all otherwise. Asking, because being
 * told of changes is limited to some thousand folders, and is silent about folders on other machines.
 */
export function watchWorkspace(
  roots: () => readonly string[],
  signal: AbortSignal,
  onChange: () => Promise<void>,
): Watch {
  let known = fingerprint(roots())
  const viewers = new Set<symbol>()
  let isLooping = false

  // One after the other: who looks while another does must see what that one finds.
  let looking = Promise.resolve()
  function look(): Promise<void> {
    looking = looking.then(lookOnce, lookOnce)
    return looking
  }

  async function lookOnce(): Promise<void> {
    const now = fingerprint(roots())
    if (now === known) return
    known = now
    await onChange()
  }

  async function loop(): Promise<void> {
    isLooping = true
    while (viewers.size > 0 && !signal.aborted) {
      const startedAt = performance.now()
      await look()
      const tookMs = performance.now() - startedAt
      await setTimeout(Math.max(SHORTEST_MS, tookMs * REST), undefined, { signal, ref: false }).catch(
        () => {},
      )
    }
    isLooping = false
  }

  return {
    look,
    join() {
      const viewer = Symbol('viewer')
      viewers.add(viewer)
      if (!isLooping) void loop()
      return () => void viewers.delete(viewer)
    },
  }
}

function fingerprint(roots: readonly string[]): string {
  const parts: string[] = []
  for (const root of roots) {
    try {
      parts.push(stampOf(join(root, LAST_RUN_FILE)))
      for (const file of listFiles(root).files)
        parts.push(READ.test(file) ? `${file} ${stampOf(join(root, file))}` : file)
    } catch {
      parts.push('gone') // a folder is renamed at this very moment; the next look sees how that went
    }
  }
  return parts.join('\n')
}

function stampOf(path: string): string {
  const info = statSync(path, { throwIfNoEntry: false })
  return info === undefined ? '' : `${info.size} ${info.mtimeMs}`
}
