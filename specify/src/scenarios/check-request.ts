import { didYouMean } from '@specwright/cli/nearest.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import {
  operationName,
  type Media,
  type Operation,
  type Parameter,
  type SchemaAt,
} from '../contracts/model.ts'
import { typesOf } from '../contracts/schema-walk.ts'
import { misfitsOf } from './fits.ts'
import {
  plainText,
  type JsonNode,
  type KeyValue,
  type Place,
  type Request,
  type Template,
} from './hurl/model.ts'
import { HOLE, type SplitUrl } from './match-operation.ts'
import { problem, type ScenarioProblem } from './problem.ts'

/**
 * Whether a request is one its operation accepts: parameters, credentials, body. Not asked for requests that are
 * meant to be refused (an expected 4xx): those are wrong on purpose.
 */
export function checkRequest(
  request: Request,
  operation: Operation,
  { url, pathValues }: { readonly url: SplitUrl; readonly pathValues: ReadonlyMap<string, string> },
): ScenarioProblem[] {
  return [
    ...checkQuery(request, operation, url),
    ...checkRequired(request, operation, 'header'),
    ...checkRequired(request, operation, 'cookie'),
    ...operation.parameters
      .filter((parameter) => parameter.in === 'path')
      .flatMap((parameter) => checkValue(parameter, pathValues.get(parameter.name), request.url.at)),
    ...checkCredentials(request, operation),
    ...checkBody(request, operation),
  ]
}

function checkQuery(request: Request, operation: Operation, url: SplitUrl): ScenarioProblem[] {
  const declared = operation.parameters.filter((parameter) => parameter.in === 'query')
  const given = [
    ...url.query.map(([name, value]) => ({ name, value, at: request.url.at })),
    ...request.query.map(({ name, value, at }) => ({ name: written(name), value: written(value), at })),
  ]
  const missing = declared.filter(
    ({ name, required }) => required && !given.some((each) => each.name === name),
  )
  return [
    ...missing.map((parameter) => missingParameter(parameter, operation, request.at)),
    ...given.flatMap(({ name, value, at }) => {
      const parameter = declared.find((each) => each.name === name)
      if (parameter !== undefined) return checkValue(parameter, value, at)
      // ?filter[state]=open of style deepObject, and names with a variable inside, are not judged.
      if (name.includes(HOLE) || declared.some((each) => name.startsWith(`${each.name}[`))) return []
      const hint = didYouMean(
        name,
        declared.map((each) => each.name),
      )
      return [
        problem(
          'scenario-undeclared-parameter',
          `${operationName(operation)} declares no query parameter "${name}"`,
          at,
          hint,
          'warning',
        ),
      ]
    }),
  ]
}

function checkRequired(
  request: Request,
  operation: Operation,
  place: 'header' | 'cookie',
): ScenarioProblem[] {
  const list: readonly KeyValue[] = place === 'header' ? request.headers : request.cookies
  // OpenAPI 3.0.3, "Parameter Object": header parameters of these names are to be ignored.
  const ignored = new Set(['accept', 'content-type', 'authorization'])
  return operation.parameters
    .filter(
      (parameter) =>
        parameter.in === place && !(place === 'header' && ignored.has(parameter.name.toLowerCase())),
    )
    .flatMap((parameter) => {
      const given = list.find(({ name }) => sameName(written(name), parameter.name, place))
      if (given !== undefined) return checkValue(parameter, written(given.value), given.at)
      const inHeader =
        place === 'cookie' && request.headers.some(({ name }) => sameName(written(name), 'cookie', 'header'))
      // A cookie may come from an earlier answer of the scenario.
      return parameter.required && !inHeader && place === 'header'
        ? [missingParameter(parameter, operation, request.at)]
        : []
    })
}

function sameName(left: string, right: string, place: 'header' | 'cookie'): boolean {
  return place === 'header' ? left.toLowerCase() === right.toLowerCase() : left === right
}

function missingParameter(parameter: Parameter, operation: Operation, at: Place): ScenarioProblem {
  const what = parameter.in === 'query' ? 'query parameter' : parameter.in
  return problem(
    'scenario-missing-parameter',
    `${operationName(operation)} requires the ${what} "${parameter.name}"`,
    at,
    `Declared at ${operation.source.file}:${parameter.line}.`,
  )
}

/** A parameter's text against its schema: `42` fits an integer. */
function checkValue(parameter: Parameter, value: string | undefined, at: Place): ScenarioProblem[] {
  if (parameter.schema === undefined || value === undefined || value.includes(HOLE)) return []
  const types = typesOf([parameter.schema])
  if (types?.has('array') || types?.has('object')) return []
  const node = nodeOf(value, types, at)
  return misfitsOf(node, parameter.schema, { partial: false }, parameter.name).map(({ message, hint }) =>
    problem('scenario-parameter-value', `parameter ${message}`, at, hint),
  )
}

function nodeOf(value: string, types: ReadonlySet<string> | undefined, at: Place): JsonNode {
  const numeric = types?.has('integer') || types?.has('number')
  if (numeric && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value))
    return { kind: 'number', value: Number(value), at }
  if (types?.has('boolean') && /^(true|false)$/.test(value))
    return { kind: 'boolean', value: value === 'true', at }
  return { kind: 'string', text: { parts: [{ kind: 'text', text: value }], at }, at }
}

function checkCredentials(request: Request, operation: Operation): ScenarioProblem[] {
  const { security, source } = operation
  if (security.length === 0 || security.some((alternative) => alternative.length === 0)) return []
  if (
    security.some((alternative) => alternative.every((name) => isGiven(request, schemeOf(source.root, name))))
  )
    return []
  const names = security.map((alternative) => alternative.join(' and ')).join(' or ')
  return [
    problem(
      'scenario-missing-credentials',
      `${operationName(operation)} asks for ${names}, this request brings none`,
      request.at,
      'Add a header such as "Authorization: Bearer {{token}}".',
    ),
  ]
}

function schemeOf(root: unknown, name: string): Record<string, unknown> {
  const components = isRecord(root) && isRecord(root['components']) ? root['components'] : {}
  const schemes = isRecord(components['securitySchemes']) ? components['securitySchemes'] : {}
  return isRecord(schemes[name]) ? schemes[name] : {}
}

function isGiven(request: Request, { type, in: place, name }: Record<string, unknown>): boolean {
  const hasHeader = (wanted: string) =>
    request.headers.some((header) => sameName(written(header.name), wanted, 'header'))
  if (type === 'http' || type === 'oauth2' || type === 'openIdConnect')
    return (
      hasHeader('authorization') ||
      request.basicAuth !== undefined ||
      request.options.some((option) => option.name === 'user')
    )
  if (type === 'apiKey' && place === 'header') return hasHeader(String(name))
  return true // keys in queries and cookies, client certificates: not visible from here
}

function checkBody(request: Request, operation: Operation): ScenarioProblem[] {
  const contract = operation.requestBody
  const given = givenBody(request)
  if (contract === undefined) {
    if (given === undefined) return []
    return [problem('scenario-unexpected-body', `${operationName(operation)} takes no body`, given.at)]
  }
  if (given === undefined) {
    if (!contract.required) return []
    const hint = `Declared at ${operation.source.file}:${contract.line}.`
    return [problem('scenario-missing-body', `${operationName(operation)} requires a body`, request.at, hint)]
  }
  const media = mediaFor(contract.content, given.type)
  if (media === undefined) {
    const types = contract.content.map(({ type }) => type).join(', ')
    return [
      problem(
        'scenario-media-type',
        `${operationName(operation)} takes ${types}, not ${given.type}`,
        given.at,
      ),
    ]
  }
  if (media.schema === undefined || given.node === undefined) return []
  return bodyProblems(given.node, media.schema)
}

export function bodyProblems(node: JsonNode, schema: SchemaAt, partial = false): ScenarioProblem[] {
  return misfitsOf(node, schema, { partial }).map(({ message, at, hint }) =>
    problem(
      'scenario-body-mismatch',
      message,
      at,
      hint ?? `The schema is at ${schema.source.file}:${schema.source.lineOf(schema.pointer)}.`,
    ),
  )
}

type Given = { readonly type: string; readonly node: JsonNode | undefined; readonly at: Place }

function givenBody({ headers, body, form, multipart, at }: Request): Given | undefined {
  const header = headers.find(({ name }) => sameName(written(name), 'content-type', 'header'))
  const type = header && written(header.value)
  if (body?.kind === 'json') return { type: type ?? 'application/json', node: body.node, at: body.at }
  if (body !== undefined) {
    const implied =
      body.kind === 'text' && (body.language === 'json' || body.language === 'graphql')
        ? 'application/json'
        : undefined
    return { type: type ?? implied ?? HOLE, node: undefined, at: body.at }
  }
  if (multipart.length > 0) return { type: 'multipart/form-data', node: undefined, at: multipart[0]!.at }
  if (form.length === 0) return undefined
  return { type: type ?? 'application/x-www-form-urlencoded', node: undefined, at: form[0]?.at ?? at }
}

/** The most exact entry: the type itself, then `application/*`, then `*\/*`. An unknown type takes the first. */
export function mediaFor(content: readonly Media[], type: string): Media | undefined {
  if (type.includes(HOLE)) return content[0]
  const wanted = bare(type)
  const range = `${wanted.split('/')[0]}/*`
  return [wanted, range, '*/*']
    .map((each) => content.find((media) => bare(media.type) === each))
    .find(Boolean)
}

function bare(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}

/** The text with holes for its expressions. */
export function written(template: Template): string {
  return (
    plainText(template) ?? template.parts.map((part) => (part.kind === 'text' ? part.text : HOLE)).join('')
  )
}
