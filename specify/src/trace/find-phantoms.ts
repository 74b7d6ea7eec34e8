import type { Task } from '../spec/model.ts'
import { pathEvidence } from '../tasks/evidence.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { followRenames } from './git-history.ts'

export type Phantom = {
  readonly task: string
  readonly line: number
  readonly path: string
  /** `moved`: renamed in git, or the only file whose path ends so; `elsewhere`: only the name occurs; `gone`: not even that. */
  readonly state: 'moved' | 'elsewhere' | 'gone'
  /** Where it is now, or files of that name. */
  readonly now: readonly string[]
}

/** Ticked tasks whose files are not where they say, with what became of them. */
export function findPhantoms(
  workspace: Workspace,
  {
    feature,
    tasks,
    renames,
  }: { feature: Feature; tasks: readonly Task[]; renames: ReadonlyMap<string, string> },
): Phantom[] {
  return tasks
    .filter(({ isDone }) => isDone)
    .flatMap((task) => {
      const { missing, mayRemove } = pathEvidence(workspace, feature, task)
      if (mayRemove) return []
      return missing.map((path) => ({
        task: task.id ?? `line ${task.line}`,
        line: task.line,
        path,
        ...whereabouts(workspace, path, renames),
      }))
    })
}

/** Where a path that is not at its place is now, if anywhere. */
export function whereabouts(
  { files }: Workspace,
  path: string,
  renames: ReadonlyMap<string, string>,
): Pick<Phantom, 'state' | 'now'> {
  const clean = path.replace(/^\.?\//, '').replace(/[/.)]+$/, '')
  const there = new Set(files)
  const renamed = followRenames(clean, renames, (place) => there.has(place))
  if (renamed !== undefined) return { state: 'moved', now: [renamed] }
  // A project that became part of a larger one keeps its paths below a new folder.
  const below = files.filter((file) => file.endsWith(`/${clean}`))
  if (below.length === 1) return { state: 'moved', now: below }
  const name = clean.slice(clean.lastIndexOf('/') + 1)
  const namesakes = files.filter((file) => file.endsWith(`/${name}`) || file === name)
  return namesakes.length > 0
    ? { state: 'elsewhere', now: namesakes.slice(0, 5) }
    : { state: 'gone', now: [] }
}
