import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ScenarioResult } from '../scenarios/scenario-result.ts'

/** The results of running scenarios, the latest of each. */
export type LastRun = {
  /** ISO 8601, of the last run that added to it. */
  readonly at: string
  readonly results: readonly ScenarioResult[]
}

export const LAST_RUN_FILE = '.speckit/cache/last-run.json'

/** What was kept of earlier runs; undefined when there is none, or it cannot be read. */
export function readLastRun(root: string): LastRun | undefined {
  try {
    const { at, results } = JSON.parse(readFileSync(join(root, LAST_RUN_FILE), 'utf8')) as Partial<LastRun>
    return typeof at === 'string' && Array.isArray(results) ? { at, results } : undefined
  } catch {
    return undefined
  }
}

/** Results of a part replace those of the same scenarios; the others stay as they were. */
export function mergeRuns(before: LastRun | undefined, now: LastRun): LastRun {
  const renewed = new Set(now.results.map(({ id }) => id))
  const kept = before?.results.filter(({ id }) => !renewed.has(id)) ?? []
  return { at: now.at, results: [...kept, ...now.results].sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

/**
 * Adds the run to what the workspace's cache has, whole or not at all, and gives back both together; where nothing can be
 * written nothing is kept.
 */
export function keepLastRun(root: string, now: LastRun): LastRun {
  const run = mergeRuns(readLastRun(root), now)
  const temporary = join(root, `${LAST_RUN_FILE}.${process.pid}.tmp`)
  try {
    mkdirSync(join(root, '.speckit/cache'), { recursive: true })
    writeFileSync(join(root, '.speckit/cache/.gitignore'), '*\n')
    writeFileSync(temporary, JSON.stringify(run))
    renameSync(temporary, join(root, LAST_RUN_FILE))
  } catch {
    // The results are shown all the same, until the program ends.
  }
  return run
}
