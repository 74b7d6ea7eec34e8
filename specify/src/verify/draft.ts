// A request before it is sent: values by their place in the contract. What goes over the wire, the curl line and the
// Hurl block are all made from it.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Operation, Parameter } from '../contracts/model.ts'
import { isJsonParameter, styleOf } from './contract-details.ts'

export type DraftBody =
  | { readonly type: string; readonly value: unknown }
  /** Text that is sent as it stands: broken JSON, nothing at all. */
  | { readonly type: string; readonly raw: string }

export type Draft = {
  readonly operation: Operation
  /** Instead of the operation's own. */
  readonly method?: string
  /** By place and name, `query page`; absent ones are not sent. */
  readonly parameters: ReadonlyMap<string, unknown>
  readonly body: DraftBody | undefined
  /** Beside those of parameters, the body and the credentials. */
  readonly headers?: Readonly<Record<string, string>>
  readonly credentials: 'valid' | 'none' | 'invalid'
}

export type Wire = {
  readonly method: string
  /** With the query, percent-encoded. */
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | undefined
}

export type Credential = {
  readonly place: 'header' | 'query' | 'cookie'
  readonly name: string
  readonly value: string
}

export function parameterKey({ in: place, name }: Pick<Parameter, 'in' | 'name'>): string {
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`
}

export function wireOf(draft: Draft, basePath: string, credentials: readonly Credential[]): Wire {
  const { operation } = draft
  let path = operation.path
  const query: string[] = []
  const headers: [string, string][] = []
  const cookies: string[] = []
  for (const parameter of operation.parameters) {
    const value = draft.parameters.get(parameterKey(parameter))
    if (value === undefined) continue
    const { style, explode } = styleOf(operation.source, parameter)
    const plain = isJsonParameter(operation.source, parameter) ? JSON.stringify(value) : value
    if (parameter.in === 'path') {
      const prefix = style === 'label' ? '.' : style === 'matrix' ? `;${parameter.name}=` : ''
      path = path.replaceAll(`{${parameter.name}}`, prefix + encoded(joined(plain, ',')))
    } else if (parameter.in === 'query') query.push(...queryPairs(parameter.name, plain, { style, explode }))
    else if (parameter.in === 'header') headers.push([parameter.name, headerText(joined(plain, ','))])
    else cookies.push(`${parameter.name}=${encoded(joined(plain, ','))}`)
  }
  for (const { place, name, value } of credentials) {
    if (place === 'query') query.push(`${encoded(name)}=${encoded(value)}`)
    else if (place === 'cookie') cookies.push(`${name}=${value}`)
    else headers.push([name, value])
  }
  if (cookies.length > 0) headers.push(['Cookie', cookies.join('; ')])
  const body = draft.body === undefined ? undefined : bodyText(draft.body)
  // A header without a value is sent by nobody: it may be left out on purpose.
  if (draft.body !== undefined && draft.body.type !== '')
    headers.push(['Content-Type', contentType(draft.body.type)])
  for (const [name, value] of Object.entries(draft.headers ?? {})) headers.push([name, headerText(value)])
  const asked = query.length > 0 ? `?${query.join('&')}` : ''
  return { method: draft.method ?? operation.method, path: `${basePath}${path}${asked}`, headers, body }
}

/** A family of types is sent as its commonest member. */
function contentType(type: string): string {
  if (type === '*/*' || type === 'application/*') return 'application/json'
  return type === 'text/*' ? 'text/plain' : type
}

export function isJson(type: string): boolean {
  return /^(application|text)\/([\w.-]+\+)?json\b|^\*\/\*$|^application\/\*$/i.test(type)
}

/** Types of which a body can be made from a schema. */
export function isWritable(type: string): boolean {
  return isJson(type) || /^application\/x-www-form-urlencoded\b|^text\//i.test(type)
}

function bodyText(body: DraftBody): string {
  if ('raw' in body) return body.raw
  if (isJson(body.type)) return JSON.stringify(body.value)
  if (/^application\/x-www-form-urlencoded/i.test(body.type) && isRecord(body.value))
    return Object.entries(body.value)
      .flatMap(([name, value]) => queryPairs(name, value, { style: 'form', explode: true }))
      .join('&')
  return joined(body.value, '\n')
}

function queryPairs(
  name: string,
  value: unknown,
  { style, explode }: { style: string; explode: boolean },
): string[] {
  if (Array.isArray(value)) {
    if (explode) return value.map((each) => `${encoded(name)}=${encoded(joined(each, ','))}`)
    const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '|' : ','
    return [`${encoded(name)}=${value.map((each) => encoded(joined(each, ','))).join(separator)}`]
  }
  if (isRecord(value)) {
    const entries = Object.entries(value)
    if (style === 'deepObject')
      return entries.map(([key, each]) => `${encoded(name)}[${encoded(key)}]=${encoded(joined(each, ','))}`)
    if (explode) return entries.map(([key, each]) => `${encoded(key)}=${encoded(joined(each, ','))}`)
  }
  return [`${encoded(name)}=${encoded(joined(value, ','))}`]
}

/** A value as one text. */
export function joined(value: unknown, separator: string): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((each) => joined(each, separator)).join(separator)
  if (isRecord(value))
    return Object.entries(value)
      .flatMap(([name, each]) => [name, joined(each, separator)])
      .join(separator)
  return String(value)
}

/** A lone surrogate has no bytes; everybody sends the replacement character for it. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'))
}

/** Header values are visible ASCII; everything else would be refused before it is sent. */
function headerText(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e]/g, '?').trim()
}

/** `curl` that asks the same again. */
export function curlOf({ method, headers, body, path }: Wire, origin: string): string {
  const parts = [`curl -i -X ${method} ${quoted(origin + path)}`]
  for (const [name, value] of headers) parts.push(`-H ${quoted(`${name}: ${value}`)}`)
  if (body !== undefined) parts.push(`--data-raw ${quoted(short(body))}`)
  return parts.join(' ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

const LONGEST_SHOWN = 4_000

function short(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text
  return `${text.slice(0, LONGEST_SHOWN)}… (${text.length} characters in all)`
}

/** A block for spec.md that asks the same and expects what the contract promises. */
export function hurlOf({ method, headers, body, path }: Wire, expected: readonly string[]): string {
  const lines = [
    `${method} {{baseUrl}}${path}`,
    ...headers.map(([name, value]) => `${name}: ${escaped(value)}`),
  ]
  if (body !== undefined && body !== '') lines.push(hurlBody(short(body)))
  return ['```hurl', ...lines, ...expected, '```'].join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('#', '\\#').replaceAll('{{', '\\u{7b}{')
}

function hurlBody(text: string): string {
  const plain = !/[`\\\n\r]/.test(text) && !text.includes('{{') && !text.includes('${')
  if (plain) return `\`${text}\``
  return `base64,${Buffer.from(text, 'utf8').toString('base64')};`
}
