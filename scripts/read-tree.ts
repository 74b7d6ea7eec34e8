import { readdir, readFile } from 'node:fs/promises'
import type { Tree } from './boundary-rules.ts'

const ROOTS = ['packages', 'specify', 'pgmock', 'marketplace', 'scripts']
/** Not ours to judge: installed, built, or projects that tests feed to our tools. */
const SKIPPED = /(?:^|\/)(?:node_modules|build|templates|\..*)$|\/test\/projects$/
const WANTED = /(?:^|\/)package\.json$|\.(?:ts|tsx|js|mjs)$/

/** Sources and package.json files below `root`, as boundary-rules.ts reads them. */
export async function readTree(root: URL): Promise<Tree> {
  const paths = ['package.json', ...(await Promise.all(ROOTS.map((folder) => walk(root, folder)))).flat()]
  const texts = await Promise.all(paths.map((path) => readFile(new URL(path, root), 'utf8')))
  return new Map(paths.map((path, i) => [path, texts[i]!]))
}

async function walk(root: URL, folder: string): Promise<string[]> {
  const entries = await readdir(new URL(`${folder}/`, root), { withFileTypes: true })
  const nested = entries.map(async (entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.test(path) ? [] : await walk(root, path)
    return WANTED.test(path) ? [path] : []
  })
  return (await Promise.all(nested)).flat().sort()
}
