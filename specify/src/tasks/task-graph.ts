import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { TasksDocument } from '../rules/rule.ts'
import type { Task } from '../spec/model.ts'
import { explicitNeeds } from './explicit-needs.ts'

export type PlannedTask = Task & {
  /** The id, or `line 12` for a task without one; unique in the graph. */
  readonly key: string
  readonly phase: string
  /** Keys of the tasks that come first, open or not. */
  readonly needs: readonly string[]
}

export type TaskGraph = { readonly tasks: readonly PlannedTask[]; readonly phases: readonly string[] }

/**
 * What waits for what. A phase waits for those before it, but stories not for each other; inside a phase a task waits
 * for the ones above it, neighbours marked [P] not for each other; `(depends on T003)` adds to that. Blocks
 * (`### Task 1.1`) wait for what their `Dependencies` name and nothing else.
 */
export function taskGraph(document: TasksDocument): { graph: TaskGraph; findings: Finding[] } {
  const phases = phasesOf(document)
  const placed = place(document, phases)
  const known = new Set(placed.map(({ key }) => key))
  const findings: Finding[] = []
  const tasks = placed.map((one, i): PlannedTask => {
    const { names, all } = explicitNeeds(one.task, document.markdown.text)
    const needs = new Set(one.isBlock ? [] : implicitNeeds(placed, i))
    if (all) for (const other of placed) if (other.phase < one.phase) needs.add(other.key)
    for (const name of names)
      if (known.has(name)) needs.add(name)
      else findings.push(unknown(document, one, name, [...known]))
    needs.delete(one.key)
    return { ...one.task, key: one.key, phase: phases[one.phase]!.title, needs: [...needs] }
  })
  const graph = { tasks, phases: phases.map(({ title }) => title) }
  return { graph, findings: [...findings, ...cycles(graph, document), ...overlaps(graph, document)] }
}

/** Open tasks nothing open stands before, in the order of the file. */
export function readyTasks({ tasks }: TaskGraph): PlannedTask[] {
  const done = new Set(tasks.filter(({ isDone }) => isDone).map(({ key }) => key))
  return tasks.filter(({ isDone, needs }) => !isDone && needs.every((key) => done.has(key)))
}

/** The first of the ready tasks and those that may go on beside it: none names a file another one names. */
export function besideEachOther(ready: readonly PlannedTask[]): PlannedTask[] {
  const chosen: PlannedTask[] = []
  for (const task of ready)
    if (chosen.every((other) => sharedPath(task, other) === undefined)) chosen.push(task)
  return chosen
}

export function sharedPath(one: Task, other: Task): string | undefined {
  const paths = new Set(one.paths.filter(isFile))
  return other.paths.find((path) => paths.has(path))
}

/** Folders are shared by half of all tasks; only a file is something two cannot write at once. */
function isFile(path: string): boolean {
  return !path.endsWith('/') && !path.includes('*')
}

type Phase = { readonly title: string; readonly line: number; isStory: boolean }
type Placed = { readonly task: Task; readonly key: string; readonly phase: number; readonly isBlock: boolean }

function phasesOf({ markdown }: TasksDocument): Phase[] {
  const named = markdown.headings.filter(({ text }) =>
    /^(?:phase|fase|étape|阶段|フェーズ|단계)\b|^(?:阶段|フェーズ|단계)/iu.test(text),
  )
  const second = markdown.headings.filter(({ depth }) => depth === 2)
  const headings = named.length > 0 ? named : second
  const start: Phase = { title: 'Tasks', line: 0, isStory: false }
  return [
    start,
    ...headings.map(({ text, line }) => ({ title: text, line, isStory: /user story|\bUS-?\d/i.test(text) })),
  ]
}

const BESIDE_STORIES = /setup|foundation|prerequisite|polish|cross-cutting|convergence/i

function place({ tasks }: TasksDocument, phases: Phase[]): Placed[] {
  const seen = new Set<string>()
  return tasks
    .map((task) => {
      const phase = phases.findLastIndex(({ line }) => line < task.line)
      const here = phases[phase]!
      if (task.stories.length > 0 && phase > 0 && !BESIDE_STORIES.test(here.title)) here.isStory = true
      const wish = task.id ?? `line ${task.line}`
      const key = seen.has(wish) ? `${wish} on line ${task.line}` : wish // validate reports the second one
      seen.add(key)
      return { task, key, phase, isBlock: /^Task \d/.test(task.id ?? '') }
    })
    .map((one) => ({ ...one, isStory: phases[one.phase]!.isStory }))
}

function implicitNeeds(placed: readonly (Placed & { readonly isStory?: boolean })[], i: number): string[] {
  const { task, phase, isStory } = placed[i]!
  const neighbours = task.isParallel ? parallelRun(placed, i) : new Set<number>()
  return placed
    .filter(
      (other, j) => j < i && !neighbours.has(j) && (other.phase === phase || !(isStory && other.isStory)),
    )
    .map(({ key }) => key)
}

/** The [P] tasks directly above, down to the last one that is not marked. */
function parallelRun(placed: readonly Placed[], i: number): Set<number> {
  const run = new Set<number>()
  for (let j = i - 1; j >= 0 && placed[j]!.task.isParallel && placed[j]!.phase === placed[i]!.phase; j--)
    run.add(j)
  return run
}

function unknown(
  { markdown }: TasksDocument,
  { key, task }: Placed,
  name: string,
  known: readonly string[],
): Finding {
  return {
    code: 'unknown-dependency',
    severity: 'error',
    file: markdown.file,
    line: task.line,
    message: `${key} waits for ${name}, which is no task of this file.`,
    hint: didYouMean(name, known) ?? 'Correct the id, or drop it.',
  }
}

/** Each ring once, at its first task; whoever is in one is never ready. */
function cycles({ tasks }: TaskGraph, { markdown }: TasksDocument): Finding[] {
  const byKey = new Map(tasks.map((task) => [task.key, task]))
  const state = new Map<string, 'open' | 'closed'>()
  const findings: Finding[] = []
  const visit = (key: string, trail: readonly string[]): void => {
    if (state.get(key) === 'closed') return
    if (state.get(key) === 'open') {
      const ring = [...trail.slice(trail.indexOf(key)), key]
      findings.push({
        code: 'task-cycle',
        severity: 'error',
        file: markdown.file,
        line: byKey.get(key)!.line,
        message: `Tasks wait for each other: ${ring.join(' → ')}.`,
        hint: 'Take one of the dependencies away.',
      })
      return
    }
    state.set(key, 'open')
    for (const need of byKey.get(key)?.needs ?? []) visit(need, [...trail, key])
    state.set(key, 'closed')
  }
  for (const { key } of tasks) visit(key, [])
  return findings
}

function overlaps({ tasks }: TaskGraph, { markdown }: TasksDocument): Finding[] {
  const findings: Finding[] = []
  for (const [i, task] of tasks.entries()) {
    if (!task.isParallel || task.isDone) continue
    for (let j = i - 1; j >= 0 && tasks[j]!.isParallel && tasks[j]!.phase === task.phase; j--) {
      const other = tasks[j]!
      const path = other.isDone ? undefined : sharedPath(task, other)
      if (path === undefined) continue
      findings.push({
        code: 'parallel-overlap',
        severity: 'warning',
        file: markdown.file,
        line: task.line,
        message: `${task.key} and ${other.key} are both marked [P] and both name ${path}.`,
        hint: 'Take [P] off one of them, or split the file.',
      })
      break
    }
  }
  return findings
}
