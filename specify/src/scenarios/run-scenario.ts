import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import type { Block } from '../spec/model.ts'
import { builtinValues } from './builtins.ts'
import type { NamedScenario } from './choose-scenarios.ts'
import { excerpt } from './excerpt.ts'
import { CookieJar } from './hurl/cookie-jar.ts'
import type { HttpClient } from './hurl/http-client.ts'
import { parseHurl } from './hurl/parse.ts'
import { bodyExcerpt, runEntry, type EntryResult, type Session } from './hurl/run-entry.ts'
import { EvaluationProblem, type HurlValue } from './hurl/value.ts'
import type { EventBus } from './events/event-feed.ts'
import { runConsoleBlock } from './run-console.ts'
import { runEventBlock } from './run-event.ts'
import type { ScenarioFailure, ScenarioResult } from './scenario-result.ts'

export type RunContext = {
  readonly root: string
  readonly client: HttpClient
  readonly signal: AbortSignal
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where a service's requests go; undefined when nobody has said. */
  readonly baseUrlOf: (service: string | undefined) => string | undefined
  /** Undefined when no config names one. */
  readonly bus: EventBus | undefined
  readonly versionOfEvent: (eventType: string) => string | undefined
  /** Told how long each answer took. */
  readonly onAnswer?: (durationMs: number) => void
  /** Set by `--variable` and by the addresses of the other services. */
  readonly variables: ReadonlyMap<string, HurlValue>
}

const NO_BUS =
  'no event bus is configured ("events.bus"): its events are only checked against their contracts'

/** Runs the blocks of one scenario in their order; the first block that fails ends it. */
export async function runScenario(named: NamedScenario, context: RunContext): Promise<ScenarioResult> {
  const { id, spec, scenario } = named
  const startedAt = performance.now()
  const session = newSession(named, context)
  const failures: ScenarioFailure[] = []
  const notRun: string[] = []
  let requests = 0
  const events = { from: context.bus?.feed.length ?? 0, taken: new Set<number>() }
  for (const block of scenario.blocks) {
    if (failures.length > 0) break
    switch (block.language) {
      case 'hurl': {
        const run = await runHurlBlock(block, session, context.onAnswer)
        requests += run.requests
        failures.push(...run.failures)
        if (run.skipped) notRun.push('all its requests are skipped by their options')
        break
      }
      case 'console':
        failures.push(...(await runConsoleBlock(block, { ...context, variables: session.variables })))
        break
      case 'event':
        if (context.bus === undefined) notRun.push(NO_BUS)
        else
          failures.push(
            ...(await runEventBlock(block, {
              ...events,
              bus: context.bus,
              variables: session.variables,
              signal: context.signal,
              versionOf: context.versionOfEvent,
            })),
          )
    }
  }
  const reason = scenario.blocks.length === 0 ? 'prose only' : notRun[0]
  return {
    id,
    title: titleOf(named),
    file: spec.file,
    line: scenario.line,
    outcome: failures.length > 0 ? 'failed' : reason === undefined ? 'passed' : 'unbound',
    ...(failures.length === 0 && reason !== undefined && { reason }),
    durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
    requests,
    failures: failures.map((failure) => redacted(failure, session.secrets)),
  }
}

/** The steps in one line. */
export function titleOf({ scenario }: NamedScenario): string {
  return scenario.steps
    .map(({ keyword, text }) => `${keyword} ${text}`)
    .join(', ')
    .replaceAll(/\s+/g, ' ')
}

function newSession({ id, spec }: NamedScenario, context: RunContext): Session {
  const variables = builtinValues(id, context.baseUrlOf(spec.service))
  for (const [name, value] of context.variables) variables.set(name, value)
  return {
    variables,
    cookies: new CookieJar(),
    secrets: new Set(),
    client: context.client,
    readFile: (path) => readBeside(context.root, spec.file, path),
    signal: context.signal,
  }
}

async function runHurlBlock(
  block: Block,
  session: Session,
  onAnswer: RunContext['onAnswer'],
): Promise<{ requests: number; failures: ScenarioFailure[]; skipped: boolean }> {
  const { entries, problems } = parseHurl(block.text, block.line, block.column)
  const [problem] = problems
  if (problem !== undefined)
    return {
      requests: 0,
      failures: [{ message: problem.message + excerpt(block, problem.at), ...problem.at }],
      skipped: false,
    }
  if (entries.length === 0)
    return {
      requests: 0,
      failures: [{ message: 'this block holds no request', line: block.line }],
      skipped: false,
    }
  let requests = 0
  for (const entry of entries) {
    const result = await runEntry(entry, session)
    if (result.outcome !== 'skipped') requests++
    if (result.answer !== undefined) onAnswer?.(result.answer.durationMs)
    if (result.outcome === 'failed') return { requests, failures: describe(result), skipped: false }
  }
  return { requests, failures: [], skipped: requests === 0 }
}

function describe({ failures, curl, answer }: EntryResult): ScenarioFailure[] {
  return failures.map(({ message, at, expected, actual }, i) => ({
    message,
    ...at,
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
    // Once per request is enough: the failures of one answer share it.
    ...(i === 0 && curl !== undefined && { reproduce: curl }),
    ...(i === 0 && answer !== undefined && answer.body.length > 0 && { answer: bodyExcerpt(answer) }),
  }))
}

function redacted(failure: ScenarioFailure, secrets: ReadonlySet<string>): ScenarioFailure {
  if (secrets.size === 0) return failure
  const hide = (value: string) => [...secrets].reduce((text, secret) => text.replaceAll(secret, '***'), value)
  return Object.fromEntries(
    Object.entries(failure).map(([name, value]) => [name, typeof value === 'string' ? hide(value) : value]),
  ) as ScenarioFailure
}

/** Files named in a block lie beside the spec or below it, as Hurl has it. */
function readBeside(root: string, specFile: string, path: string): Buffer {
  const folder = realpathSync(join(root, dirname(specFile)))
  const wanted = resolve(folder, path)
  if (!existsSync(wanted)) throw new EvaluationProblem(`there is no file ${path} beside the spec`)
  const real = realpathSync(wanted)
  const inside = relative(folder, real)
  if (inside.startsWith('..') || isAbsolute(inside))
    throw new EvaluationProblem(`${path} lies outside the spec's folder`)
  if (!statSync(real).isFile()) throw new EvaluationProblem(`${path} is no file`)
  return readFileSync(real)
}
