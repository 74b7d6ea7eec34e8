import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const web = fileURLToPath(new URL('./', import.meta.url))
const marketplace = fileURLToPath(new URL('../', import.meta.url))
const builds = join(web, 'build')

/**
 * Builds the storefront unless its sources are those of the last build, and answers the folder with client/ and
 * server/. The folder is named by a hash of the sources and appears in one step: a build cut short leaves nothing.
 */
export async function buildWeb(): Promise<string> {
  const folder = join(builds, await sourcesHash())
  if (existsSync(folder)) return folder
  const draft = join(builds, `draft-${process.pid}`)
  await mkdir(builds, { recursive: true })
  try {
    await runReactRouterBuild(relative(web, draft))
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error // else: another process built the same at the same time
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  await removeOtherBuilds(folder)
  return folder
}

async function runReactRouterBuild(buildDirectory: string): Promise<void> {
  const require = createRequire(import.meta.url)
  const bin = join(dirname(require.resolve('@react-router/dev/package.json')), 'bin.cjs')
  const env = { ...process.env, WEB_BUILD_DIRECTORY: buildDirectory, NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, [bin, 'build', web], { cwd: web, env }).catch(
    (error: Error & { stderr?: string; stdout?: string }) => {
      throw new Error(`The storefront does not build:\n${error.stderr ?? ''}${error.stdout ?? ''}`, {
        cause: error,
      })
    },
  )
}

/** Of everything a build reads: our sources, the contracts they use, and the versions of the packages. */
async function sourcesHash(): Promise<string> {
  const files = [
    ...(await filesBelow(join(web, 'app'))),
    join(web, 'vite.config.ts'),
    join(web, 'react-router.config.ts'),
    join(marketplace, 'package.json'),
    ...(await contractFiles()),
  ]
  const hash = createHash('sha256')
  for (const file of files.toSorted()) {
    hash.update(`${relative(marketplace, file)}\0`)
    hash.update(await readFile(file))
  }
  return hash.digest('hex').slice(0, 16)
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}

async function contractFiles(): Promise<string[]> {
  const services = join(marketplace, 'services')
  const files = (await readdir(services)).map((name) => join(services, name, 'contracts', 'api.ts'))
  return files.filter((file) => existsSync(file))
}

/** Old builds cost some megabytes each; a draft may be being written by another process, and stays. */
async function removeOtherBuilds(kept: string): Promise<void> {
  for (const entry of await readdir(builds)) {
    const folder = join(builds, entry)
    if (folder !== kept && !entry.startsWith('draft-')) await rm(folder, { recursive: true, force: true })
  }
}
