import { CliError } from '@specwright/cli/cli-error.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { readFeature } from '../rules/read-documents.ts'
import type { FeatureDocuments, TasksDocument } from '../rules/rule.ts'
import { openFeature } from '../verbs/open-feature.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { taskGraph, type PlannedTask, type TaskGraph } from './task-graph.ts'

export type OpenTasks = {
  readonly workspace: Workspace
  readonly feature: Feature
  readonly documents: FeatureDocuments & { readonly tasks: TasksDocument }
  readonly graph: TaskGraph
  /** Files are relative to the root, those of the workspace itself excepted. */
  readonly findings: readonly Finding[]
}

/** The tasks of one feature as a graph. Throws CliError `no-tasks`. */
export async function openTasks(asked: Parameters<typeof openFeature>[0]): Promise<OpenTasks> {
  const { workspace, feature } = await openFeature(asked)
  const { documents, findings } = await readFeature(workspace.root, feature)
  const { tasks } = documents
  if (tasks === undefined || tasks.tasks.length === 0)
    throw new CliError(
      'no-tasks',
      `${feature.path} has no tasks yet.`,
      'Run "specify tasks" (/speckit.tasks in your agent).',
    )
  const { graph, findings: problems } = taskGraph(tasks)
  return {
    workspace,
    feature,
    documents: { ...documents, tasks },
    graph,
    findings: [...findings, ...problems],
  }
}

/** Somebody types `T012`, `t012`, `Task 1.1`, `1.1` or `12`. Throws CliError `unknown-task`. */
export function taskNamed({ tasks }: TaskGraph, typed: string): PlannedTask {
  const word = typed.trim().toLowerCase().replace(/\s+/g, ' ')
  const found =
    tasks.find(({ key }) => key.toLowerCase() === word) ??
    tasks.find(({ key }) => key.toLowerCase() === `task ${word}`) ??
    tasks.find(({ key }) => /^\d+$/.test(word) && /^T0*(\d+)$/.exec(key)?.[1] === word.replace(/^0+/, ''))
  if (found !== undefined) return found
  const keys = tasks.map(({ key }) => key)
  throw new CliError(
    'unknown-task',
    `There is no task "${typed}".`,
    didYouMean(typed, keys) ??
      `Open: ${
        tasks
          .filter(({ isDone }) => !isDone)
          .slice(0, 8)
          .map(({ key }) => key)
          .join(', ') || 'none'
      }.`,
  )
}
