import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { SchemaAt } from '../contracts/model.ts'
import type { MockOperation, MockParameter } from './mock-operation.ts'
import { validSample } from '../samples/valid-sample.ts'
import type { ValueCheck } from '../contracts/value-check.ts'

/** A request the contract allows, in the parts that clients take. */
export type ExampleRequest = {
  readonly operationId: string | undefined
  readonly method: string
  /** As documented, with its parameters in braces. */
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, unknown>>
  readonly contentType: string | undefined
  readonly body: unknown
}

/** With all that is required and the author's examples; undefined when no value fits a schema. */
export function exampleRequest(
  { operation, parameters, body }: MockOperation,
  seed: string,
): ExampleRequest | undefined {
  const places = { path: {}, query: {}, header: {}, cookie: {} } satisfies Record<
    string,
    Record<string, unknown>
  >
  for (const parameter of parameters) {
    if (!parameter.required) continue
    const value = valueOf(parameter, `${seed} ${parameter.name}`)
    if (value === undefined) return undefined
    Object.assign(places[parameter.in], { [parameter.name]: value.value })
  }
  const media = body.find(({ isJson }) => isJson) ?? body[0]
  const { operationId, method, path } = operation
  const request = {
    operationId,
    method,
    path,
    params: places.path,
    query: places.query,
    headers: places.header,
    contentType: media?.type,
  }
  if (media === undefined) return { ...request, body: undefined }
  const written = media.examples.find(({ value }) => media.check(value).length === 0)
  if (written !== undefined || media.at === undefined) return { ...request, body: written?.value ?? {} }
  const made = sampled(media.at, media.check, `${seed} body`)
  return made === undefined ? undefined : { ...request, body: made.value }
}

function valueOf({ schema, check }: MockParameter, seed: string): { readonly value: unknown } | undefined {
  if (schema === undefined) return { value: 'x' }
  const found = sampled(schema, check, seed)
  // An empty value in a path would ask for something else.
  return found !== undefined && (found.value === '' || isRecord(found.value)) ? { value: 'x' } : found
}

function sampled(at: SchemaAt, check: ValueCheck, seed: string): { readonly value: unknown } | undefined {
  const result = validSample(at, check, { exchange: 'request', seed })
  return result.outcome === 'value' ? { value: result.value } : undefined
}
