import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { TasksDocument } from '../rules/rule.ts'
import { parseMarkdown } from '../spec/markdown.ts'
import { parseTasks } from '../spec/parse-tasks.ts'
import { withLock } from '../verbs/with-lock.ts'
import { writeTextAlike } from '../verbs/write-text-alike.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'
import { progressFile, readProgress, writeProgress, type DoneTask } from './progress.ts'
import { taskGraph } from './task-graph.ts'
import { tickTask } from './tick-task.ts'

/**
 * Ticks the task and keeps its evidence. The intent is written first, so that a process killed anywhere in between
 * leaves either nothing or something `recover` can finish.
 */
export async function finishTask(workspace: Workspace, feature: Feature, entry: DoneTask): Promise<void> {
  await lockTasks(workspace, feature, async () => {
    await finishPending(workspace, feature)
    const progress = await readProgress(workspace, feature)
    await writeProgress(workspace, feature, { ...progress, pending: entry })
    await finishPending(workspace, feature)
  })
}

/** Finishes what a killed process had begun; gives back the task, or undefined when there was nothing to do. */
export async function recover(workspace: Workspace, feature: Feature): Promise<string | undefined> {
  if ((await readProgress(workspace, feature)).pending === undefined) return undefined
  return lockTasks(workspace, feature, () => finishPending(workspace, feature))
}

async function finishPending(workspace: Workspace, feature: Feature): Promise<string | undefined> {
  const { pending, ...progress } = await readProgress(workspace, feature)
  if (pending === undefined) return undefined
  const path = join(workspace.root, feature.path, 'tasks.md')
  // Read again under the lock: another process may have ticked another box since.
  const text = await readText(path)
  const task = readTasks(text, path).find(({ key }) => key === pending.task)
  if (task === undefined)
    throw new CliError(
      'unknown-task',
      `${pending.task} is no longer in ${feature.path}/tasks.md.`,
      `Delete "pending" from ${progressFile(feature)}.`,
    )
  if (!task.isDone) await writeTextAlike(path, tickTask(text, task))
  const done = [...progress.done.filter((one) => one.task !== pending.task), pending]
  await writeProgress(workspace, feature, { ...progress, done })
  return pending.task
}

function readTasks(text: string, file: string) {
  const markdown = parseMarkdown(text, file)
  const document: TasksDocument = { kind: 'tasks', markdown, tasks: parseTasks(markdown) }
  return taskGraph(document).graph.tasks
}

/** Runs `work` while no other process of ours changes tasks.md of the feature. */
export function lockTasks<T>({ root }: Workspace, feature: Feature, work: () => Promise<T>): Promise<T> {
  return withLock(join(root, `${progressFile(feature)}.lock`), work)
}
