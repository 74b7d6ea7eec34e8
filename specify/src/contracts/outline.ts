// What the whole platform asks of one contract, small enough to be kept between runs: which operations and events there
// are and where. Whatever else somebody asks for (a schema, a parameter) is read from the file when he does.

import type { Contracts, Api, EventContract, EventFile, Operation, SchemaAt, Source } from './model.ts'

/** Plain data, of one file that holds one contract and refers to no other. */
export type Outline = {
  readonly api?: ApiOutline
  readonly eventFile?: EventFileOutline
}

type ApiOutline = {
  readonly dialect: Source['dialect']
  readonly version: string
  readonly title: string
  readonly basePaths: readonly string[]
  readonly operations: readonly OperationOutline[]
}

type OperationOutline = Pick<Operation, 'method' | 'path' | 'pointer' | 'line'> & {
  readonly operationId?: string
}

type EventFileOutline = {
  readonly dialect: Source['dialect']
  readonly events: readonly EventOutline[]
  readonly received: readonly EventOutline[]
}

type EventOutline = Omit<EventContract, 'source' | SchemaName> & {
  /** Where its schemas stand. */
  readonly schemas: Partial<Record<SchemaName, string>>
}

const SCHEMAS = ['schema', 'avro', 'headers'] as const
type SchemaName = (typeof SCHEMAS)[number]

/** Undefined for several contracts in one page. */
export function outlineOf({ apis, eventFiles }: Pick<Contracts, 'apis' | 'eventFiles'>): Outline | undefined {
  if (apis.length + eventFiles.length > 1) return undefined
  const [api] = apis
  const [eventFile] = eventFiles
  return {
    ...(api && { api: apiOutline(api) }),
    ...(eventFile && { eventFile: eventFileOutline(eventFile) }),
  }
}

function apiOutline({ source, version, title, basePaths, operations }: Api): ApiOutline {
  return {
    dialect: source.dialect,
    version,
    title,
    basePaths,
    operations: operations.map(({ method, path, pointer, line, operationId }) => ({
      method,
      path,
      pointer,
      line,
      ...(operationId !== undefined && { operationId }),
    })),
  }
}

function eventFileOutline({ source, events, received }: EventFile): EventFileOutline {
  return {
    dialect: source.dialect,
    events: events.map(eventOutline),
    received: received.map(eventOutline),
  }
}

function eventOutline({ source: _s, schema, avro, headers, ...event }: EventContract): EventOutline {
  const schemas = Object.entries({ schema, avro, headers }).flatMap(([name, at]) =>
    at === undefined ? [] : [[name, at.pointer]],
  )
  return { ...event, schemas: Object.fromEntries(schemas) as EventOutline['schemas'] }
}

/** The contracts again: what the outline does not hold comes from `whole`, which is called once at most. */
export function fromOutline(
  { api, eventFile }: Outline,
  { file, service }: { readonly file: string; readonly service: string | undefined },
  whole: () => Contracts,
): Pick<Contracts, 'apis' | 'eventFiles'> {
  return {
    apis: api === undefined ? [] : [apiFrom(api, { file, service }, () => whole().apis[0])],
    eventFiles:
      eventFile === undefined
        ? []
        : [eventFileFrom(eventFile, { file, service }, () => whole().eventFiles[0])],
  }
}

type Origin = { readonly file: string; readonly service: string | undefined }

function lazySource(
  { file, service }: Origin,
  dialect: Source['dialect'],
  whole: () => Source | undefined,
): Source {
  return {
    file,
    service,
    dialect,
    get root() {
      return whole()?.root
    },
    lineOf: (pointer) => whole()?.lineOf(pointer) ?? 1,
  }
}

function apiFrom(
  { dialect, operations, ...api }: ApiOutline,
  origin: Origin,
  whole: () => Api | undefined,
): Api {
  const source = lazySource(origin, dialect, () => whole()?.source)
  return {
    ...api,
    source,
    operations: operations.map((outline, i): Operation => {
      // The same file gives the same list.
      const own = () => whole()!.operations[i]!
      return {
        source,
        ...outline,
        operationId: outline.operationId,
        get summary() {
          return own().summary
        },
        get description() {
          return own().description
        },
        get parameters() {
          return own().parameters
        },
        get requestBody() {
          return own().requestBody
        },
        get responses() {
          return own().responses
        },
        get security() {
          return own().security
        },
      }
    }),
  }
}

function eventFileFrom(
  { dialect, events, received }: EventFileOutline,
  origin: Origin,
  whole: () => EventFile | undefined,
): EventFile {
  const source = lazySource(origin, dialect, () => whole()?.source)
  const from =
    (list: 'events' | 'received') =>
    ({ schemas, ...event }: EventOutline, i: number): EventContract => ({
      ...event,
      version: event.version,
      description: event.description,
      compatibility: event.compatibility,
      source,
      schema: undefined,
      ...Object.fromEntries(
        SCHEMAS.flatMap((name) => {
          const pointer = schemas[name]
          if (pointer === undefined) return []
          const at: SchemaAt = {
            pointer,
            source,
            get schema() {
              return whole()?.[list][i]?.[name]?.schema
            },
          }
          return [[name, at]]
        }),
      ),
    })
  return { source, events: events.map(from('events')), received: received.map(from('received')) }
}
