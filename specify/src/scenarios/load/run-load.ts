import { setTimeout as sleep } from 'node:timers/promises'
import type { Requirement, Spec } from '../../spec/model.ts'
import type { NamedScenario } from '../choose-scenarios.ts'
import { runScenario, type RunContext } from '../run-scenario.ts'
import { readLoadTarget, type LoadTarget } from './read-target.ts'

export type LoadOptions = {
  readonly seconds: number
  /** Scenarios under way at the same time. */
  readonly users: number
}

/** One number of a criterion beside what was measured. */
export type Measure = {
  readonly what: string
  readonly limit: number
  readonly actual: number
  readonly unit: 'ms' | '/s' | '%'
  readonly holds: boolean
}

export type LoadResult = {
  /** `order-service/001#SC-002`. */
  readonly id: string
  readonly text: string
  readonly file: string
  readonly line: number
  /** `unbound`: no scenario names it, or it names none; never counted as met. */
  readonly outcome: 'met' | 'missed' | 'unbound'
  readonly reason?: string
  readonly scenarios: readonly string[]
  readonly runs: number
  readonly failedRuns: number
  readonly requests: number
  readonly seconds: number
  readonly measures: readonly Measure[]
}

export type BoundCriterion = {
  readonly spec: Spec
  readonly criterion: Requirement
  readonly target: LoadTarget
  readonly scenarios: readonly NamedScenario[]
}

/**
 * The criteria whose numbers requests can be held to, each with its scenarios: those it names (`US1`, `US1.2`), and
 * those whose blocks name it in a comment (`# SC-001`).
 */
export function boundCriteria(scenarios: readonly NamedScenario[]): BoundCriterion[] {
  return [...Map.groupBy(scenarios, ({ spec }) => spec)].flatMap(([spec, own]) =>
    spec.criteria.flatMap((criterion): BoundCriterion[] => {
      const target = criterion.withdrawn ? undefined : readLoadTarget(criterion.text)
      if (target === undefined) return []
      const named = new Set(criterion.text.match(/\bUS\d+(?:\.\d+)?\b/g) ?? [])
      const comment = new RegExp(String.raw`#.*\b${criterion.id}\b`)
      const bound = own.filter(
        ({ scenario, story }) =>
          scenario.blocks.some(({ language }) => language === 'hurl') &&
          (named.has(scenario.id) ||
            named.has(story.id) ||
            scenario.blocks.some(({ text }) => comment.test(text))),
      )
      return [{ spec, criterion, target, scenarios: bound }]
    }),
  )
}

/** Runs the criterion's scenarios over and over and holds what was measured against its numbers. */
export async function runLoad(
  { spec, criterion, target, scenarios }: BoundCriterion,
  context: RunContext,
  { seconds, users }: LoadOptions,
): Promise<LoadResult> {
  const named = {
    id: `${spec.feature}#${criterion.id}`,
    text: criterion.text,
    file: spec.file,
    line: criterion.line,
    scenarios: scenarios.map(({ id }) => id),
  }
  if (scenarios.length === 0)
    return {
      ...named,
      outcome: 'unbound',
      reason: `no scenario is bound to it: write "# ${criterion.id}" into a hurl block, or name a story in the criterion`,
      runs: 0,
      failedRuns: 0,
      requests: 0,
      seconds: 0,
      measures: [],
    }
  const durations: number[] = []
  let runs = 0
  let failedRuns = 0
  let reason: string | undefined
  const measured = { ...context, onAnswer: (durationMs: number) => void durations.push(durationMs) }
  const startedAt = performance.now()
  const until = startedAt + seconds * 1000
  // With a rate and a time in one criterion, the time is promised at that rate: requests are then sent by the clock.
  const paced = target.perSecond !== undefined && target.latency.length > 0 ? target.perSecond : undefined
  let started = 0
  const user = async () => {
    while (performance.now() < until) {
      const mine = started++
      if (paced !== undefined) {
        const requestsEach = runs === 0 ? 1 : Math.max(1, durations.length / runs)
        const wait = startedAt + (mine * requestsEach * 1000) / paced - performance.now()
        if (wait > 0) await sleep(wait, undefined, { signal: context.signal })
      }
      context.signal.throwIfAborted()
      const { outcome, failures } = await runScenario(scenarios[mine % scenarios.length]!, measured)
      runs++
      if (outcome === 'passed') continue
      failedRuns++
      reason ??= failures[0]?.message
    }
  }
  await Promise.all(Array.from({ length: users }, user))
  const elapsedSeconds = (performance.now() - startedAt) / 1000
  const measures = measure(target, { durations, runs, failedRuns, elapsedSeconds })
  return {
    ...named,
    outcome: measures.every(({ holds }) => holds) ? 'met' : 'missed',
    ...(reason !== undefined && { reason: `${failedRuns} of ${runs} runs failed, the first: ${reason}` }),
    runs,
    failedRuns,
    requests: durations.length,
    seconds: round(elapsedSeconds),
    measures,
  }
}

function measure(
  { latency, perSecond, errorRatio }: LoadTarget,
  measured: { durations: number[]; runs: number; failedRuns: number; elapsedSeconds: number },
): Measure[] {
  const sorted = measured.durations.toSorted((a, b) => a - b)
  const rate = round(sorted.length / measured.elapsedSeconds)
  const failed = measured.runs === 0 ? 100 : (100 * measured.failedRuns) / measured.runs
  const allowed = 100 * (errorRatio ?? 0)
  return [
    ...latency.map(({ percentile, limitMs }): Measure => {
      const actual = round(percentileOf(sorted, percentile))
      const what = percentile === 100 ? 'slowest' : `p${percentile}`
      return { what, limit: limitMs, actual, unit: 'ms', holds: actual <= limitMs }
    }),
    ...(perSecond === undefined
      ? []
      : // A paced run comes close to its rate and never above it.
        [
          {
            what: 'rate',
            limit: perSecond,
            actual: rate,
            unit: '/s' as const,
            holds: rate >= perSecond * (latency.length > 0 ? 0.95 : 1),
          },
        ]),
    { what: 'failed', limit: allowed, actual: round(failed), unit: '%', holds: failed <= allowed },
  ]
}

/** Nearest rank; 0 without any value. */
export function percentileOf(sorted: readonly number[], percentile: number): number {
  if (sorted.length === 0) return 0
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)]!
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
