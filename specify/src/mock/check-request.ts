// Whether a request keeps to the contract; what does not is refused with its place and the reason.

import type { IncomingHttpHeaders } from 'node:http'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { dereferenced } from '@specwright/json-schema/resolve-ref.ts'
import type { MockMedia, MockOperation, MockParameter } from './mock-operation.ts'
import { readParameter, typedMember, type Pairs } from './read-parameter.ts'

export type MockRequest = {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export type Misfit = {
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body'
  /** The parameter, or the JSON pointer into the body. */
  readonly name: string
  readonly message: string
}

export type Refusal = {
  readonly status: 400 | 401 | 415
  readonly code: string
  readonly detail: string
  readonly misfits: readonly Misfit[]
}

export type Checked =
  | { readonly outcome: 'fine'; readonly body: unknown; readonly values: ReadonlyMap<string, unknown> }
  | ({ readonly outcome: 'refused' } & Refusal)

/** `pathValues` as the router found them. */
export async function checkRequest(
  request: MockRequest,
  target: MockOperation,
  pathValues: ReadonlyMap<string, string>,
): Promise<Checked> {
  const query = pairsOf(request.query)
  const cookies = cookiesOf(request.headers.cookie ?? '')
  const missing = missingCredentials(request, target, query, cookies)
  if (missing !== undefined)
    return { outcome: 'refused', status: 401, code: 'unauthorized', detail: missing, misfits: [] }
  const misfits: Misfit[] = []
  const values = new Map<string, unknown>()
  for (const parameter of target.parameters) {
    const raw = rawOf(parameter, { query, cookies, pathValues, headers: request.headers })
    if (raw === undefined) continue
    const read = readParameter(parameter, raw)
    if (read !== undefined) values.set(parameter.name, read.value)
    misfits.push(...parameterMisfits(parameter, read))
  }
  const body = await checkBody(request, target)
  if (body.outcome === 'refused') return body
  misfits.push(...body.misfits)
  if (misfits.length === 0) return { outcome: 'fine', body: body.value, values }
  const [first] = misfits
  const more = misfits.length === 1 ? '' : ` (and ${misfits.length - 1} more)`
  return {
    outcome: 'refused',
    status: 400,
    code: 'invalid-request',
    detail: `${first!.message}${more}.`,
    misfits,
  }
}

function parameterMisfits(parameter: MockParameter, read: { readonly value: unknown } | undefined): Misfit[] {
  const place = { in: parameter.in, name: parameter.name }
  const name = `${parameter.in} parameter "${parameter.name}"`
  if (read === undefined) return parameter.required ? [{ ...place, message: `${name} is missing` }] : []
  return parameter.check(read.value).map(({ message }) => ({
    ...place,
    message: message.startsWith('the value ') ? `${name}${message.slice(9)}` : `${name}: ${message}`,
  }))
}

/** Headers that OpenAPI says are described elsewhere ("Parameter Object"). */
const NOT_PARAMETERS = new Set(['accept', 'content-type', 'authorization'])

function rawOf(
  { in: place, name }: MockParameter,
  from: {
    readonly query: Pairs
    readonly cookies: Pairs
    readonly pathValues: ReadonlyMap<string, string>
    readonly headers: IncomingHttpHeaders
  },
): Pairs | undefined {
  switch (place) {
    case 'query':
      return from.query
    case 'cookie':
      return from.cookies
    case 'path':
      return new Map([...from.pathValues].map(([key, value]) => [key, [value]]))
    case 'header': {
      if (NOT_PARAMETERS.has(name.toLowerCase())) return undefined
      const value = from.headers[name.toLowerCase()]
      return value === undefined ? new Map() : new Map([[name, typeof value === 'string' ? [value] : value]])
    }
  }
}

async function checkBody(
  request: MockRequest,
  { operation, body }: MockOperation,
): Promise<
  | { readonly outcome: 'read'; readonly value: unknown; readonly misfits: Misfit[] }
  | ({ readonly outcome: 'refused' } & Refusal)
> {
  if (operation.requestBody === undefined || body.length === 0)
    return { outcome: 'read', value: undefined, misfits: [] }
  if (request.body.length === 0) {
    const misfits: Misfit[] = operation.requestBody.required
      ? [{ in: 'body', name: '', message: 'the body is missing' }]
      : []
    return { outcome: 'read', value: undefined, misfits }
  }
  const given = request.headers['content-type']
  const media = given === undefined ? undefined : body.find(({ type }) => isWithinType(given, type))
  if (media === undefined) {
    const wanted = body.map(({ type }) => type).join(', ')
    const said = given === undefined ? 'no content type' : `the content type ${given}`
    const detail = `The body has ${said}; ${operation.method} ${operation.path} takes ${wanted}.`
    return { outcome: 'refused', status: 415, code: 'unsupported-media-type', detail, misfits: [] }
  }
  const read = await readBody(request.body, given!, media)
  if (read.outcome === 'unreadable')
    return { outcome: 'read', value: undefined, misfits: [{ in: 'body', name: '', message: read.message }] }
  const misfits = media.check(read.value).map(({ pointer, message }): Misfit => ({
    in: 'body',
    name: pointer,
    message: message.startsWith('the value ') ? `the body${message.slice(9)}` : message,
  }))
  return { outcome: 'read', value: read.value, misfits }
}

type Read =
  | { readonly outcome: 'read'; readonly value: unknown }
  | { readonly outcome: 'unreadable'; readonly message: string }

async function readBody(bytes: Buffer, contentType: string, media: MockMedia): Promise<Read> {
  const schemas = media.at === undefined ? [] : [media.at]
  if (media.isJson || /[/+]json\b/i.test(contentType)) {
    try {
      return { outcome: 'read', value: JSON.parse(bytes.toString('utf8')) as unknown }
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/, ".*$/s, '') : String(error)
      return { outcome: 'unreadable', message: `the body is no JSON: ${reason}` }
    }
  }
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) {
    const pairs = [...pairsOf(bytes.toString('utf8'))]
    const members = pairs.map(([name, list]) => {
      const found = list.map((text) => typedMember(text, schemas, name))
      return [name, found.length === 1 ? found[0] : found] as const
    })
    return { outcome: 'read', value: Object.fromEntries(members) }
  }
  if (/^multipart\/form-data/i.test(contentType)) {
    try {
      const answer = new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } })
      const members: [string, unknown][] = []
      for (const [name, part] of await answer.formData())
        members.push([name, typeof part === 'string' ? typedMember(part, schemas, name) : await part.text()])
      return { outcome: 'read', value: Object.fromEntries(members) }
    } catch {
      return {
        outcome: 'unreadable',
        message: 'the body is no multipart form: its boundary or a part is broken',
      }
    }
  }
  return { outcome: 'read', value: bytes.toString('utf8') }
}

/** Whether a content type is the documented one or within its range; parameters do not count. */
export function isWithinType(given: string, documented: string): boolean {
  const [type = ''] = given.toLowerCase().split(';')
  const [range = ''] = documented.toLowerCase().split(';')
  const [kind, sort] = range.trim().split('/')
  const [ownKind, ownSort] = type.trim().split('/')
  return (kind === '*' || kind === ownKind) && (sort === '*' || sort === ownSort)
}

export function pairsOf(query: string): Map<string, string[]> {
  const pairs = new Map<string, string[]>()
  if (query === '') return pairs
  for (const [name, value] of new URLSearchParams(query)) {
    const list = pairs.get(name)
    if (list === undefined) pairs.set(name, [value])
    else list.push(value)
  }
  return pairs
}

function cookiesOf(header: string): Map<string, string[]> {
  const pairs = header.split(/;\s*/).flatMap((pair): [string, string[]][] => {
    const [name = '', value] = pair.split(/=(.*)/s)
    return value === undefined ? [] : [[name.trim(), [value]]]
  })
  return new Map(pairs)
}

/** Any one alternative is enough; only whether credentials are there is looked at, never which. */
function missingCredentials(
  request: MockRequest,
  { operation }: MockOperation,
  query: Pairs,
  cookies: Pairs,
): string | undefined {
  const { security, source } = operation
  if (security.length === 0) return undefined
  const root = isRecord(source.root) ? source.root : {}
  const components = isRecord(root['components']) ? root['components'] : {}
  const schemes = isRecord(components['securitySchemes']) ? components['securitySchemes'] : {}
  const lacking = security.map((names) =>
    names.flatMap((name) => lackOf(dereferenced(source.root, schemes[name]), request, query, cookies)),
  )
  if (lacking.some((list) => list.length === 0)) return undefined
  return `This needs ${[...new Set(lacking.map((list) => list.join(' and ')))].join(', or ')}.`
}

function lackOf(scheme: unknown, { headers }: MockRequest, query: Pairs, cookies: Pairs): string[] {
  if (!isRecord(scheme)) return []
  const authorization = headers.authorization ?? ''
  switch (scheme['type']) {
    case 'http': {
      const name = typeof scheme['scheme'] === 'string' ? scheme['scheme'] : 'bearer'
      const isThere = authorization.toLowerCase().startsWith(`${name.toLowerCase()} `)
      return isThere ? [] : [`an Authorization header with ${name}`]
    }
    case 'oauth2':
    case 'openIdConnect':
      return /^bearer /i.test(authorization) ? [] : ['an Authorization header with Bearer']
    case 'apiKey': {
      const name = String(scheme['name'])
      const place = scheme['in']
      if (place === 'header') return headers[name.toLowerCase()] === undefined ? [`the header ${name}`] : []
      if (place === 'query') return query.has(name) ? [] : [`the query parameter "${name}"`]
      return cookies.has(name) ? [] : [`the cookie "${name}"`]
    }
    default:
      return [] // mutual TLS ends before HTTP begins
  }
}
