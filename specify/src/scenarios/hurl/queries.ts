import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { evaluateJsonPath } from '../jsonpath.ts'
import type { MarkupNode } from '../xpath/markup-node.ts'
import { queryXPath } from '../xpath/query-xpath.ts'
import { readHtml, readXml } from '../xpath/read-markup.ts'
import { applyFilter, readJsonPath } from './filters.ts'
import type { Query } from './model.ts'
import { compileRegex } from './regex.ts'
import { evaluateLiterals, type Variables } from './render.ts'
import {
  argumentText,
  describeValue,
  EvaluationProblem,
  readJson,
  type Argument,
  type HurlValue,
} from './value.ts'
import type { CertificateField } from './vocabulary.ts'

/** What a server showed of itself over TLS, by the names of the query `certificate`. */
export type Certificate = Readonly<Record<CertificateField, HurlValue | undefined>>

/** One answer of a server, as queries see it. */
export type Answer = {
  readonly url: string
  readonly version: string
  readonly status: number
  /** Of the server, as it was connected to; empty when that is not known. */
  readonly ip: string
  readonly certificate: Certificate | undefined
  /** In the order received, repeats kept. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Unpacked, if it came packed. */
  readonly body: Buffer
  /** As it came. */
  readonly rawBody: Buffer
  /** From sending the request to the last byte. */
  readonly durationMs: number
  readonly redirects: readonly { readonly location: string }[]
}

/** Undefined when there is nothing to find. Throws EvaluationProblem when a query or filter does not fit. */
export function runQuery(query: Query, answer: Answer, variables: Variables): HurlValue | undefined {
  const args = evaluateLiterals(query.args, variables)
  const found = find(query.name, args, answer, variables)
  if (query.filters.length === 0) return found
  let value = found
  for (const { name, args } of query.filters) {
    if (value === undefined) throw new EvaluationProblem(`there is no value for the filter ${name}`)
    value = applyFilter(name, value, evaluateLiterals(args, variables))
  }
  return value
}

function find(
  name: string,
  [argument]: readonly Argument[],
  answer: Answer,
  variables: Variables,
): HurlValue | undefined {
  switch (name) {
    case 'status':
      return answer.status
    case 'version':
      return answer.version.replace('HTTP/', '')
    case 'url':
      return answer.url
    case 'duration':
      return Math.round(answer.durationMs)
    case 'header':
      return headerValue(answer, argumentText(argument))
    case 'cookie':
      return cookieValue(answer, argumentText(argument))
    case 'body':
      return bodyText(answer)
    case 'bytes':
      return answer.body
    case 'rawbytes':
      return answer.rawBody
    case 'ip':
      return answer.ip
    case 'certificate':
      return answer.certificate?.[argumentText(argument) as CertificateField]
    case 'jsonpath':
      return evaluateJsonPath(readJsonPath(argumentText(argument)), jsonBody(answer)) as HurlValue | undefined
    case 'regex': {
      const pattern = argument instanceof RegExp ? argument : compileRegex(argumentText(argument))
      return pattern.exec(bodyText(answer))?.[1]
    }
    case 'variable':
      return variables.get(argumentText(argument))
    case 'sha256':
    case 'md5':
      return createHash(name).update(answer.body).digest()
    case 'redirects':
      return [...answer.redirects]
    case 'xpath':
      return queryXPath(argumentText(argument), markupBody(answer), !isHtml(answer))
    default:
      throw new EvaluationProblem(`the query "${name}" is not run by specify`)
  }
}

/** One value as text, several as a list. */
function headerValue({ headers }: Answer, name: string): HurlValue | undefined {
  const values = headersNamed(headers, name)
  return values.length > 1 ? values : values[0]
}

export function headersNamed(headers: Answer['headers'], name: string): string[] {
  const wanted = name.toLowerCase()
  return headers.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => value)
}

/** `session` or `session[Max-Age]`. */
function cookieValue({ headers }: Answer, text: string): HurlValue | undefined {
  const [, name = text, attribute = 'Value'] = /^([^[]+)\[([^\]]+)\]$/.exec(text) ?? []
  for (const line of headersNamed(headers, 'set-cookie')) {
    const [first = '', ...attributes] = line.split(';').map((part) => part.trim())
    const equals = first.indexOf('=')
    if (first.slice(0, equals) !== name) continue
    if (attribute === 'Value') return first.slice(equals + 1)
    const found = attributes.find((each) => each.split('=')[0]!.toLowerCase() === attribute.toLowerCase())
    if (found === undefined) return undefined
    const value = found.slice(found.indexOf('=') + 1)
    if (!found.includes('=')) return true
    if (attribute.toLowerCase() === 'max-age') return Number(value)
    const date = attribute.toLowerCase() === 'expires' ? new Date(value) : undefined
    return date === undefined || Number.isNaN(date.getTime()) ? value : date
  }
  return undefined
}

/** In the charset the answer names, UTF-8 when it names none. */
export function bodyText({ headers, body }: Answer): string {
  const type = headersNamed(headers, 'content-type')[0] ?? ''
  const charset = /charset="?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    throw new EvaluationProblem(`the body is in an unknown charset "${charset}"`)
  }
}

const parsedMarkup = new WeakMap<Buffer, MarkupNode>()

function markupBody(answer: Answer): MarkupNode {
  const known = parsedMarkup.get(answer.body)
  if (known !== undefined) return known
  const text = bodyText(answer)
  const root = isHtml(answer) ? readHtml(text) : readXml(text)
  parsedMarkup.set(answer.body, root)
  return root
}

function isHtml({ headers }: Answer): boolean {
  return /^text\/html\b/i.test(headersNamed(headers, 'content-type')[0] ?? '')
}

// A body is parsed once, however many asserts look into it.
const parsedBodies = new WeakMap<Buffer, unknown>()

export function jsonBody(answer: Answer): unknown {
  if (parsedBodies.has(answer.body)) return parsedBodies.get(answer.body)
  const text = bodyText(answer)
  let value: unknown
  try {
    value = readJson(text)
  } catch {
    throw new EvaluationProblem(`the body is not JSON: ${describeValue(text)}`)
  }
  parsedBodies.set(answer.body, value)
  return value
}
