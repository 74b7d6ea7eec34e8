import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import type { Comparison, Portal } from './model.ts'
import { siteOf } from './site.ts'

/** The files a site was written with, so that the next one removes what it no longer has, and nothing else. */
const LIST = '.specify-site.json'

/** Writes every page below `folder`; pages that do not change are left alone, files of others always. */
export async function writeSite(
  portal: Portal,
  folder: string,
  {
    comparison,
    signal,
    onFile,
  }: { comparison: Comparison | undefined; signal: AbortSignal; onFile(n: number): void },
): Promise<{ files: number; written: number; removed: number; bytes: number }> {
  const site = siteOf(portal)
  const before = await listed(folder)
  let [written, removed, bytes] = [0, 0, 0]
  // The list first: an interrupted run knows what it may have written.
  await writeFileAtomic(join(folder, LIST), JSON.stringify([...new Set([...before, ...site.paths])].sort()))
  const folders = new Set<string>()
  for (const [i, path] of site.paths.entries()) {
    signal.throwIfAborted()
    const { text } = site.file(path, { comparison })!
    const target = join(folder, path)
    bytes += Buffer.byteLength(text)
    if (!folders.has(dirname(target))) await mkdir(dirname(target), { recursive: true })
    folders.add(dirname(target))
    const isSame = before.has(path) && (await readFile(target, 'utf8').catch(() => undefined)) === text
    // Not flushed: pages can be made again.
    if (!isSame) {
      await writeFile(target, text)
      written++
    }
    onFile(i + 1)
  }
  const now = new Set(site.paths)
  for (const path of before) {
    if (now.has(path)) continue
    await rm(join(folder, path), { force: true })
    removed++
  }
  await writeFileAtomic(join(folder, LIST), JSON.stringify([...now].sort()))
  return { files: site.paths.length, written, removed, bytes }
}

/** Names outside the folder are nobody's to remove, whoever wrote the list. */
async function listed(folder: string): Promise<Set<string>> {
  try {
    const names = JSON.parse(await readFile(join(folder, LIST), 'utf8')) as unknown
    const own = Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : []
    return new Set(
      own.filter((name) => /^[\w.-]+(?:\/[\w.-]+)*\.(?:html|css|js|svg)$/.test(name) && !name.includes('..')),
    )
  } catch {
    return new Set()
  }
}
