// What the mock needs of an operation, read from the contract once: its answers with their examples and headers, and
// how its parameters are written.

import { isRecord, pointer as pointerOf, valueAt } from '@specwright/json-schema/json-pointer.ts'
import { dereferenced, refOf, resolveRef } from '@specwright/json-schema/resolve-ref.ts'
import type { Operation, Parameter, SchemaAt, Source } from '../contracts/model.ts'
import type { ValueCheck, ValueChecks } from '../contracts/value-check.ts'

export type Checks = { readonly request: ValueChecks; readonly response: ValueChecks }

export type MockMedia = {
  readonly type: string
  readonly isJson: boolean
  readonly at: SchemaAt | undefined
  readonly check: ValueCheck
  readonly examples: readonly { readonly name: string; readonly value: unknown }[]
}

export type MockHeader = {
  readonly name: string
  readonly at: SchemaAt | undefined
  readonly example: unknown
}

export type MockAnswer = {
  /** As documented: `200`, `4XX`, `default`. */
  readonly documented: string
  readonly media: readonly MockMedia[]
  readonly headers: readonly MockHeader[]
}

export type MockParameter = Parameter & {
  readonly style: string
  readonly explode: boolean
  /** The value is JSON text (`content` instead of `schema`). */
  readonly isJson: boolean
  readonly check: ValueCheck
}

export type MockOperation = {
  readonly operation: Operation
  readonly answers: readonly MockAnswer[]
  readonly parameters: readonly MockParameter[]
  readonly body: readonly MockMedia[]
}

export function mockOperation(operation: Operation, checks: Checks): MockOperation {
  const { source } = operation
  return {
    operation,
    answers: operation.responses.map(({ status, pointer }) => {
      const response = follow(source, valueAt(source.root, pointer), pointer)
      return {
        documented: status,
        media: readMedia(source, response, checks.response),
        headers: readHeaders(source, response),
      }
    }),
    parameters: operation.parameters.map((each) => readParameter(source, each, checks.request)),
    body: readMedia(
      source,
      follow(
        source,
        valueAt(source.root, `${operation.pointer}/requestBody`),
        `${operation.pointer}/requestBody`,
      ),
      checks.request,
    ),
  }
}

type Place = { readonly value: unknown; readonly pointer: string }

function follow(source: Source, value: unknown, pointer: string): Place {
  const ref = refOf(value)
  if (ref === undefined) return { value, pointer }
  const found = resolveRef(source.root, ref)
  return found.outcome === 'found' ? found : { value: undefined, pointer }
}

function readMedia(source: Source, { value, pointer }: Place, checks: ValueChecks): MockMedia[] {
  const content = isRecord(value) ? value['content'] : undefined
  if (!isRecord(content)) return []
  return Object.entries(content).map(([type, each]) => {
    const media = isRecord(each) ? each : {}
    const place = `${pointer}/content${pointerOf(type)}`
    const at =
      media['schema'] === undefined
        ? undefined
        : { schema: media['schema'], pointer: `${place}/schema`, source }
    return {
      type,
      isJson: isJsonType(type),
      at,
      check: at === undefined ? () => [] : checks.checkOf(at),
      examples: readExamples(source, media),
    }
  })
}

export function isJsonType(type: string): boolean {
  return /^[^;]*[/+]json\s*(?:;|$)|^\*\/\*$|^application\/\*$/i.test(type)
}

/** OpenAPI's Example Objects by name; a single `example` is called `example`. */
function readExamples(source: Source, media: Record<string, unknown>): { name: string; value: unknown }[] {
  const named = isRecord(media['examples']) ? Object.entries(media['examples']) : []
  const examples = named.flatMap(([name, written]) => {
    const example = dereferenced(source.root, written)
    if (!isRecord(example)) return []
    const value = example['value'] ?? example['dataValue']
    return value === undefined ? [] : [{ name, value }]
  })
  return media['example'] === undefined
    ? examples
    : [{ name: 'example', value: media['example'] }, ...examples]
}

function readHeaders(source: Source, { value, pointer }: Place): MockHeader[] {
  const headers = isRecord(value) && isRecord(value['headers']) ? Object.entries(value['headers']) : []
  return headers.flatMap(([name, written]) => {
    if (/^content-type$/i.test(name)) return []
    const place = follow(source, written, `${pointer}/headers${pointerOf(name)}`)
    const header = isRecord(place.value) ? place.value : {}
    const at =
      header['schema'] === undefined
        ? undefined
        : { schema: header['schema'], pointer: `${place.pointer}/schema`, source }
    return [{ name, at, example: header['example'] }]
  })
}

function readParameter(source: Source, parameter: Parameter, checks: ValueChecks): MockParameter {
  const place = follow(source, valueAt(source.root, parameter.pointer), parameter.pointer)
  const written = isRecord(place.value) ? place.value : {}
  const usual = parameter.in === 'query' || parameter.in === 'cookie' ? 'form' : 'simple'
  const style = typeof written['style'] === 'string' ? written['style'] : usual
  const content = isRecord(written['content']) ? Object.entries(written['content'])[0] : undefined
  const inside = content !== undefined && isRecord(content[1]) ? content[1]['schema'] : undefined
  const at: SchemaAt | undefined =
    inside === undefined
      ? parameter.schema
      : { schema: inside, pointer: `${place.pointer}/content${pointerOf(content![0])}/schema`, source }
  return {
    name: parameter.name,
    in: parameter.in,
    required: parameter.required,
    pointer: parameter.pointer,
    line: parameter.line,
    schema: at,
    style,
    explode: typeof written['explode'] === 'boolean' ? written['explode'] : style === 'form',
    isJson: content !== undefined && isJsonType(content[0]),
    check: at === undefined ? () => [] : checks.checkOf(at),
  }
}
