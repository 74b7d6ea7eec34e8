import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { compileSchema } from '@specwright/json-schema/compile-schema.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'
import type { SchemaProblem } from '@specwright/json-schema/schema-problem.ts'

export type Check = (value: unknown) => readonly SchemaProblem[]

export type Access = 'public' | 'buyer-or-guest' | 'buyer' | 'service'

export type LoadedOperation = {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly access: Access
  /** Its answers may be kept for an Idempotency-Key: it changes something, and they hold no secrets. */
  readonly isKept: boolean
  readonly parameters: readonly Parameter[]
  readonly body: { readonly required: boolean; readonly check: Check } | undefined
  /** By status; undefined for a response without a body. */
  readonly responses: ReadonlyMap<number, Check | undefined>
}

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: JsonSchema
  readonly check: Check
}

/** The little of JSON Schema that is looked at here; validation itself is left to the validator. */
export type JsonSchema = {
  readonly type?: string
  readonly items?: JsonSchema
  readonly [keyword: string]: unknown
}

export type OpenApi = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>
  readonly components?: {
    readonly schemas?: Readonly<Record<string, JsonSchema>>
    readonly [section: string]: unknown
  }
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
}

export type OpenApiOperation = {
  readonly operationId: string
  /** Ours: the answer holds tokens and is never stored. */
  readonly 'x-secret-response'?: boolean
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly (Reference | OpenApiParameter)[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, Reference | { readonly content?: Content }>>
}

export type OpenApiParameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: JsonSchema
}

type Reference = { readonly $ref: string }
type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>

/** In the order operations are listed. */
export const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const

/** Reads an api-spec.yaml of ours. Throws on one that does not parse: `specify validate-contracts` is there to say why. */
export async function readOpenApi(file: URL): Promise<OpenApi> {
  const { value, problems } = parseDocument(await readFile(file, 'utf8'), 'yaml')
  const [problem] = problems
  if (problem) throw new Error(`${fileURLToPath(file)}:${problem.line}:${problem.column} ${problem.message}`)
  // Checked by specify in CI; read here as what it says it is.
  return value as OpenApi
}

/** Every operation with validators for what goes in and what comes out. */
export function loadOperations(document: OpenApi): LoadedOperation[] {
  const compile = (schema: JsonSchema): Check =>
    compileSchema(schema, { dialect: 'openapi-3.0', root: document })
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [loadOperation(document, path, method, operation, compile)]
    }),
  )
}

function loadOperation(
  document: OpenApi,
  path: string,
  method: string,
  operation: OpenApiOperation,
  compile: (schema: JsonSchema) => Check,
): LoadedOperation {
  const content = operation.requestBody?.content['application/json']
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path,
    access: accessOf(operation),
    isKept: method !== 'get' && operation['x-secret-response'] !== true,
    parameters: parametersOf(document, operation).map((parameter) => {
      const schema = parameter.schema ?? {}
      return {
        name: parameter.name,
        in: parameter.in as 'path' | 'query',
        required: parameter.required ?? false,
        schema: resolve(document, schema),
        check: compile(schema),
      }
    }),
    body: content && {
      required: operation.requestBody?.required ?? false,
      check: compile(content.schema ?? {}),
    },
    responses: new Map(
      Object.entries(operation.responses)
        .filter(([status]) => status !== 'default') // the form of any other error, which the platform itself gives
        .map(([status, response]) => {
          const media = Object.values(resolve(document, response).content ?? {})[0]
          return [Number(status), media && compile(media.schema ?? {})]
        }),
    ),
  }
}

/** Path and query parameters with references followed; headers and cookies are the platform's own business. */
export function parametersOf(document: OpenApi, operation: OpenApiOperation): OpenApiParameter[] {
  return (operation.parameters ?? [])
    .map((parameter) => resolve(document, parameter))
    .filter((parameter) => parameter.in === 'path' || parameter.in === 'query')
}

export function accessOf({ security }: OpenApiOperation): Access {
  if (security === undefined) throw new Error('Every operation must state its security.')
  if (security.length === 0) return 'public'
  if (security.some((entry) => 'serviceToken' in entry)) return 'service'
  return security.some((entry) => Object.keys(entry).length === 0) ? 'buyer-or-guest' : 'buyer'
}

/** Follows a local $ref of the document, or gives the value itself. */
export function resolve<T extends object>(document: OpenApi, value: T | Reference): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T
  const target = value.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
  if (target === undefined) throw new Error(`Reference to nowhere: ${value.$ref}`)
  return resolve(document, target as T)
}
