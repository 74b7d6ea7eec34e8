import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'

export type DoneTask = {
  readonly task: string
  /** ISO time. */
  readonly at: string
  readonly evidence: readonly string[]
}

/** Who proved what, beside tasks.md because a box cannot carry it. */
export type Progress = {
  readonly version: 1
  readonly feature: string
  /** Written before tasks.md is touched and taken away after: what a killed process was about to tick. */
  readonly pending?: DoneTask
  readonly done: readonly DoneTask[]
}

/** `.specify/progress/order-service--001-orders.json`. */
export function progressFile({ id, service }: Feature): string {
  return `.specify/progress/${service === undefined ? '' : `${service}--`}${id}.json`
}

export async function readProgress({ root }: Workspace, feature: Feature): Promise<Progress> {
  const file = progressFile(feature)
  const path = join(root, file)
  if (!existsSync(path)) return { version: 1, feature: feature.path, done: [] }
  try {
    const value = JSON.parse(await readText(path)) as Partial<Progress> | null
    if (value?.version === 1 && Array.isArray(value.done)) return value as Progress
  } catch {
    // Said below, like any other content we do not understand.
  }
  throw new CliError(
    'bad-progress',
    `${file} was not written by this version of specify.`,
    'Upgrade specify, or delete the file: boxes stay ticked, their evidence is lost.',
  )
}

/** Whole or not at all. */
export async function writeProgress(
  { root }: Workspace,
  feature: Feature,
  progress: Progress,
): Promise<void> {
  await writeFileAtomic(join(root, progressFile(feature)), `${JSON.stringify(progress, null, 2)}\n`)
}
