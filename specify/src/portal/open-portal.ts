import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { chooseScenarios } from '../scenarios/choose-scenarios.ts'
import { runScenarios } from '../scenarios/run-scenarios.ts'
import type { ScenarioResult } from '../scenarios/scenario-result.ts'
import { compareWith } from './compare-with.ts'
import { openGatherer } from './gather.ts'
import { keepLastRun, mergeRuns, readLastRun, type LastRun } from './last-run.ts'
import type { Comparison, Portal } from './model.ts'
import { siteOf, type Site } from './site.ts'
import { watchWorkspace, type Watch } from './watch-workspace.ts'

export type News =
  | { readonly event: 'changed'; readonly data: object }
  | {
      readonly event: 'running'
      readonly data: { readonly done: number; readonly total: number; readonly failed: number }
    }
  | { readonly event: 'stopped'; readonly data: { readonly message: string } }

export type OpenPortal = {
  readonly watch: Watch
  /** As of the last look. */
  now(): Promise<{ readonly portal: Portal; readonly site: Site }>
  compare(revision: string): Promise<Comparison>
  /** Runs the scenarios a name stands for, all for the empty name; false: others are running. Throws CliError. */
  run(wanted: string): Promise<boolean>
  /** Waits for the end of what runs. */
  settled(): Promise<void>
}

export type PortalOptions = {
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly tell: (news: News) => void
  readonly say: (line: string) => void
}

const JOBS = 4
const HEALTH_TIMEOUT_MS = 60_000

/** The portal over a workspace that is being worked on: made again when files change, and after scenarios ran. */
export function openPortal({ root, env, signal, tell, say }: PortalOptions): OpenPortal {
  const gatherer = openGatherer(root, signal)
  let lastRun: LastRun | undefined
  let state = gathered()
  let comparisons = new Map<string, Promise<Comparison>>()
  let running: Promise<void> | undefined
  let members: readonly string[] = []
  const watch = watchWorkspace(() => [root, ...members.map((path) => join(root, path))], signal, renew)
  void state.then(
    ({ portal }) => (members = portal.workspace.config.members),
    () => {}, // whoever asks for the page gets the error
  )

  async function gathered() {
    // "specify test" in another window adds to it, too.
    const kept = readLastRun(root)
    if (kept !== undefined && kept.at > (lastRun?.at ?? '')) lastRun = kept
    const portal = await gatherer.gather(lastRun)
    return { portal, site: siteOf(portal) }
  }

  async function renew(): Promise<void> {
    const next = gathered()
    // A config that cannot be read for a moment does not take the pages away.
    const isFine = await next.then(
      () => true,
      (error: unknown) => {
        if (!signal.aborted) say(error instanceof Error ? error.message : String(error))
        return false
      },
    )
    if (!isFine) return
    state = next
    comparisons = new Map()
    members = (await next).portal.workspace.config.members
    tell({ event: 'changed', data: {} })
  }

  async function play(wanted: string): Promise<void> {
    const { portal } = await state
    const specs = portal.features.flatMap(({ documents: { spec } }) =>
      spec === undefined ? [] : [spec.spec],
    )
    const scenarios = chooseScenarios(specs, wanted === '' ? [] : [wanted])
    const results: ScenarioResult[] = []
    try {
      const { crashes } = await runScenarios(portal.workspace, scenarios, {
        baseUrl: undefined,
        variables: new Map(),
        jobs: JOBS,
        healthTimeoutMs: HEALTH_TIMEOUT_MS,
        env,
        signal,
        say,
        versionOfEvent: (eventType) => portal.index.events.get(eventType)?.[0]?.version,
        onResult(result) {
          results.push(result)
          const failed = results.filter(({ outcome }) => outcome === 'failed').length
          tell({ event: 'running', data: { done: results.length, total: scenarios.length, failed } })
        },
      })
      const failed = results.filter(({ outcome }) => outcome === 'failed').length
      const message = ['done', ...(failed > 0 ? [`${failed} failed`] : []), ...crashes].join(', ')
      tell({ event: 'stopped', data: { message } })
    } catch (error) {
      if (!(error instanceof CliError) && !signal.aborted) throw error
      const message = error instanceof Error ? error.message : String(error)
      tell({ event: 'stopped', data: { message } })
    } finally {
      if (results.length > 0) {
        const now = { at: new Date().toISOString(), results }
        lastRun = portal.workspace.config.cache === false ? mergeRuns(lastRun, now) : keepLastRun(root, now)
        if (!signal.aborted) await (portal.workspace.config.cache === false ? renew() : watch.look())
      }
    }
  }

  return {
    watch,
    now: () => state,
    async compare(revision) {
      const { portal } = await state
      const known = comparisons.get(revision)
      if (known !== undefined) return await known
      const made = compareWith(portal, revision)
      comparisons.set(revision, made)
      return await made
    },
    async run(wanted) {
      if (running !== undefined) return false
      await watch.look() // a config changed a moment ago says where services are
      const { portal } = await state
      // Asked before it starts, so that a name nobody has is the answer to the click.
      chooseScenarios(
        portal.features.flatMap(({ documents: { spec } }) => (spec === undefined ? [] : [spec.spec])),
        wanted === '' ? [] : [wanted],
      )
      if (running !== undefined) return false
      running = play(wanted)
        .catch((error: unknown) =>
          say(error instanceof Error ? (error.stack ?? error.message) : String(error)),
        )
        .finally(() => (running = undefined))
      return true
    },
    async settled() {
      await running
    },
  }
}
