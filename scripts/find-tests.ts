import { glob } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const SKIPPED = new Set(['node_modules', 'build', '.data', '.react-router', 'templates'])

/** Test files by path from `root`, sorted; the slow ones live in a folder test/system/. */
export async function findTests(root: URL, only = ''): Promise<{ fast: string[]; system: string[] }> {
  const found: string[] = []
  const files = glob('{packages,specify,pgmock,marketplace,scripts}/**/*.test.ts', {
    cwd: fileURLToPath(root),
    // Projects that tests feed to our tools may hold tests of their own.
    exclude: (path) => SKIPPED.has(path.split(/[\\/]/).at(-1)!) || /[\\/]test[\\/]projects$/.test(path),
  })
  for await (const file of files) found.push(file.replaceAll('\\', '/'))
  const wanted = found.filter((file) => file.includes(only)).sort()
  return {
    fast: wanted.filter((file) => !isSystemTest(file)),
    system: wanted.filter(isSystemTest),
  }
}

function isSystemTest(file: string): boolean {
  return file.includes('/test/system/')
}
