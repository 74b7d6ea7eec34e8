import { compareSchemas, type Direction, type SchemaChange } from './compare-schemas.ts'
import { callersOf, consumersOf, type Graph } from './graph.ts'
import {
  operationName,
  type Contracts,
  type EventContract,
  type Media,
  type Operation,
  type SchemaAt,
} from './model.ts'

/** A change that breaks somebody who relied on the contract as it was. */
export type BreakingChange = {
  readonly code: string
  /** `Endpoint: POST /api/v1/orders` or `Event: order.order.placed`. */
  readonly where: string
  readonly message: string
  readonly before: string
  readonly after: string
  /** Services known to use it. */
  readonly consumers: readonly string[]
  readonly recommendation: string
  readonly service: string | undefined
  readonly file: string
  readonly line: number
}

/** What the contracts of now break of those of before. `graph` is that of now: it knows who uses what. */
export function compareContracts(before: Contracts, now: Contracts, graph: Graph): BreakingChange[] {
  return [...compareApis(before, now, graph), ...compareEvents(before, now, graph)]
}

type Change = Omit<SchemaChange, 'at'> & { readonly at?: SchemaAt; readonly line?: number }

function compareApis(before: Contracts, now: Contracts, graph: Graph): BreakingChange[] {
  const key = ({ source, method, path }: Operation) =>
    `${source.service ?? source.file} ${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`
  const present = new Map(
    now.apis.flatMap(({ operations }) => operations.map((operation) => [key(operation), operation])),
  )
  return before.apis.flatMap(({ operations }) =>
    operations.flatMap((old) => {
      const operation = present.get(key(old))
      const changes =
        operation === undefined
          ? [change('operation-removed', 'The operation was removed', operationName(old), 'nothing')]
          : compareOperations(old, operation)
      const { service, file } = (operation ?? old).source
      const consumers = service === undefined ? [] : callersOf(graph, service)
      return changes.map(({ at, line, ...rest }) => ({
        ...rest,
        where: `Endpoint: ${operationName(old)}`,
        consumers,
        recommendation: recommend(rest.code, 'v2'),
        service,
        file,
        line: at === undefined ? (line ?? operation?.line ?? 1) : at.source.lineOf(at.pointer),
      }))
    }),
  )
}

function compareOperations(old: Operation, now: Operation): Change[] {
  return [
    ...compareParameters(old, now),
    ...compareRequestBodies(old, now),
    ...compareResponses(old, now),
    ...compareSecurity(old, now),
  ]
}

function compareParameters(old: Operation, now: Operation): Change[] {
  return now.parameters.flatMap((parameter): Change[] => {
    if (parameter.in === 'path') return []
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name
    const was = old.parameters.find(
      (each) =>
        each.in === parameter.in && (each.in === 'header' ? each.name.toLowerCase() : each.name) === name,
    )
    const { line } = parameter
    if (parameter.required && was?.required !== true) {
      const message = `${was === undefined ? 'New required' : 'Now required'} ${parameter.in} parameter '${parameter.name}'`
      return [
        {
          ...change(
            'required-parameter-added',
            message,
            was === undefined ? 'nothing' : 'optional',
            'required',
          ),
          line,
        },
      ]
    }
    if (was?.schema === undefined || parameter.schema === undefined) return []
    return compareSchemas(was.schema, parameter.schema, 'request').map((each) => ({
      ...each,
      message: `Parameter '${parameter.name}': ${each.message}`,
    }))
  })
}

function compareRequestBodies(old: Operation, now: Operation): Change[] {
  const changes: Change[] = []
  if (now.requestBody?.required === true && old.requestBody?.required !== true)
    changes.push({
      ...change(
        'required-body-added',
        'A body became required',
        old.requestBody === undefined ? 'none' : 'optional',
        'required',
      ),
      line: now.requestBody.line,
    })
  return [
    ...changes,
    ...compareMedia(old.requestBody?.content ?? [], now.requestBody?.content ?? [], 'request'),
  ]
}

function compareResponses(old: Operation, now: Operation): Change[] {
  return old.responses.flatMap((was): Change[] => {
    // Errors may come and go: a client must cope with any of them.
    if (!/^[23]/.test(was.status)) return []
    const is = now.responses.find(({ status }) => status === was.status || status === `${was.status[0]}XX`)
    if (is === undefined)
      return [change('response-removed', `The answer ${was.status} was removed`, was.status, 'nothing')]
    return compareMedia(was.content, is.content, 'response')
  })
}

function compareMedia(old: readonly Media[], now: readonly Media[], direction: Direction): Change[] {
  return old.flatMap((was): Change[] => {
    const is = now.find(({ type }) => type === was.type)
    if (is === undefined)
      return [
        change(
          'media-type-removed',
          `${direction === 'request' ? 'Bodies' : 'Answers'} of type ${was.type} were removed`,
          was.type,
          now.map(({ type }) => type).join(', ') || 'nothing',
        ),
      ]
    return was.schema === undefined || is.schema === undefined
      ? []
      : compareSchemas(was.schema, is.schema, direction)
  })
}

function compareSecurity(old: Operation, now: Operation): Change[] {
  const isOpen = ({ security }: Operation) =>
    security.length === 0 || security.some((names) => names.length === 0)
  if (!isOpen(old) || isOpen(now)) return []
  return [
    change(
      'security-added',
      'Credentials became required',
      'none',
      now.security.map((names) => names.join(' and ')).join(' or '),
    ),
  ]
}

function compareEvents(before: Contracts, now: Contracts, graph: Graph): BreakingChange[] {
  const key = ({ eventType, version }: EventContract) => `${eventType} ${version ?? ''}`
  const present = new Map(now.eventFiles.flatMap(({ events }) => events.map((event) => [key(event), event])))
  return before.eventFiles.flatMap(({ events }) =>
    events.flatMap((old) => {
      const event = present.get(key(old))
      const changes: Change[] =
        event === undefined
          ? [change('event-removed', 'The event was removed', key(old).trim(), 'nothing')]
          : old.schema === undefined || event.schema === undefined
            ? []
            : compareSchemas(old.schema, event.schema, 'response')
      const known = consumersOf(graph, old.eventType)
      const consumers = known.length > 0 ? known : old.consumers.map(({ service }) => service)
      const { service, file } = (event ?? old).source
      return changes.map(({ at, line, ...rest }) => ({
        ...rest,
        where: `Event: ${old.eventType}`,
        consumers,
        recommendation: recommend(rest.code, 'a new event version'),
        service,
        file,
        line: at === undefined ? (line ?? event?.line ?? 1) : at.source.lineOf(at.pointer),
      }))
    }),
  )
}

function change(code: string, message: string, before: string, after: string): Change {
  return { code, message, before, after }
}

function recommend(code: string, next: string): string {
  switch (code) {
    case 'required-field-added':
      return `Make field optional or bump version to ${next}`
    case 'required-parameter-added':
      return `Make parameter optional or bump version to ${next}`
    case 'required-body-added':
      return `Make the body optional or bump version to ${next}`
    case 'response-field-removed':
    case 'request-field-removed':
      return `Keep the field until its consumers have moved, or bump version to ${next}`
    case 'operation-removed':
    case 'event-removed':
    case 'response-removed':
    case 'media-type-removed':
      return `Keep it until its consumers have moved, or bump version to ${next}`
    default:
      return `Accept the old form, too, or bump version to ${next}`
  }
}
