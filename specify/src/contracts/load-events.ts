import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import type { Dialect } from '@specwright/json-schema/prepare-schema.ts'
import { messagesOf, payloadOf, type Message } from './asyncapi.ts'
import { avroRecords } from './avro.ts'
import { bundle, viewsOf, type LinkedFiles } from './linked-files.ts'
import type { ContractText } from './load-openapi.ts'
import { sourceAt, type EventContract, type EventFile, type SchemaAt, type Source } from './model.ts'
import { draftOf, modernised } from './older-drafts.ts'
import { readDocument, type ReadDocument } from './read-document.ts'

type Loaded = { eventFile: EventFile | undefined; findings: Finding[] }

/**
 * Reads events: `{"events": [{eventType, version, description, schema, consumers}]}`, AsyncAPI 2 and 3, a file that is
 * one JSON Schema, or Avro. `linked` are the files it refers to.
 */
export function loadEvents(
  text: string,
  file: string,
  service: string | undefined,
  linked: LinkedFiles = new Map(),
): Loaded {
  return eventsOf(readDocument(text, file), { text, file, service, linked })
}

/** The same of a document that is already read. */
export function eventsOf(
  { root: written, document, findings }: ReadDocument,
  contract: ContractText,
): Loaded {
  if (written === undefined) return { eventFile: undefined, findings: [...findings] }
  const { file, service, linked } = contract
  const isList = Array.isArray(written['events'])
  const isAsyncApi = written['asyncapi'] !== undefined
  const isAvro = !isList && !isAsyncApi && avroRecords(written).length > 0
  const isSchema = !isList && !isAsyncApi && !isAvro && isJsonSchema(written)
  const draft = draftOf(written)
  const bundled = isAvro ? written : bundle({ ...contract, root: written }, linked, isList)
  const within = viewsOf(linked)
  const source: Source = {
    file,
    service,
    dialect: isAsyncApi ? 'draft-07' : isSchema ? dialectOf(draft) : '2020-12',
    root: isSchema ? modernised(bundled, draft) : bundled,
    lineOf: (pointer) => document.locate(pointer)?.line ?? 1,
    within: (pointer) => within(source, pointer),
  }
  if (isAsyncApi) return asyncApi(source, [...findings])
  if (isAvro)
    return { eventFile: { source, events: avroEvents(source), received: [] }, findings: [...findings] }
  if (isSchema)
    return { eventFile: { source, events: [schemaEvent(source)], received: [] }, findings: [...findings] }
  if (!isList) return { eventFile: undefined, findings: [...findings, formatFinding(file)] }
  return listedEvents(source, written['compatibility'], [...findings])
}

function isJsonSchema(root: Record<string, unknown>): boolean {
  return ['$schema', '$id', 'properties', 'allOf', 'oneOf', 'anyOf', '$ref', '$defs'].some(
    (word) => root[word] !== undefined,
  )
}

/** Older drafts come out of `modernised` in the words of these two. */
function dialectOf(draft: ReturnType<typeof draftOf>): Dialect {
  return draft === '2019-09' || draft === '2020-12' ? '2020-12' : 'draft-07'
}

function listedEvents(source: Source, compatibility: unknown, findings: Finding[]): Loaded {
  const { file, lineOf } = source
  const list = (source.root as { events: unknown[] }).events
  const events = list.flatMap((item: unknown, i): EventContract[] => {
    const pointer = `/events/${i}`
    if (isRecord(item) && typeof item['eventType'] === 'string' && item['eventType'] !== '')
      return [listedEvent(source, { compatibility, ...item }, item['eventType'], pointer)]
    findings.push({
      code: 'event-without-type',
      severity: 'error',
      message: `Event ${i + 1} of this file has no "eventType".`,
      hint: 'Name it domain.entity.action, such as "order.order.placed".',
      file,
      line: lineOf(pointer),
    })
    return []
  })
  return { eventFile: { source, events, received: [] }, findings }
}

function listedEvent(
  source: Source,
  item: Record<string, unknown>,
  eventType: string,
  pointer: string,
): EventContract {
  const { version, description, schema, consumers, compatibility, topic } = item
  return {
    source,
    form: 'list',
    eventType,
    version: typeof version === 'string' || typeof version === 'number' ? String(version) : undefined,
    description: textOf(description),
    schema: schema === undefined ? undefined : ownSchema(source, schema, `${pointer}/schema`),
    ...(typeof topic === 'string' && { addresses: [topic] }),
    compatibility: textOf(compatibility),
    consumers: (Array.isArray(consumers) ? consumers : []).flatMap((service: unknown, i) =>
      typeof service === 'string' ? [{ service, line: source.lineOf(`${pointer}/consumers/${i}`) }] : [],
    ),
    pointer,
    line: source.lineOf(pointer),
  }
}

/** A schema inside a document that may name a draft of its own. */
function ownSchema(source: Source, schema: unknown, pointer: string): SchemaAt {
  const draft = isRecord(schema) ? draftOf(schema) : '2020-12'
  const names = isRecord(schema) && typeof schema['$schema'] === 'string'
  if (!names || draft === '2020-12') return { schema, pointer, source }
  return { schema: modernised(schema, draft), pointer, source: { ...source, dialect: dialectOf(draft) } }
}

function schemaEvent(source: Source): EventContract {
  const root = source.root as Record<string, unknown>
  const properties = isRecord(root['properties']) ? root['properties'] : {}
  const constant = ['eventType', 'type']
    .map((name) => properties[name])
    .find((each) => isRecord(each) && typeof each['const'] === 'string')
  const { name, revision } = revisionOf(source.file)
  return {
    source,
    form: 'json-schema',
    ...(revision !== undefined && { revision }),
    eventType: textOf(root['x-event-type']) ?? (isRecord(constant) ? String(constant['const']) : name),
    version: textOf(root['x-version']),
    description: textOf(root['description']) ?? textOf(root['title']),
    schema: { schema: root, pointer: '', source },
    compatibility: textOf(root['x-compatibility']),
    consumers: [],
    pointer: '',
    line: 1,
  }
}

/** `order-placed.v2.avsc` and `order-placed/2.avsc` are version 2 of `order-placed`. */
export function revisionOf(file: string): { name: string; revision: string | undefined } {
  const parts = file.split('/')
  const stem = parts.at(-1)!.replace(/(\.schema)?\.(json|ya?ml|avsc)$/, '')
  const own = /^v?(\d+(?:\.\d+)*)$/.exec(stem)
  if (own !== null) return { name: parts.at(-2) ?? stem, revision: own[1] }
  const [, name, revision] = /^(.+?)[._-]v?(\d+(?:\.\d+)*)$/.exec(stem) ?? []
  return name === undefined ? { name: stem, revision: undefined } : { name, revision }
}

function avroEvents(source: Source): EventContract[] {
  const { revision } = revisionOf(source.file)
  return avroRecords(source.root).map(({ name, value, pointer }) => ({
    source,
    form: 'avro',
    ...(revision !== undefined && { revision }),
    eventType: name,
    version: undefined,
    description: textOf(value['doc']),
    schema: undefined,
    avro: { schema: value, pointer, source },
    compatibility: textOf(value['compatibility']),
    consumers: [],
    pointer,
    line: source.lineOf(pointer),
  }))
}

function asyncApi(source: Source, findings: Finding[]): Loaded {
  const root = source.root as Record<string, unknown>
  if (!/^[23]\./.test(String(root['asyncapi'])))
    findings.push({
      code: 'contract-version',
      severity: 'error',
      message: `"asyncapi: ${String(root['asyncapi'])}" is not a version specify reads (2 or 3).`,
      hint: 'Begin the file with "asyncapi: 3.0.0".',
      file: source.file,
      line: source.lineOf('/asyncapi'),
    })
  const messages = messagesOf(root)
  const placed = (message: Message) => sourceAt(source, message.pointer)
  const sent = messages.filter(({ role }) => role === 'sends')
  const received = messages.filter(({ role }) => role === 'receives')
  return {
    eventFile: {
      source,
      events: sent.map((message) => messageEvent(placed(message), message)),
      received: received.map((message) => messageEvent(placed(message), message)),
    },
    findings,
  }
}

function messageEvent(source: Source, message: Message): EventContract {
  const { value, pointer, name } = message
  const payload = payloadOf(message, source.root)
  const format = payload?.format ?? ''
  const dialect: Dialect = /openapi/.test(format)
    ? 'openapi-3.0'
    : /2020-12/.test(format)
      ? '2020-12'
      : 'draft-07'
  const at = payload && { schema: payload.schema, pointer: payload.pointer, source: { ...source, dialect } }
  const isOther = /protobuf|raml|xml/.test(format)
  const headers = value['headers']
  return {
    source,
    form: 'asyncapi',
    eventType: name,
    version: textOf(value['x-version']),
    description: textOf(value['description']) ?? textOf(value['summary']) ?? textOf(value['title']),
    schema:
      isOther || /avro/.test(format)
        ? undefined
        : dialect === 'draft-07' && at !== undefined
          ? { ...at, source }
          : at,
    ...(at !== undefined && /avro/.test(format) && { avro: at }),
    ...(headers !== undefined && { headers: { schema: headers, pointer: `${pointer}/headers`, source } }),
    ...(message.addresses.length > 0 && { addresses: message.addresses }),
    compatibility: textOf(value['x-compatibility']),
    consumers: (Array.isArray(value['x-consumers']) ? value['x-consumers'] : []).flatMap(
      (service: unknown, i) =>
        typeof service === 'string'
          ? [{ service, line: source.lineOf(`${pointer}${pointerOf('x-consumers', i)}`) }]
          : [],
    ),
    pointer,
    line: source.lineOf(pointer),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

function formatFinding(file: string): Finding {
  return {
    code: 'event-file-format',
    severity: 'error',
    message: 'This event file has no list "events", and is neither AsyncAPI nor a schema.',
    hint: 'Write {"events": [{"eventType": "order.order.placed", "version": "v1", "schema": {…}, "consumers": [] }]}.',
    file,
    line: 1,
  }
}
