import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { basename, extname } from 'node:path'
import type { Body, KeyValue, MultipartField, Request } from './model.ts'
import { renderJson, renderTemplate, type Variables } from './render.ts'
import { EvaluationProblem } from './value.ts'

export type BuiltRequest = {
  readonly method: string
  readonly url: URL
  /** Sent instead of the path of `url`, whose dots are resolved. */
  readonly path?: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly cookies: readonly { readonly name: string; readonly value: string }[]
  readonly body: Buffer | undefined
}

/** Reads a file beside the spec; throws EvaluationProblem for paths that leave its folder. */
export type ReadFile = (path: string) => Buffer

/** A request with its variables filled in. Throws EvaluationProblem. */
export function buildRequest(
  request: Request,
  variables: Variables,
  extra: {
    readonly headers: readonly string[]
    readonly user: string | undefined
    readonly compressed: boolean
    readonly pathAsIs: boolean
  },
  readFile: ReadFile,
): BuiltRequest {
  const render = ({ name, value }: KeyValue) =>
    [renderTemplate(name, variables), renderTemplate(value, variables)] as const
  const headers = [...request.headers.map(render), ...extra.headers.map(splitHeader)]
  const has = (name: string) => headers.some(([each]) => each.toLowerCase() === name)
  const { body, contentType } = buildBody(request, variables, readFile)
  if (contentType !== undefined && !has('content-type')) headers.push(['Content-Type', contentType])
  const login = request.basicAuth ? render(request.basicAuth).join(':') : extra.user
  if (login !== undefined && !has('authorization'))
    headers.push(['Authorization', `Basic ${Buffer.from(login).toString('base64')}`])
  if (!has('accept')) headers.push(['Accept', '*/*'])
  if (!has('user-agent')) headers.push(['User-Agent', 'specify'])
  if (extra.compressed && !has('accept-encoding')) headers.push(['Accept-Encoding', 'gzip, deflate, br'])
  for (const [name, value] of headers) refuseLineBreaks(name, value)
  const written = renderTemplate(request.url, variables)
  const url = buildUrl(written, request.query.map(render))
  return {
    method: request.method,
    url,
    ...(extra.pathAsIs && { path: pathAsWritten(written, url) }),
    headers,
    cookies: request.cookies.map(render).map(([name, value]) => ({ name, value })),
    body,
  }
}

/** `{{host}}/path` is as good as `http://{{host}}/path`. */
function buildUrl(text: string, query: readonly (readonly [string, string])[]): URL {
  const whole = /^https?:\/\//i.test(text) ? text : `http://${text}`
  if (text.startsWith('/') || !URL.canParse(whole))
    throw new EvaluationProblem(`"${text}" is not a URL: begin with {{baseUrl}}`)
  if (/\s/.test(text)) throw new EvaluationProblem(`"${text}" is not a URL: write %20 for a space`)
  const url = new URL(whole)
  const added = query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  if (added !== '') url.search = url.search === '' ? added : `${url.search}&${added}`
  return url
}

/** Everything after the host, dots and all; only what HTTP forbids is encoded. */
function pathAsWritten(text: string, { search }: URL): string {
  const path = text
    .replace(/^https?:\/\//i, '')
    .replace(/^[^/?#]*/, '')
    .replace(/[?#].*$/s, '')
  return `${path.replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent) || '/'}${search}`
}

function buildBody(
  { body, form, multipart }: Request,
  variables: Variables,
  readFile: ReadFile,
): { body: Buffer | undefined; contentType?: string } {
  if (body !== undefined) return renderBody(body, variables, readFile)
  if (multipart.length > 0) return buildMultipart(multipart, variables, readFile)
  if (form.length === 0) return { body: undefined }
  const pairs = form.map(({ name, value }) =>
    [name, value].map((part) => encodeURIComponent(renderTemplate(part, variables))).join('='),
  )
  return {
    body: Buffer.from(pairs.join('&')),
    contentType: 'application/x-www-form-urlencoded',
  }
}

const LANGUAGE_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  graphql: 'application/json',
}

function renderBody(
  body: Body,
  variables: Variables,
  readFile: ReadFile,
): { body: Buffer; contentType?: string } {
  switch (body.kind) {
    case 'json':
      return { body: Buffer.from(renderJson(body.source, variables)), contentType: 'application/json' }
    case 'bytes':
      return { body: Buffer.from(body.bytes) }
    case 'file':
      return { body: readFile(renderTemplate(body.file, variables)) }
    case 'text': {
      const text = renderTemplate(body.text, variables)
      const contentType = LANGUAGE_TYPES[body.language]
      const bytes = Buffer.from(body.language === 'graphql' ? graphqlBody(text) : text)
      return { body: bytes, ...(contentType !== undefined && { contentType }) }
    }
  }
}

/** The query, and after a line `variables { … }` its variables, as GraphQL over HTTP sends them. */
function graphqlBody(text: string): string {
  const [, query = text, json] = /^([\s\S]*?)\n\s*variables\s*(\{[\s\S]*\})\s*$/.exec(text) ?? []
  try {
    return JSON.stringify({
      query: query.trim(),
      ...(json !== undefined && { variables: JSON.parse(json) as unknown }),
    })
  } catch {
    throw new EvaluationProblem('the GraphQL variables are not JSON')
  }
}

const FILE_TYPES: Readonly<Record<string, string>> = {
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.pdf': 'application/pdf',
  '.xml': 'application/xml',
}

function buildMultipart(
  fields: readonly MultipartField[],
  variables: Variables,
  readFile: ReadFile,
): { body: Buffer; contentType: string } {
  const boundary = `specify-${randomUUID()}`
  const parts: Buffer[] = []
  for (const field of fields) {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(renderTemplate(field.name, variables))}"`
    if (field.kind === 'text') {
      parts.push(Buffer.from(`${disposition}\r\n\r\n${renderTemplate(field.value, variables)}\r\n`))
      continue
    }
    const path = renderTemplate(field.file, variables)
    const type = field.contentType ?? FILE_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'
    parts.push(
      Buffer.from(`${disposition}; filename="${quoted(basename(path))}"\r\nContent-Type: ${type}\r\n\r\n`),
      readFile(path),
      Buffer.from('\r\n'),
    )
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`))
  return { body: Buffer.concat(parts), contentType: `multipart/form-data; boundary=${boundary}` }
}

function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function splitHeader(text: string): readonly [string, string] {
  const colon = text.indexOf(':')
  if (colon < 1) throw new EvaluationProblem(`the option header needs "name: value", not "${text}"`)
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]
}

function refuseLineBreaks(name: string, value: string): void {
  if (/[\r\n\0]/.test(value)) throw new EvaluationProblem(`the header ${name} would hold a line break`)
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw new EvaluationProblem(`"${name}" cannot be a header's name`)
}

/** The request as one line for a shell. */
export function curlLine({ method, url, headers, cookies, body }: BuiltRequest): string {
  const sent = headers.filter(
    ([name, value]) => !(name === 'Accept' && value === '*/*') && name !== 'User-Agent',
  )
  return [
    'curl',
    ...(method === 'GET' && body === undefined ? [] : ['-X', method]),
    shellQuoted(url.href),
    ...sent.flatMap((header) => ['-H', shellQuoted(header.join(': '))]),
    ...(cookies.length === 0
      ? []
      : ['-b', shellQuoted(cookies.map(({ name, value }) => `${name}=${value}`).join('; '))]),
    ...(body === undefined ? [] : ['--data-binary', dataArgument(body)]),
  ].join(' ')
}

function dataArgument(body: Buffer): string {
  const text = body.toString('utf8')
  if (Buffer.from(text).equals(body) && !text.includes('\0')) return shellQuoted(text)
  return `@<(echo ${body.toString('base64')} | base64 -d)`
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
