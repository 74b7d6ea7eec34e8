// What consumers say they use, down to fields: who is hurt by a change is looked up here. Who has said nothing is taken
// to use everything.

import type { Change } from './compare/change.ts'
import { callersOf, type Graph } from './graph.ts'
import type { Operation } from './model.ts'

export type Use = {
  readonly consumer: string
  /** Who offers it; of an event it may be anybody. */
  readonly provider: string | undefined
  readonly target:
    | { readonly kind: 'operation'; readonly method: string; readonly path: string }
    | { readonly kind: 'operation-id'; readonly id: string }
    | { readonly kind: 'event'; readonly eventType: string; readonly version: string | undefined }
  /** Fields it sends and reads, as paths; undefined: any. */
  readonly sends: readonly string[] | undefined
  readonly reads: readonly string[] | undefined
  /** New values in lists of values are no surprise. */
  readonly isOpen: boolean
  readonly file: string
  readonly line: number
}

/** What a change means to one consumer. */
export type Hurt = {
  readonly consumer: string
  readonly isHurt: boolean
  /** The file that says what it uses; undefined: it says nothing, and is taken to use all. */
  readonly file: string | undefined
  readonly line: number | undefined
}

/** Consumers of an operation: who is hurt by this change, and who is not because of what they said. */
export function hurtByOperation(
  graph: Graph,
  service: string,
  operation: Operation | undefined,
  change: Change,
): Hurt[] {
  const uses = graph.uses.filter(({ provider, target }) => provider === service && target.kind !== 'event')
  return hurts(
    [...callersOf(graph, service), ...uses.map(({ consumer }) => consumer)],
    uses,
    change,
    ({ target }) => {
      if (operation === undefined || target.kind === 'event') return true
      return target.kind === 'operation-id'
        ? target.id === operation.operationId
        : target.method === operation.method && isSamePath(target.path, operation.path)
    },
  )
}

export function hurtByEvent(
  graph: Graph,
  eventType: string,
  others: readonly string[],
  change: Change,
): Hurt[] {
  const uses = graph.uses.filter(({ target }) => target.kind === 'event' && target.eventType === eventType)
  const known = graph.consumptions
    .filter((each) => each.eventType === eventType)
    .map(({ service }) => service)
  const listed = known.length > 0 ? known : others
  return hurts([...listed, ...uses.map(({ consumer }) => consumer)], uses, change, () => true)
}

function hurts(
  consumers: readonly string[],
  uses: readonly Use[],
  change: Change,
  isAbout: (use: Use) => boolean,
): Hurt[] {
  return [...new Set(consumers)].map((consumer) => {
    const own = uses.filter((use) => use.consumer === consumer)
    const [first] = own
    if (first === undefined) return { consumer, isHurt: true, file: undefined, line: undefined }
    const use = own.find((each) => isAbout(each) && isTouched(each, change))
    return { consumer, isHurt: use !== undefined, file: (use ?? first).file, line: (use ?? first).line }
  })
}

function isTouched(use: Use, { exchange, path, code }: Change): boolean {
  if (code === 'enum-widened' && use.isOpen) return false
  // What is newly required hurts whoever does not send it.
  if (path === undefined || path === '' || exchange === undefined || code.startsWith('required-')) return true
  const fields = exchange === 'request' ? (use.target.kind === 'event' ? use.reads : use.sends) : use.reads
  return fields === undefined || fields.some((field) => overlaps(field, path))
}

/** `items[].price` and `items` touch each other; `**.price` is a name wherever it stands. */
export function overlaps(one: string, other: string): boolean {
  if (one.startsWith('**.'))
    return (
      other
        .replaceAll(/\[\d*\]/g, '')
        .split('.')
        .at(-1) === one.slice(3)
    )
  const [a, b] = [one, other].map((path) =>
    path
      .replaceAll(/\[\d*\]/g, '')
      .replace(/^\$\.?/, '')
      .split('.'),
  )
  return a!.slice(0, b!.length).every((part, i) => part === b![i] || part === '*' || b![i] === '*')
}

/** `/users/{id}` and `/users/:userId`, and `/users/42` of a recorded call. */
export function isSamePath(used: string, path: string): boolean {
  const [a, b] = [used, path].map((each) =>
    each
      .replace(/[?#].*$/, '')
      .replace(/\/+$/, '')
      .split('/'),
  )
  if (a!.length !== b!.length) return false
  return b!.every(
    (part, i) => part === a![i] || part.includes('{') || (isParameter(a![i]!) && isParameter(part)),
  )
}

function isParameter(part: string): boolean {
  return /^(\{.*\}|:.+)$/.test(part)
}
