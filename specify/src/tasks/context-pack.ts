import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadContracts } from '../contracts/load-contracts.ts'
import { operationName, type Operation } from '../contracts/model.ts'
import type { SpecDocument } from '../rules/rule.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'
import { locate } from './evidence.ts'
import type { PlannedTask } from './task-graph.ts'

export type Section = {
  readonly kind: 'task' | 'requirement' | 'scenario' | 'contract' | 'file' | 'quick-ref'
  /** `FR-003`, `US1.2`, `POST /api/v1/orders`, or a path. */
  readonly name: string
  readonly file: string
  readonly line: number
  readonly text: string
}

export type Pack = {
  readonly sections: readonly (Section & { readonly tokens: number })[]
  /** What did not fit, with its cost: where to look when it is missing. */
  readonly leftOut: readonly {
    readonly name: string
    readonly file: string
    readonly line: number
    readonly tokens: number
  }[]
  readonly tokens: number
}

/**
 * What somebody needs to do this task, nearest first: the task, its requirements and scenarios, the operations it
 * touches, the files it names, quick references of neighbours.
 */
export async function contextOf(
  workspace: Workspace,
  { feature, task, spec }: { feature: Feature; task: PlannedTask; spec: SpecDocument | undefined },
): Promise<Section[]> {
  const tasksFile = `${feature.path}/tasks.md`
  const about: Section[] = [
    { kind: 'task', name: task.key, file: tasksFile, line: task.line, text: task.text },
    ...(spec === undefined ? [] : fromSpec(spec, task)),
  ]
  return [
    ...about,
    ...(await operations(workspace, feature, about)),
    ...(await namedFiles(workspace, feature, task)),
    ...(await quickRefs(workspace, feature, spec)),
  ]
}

/** Takes sections in order while they fit; a later small one may still fit where an earlier large one did not. */
export function packed(sections: readonly Section[], budget: number, count: (text: string) => number): Pack {
  const taken: (Section & { tokens: number })[] = []
  const leftOut: Pack['leftOut'][number][] = []
  let tokens = 0
  for (const section of sections) {
    const cost = count(render(section))
    // The task itself always goes in: a pack without it is of no use to anybody.
    if (tokens + cost > budget && section.kind !== 'task') {
      leftOut.push({ name: section.name, file: section.file, line: section.line, tokens: cost })
      continue
    }
    taken.push({ ...section, tokens: cost })
    tokens += cost
  }
  return { sections: taken, leftOut, tokens }
}

/** As an agent reads it; `packed` counts exactly this. */
export function render({ kind, name, file, line, text }: Section): string {
  const title = `## ${kind} ${name} (${file}:${line})\n`
  return text === '' ? title : `${title}${text.trim()}\n`
}

function fromSpec({ markdown, spec }: SpecDocument, task: PlannedTask): Section[] {
  const { file } = markdown
  const lines = markdown.text.split(/\r\n|\n/)
  const named = [...spec.requirements, ...spec.criteria].filter(({ id }) => task.requirements.includes(id))
  const stories = spec.stories.filter(({ id }) => task.stories.includes(id))
  return [
    ...named.map(({ id, text, line }): Section => ({ kind: 'requirement', name: id, file, line, text })),
    ...stories.flatMap(({ scenarios }) =>
      scenarios.map(({ id, line, endLine }): Section => ({
        kind: 'scenario',
        name: id,
        file,
        line,
        text: lines.slice(line - 1, endLine).join('\n'),
      })),
    ),
  ]
}

/** Operations that are named as `POST /path` in the task or its scenarios. */
async function operations(
  workspace: Workspace,
  feature: Feature,
  about: readonly Section[],
): Promise<Section[]> {
  const said = about.flatMap(({ text }) =>
    [
      ...text.matchAll(
        /\b(GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS)\s+(?:\{\{\w+\}\})?(?:https?:\/\/[^/\s]+)?(\/[^\s?`"')]*)/g,
      ),
    ].map(([, method, path]) => `${method} ${shape(path!)}`),
  )
  if (said.length === 0) return []
  const { apis } = await loadContracts(workspace)
  const touched = apis
    .filter(({ source }) => feature.service === undefined || source.service === feature.service)
    .flatMap((api) =>
      api.operations.filter((one) => said.some((mention) => isMention(mention, one, api.basePaths))),
    )
  return Promise.all(
    [...new Set(touched)].map(async (one): Promise<Section> => ({
      kind: 'contract',
      name: operationName(one),
      file: one.source.file,
      line: one.line,
      text: blockAt((await readText(join(workspace.root, one.source.file))).split(/\r\n|\n/), one.line),
    })),
  )
}

function isMention(mention: string, { method, path }: Operation, basePaths: readonly string[]): boolean {
  return ['', ...basePaths].some((base) => mention === `${method} ${shape(base + path)}`)
}

/** `/orders/{orderId}` and `/orders/{{id}}` and `/orders/42` have the same shape. */
function shape(path: string): string {
  return path
    .split('/')
    .map((part) => (/[{}]|^\d+$/.test(part) ? '{}' : part))
    .join('/')
    .replace(/\/$/, '')
}

/** The lines that belong to a key of YAML or formatted JSON: it and all that is indented deeper. */
function blockAt(lines: readonly string[], line: number): string {
  const indent = (text: string) => /^\s*/.exec(text)![0].length
  const depth = indent(lines[line - 1] ?? '')
  const after = lines.findIndex((text, i) => i >= line && text.trim() !== '' && indent(text) <= depth)
  return lines.slice(line - 1, after === -1 ? lines.length : after).join('\n')
}

async function namedFiles(workspace: Workspace, feature: Feature, task: PlannedTask): Promise<Section[]> {
  const files = task.paths
    .map((path) => locate(workspace, feature, path))
    .filter((path) => path !== undefined)
  const readable = [...new Set(files)].filter((file) => workspace.files.includes(file))
  return Promise.all(
    readable.map(async (file): Promise<Section> => ({
      kind: 'file',
      name: file,
      file,
      line: 1,
      text: await readText(join(workspace.root, file)),
    })),
  )
}

async function quickRefs(
  workspace: Workspace,
  feature: Feature,
  spec: SpecDocument | undefined,
): Promise<Section[]> {
  const neighbours = new Set(spec?.spec.upstreamServices.map(({ service }) => service) ?? [])
  const files = [
    ...(feature.files.quickRef === undefined ? [] : [feature.files.quickRef]),
    ...workspace.services
      .filter(({ name }) => neighbours.has(name))
      .flatMap(({ features }) => features.flatMap(({ files: { quickRef } }) => quickRef ?? [])),
  ].filter((file) => existsSync(join(workspace.root, file)))
  return Promise.all(
    files.map(async (file): Promise<Section> => ({
      kind: 'quick-ref',
      name: file,
      file,
      line: 1,
      text: await readText(join(workspace.root, file)),
    })),
  )
}
