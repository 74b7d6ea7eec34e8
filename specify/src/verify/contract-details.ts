// Parts of an OpenAPI document that only this command asks for: styles of parameters, examples, response headers, links,
// security schemes.

import { isRecord, pointer as pointerOf, valueAt } from '@specwright/json-schema/json-pointer.ts'
import { dereferenced } from '@specwright/json-schema/resolve-ref.ts'
import type { Api, Media, Operation, Parameter, Response, SchemaAt, Source } from '../contracts/model.ts'

/** What stands at a pointer, behind its reference. */
function partAt(source: Source, pointer: string): Record<string, unknown> {
  const value = dereferenced(source.root, valueAt(source.root, pointer))
  return isRecord(value) ? value : {}
}

export type ParameterStyle = { readonly style: string; readonly explode: boolean }

/** With the defaults of OpenAPI 3 ("Parameter Object"). */
export function styleOf(source: Source, parameter: Parameter): ParameterStyle {
  const raw = partAt(source, parameter.pointer)
  const usual = parameter.in === 'query' || parameter.in === 'cookie' ? 'form' : 'simple'
  const style = typeof raw['style'] === 'string' ? raw['style'] : usual
  return { style, explode: typeof raw['explode'] === 'boolean' ? raw['explode'] : style === 'form' }
}

/** The schema, or that of the parameter's `content`. */
export function parameterSchema(source: Source, parameter: Parameter): SchemaAt | undefined {
  if (parameter.schema !== undefined) return parameter.schema
  const [type, media] = Object.entries(recordOf(partAt(source, parameter.pointer)['content']))[0] ?? []
  if (type === undefined || !isRecord(media)) return undefined
  const pointer = `${parameter.pointer}${pointerOf('content', type, 'schema')}`
  return media['schema'] === undefined ? undefined : { schema: media['schema'], pointer, source }
}

/** Whether the value is sent as JSON text: parameters with `content`. */
export function isJsonParameter(source: Source, parameter: Parameter): boolean {
  return parameter.schema === undefined && partAt(source, parameter.pointer)['content'] !== undefined
}

export function parameterExamples(source: Source, parameter: Parameter): unknown[] {
  return examplesIn(source, partAt(source, parameter.pointer))
}

/** Examples that stand beside the schema of a body. */
export function bodyExamples(operation: Operation, media: Media): unknown[] {
  const body = partAt(operation.source, `${operation.pointer}/requestBody`)
  const own = recordOf(body['content'])[media.type]
  return isRecord(own) ? examplesIn(operation.source, own) : []
}

function examplesIn(source: Source, own: Record<string, unknown>): unknown[] {
  const named = Object.values(recordOf(own['examples'])).flatMap((each) => {
    const value = dereferenced(source.root, each)
    return isRecord(value) && Object.hasOwn(value, 'value') ? [value['value']] : []
  })
  return Object.hasOwn(own, 'example') ? [own['example'], ...named] : named
}

export type ResponseHeader = {
  readonly name: string
  readonly required: boolean
  readonly schema: SchemaAt | undefined
}

/** `Content-Type` is spoken of by the media type, not here. */
export function responseHeaders(source: Source, response: Response): ResponseHeader[] {
  const headers = recordOf(partAt(source, response.pointer)['headers'])
  return Object.entries(headers).flatMap(([name, written]): ResponseHeader[] => {
    const header = dereferenced(source.root, written)
    if (!isRecord(header) || name.toLowerCase() === 'content-type') return []
    const pointer = `${response.pointer}${pointerOf('headers', name, 'schema')}`
    const schema = header['schema'] ?? (typeof header['type'] === 'string' ? header : undefined)
    return [
      {
        name,
        required: header['required'] === true,
        schema: schema === undefined ? undefined : { schema, pointer, source },
      },
    ]
  })
}

export type Link = {
  readonly name: string
  readonly operationId: string | undefined
  /** Runtime expressions or constants by parameter name, `path.id` or `id`. */
  readonly parameters: Readonly<Record<string, unknown>>
}

export function linksOf(source: Source, response: Response): Link[] {
  const links = recordOf(partAt(source, response.pointer)['links'])
  return Object.entries(links).flatMap(([name, written]): Link[] => {
    const link = dereferenced(source.root, written)
    if (!isRecord(link)) return []
    const { operationId, parameters } = link
    return [
      {
        name,
        operationId: typeof operationId === 'string' ? operationId : undefined,
        parameters: recordOf(parameters),
      },
    ]
  })
}

export type SecurityScheme =
  | { readonly kind: 'header' | 'query' | 'cookie'; readonly name: string }
  | { readonly kind: 'bearer' | 'basic' }

/** How a scheme's credential is sent; undefined for those no program can make up (mutual TLS). */
export function securityScheme(api: Api, name: string): SecurityScheme | undefined {
  const scheme = partAt(api.source, pointerOf('components', 'securitySchemes', name))
  const { type, scheme: kind, in: place, name: field } = scheme
  if (type === 'http') return { kind: String(kind).toLowerCase() === 'basic' ? 'basic' : 'bearer' }
  if (type === 'oauth2' || type === 'openIdConnect') return { kind: 'bearer' }
  if (
    type === 'apiKey' &&
    typeof field === 'string' &&
    (place === 'header' || place === 'query' || place === 'cookie')
  )
    return { kind: place, name: field }
  return undefined
}

/** Where the paths begin: that of the first server, its variables at their defaults. */
export function serverPath({ source }: Api): string {
  const servers = valueAt(source.root, '/servers')
  const first: unknown = Array.isArray(servers) ? servers[0] : undefined
  if (!isRecord(first) || typeof first['url'] !== 'string') return ''
  const variables = recordOf(first['variables'])
  const url = first['url'].replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const preset = recordOf(variables[name])['default']
    return typeof preset === 'string' ? preset : ''
  })
  return url.replace(/^[a-z]*:?\/\/[^/]*/i, '').replace(/\/+$/, '')
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}
