import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { pathEvidence } from '../tasks/evidence.ts'
import { finishTask, recover } from '../tasks/finish-task.ts'
import { openTasks, taskNamed } from '../tasks/open-tasks.ts'
import { readyTasks, type PlannedTask, type TaskGraph } from '../tasks/task-graph.ts'
import { featureOption } from '../verbs/open-feature.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { pathInside } from '../workspace/paths.ts'

export const done = command({
  name: 'done',
  summary: 'Tick a task, once there is evidence for it',
  description: `Evidence are the files the task names, all of them there; or --evidence: a file (a test, a report, with or without
:line) or a commit. Without it, or while a task it waits for is open, nothing is ticked and the exit code is 1. What
proved the task is kept in .specify/progress/.`,
  args: '<task>',
  options: {
    feature: featureOption,
    evidence: {
      type: 'string',
      multiple: true,
      placeholder: 'file|commit',
      summary: 'What shows that the task is done',
      file: true,
    },
    force: { type: 'boolean', summary: 'Although tasks before it are open; evidence is still asked for' },
    'dry-run': { type: 'boolean', summary: 'Say whether it could be ticked, write nothing' },
  },
  examples: [
    { run: 'specify done T012', does: 'Tick T012 if the files it names are there' },
    { run: 'specify done T013 --evidence test/log-in.test.ts', does: 'Tick a task that names no file' },
  ],

  async run({ args, options, cwd, env }) {
    if (args.length === 0) throw new CliError('missing-task', 'Name the task.', 'specify done T012')
    const opened = await openTasks({ cwd, env, typed: options.feature, toWrite: !options['dry-run'] })
    const { workspace, feature, graph } = opened
    const task = taskNamed(graph, args.join(' '))
    if (!options['dry-run']) await recover(workspace, feature)
    const file = `${feature.path}/tasks.md`
    if (task.isDone)
      return {
        data: { task: task.key, ticked: false, evidence: [] },
        findings: [],
        text: () => `${task.key} is ticked already.`,
      }
    const given = await Promise.all(
      options.evidence.map((typed) => checkedEvidence(typed, { cwd, root: workspace.root })),
    )
    const { found, missing, isRemoval } = pathEvidence(workspace, feature, task)
    const findings = [
      ...(options.force ? [] : openBefore(graph, task, file)),
      ...(given.length > 0 ? [] : lacking(task, { found, missing, isRemoval, file })),
    ].map((finding) => seenFrom(cwd, workspace.root, finding))
    const evidence = [...given, ...(isRemoval ? [] : found)]
    const isTicked = findings.length === 0 && !options['dry-run']
    if (isTicked)
      await finishTask(workspace, feature, { task: task.key, at: new Date().toISOString(), evidence })
    const after = {
      ...graph,
      tasks: graph.tasks.map((one) => (one.key === task.key ? { ...one, isDone: true } : one)),
    }
    const next = findings.length > 0 ? [] : readyTasks(after)
    return {
      data: {
        task: task.key,
        ticked: isTicked,
        dryRun: options['dry-run'],
        evidence,
        next: next.map(({ key }) => key),
      },
      findings,
      text: () =>
        findings.length > 0
          ? `${task.key} was not ticked.`
          : [
              `${options['dry-run'] ? 'Would tick' : 'Ticked'} ${task.key}: ${evidence.join(', ')}`,
              next.length === 0 ? 'No task is ready after it.' : `Next: ${next[0]!.key}  ${next[0]!.text}`,
            ].join('\n'),
    }
  },
})

function openBefore({ tasks }: TaskGraph, { key, needs, line }: PlannedTask, file: string): Finding[] {
  const open = tasks.filter((other) => !other.isDone && needs.includes(other.key)).map((other) => other.key)
  if (open.length === 0) return []
  return [
    {
      code: 'task-not-ready',
      severity: 'error',
      file,
      line,
      message: `${key} waits for ${open.slice(0, 6).join(', ')}${open.length > 6 ? ` and ${open.length - 6} more` : ''}.`,
      hint: `Finish ${open[0]} first, or say --force.`,
    },
  ]
}

function lacking(
  { key, line }: PlannedTask,
  {
    found,
    missing,
    isRemoval,
    file,
  }: { found: readonly string[]; missing: readonly string[]; isRemoval: boolean; file: string },
): Finding[] {
  if (!isRemoval && missing.length === 0 && found.length > 0) return []
  const message = isRemoval
    ? `${key} takes something away, which no file can show.`
    : missing.length > 0
      ? `${key} names ${missing.join(', ')}, not there yet.`
      : `${key} names no file that could show it is done.`
  return [
    {
      code: 'task-without-evidence',
      severity: 'error',
      file,
      line,
      message,
      hint: `Name what shows it: specify done ${key} --evidence <test, report or commit>.`,
    },
  ]
}

/** A file inside the workspace, or a commit git knows. Words prove nothing. */
async function checkedEvidence(typed: string, { cwd, root }: { cwd: string; root: string }): Promise<string> {
  const [, path, line] = /^(.*?)(:\d+)?$/.exec(typed)!
  const inside = pathInside(cwd, root, path!)
  if (path !== '' && existsSync(join(root, inside))) return `${inside}${line ?? ''}`
  const commit = /^(?:commit:)?([0-9a-f]{7,40})$/.exec(typed)?.[1]
  if (commit !== undefined && (await isCommit(root, commit))) return `commit:${commit}`
  throw new CliError(
    'bad-evidence',
    `"${typed}" is neither a file here nor a commit.`,
    'Name a test, a report or a commit that exists.',
  )
}

async function isCommit(root: string, id: string): Promise<boolean> {
  try {
    await promisify(execFile)('git', ['-C', root, 'cat-file', '-e', `${id}^{commit}`])
    return true
  } catch {
    return false // no git, no repository or no such commit: not evidence in any case
  }
}
