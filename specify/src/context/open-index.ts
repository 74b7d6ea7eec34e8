// The index of a workspace: `.speckit/cache/find.idx`, and beside it in memory what changed since it was written. A
// file counts as unchanged while size and both times are the same, as git sees it; if one of the times is as young as
// the index, an edit may hide in the same tick of the clock, and the content's hash decides.

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { codeStamp, contentKey } from '../cache/open-cache.ts'
import { decodeText } from '../workspace/read-text.ts'
import { mergeSegments } from './merge-segments.ts'
import type { IndexPart } from './search.ts'
import { readSegment, writeSegment, type StoredSegment } from './segment-file.ts'
import { buildSegment, type FileState, type TextFile } from './segment.ts'

const FILE = '.speckit/cache/find.idx'
const LARGEST_BYTES = 1024 * 1024
/** Below so much text reading it all is as quick as an index, and nothing is left in somebody's project. */
const WORTH_KEEPING_BYTES = 512 * 1024
/** So many changed files are read at each search before the index is written anew. */
const CHANGED_AT_MOST = 24
/** Coarse file systems count time in steps of two seconds. */
const TICK_MS = 2000

/** The index over `paths` as they are now. Without `keep` it reads and writes no file of its own. */
export function openIndex(
  root: string,
  paths: readonly string[],
  { keep, nowMs = Date.now() }: { readonly keep: boolean; readonly nowMs?: number },
): IndexPart[] {
  const place = join(root, FILE)
  const stamp = keep ? codeStamp() : ''
  const stored = keep ? readSegment(place, stamp) : undefined
  const { current, changed, reread, bytes } = compare(root, paths, stored)
  const added = buildSegment(changed)
  if (stored === undefined) {
    if (keep && bytes >= WORTH_KEEPING_BYTES) writeSegment(place, { stamp, writtenMs: nowMs, segment: added })
    return [{ segment: added, isAlive: () => true }]
  }
  const { segment } = stored
  const isAlive = (file: number) => current[file] !== undefined
  const gone = segment.files.length - current.filter((state) => state !== undefined).length
  if (changed.length + reread + gone > CHANGED_AT_MOST) {
    const merged = mergeSegments(segment, current, added)
    writeSegment(place, { stamp, writtenMs: nowMs, segment: merged })
    return [{ segment: merged, isAlive: () => true }]
  }
  return [
    { segment, isAlive },
    { segment: added, isAlive: () => true },
  ]
}

type Comparison = {
  /** By number of the stored file: its state now, if its content is still the stored one. */
  readonly current: readonly (FileState | undefined)[]
  readonly changed: readonly TextFile[]
  /** Files read only to find that their content is the same. */
  readonly reread: number
  readonly bytes: number
}

function compare(root: string, paths: readonly string[], stored: StoredSegment | undefined): Comparison {
  const files = stored?.segment.files ?? []
  const numbers = new Map(files.map(({ path }, i) => [path, i]))
  const current: (FileState | undefined)[] = files.map(() => undefined)
  const changed: TextFile[] = []
  let reread = 0
  let bytes = 0
  for (const path of paths) {
    const seen = look(join(root, path))
    if (seen === undefined) continue
    bytes += seen.size
    const number = numbers.get(path) ?? -1
    const before = files[number]?.state
    if (before !== undefined && isSame(seen, before) && !isYoung(seen, stored!.writtenMs)) {
      current[number] = before
      continue
    }
    const content = readIfThere(join(root, path))
    if (content === undefined) continue
    const key = contentKey([content])
    if (key === before?.key) {
      current[number] = { ...seen, key }
      reread++
    } else changed.push({ path, text: decodeText(content), state: { ...seen, key } })
  }
  return { current, changed, reread, bytes }
}

type Seen = Omit<FileState, 'key'>

/** A file that went away, may not be read or is larger than 1 MB is left out. */
function look(path: string): Seen | undefined {
  try {
    // Synchronous on purpose: thousands of small files cost a fifth of what as many promises do.
    const { size, mtimeMs, ctimeMs } = statSync(path)
    return size > LARGEST_BYTES ? undefined : { size, mtimeMs, ctimeMs }
  } catch {
    return undefined
  }
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function isSame(a: Seen, b: Seen): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs
}

function isYoung({ mtimeMs, ctimeMs }: Seen, writtenMs: number): boolean {
  return Math.max(mtimeMs, ctimeMs) >= writtenMs - TICK_MS
}
