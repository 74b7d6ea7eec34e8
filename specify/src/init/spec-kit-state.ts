import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'

/** The newest state of Spec Kit we have seen and tested against. */
const KNOWN_VERSION = [1, 0] as const
const KNOWN_SCHEMA = 1

/** Refuses a project whose state a newer Spec Kit wrote: it may mean what we do not know. CliError `newer-project`. */
export async function refuseNewerState(root: string): Promise<void> {
  const version = text(await readJson(root, '.specify/init-options.json'), 'speckit_version')
  const [major, minor] = (version ?? '').split('.').map(Number)
  const [knownMajor, knownMinor] = KNOWN_VERSION
  if (major !== undefined && (major > knownMajor || (major === knownMajor && (minor ?? 0) > knownMinor)))
    throw newer(
      `.specify/init-options.json says Spec Kit ${version}; known here is ${KNOWN_VERSION.join('.')}.`,
    )
  const schema = (await readJson(root, '.specify/integration.json'))?.['integration_state_schema']
  if (typeof schema === 'number' && schema > KNOWN_SCHEMA)
    throw newer(`.specify/integration.json has schema ${schema}; known here is ${KNOWN_SCHEMA}.`)
}

/** SHA-256 of what Spec Kit wrote, by path: with `--adopt` such a file, unedited, gives way to ours. */
export async function writtenBySpecKit(root: string): Promise<ReadonlyMap<string, string>> {
  const folder = '.specify/integrations'
  const names = await readdir(join(root, folder)).catch(() => [])
  const found = new Map<string, string>()
  for (const name of names.filter((one) => one.endsWith('.manifest.json')).sort()) {
    const files = (await readJson(root, `${folder}/${name}`))?.['files']
    for (const [path, hash] of Object.entries((files ?? {}) as Record<string, unknown>))
      if (typeof hash === 'string') found.set(path, hash.replace(/^sha256:/, ''))
  }
  return found
}

function newer(message: string): CliError {
  return new CliError(
    'newer-project',
    message,
    'Upgrade specify; or go on with --adopt, which keeps a copy of every file it replaces.',
  )
}

async function readJson(root: string, path: string): Promise<Record<string, unknown> | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(root, path), 'utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined // not there, or not JSON: then it says nothing about a version
  }
}

function text(value: Record<string, unknown> | undefined, key: string): string | undefined {
  const found = value?.[key]
  return typeof found === 'string' ? found : undefined
}
