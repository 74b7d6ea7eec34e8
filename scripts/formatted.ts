import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** `path` is relative to the root of the repository. */
export type GeneratedFile = { readonly path: string; readonly content: string }

/**
 * The files as "npm run fix" would leave them, or else every one would be stale after the next format. Written to
 * a temporary copy of the tree because oxfmt takes one file from stdin and there are dozens.
 */
export async function formatted(files: readonly GeneratedFile[], root: URL): Promise<GeneratedFile[]> {
  if (files.length === 0) return []
  const folder = await mkdtemp(join(tmpdir(), 'generated-'))
  try {
    await copyFile(new URL('.oxfmtrc.json', root), join(folder, '.oxfmtrc.json'))
    for (const { path, content } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), content)
    }
    const oxfmt = fileURLToPath(new URL('node_modules/oxfmt/bin/oxfmt', root))
    await promisify(execFile)(process.execPath, [oxfmt, '--no-error-on-unmatched-pattern', '.'], {
      cwd: folder,
    })
    return await Promise.all(
      files.map(async ({ path }) => ({ path, content: await readFile(join(folder, path), 'utf8') })),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
