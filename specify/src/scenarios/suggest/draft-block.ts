import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Operation, Response, SchemaAt } from '../../contracts/model.ts'
import { below, branchesOf, resolved, typesOf } from '../../contracts/schema-walk.ts'
import { sampleIfAny } from '../../samples/sample.ts'

const MOST_ASSERTS = 5

/**
 * A hurl block for an operation, made from its contract: a request that fits it, the status the scenario's words ask
 * for, and asserts on what the answer must have. It skips itself, so that it never passes before a person read it.
 */
export function draftBlock(operation: Operation, text: string): string {
  const { method, source, line, parameters, security, requestBody } = operation
  const response = expectedResponse(operation, text)
  const status = response?.status === 'default' ? '*' : (response?.status.replace(/XX$/i, '00') ?? '200')
  const required = (place: string) => parameters.filter((each) => each.in === place && each.required)
  const json = requestBody?.content.find(({ type }) => /[/+]json\b/.test(type))
  const query = required('query')
  const lines = [
    `# Drafted from ${source.file}:${line}. Make it say what the scenario says, then delete the line "skip: true".`,
    `${method} {{baseUrl}}${filledPath(operation)}`,
    ...(security.some((schemes) => schemes.length > 0) ? ['Authorization: Bearer replace-me'] : []),
    ...required('header').map(({ name, schema }) => `${name}: ${textOf(valueFor(schema, name))}`),
    ...(query.length === 0
      ? []
      : ['[Query]', ...query.map(({ name, schema }) => `${name}: ${textOf(valueFor(schema, name))}`)]),
    '[Options]',
    'skip: true',
    ...(json?.schema === undefined ? [] : JSON.stringify(valueFor(json.schema, 'body'), null, 2).split('\n')),
    `HTTP ${status}`,
    ...asserts(response),
  ]
  return lines.join('\n')
}

/** Path parameters as the contract describes them. */
function filledPath({ path, parameters }: Operation): string {
  return path.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name)
    return encodeURIComponent(textOf(valueFor(parameter?.schema, name)))
  })
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value.replaceAll(/[\r\n]+/g, ' ').replaceAll('#', '\\#')
    : JSON.stringify(value)
}

function valueFor(schema: SchemaAt | undefined, seed: string): unknown {
  if (schema === undefined) return 'value'
  const value = sampleIfAny(schema, { exchange: 'request', seed, first: true, optionalDepth: -1 })
  return value === undefined ? 'value' : value
}

const STATUS_WORDS: readonly (readonly [pattern: RegExp, statuses: readonly string[]])[] = [
  [/not found|unknown|does not exist|no such/i, ['404']],
  [
    /unauthori[sz]ed|not signed in|not logged in|without (?:a |valid )?token|wrong password|expired/i,
    ['401'],
  ],
  [/forbidden|not allowed|no permission|denied|somebody else/i, ['403']],
  [/already|duplicate|conflict|twice/i, ['409']],
  [/too many|rate limit/i, ['429']],
  [/invalid|refus|reject|error|missing|malformed|must not/i, ['400', '422']],
]

/** By a number in the text, by its words, else the first good answer. */
function expectedResponse({ responses }: Operation, text: string): Response | undefined {
  const declared = (status: string) => responses.find((each) => each.status === status)
  for (const [number] of text.matchAll(/\b[1-5]\d\d\b/g)) {
    const found = declared(number)
    if (found !== undefined) return found
  }
  for (const [pattern, statuses] of STATUS_WORDS) {
    if (!pattern.test(text)) continue
    const found = statuses.map(declared).find((each) => each !== undefined)
    if (found !== undefined) return found
  }
  return responses.find(({ status }) => status.startsWith('2')) ?? declared('default')
}

const TYPE_PREDICATES: Readonly<Record<string, string>> = {
  string: 'isString',
  integer: 'isInteger',
  number: 'isNumber',
  boolean: 'isBoolean',
  array: 'isList',
  object: 'isObject',
}

function asserts(response: Response | undefined): string[] {
  const schema = response?.content.find(({ type }) => /[/+]json\b/.test(type))?.schema
  const properties = schema === undefined ? [] : requiredProperties(schema)
  if (properties.length === 0) return []
  return [
    '[Asserts]',
    ...properties.slice(0, MOST_ASSERTS).map(({ name, at }) => {
      const types = typesOf([at])
      const [type] = types?.size === 1 ? types : []
      const path = /^[A-Za-z_]\w*$/.test(name) ? `$.${name}` : `$['${name}']`
      return `jsonpath "${path}" ${(type && TYPE_PREDICATES[type]) ?? 'exists'}`
    }),
  ]
}

function requiredProperties(at: SchemaAt): { name: string; at: SchemaAt }[] {
  const target = resolved(at)
  if (target === undefined || !isRecord(target.schema)) return []
  const { required, properties } = target.schema
  const own = isRecord(properties) ? properties : {}
  const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []
  return [
    ...names
      .filter((name) => Object.hasOwn(own, name))
      .map((name) => ({ name, at: below(target, own[name], 'properties', name) })),
    ...branchesOf(target, 'allOf').flatMap(requiredProperties),
  ]
}
