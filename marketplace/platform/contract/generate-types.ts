import { typescriptType } from '@specwright/json-schema/typescript-type.ts'
import type { EventFile } from './load-events.ts'
import {
  METHODS,
  parametersOf,
  resolve,
  type JsonSchema,
  type OpenApi,
  type OpenApiOperation,
} from './load-contract.ts'

const HEADER = '// Generated from the contract beside this file by "npm run generate". Do not edit.\n'

/** The text of contracts/api.ts: one type per schema, `Operations`, and the call table `contract`. */
export function operationTypes(service: string, document: OpenApi): string {
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => `export type ${typeName(name)} = ${type(schema)}\n`,
  )
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ path, method: method.toUpperCase(), operation }]
    }),
  )
  const shapes = operations
    .filter(({ operation }) => operation.operationId !== 'getHealth')
    .map(({ operation }) => `  readonly ${operation.operationId}: ${operationShape(document, operation)}\n`)
  const table = operations.map(
    ({ operation, method, path }) =>
      `    ${operation.operationId}: { method: '${method}', path: '${path}' },\n`,
  )
  return [
    HEADER,
    ...schemas,
    `export type Operations = {\n${shapes.join('')}}\n`,
    `export const contract = {\n  service: '${service}',\n  operations: {\n${table.join('')}  },\n} as const\n`,
  ].join('\n')
}

/** The text of contracts/events.ts: the envelope of each event, and `Events` by event type. */
export function eventTypes(events: EventFile['events']): string {
  const types = events.map(
    ({ eventType, description, schema }) =>
      `/** ${description.replaceAll('*/', '* /')} */\nexport type ${typeName(eventType)} = ${type(schema)}\n`,
  )
  const index = events.map(({ eventType }) => `  readonly '${eventType}': ${typeName(eventType)}\n`)
  return [HEADER, ...types, `export type Events = {\n${index.join('')}}\n`].join('\n')
}

function operationShape(document: OpenApi, operation: OpenApiOperation): string {
  const parameters = parametersOf(document, operation)
  const content = operation.requestBody?.content['application/json']
  const body = content === undefined ? 'undefined' : type(content.schema ?? {})
  const optional = content !== undefined && operation.requestBody?.required !== true ? ' | undefined' : ''
  const responses = Object.entries(operation.responses)
    .filter(([status]) => /^\d{3}$/.test(status))
    .map(([status, response]) => {
      const media = Object.values(resolve(document, response).content ?? {})[0]
      return `{ readonly status: ${status}; readonly body: ${media === undefined ? 'undefined' : type(media.schema ?? {})} }`
    })
  return `{
    readonly params: ${parameterType(parameters.filter((parameter) => parameter.in === 'path'))}
    readonly query: ${parameterType(parameters.filter((parameter) => parameter.in === 'query'))}
    readonly body: ${body}${optional}
    readonly response: ${responses.join(' | ')}
  }`
}

/** A parameter with a default is always there for the handler: the platform fills it in. */
function parameterType(parameters: ReturnType<typeof parametersOf>): string {
  if (parameters.length === 0) return 'Record<never, never>'
  const members = parameters.map(({ name, required, schema }) => {
    const certain = required === true || schema?.['default'] !== undefined
    return `readonly ${JSON.stringify(name)}${certain ? '' : '?'}: ${type(schema ?? {})}`
  })
  return `{ ${members.join('; ')} }`
}

function type(schema: JsonSchema): string {
  return typescriptType(schema, { refName: (ref) => typeName(ref.split('/').at(-1)!) })
}

/** `order.order.price_changed` → `OrderOrderPriceChanged`. */
function typeName(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
