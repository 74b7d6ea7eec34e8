import {
  oncePerCause,
  placeOfChange,
  recommend,
  type BreakingChange,
  type Compared,
  type Placed,
} from './breaking-change.ts'
import { change, type Change } from './compare/change.ts'
import { compareAvro } from './compare/compare-avro.ts'
import { hurtByEvent, type Hurt } from './declared-uses.ts'
import { isTransitive, modeOf, waysOf, type Mode } from './event-modes.ts'
import type { Graph } from './graph.ts'
import type { Contracts, EventContract } from './model.ts'

export type EventPolicy = {
  /** The promise of events that say nothing themselves. */
  readonly mode: Mode
  /** Contracts released before, newest first: what transitive modes are held against, too. */
  readonly history: readonly Released[]
}

export type Released = { readonly name: string; readonly contracts: Contracts }

const NEXT = 'a new event version'

/** Events published and taken in, now and before. */
export function compareEvents(
  before: Contracts,
  now: Contracts,
  graph: Graph,
  compared: Compared,
  { mode, history }: EventPolicy,
): BreakingChange[] {
  const placed = [
    ...comparePublished(before, now, compared, (old, event) => modeFor(event ?? old, mode)),
    ...compareReceived(before, now, compared),
    ...history.flatMap(({ name, contracts }) =>
      comparePublished(contracts, now, compared, (old, event) => {
        const own = modeFor(event ?? old, mode)
        return isTransitive(own) ? own : 'NONE'
      })
        .filter(({ change }) => change.code !== 'event-removed')
        .map((each) => ({ ...each, since: name })),
    ),
  ]
  return oncePerCause(
    withoutRepeats(placed).map((each) => toPlaced(each, graph)),
    NEXT,
  )
}

/** Versions of one event that stand side by side, each in a file of its own: the newest against those before it. */
export function compareRevisions(
  now: Contracts,
  graph: Graph,
  compared: Compared,
  mode: Mode,
): BreakingChange[] {
  const events = now.eventFiles
    .flatMap((file) => file.events)
    .filter(({ revision }) => revision !== undefined)
  const placed = [
    ...Map.groupBy(events, ({ eventType, source }) => `${source.service} ${eventType}`).values(),
  ].flatMap((list) => {
    const [newest, ...older] = list.toSorted((a, b) => byNumber(b.revision!, a.revision!))
    const own = modeFor(newest!, mode)
    return older.slice(0, isTransitive(own) ? undefined : 1).flatMap((old): Found[] =>
      changesOf(old, newest!, own, compared).map((change) => ({
        change,
        old,
        event: newest,
        since: `version ${old.revision}`,
      })),
    )
  })
  return oncePerCause(
    withoutRepeats(placed).map((each) => toPlaced(each, graph)),
    NEXT,
  )
}

type Found = {
  readonly change: Change
  readonly old: EventContract
  readonly event: EventContract | undefined
  /** The version it breaks, when that is not the last one. */
  readonly since?: string
  /** Told by who takes it in: those who send it are hurt. */
  readonly isReceived?: true
}

function comparePublished(
  before: Contracts,
  now: Contracts,
  compared: Compared,
  modeFor: (old: EventContract, event: EventContract | undefined) => Mode,
): Found[] {
  const present = new Map(
    now.eventFiles.flatMap(({ events }) => events.map((event) => [keyOf(event), event])),
  )
  return before.eventFiles.flatMap(({ events }) =>
    events.flatMap((old): Found[] => {
      const event = present.get(keyOf(old))
      const mode = modeFor(old, event)
      if (mode === 'NONE') return []
      const changes =
        event === undefined
          ? [change('event-removed', 'The event was removed', keyOf(old).trim(), 'nothing')]
          : changesOf(old, event, mode, compared)
      return changes.map((change) => ({ change, old, event }))
    }),
  )
}

/** Who takes an event in must go on reading what senders send; of the schema of others nobody is bound. */
function compareReceived(before: Contracts, now: Contracts, compared: Compared): Found[] {
  const present = new Map(
    now.eventFiles.flatMap(({ received }) => received.map((event) => [keyOf(event), event])),
  )
  return before.eventFiles.flatMap(({ received }) =>
    received.flatMap((old): Found[] => {
      const event = present.get(keyOf(old))
      if (event === undefined)
        return [
          {
            change: change('event-removed', 'The event is no longer taken in', keyOf(old).trim(), 'nothing'),
            old,
            event,
            isReceived: true,
          },
        ]
      return changesOf(old, event, 'BACKWARD', compared).map((change) => ({
        change,
        old,
        event,
        isReceived: true,
      }))
    }),
  )
}

function changesOf(old: EventContract, event: EventContract, mode: Mode, compared: Compared): Change[] {
  const directions = compared(old.source, event.source)
  const moved = movedChanges(old, event)
  const judged = waysOf(mode).flatMap((way): Change[] => {
    if (old.avro !== undefined && event.avro !== undefined) return compareAvro(old.avro, event.avro, way)
    if ((old.avro ?? event.avro) !== undefined && (old.schema ?? event.schema) !== undefined)
      return [change('type-widened', 'The event speaks another language', formOf(old), formOf(event))]
    const payload =
      old.schema === undefined || event.schema === undefined
        ? []
        : directions[way].compare(old.schema, event.schema)
    const headers =
      old.headers === undefined || event.headers === undefined
        ? []
        : directions[way].compare(old.headers, event.headers)
    return [...payload, ...headers]
  })
  return [...moved, ...judged]
}

/** Who listens at an address hears no more of what goes through another. */
function movedChanges(old: EventContract, event: EventContract): Change[] {
  const [before, after] = [old.addresses, event.addresses]
  if (before === undefined || after === undefined) return []
  const lost = before.filter((address) => !after.includes(address))
  if (lost.length === 0) return []
  return [
    change(
      'event-moved',
      `The event no longer goes through ${lost.join(', ')}`,
      before.join(', '),
      after.join(', '),
    ),
  ]
}

function formOf({ avro }: EventContract): string {
  return avro === undefined ? 'JSON' : 'Avro'
}

function keyOf({ source, eventType, version, revision }: EventContract): string {
  return revision === undefined
    ? `${eventType} ${version ?? ''}`
    : `${eventType} ${revision} ${source.service}`
}

function modeFor(event: EventContract, otherwise: Mode): Mode {
  return (event.compatibility === undefined ? undefined : modeOf(event.compatibility)) ?? otherwise
}

/** What broke the last version already need not be told again for every version before it. */
function withoutRepeats(found: readonly Found[]): Found[] {
  const key = ({ change: { code, message, exchange }, old }: Found) =>
    `${old.eventType} ${old.version} ${exchange} ${code} ${message}`
  return [...new Map(found.toReversed().map((each) => [key(each), each])).values()].reverse()
}

function toPlaced({ change, old, event, since, isReceived }: Found, graph: Graph): Placed {
  const listed = old.consumers.map((each) => each.service)
  const { service, file } = (event ?? old).source
  return {
    change: {
      ...change,
      message: since === undefined ? change.message : `${change.message} (since ${since})`,
      ...(since !== undefined && change.cause !== undefined && { cause: `${change.cause} ${since}` }),
    },
    where: `Event: ${old.eventType}`,
    uses: isReceived ? sendersOf(graph, old.eventType) : hurtByEvent(graph, old.eventType, listed, change),
    recommendation: recommend(change.code, NEXT),
    service,
    contract: file,
    ...placeOfChange(change, { file, line: event?.line ?? 1 }),
  }
}

function sendersOf({ events }: Graph, eventType: string): Hurt[] {
  const senders = events.flatMap(({ eventType: own, source: { service } }) =>
    own === eventType && service !== undefined ? [service] : [],
  )
  return [...new Set(senders)].map((consumer) => ({
    consumer,
    isHurt: true,
    file: undefined,
    line: undefined,
  }))
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
