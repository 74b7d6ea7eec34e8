import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import type { Dialect } from '@specwright/json-schema/prepare-schema.ts'
import { refOf, resolveRef } from '@specwright/json-schema/resolve-ref.ts'
import {
  sourceAt,
  type Api,
  type Media,
  type Operation,
  type Parameter,
  type RequestBody,
  type Response,
  type Source,
} from './model.ts'
import { bundle, viewsOf, type LinkedFiles } from './linked-files.ts'
import { readDocument, type ReadDocument } from './read-document.ts'
import { convertSwagger2 } from './swagger-2.ts'

// Lines are looked up when somebody asks: a document of 13 MB has twenty thousand of them.
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const

/** Reads OpenAPI 3.0 to 3.2 and Swagger 2 (https://spec.openapis.org). `linked` are the files it refers to. */
export function loadOpenApi(
  text: string,
  file: string,
  service: string | undefined,
  linked: LinkedFiles = new Map(),
): { api: Api | undefined; findings: Finding[] } {
  return openApiOf(readDocument(text, file), { text, file, service, linked })
}

export type ContractText = {
  readonly text: string
  readonly file: string
  readonly service: string | undefined
  readonly linked: LinkedFiles
}

/** The same of a document that is already read. */
export function openApiOf(
  { root: written, document, findings }: ReadDocument,
  { text, file, service, linked }: ContractText,
): { api: Api | undefined; findings: Finding[] } {
  if (written === undefined) return { api: undefined, findings: [...findings] }
  const bundled = bundle({ root: written, file, text }, linked)
  const converted = /^2(\.|$)/.test(String(written['swagger'])) ? convertSwagger2(bundled) : undefined
  const root = converted?.root ?? bundled
  const dialect = dialectOf(root)
  if (dialect === undefined)
    return {
      api: undefined,
      findings: [
        ...findings,
        versionFinding(
          root,
          file,
          document.locate(root['openapi'] === undefined ? '/swagger' : '/openapi')?.line,
        ),
      ],
    }
  const within = viewsOf(linked)
  const source: Source = {
    file,
    service,
    dialect,
    root,
    lineOf: (pointer) => document.locate(converted?.originOf(pointer) ?? pointer)?.line ?? 1,
    within: (pointer) => within(source, pointer),
  }
  const info = isRecord(root['info']) ? root['info'] : {}
  const api: Api = {
    source,
    version: versionOf(root),
    title: textOf(info['title']) ?? '',
    basePaths: basePathsOf(root['servers']),
    operations: readOperations(source, root),
  }
  return { api, findings: [...findings] }
}

function dialectOf(root: Record<string, unknown>): Dialect | undefined {
  const version = versionOf(root)
  if (/^3\.0(\.\d+)?$/.test(version)) return 'openapi-3.0'
  return /^3\.[12](\.\d+)?$/.test(version) ? 'openapi-3.1' : undefined
}

/** `openapi: 3.1` without quotes is a number in YAML. */
function versionOf({ openapi }: Record<string, unknown>): string {
  return typeof openapi === 'string' ? openapi : JSON.stringify(openapi ?? null)
}

function versionFinding(root: Record<string, unknown>, file: string, line: number | undefined): Finding {
  const swagger = root['swagger'] !== undefined
  const asyncapi = root['asyncapi'] !== undefined
  const message = swagger
    ? `This is Swagger ${String(root['swagger'])}: specify reads 2.0.`
    : asyncapi
      ? 'This is AsyncAPI: it speaks of events.'
      : root['openapi'] === undefined
        ? 'This is no OpenAPI document: it has no "openapi" version.'
        : `"openapi: ${versionOf(root)}" is not a version specify reads (3.0, 3.1 or 3.2).`
  return {
    code: 'contract-version',
    severity: 'error',
    message,
    hint: swagger ? 'Begin the file with "swagger: \'2.0\'".' : 'Begin the file with "openapi: 3.1.0".',
    file,
    line: line ?? 1,
  }
}

function basePathsOf(servers: unknown): string[] {
  if (!Array.isArray(servers)) return ['']
  const paths = servers.map((server: unknown) => {
    const url = (isRecord(server) && textOf(server['url'])) || ''
    return url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/\/+$/, '')
  })
  return [...new Set(paths.length === 0 ? [''] : paths)]
}

function readOperations(source: Source, root: Record<string, unknown>): Operation[] {
  const paths = isRecord(root['paths']) ? root['paths'] : {}
  return Object.entries(paths).flatMap(([path, item]) =>
    path.startsWith('/')
      ? readPathItem(source, root, path, { value: item, pointer: pointerOf('paths', path) })
      : [],
  )
}

/** The operations of one path item, also of one under `webhooks` or a callback. */
export function readPathItem(
  source: Source,
  root: Record<string, unknown>,
  path: string,
  item: { readonly value: unknown; readonly pointer: string },
): Operation[] {
  const at = follow(source, item.value, item.pointer)
  if (!isRecord(at.value)) return []
  const { value } = at
  const more = isRecord(value['additionalOperations']) ? value['additionalOperations'] : {}
  const operations: [method: string, operation: unknown, pointer: string][] = [
    ...METHODS.map((method): [string, unknown, string] => [method, value[method], `${at.pointer}/${method}`]),
    ...Object.entries(more).map(([method, operation]): [string, unknown, string] => [
      method,
      operation,
      `${at.pointer}${pointerOf('additionalOperations', method)}`,
    ]),
  ]
  const shared = readParameters(source, value['parameters'], `${at.pointer}/parameters`)
  return operations.flatMap(([method, written, place]) => {
    // An operation of its own file is against the letter, and common.
    const { value: operation, pointer } = follow(source, written, place)
    if (!isRecord(operation)) return []
    return [
      readOperation({ source: sourceAt(source, pointer), root, path, method, operation, shared, pointer }),
    ]
  })
}

function readOperation({
  source,
  root,
  path,
  method,
  operation,
  shared,
  pointer,
}: {
  source: Source
  root: Record<string, unknown>
  path: string
  method: string
  operation: Record<string, unknown>
  shared: readonly Parameter[]
  pointer: string
}): Operation {
  const own = readParameters(source, operation['parameters'], `${pointer}/parameters`)
  const inherited = shared.filter(
    (each) => !own.some((other) => other.name === each.name && other.in === each.in),
  )
  return {
    source,
    method: method.toUpperCase(),
    path,
    pointer,
    get line() {
      return source.lineOf(pointer)
    },
    operationId: textOf(operation['operationId']),
    summary: textOf(operation['summary']),
    description: textOf(operation['description']),
    parameters: [...own, ...inherited],
    requestBody: readRequestBody(source, operation['requestBody'], `${pointer}/requestBody`),
    responses: readResponses(source, operation['responses'], `${pointer}/responses`),
    security: readSecurity(operation['security'] ?? root['security']),
  }
}

function readParameters(source: Source, list: unknown, pointer: string): Parameter[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown, i): Parameter[] => {
    const at = follow(source, item, `${pointer}/${i}`)
    if (!isRecord(at.value)) return []
    const { name, in: place, required, schema } = at.value
    if (typeof name !== 'string' || !isPlace(place)) return []
    return [
      {
        name,
        in: place,
        required: required === true || place === 'path',
        schema: schema === undefined ? undefined : { schema, pointer: `${at.pointer}/schema`, source },
        pointer: `${pointer}/${i}`,
        get line() {
          return source.lineOf(`${pointer}/${i}`)
        },
      },
    ]
  })
}

function isPlace(value: unknown): value is Parameter['in'] {
  return value === 'path' || value === 'query' || value === 'header' || value === 'cookie'
}

function readRequestBody(source: Source, body: unknown, pointer: string): RequestBody | undefined {
  const at = follow(source, body, pointer)
  if (!isRecord(at.value)) return undefined
  return {
    required: at.value['required'] === true,
    content: readContent(source, at.value['content'], `${at.pointer}/content`),
    get line() {
      return source.lineOf(pointer)
    },
  }
}

function readContent(source: Source, content: unknown, pointer: string): Media[] {
  if (!isRecord(content)) return []
  return Object.entries(content).map(([type, media]) => ({
    type,
    schema:
      isRecord(media) && media['schema'] !== undefined
        ? { schema: media['schema'], pointer: `${pointer}${pointerOf(type)}/schema`, source }
        : undefined,
  }))
}

function readResponses(source: Source, responses: unknown, pointer: string): Response[] {
  if (!isRecord(responses)) return []
  return Object.entries(responses)
    .filter(([status]) => /^([1-5]\d\d|[1-5]XX|default)$/i.test(status))
    .map(([status, response]) => {
      const own = `${pointer}${pointerOf(status)}`
      const at = follow(source, response, own)
      const value = isRecord(at.value) ? at.value : {}
      return {
        status: /^\dxx$/i.test(status) ? status.toUpperCase() : status,
        description: textOf(value['description']),
        headers: isRecord(value['headers']) ? Object.keys(value['headers']) : [],
        content: readContent(source, value['content'], `${at.pointer}/content`),
        pointer: own,
        get line() {
          return source.lineOf(own)
        },
      }
    })
}

function readSecurity(security: unknown): string[][] {
  if (!Array.isArray(security)) return []
  return security.filter(isRecord).map((alternative) => Object.keys(alternative))
}

/** What a reference leads to and where that is written; the value itself when it is none or leads nowhere. */
function follow(source: Source, value: unknown, pointer: string): { value: unknown; pointer: string } {
  const ref = refOf(value)
  if (ref === undefined) return { value, pointer }
  const resolved = resolveRef(source.root, ref)
  return resolved.outcome === 'found'
    ? { value: resolved.value, pointer: resolved.pointer }
    : { value: undefined, pointer }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
