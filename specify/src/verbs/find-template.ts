import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { ownTemplate, ownTemplateNames } from '../init/own-templates.ts'

export type Template = {
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly content: string
}

/**
 * The template a project uses for `spec`, `plan`, `tasks`, `checklist`, …: of `.specify/templates/overrides`, else of a
 * preset (lowest priority number first), else of an extension, else the project's own, else the one of this program.
 * Throws CliError `unknown-template`.
 */
export async function findTemplate(root: string, typed: string): Promise<Template> {
  const name = typed.replace(/\.md$/, '').replace(/-template$/, '')
  if (!/^[\w/-]+$/.test(name))
    throw new CliError(
      'unknown-template',
      `"${typed}" is no name of a template.`,
      'Such as: spec, plan, tasks.',
    )
  const file = `${name}-template.md`
  const folders = [
    '.specify/templates/overrides',
    ...(await stacked(root, '.specify/presets')),
    ...(await stacked(root, '.specify/extensions')),
    '.specify/templates',
    'templates',
  ].map((folder) => join(root, folder))
  const path = folders.map((folder) => join(folder, file)).find((place) => existsSync(place))
  if (path !== undefined) return { name, path, content: await readFile(path, 'utf8') }
  const own = await ownTemplateNames()
  if (own.includes(file)) return await ownOne(root, name, file)
  const known = own.flatMap((entry) => /^([^/]+)-template\.md$/.exec(entry)?.[1] ?? [])
  throw new CliError(
    'unknown-template',
    `There is no template "${typed}".`,
    didYouMean(name, known) ?? `Known: ${known.sort().join(', ')}.`,
  )
}

/** An agent is told a path to read, so a template without a file of its own gets one in the cache. */
async function ownOne(root: string, name: string, file: string): Promise<Template> {
  const { content, path: own } = await ownTemplate(file)
  if (own !== undefined) return { name, path: own, content }
  const path = join(root, '.speckit/cache/templates', file)
  await writeFileAtomic(join(root, '.speckit/cache/.gitignore'), '*\n')
  await writeFileAtomic(path, content)
  return { name, path, content }
}

/** The template folders of what is installed there, in the order of `.registry`'s priorities, then by name. */
async function stacked(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const priorities = await readPriorities(join(root, folder, '.registry'))
  return names
    .filter((name) => priorities.get(name) !== 'disabled')
    .sort((a, b) => rank(priorities.get(a)) - rank(priorities.get(b)) || (a < b ? -1 : 1))
    .map((name) => `${folder}/${name}/templates`)
}

type Priority = number | 'disabled'
const NO_PRIORITY = 10 // what Spec Kit assumes

function rank(priority: Priority | undefined): number {
  return typeof priority === 'number' ? priority : NO_PRIORITY
}

async function readPriorities(path: string): Promise<Map<string, Priority>> {
  const text = await readFile(path, 'utf8').catch(() => '{}')
  const found = new Map<string, Priority>()
  try {
    const registry = JSON.parse(text) as Record<string, unknown> | null
    const entries = Object.values(registry ?? {}).filter(
      (value) => typeof value === 'object' && value !== null,
    )
    for (const [name, value] of entries.flatMap((group) => Object.entries(group))) {
      const { enabled, priority } = (value ?? {}) as { enabled?: unknown; priority?: unknown }
      if (enabled === false) found.set(name, 'disabled')
      else if (typeof priority === 'number') found.set(name, priority)
    }
  } catch {
    return new Map() // written by another program, and only about order: names decide then
  }
  return found
}
