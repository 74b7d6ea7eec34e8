import type { Workspace } from '../workspace/model.ts'

export const fileTypes = ['spec', 'quick-ref', 'docs', 'contract', 'code', 'test'] as const
export type FileType = (typeof fileTypes)[number]

const READABLE =
  /\.(?:md|mdx|[cm]?[jt]sx?|py|go|rs|java|kt|cs|rb|php|swift|scala|exs?|sql|ya?ml|json|toml|proto|graphql|hurl|html|css|sh|vue|svelte|avsc)$/
/** Lock files, minified code, and what `init` wrote; of `.specify` only the constitution is anybody's own text. */
const NOISE =
  /(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|.*\.min\.(?:js|css)|\.speckit\.config\.json|\.specify\/(?!memory\/|specs\/).*)$/

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
  'quick-ref': 1.5,
  spec: 1,
  docs: 0.95,
  contract: 0.95,
  code: 0.9,
  test: 0.8,
}

/** How early a file should be read among files that fit equally well. */
export function readingWeight(path: string): number {
  return WEIGHT[fileType(path)] * planWeight(path)
}

/** The spec itself answers; plans and task lists repeat its words, and what else lies beside them rarely answers. */
function planWeight(path: string): number {
  if (!/(?:^|\/)specs\//.test(path)) return 1
  if (/(?:^|\/)(?:spec|quick-ref|ai-doc)\.md$|\.spec\.md$|(?:^|\/)specs\/[^/]+\.md$/.test(path)) return 1.2
  return /(?:^|\/)(?:tasks|plan|research|data-model)\.md$/.test(path) ? 0.75 : 0.55
}

/** The files a search looks at, relative to the root. */
export function searchablePaths({ files }: Workspace): string[] {
  return files.filter((path) => READABLE.test(path) && !NOISE.test(path))
}
