// Contracts as values with positions: OpenAPI documents and event files, whatever their version and spelling.

import type { Finding } from '@specwright/cli/finding.ts'
import type { Dialect } from '@specwright/json-schema/prepare-schema.ts'

export type Contracts = {
  readonly apis: readonly Api[]
  readonly eventFiles: readonly EventFile[]
  /** What could not be read, with the line. */
  readonly findings: readonly Finding[]
}

/** A document and where its parts are written. */
export type Source = {
  /** Relative to the workspace root. */
  readonly file: string
  /** The service whose folder holds the file; none for shared files. */
  readonly service: string | undefined
  readonly dialect: Dialect
  readonly root: unknown
  /** The line of the part a JSON pointer names, or of its nearest parent. */
  lineOf(pointer: string): number
  /** The file that a part really stands in, when a reference brought it in from another one. */
  within?(pointer: string): Source | undefined
}

/** The source as seen from one of its parts: with the file and the lines of that part. */
export function sourceAt(source: Source, pointer: string): Source {
  return source.within?.(pointer) ?? source
}

/** Where a part is written. */
export function placeOf(source: Source, pointer: string): { file: string; line: number } {
  const own = sourceAt(source, pointer)
  return { file: own.file, line: own.lineOf(pointer) }
}

export type SchemaAt = { readonly schema: unknown; readonly pointer: string; readonly source: Source }

export type Api = {
  readonly source: Source
  /** `3.0.3` as written. */
  readonly version: string
  readonly title: string
  /** Paths of the servers: `/api` for `https://example.org/api`. */
  readonly basePaths: readonly string[]
  readonly operations: readonly Operation[]
}

export type Operation = {
  readonly source: Source
  /** In capitals. */
  readonly method: string
  /** As written: `/api/v1/orders/{orderId}`. */
  readonly path: string
  readonly pointer: string
  readonly line: number
  readonly operationId: string | undefined
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly parameters: readonly Parameter[]
  readonly requestBody: RequestBody | undefined
  readonly responses: readonly Response[]
  /** Alternatives, each a set of schemes; an empty list asks for nothing. */
  readonly security: readonly (readonly string[])[]
}

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  readonly schema: SchemaAt | undefined
  readonly pointer: string
  readonly line: number
}

export type RequestBody = {
  readonly required: boolean
  readonly content: readonly Media[]
  readonly line: number
}

export type Media = { readonly type: string; readonly schema: SchemaAt | undefined }

export type Response = {
  /** `200`, `4XX` or `default`. */
  readonly status: string
  readonly description: string | undefined
  readonly headers: readonly string[]
  readonly content: readonly Media[]
  readonly pointer: string
  readonly line: number
}

export type EventFile = {
  readonly source: Source
  readonly events: readonly EventContract[]
  /** Events the file says its service takes in, as it knows them (AsyncAPI). */
  readonly received: readonly EventContract[]
}

/** The seed's list of events, a message of AsyncAPI, a file that is one JSON Schema, an Avro record. */
export type EventForm = 'list' | 'asyncapi' | 'json-schema' | 'avro'

export type EventContract = {
  readonly source: Source
  readonly form: EventForm
  readonly eventType: string
  /** Of a schema that has a file for each version: `2` of `order-placed.v2.avsc`. */
  readonly revision?: string
  readonly version: string | undefined
  readonly description: string | undefined
  readonly schema: SchemaAt | undefined
  /** Instead of `schema`, where Avro is spoken. */
  readonly avro?: SchemaAt
  /** The schema of the message's headers. */
  readonly headers?: SchemaAt
  /** Channels or topics it goes through, when the contract names them. */
  readonly addresses?: readonly string[]
  /** The promise between versions as written: `FULL_TRANSITIVE`. */
  readonly compatibility: string | undefined
  readonly consumers: readonly { readonly service: string; readonly line: number }[]
  readonly pointer: string
  readonly line: number
}

/** `POST /api/v1/orders`, as messages name an operation. */
export function operationName({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`
}
