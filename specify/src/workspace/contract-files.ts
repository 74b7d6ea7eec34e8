// Contracts stand in `contracts/` of a service, or of one of its features as Spec Kit plans them. Without a service
// around them they are the project's own.

import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Feature } from './model.ts'
import { readText } from './read-text.ts'

export type ContractFiles = {
  /** OpenAPI and Swagger documents. */
  readonly apiFiles: readonly string[]
  /** Everything that describes events. */
  readonly eventFiles: readonly string[]
}

/** Files by the folder whose `contracts/` they are in; the root is ''. A file below two such folders is in both. */
export function contractsByFolder(files: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const file of files)
    for (let at = file.indexOf('contracts/'); at !== -1; at = file.indexOf('contracts/', at + 1)) {
      if (at > 0 && file[at - 1] !== '/') continue
      const folder = file.slice(0, Math.max(0, at - 1))
      const known = found.get(folder)
      if (known === undefined) found.set(folder, [file])
      else known.push(file)
    }
  return found
}

/** What may be a contract in the folders of a service, or of the project when `path` is undefined. By path. */
export function contractsOf(
  byFolder: ReadonlyMap<string, readonly string[]>,
  path: string | undefined,
  features: readonly Feature[],
): string[] {
  // A root folder "contracts" is the project's where the project has features of its own; elsewhere it can be anything.
  const home = path === undefined ? (features.length > 0 ? [''] : []) : [path]
  const folders = [...home, ...features.map((feature) => feature.path)]
  return [...new Set(folders.flatMap((folder) => byFolder.get(folder) ?? []))].sort()
}

/** Tells APIs from events, by what the files say and by where they are. */
export async function sortContracts(root: string, files: readonly string[]): Promise<ContractFiles> {
  const apiFiles: string[] = []
  const eventFiles: string[] = []
  for (const file of files) {
    // A page of Markdown may hold contracts in its fences.
    if (file.endsWith('.md')) {
      const text = await readText(join(root, file)).catch(() => '')
      if (FENCED_CONTRACT.test(text)) apiFiles.push(file)
      continue
    }
    if (!/\.(json|ya?ml|avsc)$/.test(file)) continue
    if (/\/events\/|\.avsc$/.test(file)) {
      eventFiles.push(file)
      continue
    }
    const head = firstBytes(join(root, file))
    if (/"?asyncapi"?\s*:/.test(head) || /^\s*\{\s*"events"\s*:/.test(head)) eventFiles.push(file)
    // Any other YAML counts as an API: Markdown saved as .yaml must be diagnosed, not overlooked.
    else if (
      /"?(openapi|swagger)"?\s*:/.test(head) ||
      /\/(api-spec|openapi)[^/]*$/.test(file) ||
      /ya?ml$/.test(file)
    )
      apiFiles.push(file)
  }
  return { apiFiles, eventFiles }
}

const FENCED_CONTRACT =
  /^\s*(?:`{3,}|~{3,})\s*(?:json|ya?ml)\b[^]*?^\s*\{?\s*["']?(?:openapi|swagger|asyncapi|events)["']?\s*:/im
const HEAD_BYTES = 2048

/** Synchronous on purpose: thousands of small files cost a fifth of what as many promises do. */
function firstBytes(path: string): string {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(HEAD_BYTES)
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, HEAD_BYTES, 0))
  } finally {
    closeSync(file)
  }
}
