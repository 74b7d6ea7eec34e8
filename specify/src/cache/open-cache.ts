import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

export type Cache<Value> = {
  /** What was kept for `id` under exactly this key. */
  get(id: string, key: string): Value | undefined
  set(id: string, key: string, value: Value): void
  /** Writes if there is something new to keep; forgets what was not asked for since opening when `prune` is said. */
  save(options?: { readonly prune?: boolean }): void
}

type Stored<Value> = { readonly stamp: string; readonly entries: Readonly<Record<string, Entry<Value>>> }
type Entry<Value> = { readonly key: string; readonly value: Value }

/** Below so many new entries the work done again is cheaper than a file in somebody's project. */
const WORTH_KEEPING = 32

/**
 * Results by content hash, in `.speckit/cache/<name>.json`. Deleting the file changes nothing but time; a file that is
 * broken, of another version, or cannot be written is taken for absent. Two processes may both write: the last one wins,
 * whole. Without `keep` nothing is read or written.
 */
export function openCache<Value>(
  root: string,
  name: string,
  { keep = true }: { readonly keep?: boolean } = {},
): Cache<Value> {
  const path = join(root, '.speckit/cache', `${name}.json`)
  const stamp = codeStamp()
  const entries = new Map(keep ? Object.entries(load<Value>(path, stamp)) : [])
  const seen = new Set<string>()
  let news = 0
  return {
    get(id, key) {
      seen.add(id)
      const entry = entries.get(id)
      return entry?.key === key ? entry.value : undefined
    },
    set(id, key, value) {
      seen.add(id)
      entries.set(id, { key, value })
      news++
    },
    save({ prune = false } = {}) {
      if (!keep || news === 0 || (entries.size === news && news < WORTH_KEEPING)) return
      const kept = prune ? [...entries].filter(([id]) => seen.has(id)) : [...entries]
      store(root, path, { stamp, entries: Object.fromEntries(kept) })
    },
  }
}

/** A key for what a result was made from. */
export function contentKey(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('base64url')
}

function load<Value>(path: string, stamp: string): Stored<Value>['entries'] {
  try {
    const stored = JSON.parse(readFileSync(path, 'utf8')) as Stored<Value> // we wrote it; the stamp says so
    return stored.stamp === stamp && typeof stored.entries === 'object' ? stored.entries : {}
  } catch {
    return {} // absent or broken: the next save makes it whole
  }
}

function store(root: string, path: string, content: Stored<unknown>): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(join(root, '.speckit/cache'), { recursive: true })
    writeFileSync(join(root, '.speckit/cache/.gitignore'), '*\n')
    // Not flushed to the disk: a cache lost in a power cut costs a second.
    writeFileSync(temporary, JSON.stringify(content))
    renameSync(temporary, path)
  } catch {
    // A read-only project is checked as well, only slower.
    if (existsSync(temporary)) rmSync(temporary, { force: true })
  }
}

/** All that has a say in what is kept. */
const FOLDERS = [
  'rules',
  'spec',
  'workspace',
  'cache',
  'context',
  'contracts',
  'contracts/rules',
  '../../packages/json-schema/src',
]

/** Changes whenever the program does: a result of yesterday's rules must not answer for today's. */
export function codeStamp(): string {
  const source = join(import.meta.dirname, '..')
  const parts: string[] = [process.version]
  for (const folder of FOLDERS) {
    const files = listed(join(source, folder))
    for (const file of files) {
      const { size, mtimeMs } = statSync(join(source, folder, file))
      parts.push(`${folder}/${file} ${size} ${mtimeMs}`)
    }
  }
  const { size, mtimeMs } = statSync(import.meta.filename) // all there is when the program is one bundled file
  return contentKey([...parts, `${size} ${mtimeMs}`])
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
