import { join } from 'node:path'
import type { Contracts, EventContract, Operation } from '../contracts/model.ts'
import type { FeatureDocuments } from '../rules/rule.ts'
import type { Workspace } from '../workspace/model.ts'
import { decodeText, readBytes } from '../workspace/read-text.ts'
import { declarationsOf, type Declaration } from './declarations.ts'

export type CodeFile = {
  /** Relative to the workspace root. */
  readonly file: string
  readonly declares: readonly Declaration[]
  /** Ids of the tasks that name it. */
  readonly tasks: readonly string[]
  readonly requirements: readonly string[]
  readonly isTest: boolean
}

export type Facts = {
  readonly documents: FeatureDocuments
  readonly code: readonly CodeFile[]
  readonly operations: readonly Operation[]
  readonly events: readonly (EventContract & { readonly file: string })[]
  /** The points below "Edge Cases" of the spec. */
  readonly edgeCases: readonly string[]
}

/** What spec, contracts and code say about a feature today. Only files that exist, only lines that are there. */
export function gatherFacts(workspace: Workspace, documents: FeatureDocuments, contracts: Contracts): Facts {
  const { feature } = documents
  const owner = /^(.+?\/)(?:docs\/|\.specify\/)?specs\//.exec(feature.path)?.[1] ?? ''
  const operations = contracts.apis
    .filter(({ source }) => source.service === feature.service)
    .flatMap((api) => api.operations)
  const text = documents.spec?.markdown.text ?? ''
  const own = operations.filter(({ path }) => text.includes(path.replace(/\{.*$/, '')) && path !== '/')
  return {
    documents,
    code: codeOf(workspace, documents, owner),
    // A service with several features: the operations its spec speaks of, if it speaks of any.
    operations: own.length > 0 ? own : operations,
    events: contracts.eventFiles
      .filter(({ source }) => source.service === feature.service)
      .flatMap(({ source, events }) => events.map((event) => ({ ...event, file: source.file }))),
    edgeCases: edgeCasesOf(text),
  }
}

function codeOf(workspace: Workspace, { tasks }: FeatureDocuments, owner: string): CodeFile[] {
  const known = new Set(workspace.files)
  const naming = new Map<string, { tasks: string[]; requirements: Set<string> }>()
  for (const task of tasks?.tasks ?? [])
    for (const path of task.paths) {
      const clean = path.replace(/^\.?\//, '')
      const file = [owner + clean, clean].find((one) => known.has(one))
      if (file === undefined || file.endsWith('.md')) continue
      const entry = naming.get(file) ?? { tasks: [], requirements: new Set() }
      if (task.id !== undefined) entry.tasks.push(task.id)
      for (const id of task.requirements) entry.requirements.add(id)
      naming.set(file, entry)
    }
  return [...naming]
    .map(([file, entry]) => ({
      file,
      declares: declarationsOf(decodeText(readBytes(join(workspace.root, file)))),
      tasks: entry.tasks,
      requirements: [...entry.requirements].sort(),
      isTest: /(?:^|\/)(?:tests?|__tests__)\/|[._-](?:test|spec)s?\.\w+$/.test(file),
    }))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
}

function edgeCasesOf(text: string): string[] {
  const section = /^#{2,4}\s+Edge Cases.*\n([^]*?)(?=^#{1,4}\s|$(?![^]))/m.exec(text)?.[1] ?? ''
  return section
    .split('\n')
    .filter((line) => /^\s*[-*]\s+/.test(line))
    .map((line) => line.replace(/^\s*[-*]\s+/, '').trim())
}
