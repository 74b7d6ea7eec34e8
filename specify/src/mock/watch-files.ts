import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'

/**
 * Calls back when one of the files changed, once for a burst of changes. Folders are watched, not files: editors
 * replace a file by another one. Ends with the signal.
 */
export function watchFiles(files: readonly string[], signal: AbortSignal, onChange: () => void): void {
  const byFolder = Map.groupBy(files, dirname)
  let timer: NodeJS.Timeout | undefined
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(onChange, SETTLE_MS)
  }
  const watchers: FSWatcher[] = []
  for (const [folder, own] of byFolder) {
    const names = new Set(own.map((file) => basename(file)))
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null || names.has(name)) changed()
      })
      watcher.on('error', () => watcher.close())
      watchers.push(watcher)
    } catch {
      // A folder that cannot be watched is served as it is.
    }
  }
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  })
}

const SETTLE_MS = 120
