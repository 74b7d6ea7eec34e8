import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Workspace } from '../workspace/model.ts'
import { decodeText } from '../workspace/read-text.ts'
import type { SearchFile } from './search.ts'

export const fileTypes = ['spec', 'quick-ref', 'docs', 'contract', 'code', 'test'] as const
export type FileType = (typeof fileTypes)[number]

const READABLE =
  /\.(?:md|mdx|[cm]?[jt]sx?|py|go|rs|java|kt|cs|rb|php|swift|scala|exs?|sql|ya?ml|json|toml|proto|graphql|hurl|html|css|sh|vue|svelte|avsc)$/
/** Lock files, minified code, and what `init` wrote; of `.specify` only the constitution is anybody's own text. */
const NOISE =
  /(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|.*\.min\.(?:js|css)|\.speckit\.config\.json|\.specify\/(?!memory\/|specs\/).*)$/
const LARGEST_BYTES = 1024 * 1024

/** What kind of reading a file is. */
export function fileType(path: string): FileType {
  if (path.endsWith('quick-ref.md')) return 'quick-ref'
  if (/(?:^|\/)specs\/.*\.md$/.test(path)) return 'spec'
  if (path.endsWith('.md') || path.endsWith('.mdx')) return 'docs'
  if (/(?:^|\/)contracts\//.test(path)) return 'contract'
  return /(?:^|\/)(?:tests?|__tests__|spec)\/|[._-](?:test|spec)s?\.\w+$/.test(path) ? 'test' : 'code'
}

/** A quick-ref answers in 200 tokens what a spec answers in thousands, so it goes first when both match. */
const WEIGHT: Readonly<Record<FileType, number>> = {
  'quick-ref': 1.2,
  spec: 1,
  docs: 0.95,
  contract: 0.95,
  code: 0.9,
  test: 0.8,
}

/** Reads the text files of the given kinds; what cannot be read or is larger than 1 MB is left out. */
export function searchableFiles(
  workspace: Workspace,
  { types, below }: { types: ReadonlySet<FileType>; below: readonly string[] | undefined },
): SearchFile[] {
  const paths = workspace.files.filter(
    (path) =>
      READABLE.test(path) &&
      !NOISE.test(path) &&
      types.has(fileType(path)) &&
      (below === undefined || below.some((folder) => path.startsWith(`${folder}/`))),
  )
  return paths.map((path) => readIfSmall(workspace.root, path)).filter((file) => file !== undefined)
}

function readIfSmall(root: string, path: string): SearchFile | undefined {
  const text = readSmall(join(root, path))
  return text === undefined ? undefined : { path, text, weight: WEIGHT[fileType(path)] * planWeight(path) }
}

/** A file that went away or may not be read is not worth failing a search for. */
function readSmall(path: string): string | undefined {
  try {
    // Synchronous on purpose: thousands of small files cost a fifth of what as many promises do.
    return statSync(path).size > LARGEST_BYTES ? undefined : decodeText(readFileSync(path))
  } catch {
    return undefined
  }
}

/** Plans and task lists repeat the words of their spec. */
function planWeight(path: string): number {
  return /(?:^|\/)specs\/.*\/(?:tasks|plan|research)\.md$/.test(path) ? 0.9 : 1
}
