// Templates are schema files under a name: the ones that come with pgmock, and the user's own.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'

export type Template = {
  readonly name: string
  readonly path: string
  readonly layer: 'embedded' | 'user'
  readonly text: string
}

const EMBEDDED = join(import.meta.dirname, '../../templates')

/** Where a user keeps templates: `.pgmock/templates` in the home folder. */
export function userTemplates(home: string): string {
  return join(home, '.pgmock', 'templates')
}

/** By name; a user's template hides an embedded one of the same name. */
export function findTemplates(home: string | undefined): ReadonlyMap<string, Template> {
  const found = new Map<string, Template>()
  for (const template of templatesIn(EMBEDDED, 'embedded')) found.set(template.name, template)
  if (home !== undefined)
    for (const template of templatesIn(userTemplates(home), 'user')) found.set(template.name, template)
  return found
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
