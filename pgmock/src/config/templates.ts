// Templates are schema files under a name: the ones that come with pgmock, those of npm packages, and the user's own.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'

export type Template = {
  readonly name: string
  readonly path: string
  /** `npm pgmock-template-acme`: the package. */
  readonly layer: 'embedded' | 'user' | `npm ${string}`
  readonly text: string
}

const EMBEDDED = join(import.meta.dirname, '../../templates')

/** Where a user keeps templates: `.pgmock/templates` in the home folder. */
export function userTemplates(home: string): string {
  return join(home, '.pgmock', 'templates')
}

/** By name; a package's template hides an embedded one of the same name, a user's hides both. `from`: a project's folder. */
export function findTemplates(home: string | undefined, from?: string): ReadonlyMap<string, Template> {
  const found = new Map<string, Template>()
  for (const template of templatesIn(EMBEDDED, 'embedded')) found.set(template.name, template)
  if (from !== undefined)
    for (const { name, folder } of templatePacks(from))
      for (const template of templatesIn(join(folder, 'templates'), `npm ${name}`))
        found.set(template.name, template)
  if (home !== undefined)
    for (const template of templatesIn(userTemplates(home), 'user')) found.set(template.name, template)
  return found
}

const PACK = /^pgmock-templates?(-|$)/

/**
 * Installed packages called `pgmock-template-…`, with a scope or without; the nearest node_modules last, so that it wins.
 * By name alone: to open every package.json there is would take longer than most runs.
 */
function templatePacks(from: string): { name: string; folder: string }[] {
  const up = dirname(from)
  const above = up === from ? [] : templatePacks(up)
  const modules = join(from, 'node_modules')
  const names = filesIn(modules).flatMap((entry) =>
    entry.startsWith('@') ? filesIn(join(modules, entry)).map((name) => `${entry}/${name}`) : [entry],
  )
  const packs = names.filter((name) => PACK.test(name.slice(name.indexOf('/') + 1))).sort()
  return [...above, ...packs.map((name) => ({ name, folder: join(modules, name) }))]
}

function templatesIn(folder: string, layer: Template['layer']): Template[] {
  return filesIn(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const path = join(folder, file)
      return { name: file.slice(0, -'.json'.length), path, layer, text: readFileSync(path, 'utf8') }
    })
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // no such folder: no templates there
  }
}

/** For a file of the user's own: without the reference to the schema's schema, which holds only beside the template. */
export function templateText({ text }: Template): string {
  const value = parsed(text)
  if (!isRecord(value)) return text
  const { $schema: _, ...rest } = value
  return `${JSON.stringify(rest, null, 2)}\n`
}

/** What `templates list` says about it; a text that is no JSON counts as empty here, and is a finding where it is used. */
export function describeTemplate({ text }: Template): { summary: string; tables: readonly string[] } {
  const value = parsed(text)
  const database = isRecord(value) && isRecord(value['database']) ? value['database'] : {}
  const tables = isRecord(value) && isRecord(value['tables']) ? Object.keys(value['tables']) : []
  return { summary: typeof database['comment'] === 'string' ? database['comment'] : '', tables }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
