// Requests and answers that scenarios of the specs write out in full: who asks just that gets just that.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Api } from '../contracts/model.ts'
import { isSame } from '../contracts/same-json.ts'
import type { Assert, Body, Entry, JsonNode, Literal } from '../scenarios/hurl/model.ts'
import { plainText } from '../scenarios/hurl/model.ts'
import { parseHurl } from '../scenarios/hurl/parse.ts'
import { HOLE, matchOperation, splitUrl } from '../scenarios/match-operation.ts'
import type { Spec } from '../spec/model.ts'
import type { MockOperation } from './mock-operation.ts'
import { pairsOf } from './check-request.ts'

export type ScenarioExample = {
  /** `order-service/001#US1.2`. */
  readonly scenario: string
  readonly pointer: string
  readonly pathValues: ReadonlyMap<string, string>
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly body: unknown
  readonly status: number
  /** Of a JSON object in the answer, what the scenario says. */
  readonly answer: Readonly<Record<string, unknown>> | undefined
}

/** The examples that say enough to know a request by: a value in the path, a query or a body, without variables. */
export function readExamples(specs: readonly Spec[], apis: readonly Api[]): ScenarioExample[] {
  return specs.flatMap(({ feature, stories }) =>
    stories.flatMap(({ scenarios }) =>
      scenarios.flatMap(({ id, blocks }) =>
        blocks.flatMap(({ language, text, line, column }) =>
          language === 'hurl'
            ? parseHurl(text, line, column).entries.flatMap((entry) =>
                readExample(`${feature}#${id}`, entry, apis),
              )
            : [],
        ),
      ),
    ),
  )
}

function readExample(
  scenario: string,
  { request, response }: Entry,
  apis: readonly Api[],
): ScenarioExample[] {
  const status = response?.status
  const { path, query } = splitUrl(request.url)
  if (
    response === undefined ||
    status === undefined ||
    status < 200 ||
    path === undefined ||
    path.includes(HOLE)
  )
    return []
  // Who asks without credentials, or with broken ones, is refused before any example is looked at.
  if (status === 400 || status === 401 || status === 403 || status === 429 || status >= 500) return []
  const match = matchOperation(apis, request.method, path)
  if (match.outcome !== 'found') return []
  const body = bodyOf(request.body)
  const more = request.query.map(({ name, value }) => [plainText(name), plainText(value)] as const)
  const all = [...query, ...more]
  if (
    body === undefined ||
    all.some(([name, value]) => name === undefined || value === undefined || value.includes(HOLE))
  )
    return []
  if (body.value === undefined && match.pathValues.size === 0 && all.length === 0) return []
  return [
    {
      scenario,
      pointer: match.operation.pointer,
      pathValues: match.pathValues,
      query: all as [string, string][],
      body: body.value,
      status,
      answer: answerOf(response.body, response.asserts),
    },
  ]
}

export function exampleFor(
  examples: readonly ScenarioExample[],
  { operation }: MockOperation,
  asked: { readonly values: ReadonlyMap<string, string>; readonly query: string; readonly body: unknown },
): ScenarioExample | undefined {
  if (examples.length === 0) return undefined
  const query = pairsOf(asked.query)
  return examples.find(
    ({ pointer, pathValues, query: wanted, body }) =>
      pointer === operation.pointer &&
      [...pathValues].every(([name, value]) => asked.values.get(name) === value) &&
      wanted.every(([name, value]) => query.get(name)?.includes(value) === true) &&
      wanted.length === [...query.values()].flat().length &&
      (body === undefined ? asked.body === undefined : isSame(body, asked.body)),
  )
}

/** Undefined when a variable or a file makes it unknown. */
function bodyOf(body: Body | undefined): { readonly value: unknown } | undefined {
  if (body === undefined) return { value: undefined }
  return body.kind === 'json' ? valueOf(body.node) : undefined
}

function valueOf(node: JsonNode): { readonly value: unknown } | undefined {
  switch (node.kind) {
    case 'object': {
      const members = node.members.map(({ name, value }) => [name, valueOf(value)] as const)
      if (members.some(([, value]) => value === undefined)) return undefined
      return { value: Object.fromEntries(members.map(([name, value]) => [name, value!.value])) }
    }
    case 'array': {
      const items = node.items.map(valueOf)
      return items.includes(undefined) ? undefined : { value: items.map((item) => item!.value) }
    }
    case 'string': {
      const text = plainText(node.text)
      return text === undefined ? undefined : { value: text }
    }
    case 'number':
    case 'boolean':
      return { value: node.value }
    case 'null':
      return { value: null }
    case 'hole':
      return undefined
  }
}

/** The written body, with what asserts such as `jsonpath "$.data.status" == "paid"` add. */
function answerOf(body: Body | undefined, asserts: readonly Assert[]): Record<string, unknown> | undefined {
  const written = body === undefined ? undefined : bodyOf(body)?.value
  let answer: Record<string, unknown> | undefined = isRecord(written) ? written : undefined
  for (const { query, predicate } of asserts) {
    const way = query.name === 'jsonpath' ? wayOf(query.args[0]) : undefined
    const said = predicate.name === '==' && !predicate.not ? literalOf(predicate.value) : undefined
    const filters = query.filters.map(({ name }) => name).join(' ')
    // "count == 0" is an empty list; other counts do not say what is in it.
    const value = filters === '' ? said : filters === 'count' && said?.value === 0 ? { value: [] } : undefined
    if (way !== undefined && value !== undefined) answer = set(answer ?? {}, way, value.value)
  }
  return answer
}

function wayOf(literal: Literal | undefined): string[] | undefined {
  const path = literal?.kind === 'string' ? plainText(literal.text) : undefined
  return path !== undefined && /^\$(?:\.[A-Za-z_]\w*)+$/.test(path) ? path.slice(2).split('.') : undefined
}

function literalOf(literal: Literal | undefined): { readonly value: unknown } | undefined {
  switch (literal?.kind) {
    case 'string': {
      const text = plainText(literal.text)
      return text === undefined ? undefined : { value: text }
    }
    case 'number':
    case 'boolean':
      return { value: literal.value }
    default:
      return undefined
  }
}

function set(
  target: Readonly<Record<string, unknown>>,
  [name, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (name === undefined) return { ...target }
  const inside = target[name]
  return { ...target, [name]: rest.length === 0 ? value : set(isRecord(inside) ? inside : {}, rest, value) }
}
