import { randomUUID } from 'node:crypto'
import type { Block } from '../spec/model.ts'
import { parseEventBlock, type EventStep } from './event-block.ts'
import type { BusEvent, EventBus } from './events/event-feed.ts'
import { jsonDifferences } from './hurl/json-diff.ts'
import { renderJson, type Variables } from './hurl/render.ts'
import {
  describeValue,
  EvaluationProblem,
  isEqual,
  isList,
  isPlainObject,
  readJson,
  toJson,
  type HurlValue,
} from './hurl/value.ts'
import type { ScenarioFailure } from './scenario-result.ts'

export type EventContext = {
  readonly bus: EventBus
  /** Events before this position came before the scenario. */
  readonly from: number
  /** Positions that satisfied an earlier `expect`: each stands for one event. */
  readonly taken: Set<number>
  readonly variables: Variables
  readonly signal: AbortSignal
  readonly versionOf: (eventType: string) => string | undefined
}

const ENVELOPE = ['eventId', 'eventType', 'eventVersion', 'timestamp', 'data']

/** Publishes and waits as the block says; the first expectation that is not met ends it. */
export async function runEventBlock(block: Block, context: EventContext): Promise<ScenarioFailure[]> {
  const { steps, problems } = parseEventBlock(block.text, block.line, block.column)
  const [problem] = problems
  if (problem !== undefined) return [{ message: problem.message, ...problem.at }]
  for (const step of steps) {
    const failure = await runStep(step, context)
    if (failure !== undefined) return [failure]
  }
  return []
}

async function runStep(step: EventStep, context: EventContext): Promise<ScenarioFailure | undefined> {
  let payload: HurlValue
  try {
    payload = step.source === undefined ? {} : readJson(renderJson(step.source, context.variables))
  } catch (error) {
    if (!(error instanceof EvaluationProblem)) throw error
    return { message: error.message, ...step.at }
  }
  if (step.action === 'expect') return await awaitEvent(step, payload, context)
  await context.bus.publish({
    eventType: step.eventType,
    payload: inEnvelope(step.eventType, payload, context),
  })
  return undefined
}

/** A payload without any member of the envelope is the event's `data`; the rest is made up. */
function inEnvelope(eventType: string, payload: HurlValue, { versionOf }: EventContext): HurlValue {
  const written = isPlainObject(payload) ? payload : {}
  const isWhole = ENVELOPE.some((name) => Object.hasOwn(written, name))
  return {
    eventId: randomUUID(),
    eventType,
    eventVersion: versionOf(eventType) ?? '1.0.0',
    timestamp: new Date().toISOString(),
    ...(isWhole ? written : { data: payload }),
  }
}

async function awaitEvent(
  step: EventStep,
  expected: HurlValue,
  { bus, from, taken, signal }: EventContext,
): Promise<ScenarioFailure | undefined> {
  const until = performance.now() + step.withinMs
  for (;;) {
    const seen = bus.feed.since(from)
    const found = seen.findIndex(
      (event, i) =>
        !taken.has(from + i) && event.eventType === step.eventType && covers(event.payload, expected),
    )
    if (found !== -1) {
      taken.add(from + found)
      return undefined
    }
    const left = until - performance.now()
    if (left <= 0) return notSeen(step, expected, seen)
    await bus.feed.next(left, signal)
  }
}

function covers(payload: HurlValue, expected: HurlValue): boolean {
  return includes(payload, expected) || (isPlainObject(payload) && includes(payload['data'], expected))
}

/** Members that are not named may be anything; a list is compared whole. */
function includes(actual: HurlValue | undefined, expected: HurlValue): boolean {
  if (isList(expected))
    return (
      isList(actual) &&
      actual.length === expected.length &&
      expected.every((item, i) => includes(actual[i], item))
    )
  if (!isPlainObject(expected)) return isEqual(actual, expected)
  return (
    isPlainObject(actual) && Object.entries(expected).every(([name, value]) => includes(actual[name], value))
  )
}

const MOST_SHOWN = 5

/** Says what came instead: the differences of the nearest event of this type, and the types of the others. */
function notSeen(step: EventStep, expected: HurlValue, seen: readonly BusEvent[]): ScenarioFailure {
  const alike = seen.filter(({ eventType }) => eventType === step.eventType)
  const others = [...Map.groupBy(seen, ({ eventType }) => eventType)]
    .filter(([type]) => type !== step.eventType)
    .map(([type, list]) => `${list.length} × ${type}`)
  const nearest = alike
    .map(({ payload }) => differencesOf(payload, expected))
    .sort((a, b) => a.length - b.length)[0]
  const lines = [
    ...(nearest ?? []).slice(0, MOST_SHOWN),
    ...alike.slice(0, MOST_SHOWN).map(({ payload }) => toJson(payload)),
    ...(others.length === 0 ? [] : [`others: ${others.join(', ')}`]),
  ]
  return {
    message: `no ${alike.length === 0 ? '' : 'such '}event ${step.eventType} within ${step.withinMs} ms`,
    ...step.at,
    expected: toJson(expected),
    actual: lines.join('\n') || 'no event at all',
  }
}

function differencesOf(payload: HurlValue, expected: HurlValue): string[] {
  const data = isPlainObject(payload) && isPlainObject(payload['data']) ? payload['data'] : payload
  const whole = isPlainObject(expected) && ENVELOPE.some((name) => Object.hasOwn(expected, name))
  const compared = whole ? payload : data
  if (!isPlainObject(compared) || !isPlainObject(expected)) return []
  return Object.entries(expected).flatMap(([name, value]) => {
    if (includes(compared[name], value)) return []
    const actual = compared[name]
    if (actual === undefined) return [`$.${name}: expected ${describeValue(value)}, actual nothing`]
    return jsonDifferences(value, actual, `$.${name}`).map(
      (each) => `${each.path}: expected ${each.expected}, actual ${each.actual}`,
    )
  })
}
