import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Workspace } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'
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
export async function searchableFiles(
  workspace: Workspace,
  { types, below }: { types: ReadonlySet<FileType>; below: readonly string[] | undefined },
): Promise<SearchFile[]> {
  const paths = workspace.files.filter(
    (path) =>
      READABLE.test(path) &&
      !NOISE.test(path) &&
      types.has(fileType(path)) &&
      (below === undefined || below.some((folder) => path.startsWith(`${folder}/`))),
  )
  const files = await Promise.all(paths.map((path) => readIfSmall(workspace.root, path)))
  return files.filter((file) => file !== undefined)
}

async function readIfSmall(root: string, path: string): Promise<SearchFile | undefined> {
  const full = join(root, path)
  // A file that went away or may not be read is not worth failing a search for.
  const info = await stat(full).catch(() => undefined)
  if (info === undefined || info.size > LARGEST_BYTES) return undefined
  const text = await readText(full).catch(() => undefined)
  return text === undefined ? undefined : { path, text, weight: WEIGHT[fileType(path)] * planWeight(path) }
}

/** Plans and task lists repeat the words of their spec. */
function planWeight(path: string): number {
  return /(?:^|\/)specs\/.*\/(?:tasks|plan|research)\.md$/.test(path) ? 0.9 : 1
}
