// The templates this program brings along, from its folder templates/. In the bundled program this file is replaced by
// one that holds their texts (specify/bundle.ts); nothing else may read the folder.

import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export type OwnTemplate = {
  readonly content: string
  /** Absolute; undefined in the bundled program. */
  readonly path: string | undefined
}

const TEMPLATES = new URL('../../templates/', import.meta.url)

/** Relative to templates/, with forward slashes, sorted. */
export async function ownTemplateNames(): Promise<string[]> {
  const entries = await readdir(TEMPLATES, { recursive: true, withFileTypes: true })
  const root = fileURLToPath(TEMPLATES)
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      `${entry.parentPath}/${entry.name}`.slice(root.length).replaceAll('\\', '/').replace(/^\//, ''),
    )
    .sort()
}

export async function ownTemplate(name: string): Promise<OwnTemplate> {
  const place = new URL(name, TEMPLATES)
  return { content: await readFile(place, 'utf8'), path: fileURLToPath(place) }
}
