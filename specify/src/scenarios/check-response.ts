import { didYouMean } from '@specwright/cli/nearest.ts'
import {
  operationName,
  type Operation,
  type Response as ResponseContract,
  type SchemaAt,
} from '../contracts/model.ts'
import {
  allowsType,
  anyPropertyOf,
  itemOf,
  propertyOf,
  typeOf,
  typesOf,
  valuesOf,
  type Found,
  type JsonType,
} from '../contracts/schema-walk.ts'
import { bodyProblems, mediaFor, written } from './check-request.ts'
import { list, misfitsOf, withArticle } from './fits.ts'
import {
  plainText,
  type Literal,
  type Place,
  type Predicate,
  type Query,
  type Response,
} from './hurl/model.ts'
import { isSame } from '../contracts/same-json.ts'
import { isSingular, type JsonPath, type Selector } from './jsonpath.ts'
import { JsonPathProblem, parseJsonPath } from './parse-jsonpath.ts'
import { problem, type ScenarioProblem } from './problem.ts'

/** Whether what is expected of an answer can come from its operation: status, media type, every path looked at. */
export function checkResponse(response: Response, operation: Operation): ScenarioProblem[] {
  const contracts = responsesFor(operation, response.status)
  if (contracts.length === 0) return [undeclaredStatus(response, operation)]
  const bodies = jsonSchemas(contracts)
  const context = { operation, status: response.status, contracts, bodies }
  return [
    ...checkContentType(response, context),
    ...response.captures.flatMap(({ query }) => checkQuery(query, undefined, context)),
    ...response.asserts.flatMap(({ query, predicate }) => checkQuery(query, predicate, context)),
    ...(response.body?.kind === 'json' && bodies.outcome === 'known' && bodies.schemas.length === 1
      ? bodyProblems(response.body.node, bodies.schemas[0]!)
      : []),
  ]
}

type Bodies =
  | { readonly outcome: 'known'; readonly schemas: readonly SchemaAt[] }
  /** Some media type has no schema, so anything may come. */
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'none' }

type Context = {
  readonly operation: Operation
  readonly status: number | undefined
  readonly contracts: readonly ResponseContract[]
  readonly bodies: Bodies
}

/** The declared answers with this status: itself, its range, or the default. Any status: all of them. */
function responsesFor({ responses }: Operation, status: number | undefined): ResponseContract[] {
  if (status === undefined) return [...responses]
  for (const name of [String(status), `${Math.floor(status / 100)}XX`, 'default']) {
    const found = responses.find((response) => response.status === name)
    if (found !== undefined) return [found]
  }
  return []
}

function undeclaredStatus(response: Response, operation: Operation): ScenarioProblem {
  const declared = operation.responses.map(({ status }) => status).join(', ') || 'none'
  return problem(
    'scenario-undeclared-status',
    `${operationName(operation)} declares no answer ${response.status ?? ''}`.trim(),
    response.at,
    `Declared are ${declared}, at ${operation.source.file}:${operation.line}.`,
  )
}

function jsonSchemas(contracts: readonly ResponseContract[]): Bodies {
  const media = contracts.flatMap(({ content }) => content)
  if (media.length === 0) return { outcome: 'none' }
  const json = media.filter(({ type }) => /[/+]json\b|\*\/\*/.test(type))
  if (json.length === 0 || json.some(({ schema }) => schema === undefined)) return { outcome: 'unknown' }
  return { outcome: 'known', schemas: json.map(({ schema }) => schema!) }
}

function checkContentType(response: Response, { contracts, operation }: Context): ScenarioProblem[] {
  return response.headers.flatMap(({ name, value, at }) => {
    if (written(name).toLowerCase() !== 'content-type') return []
    const type = written(value)
    const declared = contracts.flatMap(({ content }) => content)
    if (declared.length === 0 || mediaFor(declared, type) !== undefined) return []
    const types = declared.map((media) => media.type).join(', ')
    return [
      problem('scenario-media-type', `${operationName(operation)} answers with ${types}, not ${type}`, at),
    ]
  })
}

function checkQuery(query: Query, predicate: Predicate | undefined, context: Context): ScenarioProblem[] {
  if (query.name === 'status' && predicate !== undefined) return checkStatus(predicate, context)
  if (query.name !== 'jsonpath') return []
  const text = query.args[0]?.kind === 'string' ? plainText(query.args[0].text) : undefined
  if (text === undefined) return []
  let path: JsonPath
  try {
    path = parseJsonPath(text)
  } catch (error) {
    if (!(error instanceof JsonPathProblem)) throw error
    return [problem('scenario-jsonpath', error.message, query.at)]
  }
  const denies = predicate?.name === 'exists' && predicate.not
  if (context.bodies.outcome === 'unknown' || denies) return []
  if (context.bodies.outcome === 'none') {
    const message = `${operationName(context.operation)} declares no body for ${context.status ?? 'any status'}`
    return [problem('scenario-no-body', message, query.at, placeOf(context))]
  }
  const walked = walk(path, context.bodies.schemas, query.at, context)
  if (walked.problems.length > 0 || walked.schemas === undefined || predicate === undefined)
    return walked.problems
  return checkPredicate(query, predicate, walked.schemas, isSingular(path))
}

function checkStatus({ name, not, value, at }: Predicate, { operation }: Context): ScenarioProblem[] {
  if (name !== '==' || not || value?.kind !== 'number' || responsesFor(operation, value.value).length > 0)
    return []
  const message = `${operationName(operation)} declares no answer ${value.value}`
  return [problem('scenario-undeclared-status', message, at)]
}

/** Follows a path through schemas; stops without a word where the contract allows anything. */
function walk(
  path: JsonPath,
  start: readonly SchemaAt[],
  at: Place,
  context: Context,
): { schemas: readonly SchemaAt[] | undefined; problems: ScenarioProblem[] } {
  let schemas = start
  let trail = '$'
  for (const { descendants, selectors } of path.segments) {
    if (descendants) return { schemas: undefined, problems: [] }
    const steps = selectors.map((selector) => ({ selector, found: step(selector, schemas) }))
    for (const { selector, found } of steps)
      if (found.outcome === 'absent')
        return { schemas: undefined, problems: [absent(selector, found, trail, at, context)] }
    if (steps.some(({ found }) => found.outcome === 'unknown')) return { schemas: undefined, problems: [] }
    schemas = steps.flatMap(({ found }) => (found.outcome === 'found' ? found.schemas : []))
    trail += selectors.map(describeSelector).join(',')
  }
  return { schemas, problems: [] }
}

function step(selector: Selector, schemas: readonly SchemaAt[]): Found {
  switch (selector.kind) {
    case 'name':
      return propertyOf(schemas, selector.name)
    case 'index':
      return itemOf(schemas, selector.index)
    case 'slice':
      return itemOf(schemas, undefined)
    case 'wildcard':
    case 'filter':
      return anyPropertyOf(schemas)
  }
}

function describeSelector(selector: Selector): string {
  if (selector.kind === 'name') return `.${selector.name}`
  return selector.kind === 'index' ? `[${selector.index}]` : '[*]'
}

function absent(
  selector: Selector,
  { names }: Found & { outcome: 'absent' },
  trail: string,
  at: Place,
  context: Context,
): ScenarioProblem {
  const answer = `the answer ${context.status ?? ''} of ${operationName(context.operation)}`.replace(
    '  ',
    ' ',
  )
  const message =
    selector.kind === 'name'
      ? `${answer} has no property "${selector.name}" at ${trail}`
      : `${answer} has no items at ${trail}`
  const suggestion = selector.kind === 'name' ? didYouMean(selector.name, names) : undefined
  return problem(
    'scenario-undeclared-property',
    message,
    at,
    [suggestion, placeOf(context)].filter(Boolean).join(' '),
  )
}

/** Where the contract says so: the schema's own line, else the response's. */
function placeOf({ bodies, contracts, operation }: Context): string {
  const schema = bodies.outcome === 'known' ? bodies.schemas[0] : undefined
  const { file } = operation.source
  if (schema !== undefined) return `The schema is at ${file}:${schema.source.lineOf(schema.pointer)}.`
  return `The answer is declared at ${file}:${contracts[0]?.line ?? operation.line}.`
}

const TYPE_PREDICATES: Readonly<Record<string, readonly JsonType[]>> = {
  isBoolean: ['boolean'],
  isCollection: ['array', 'object'],
  isFloat: ['number'],
  isInteger: ['integer', 'number'],
  isIpv4: ['string'],
  isIpv6: ['string'],
  isIsoDate: ['string'],
  isList: ['array'],
  isNumber: ['integer', 'number'],
  isObject: ['object'],
  isString: ['string'],
  isUuid: ['string'],
  matches: ['string'],
  startsWith: ['string'],
  endsWith: ['string'],
  contains: ['string', 'array'],
  includes: ['array'],
  isEmpty: ['string', 'array', 'object'],
  '>': ['integer', 'number', 'string'],
  '>=': ['integer', 'number', 'string'],
  '<': ['integer', 'number', 'string'],
  '<=': ['integer', 'number', 'string'],
}

function checkPredicate(
  query: Query,
  predicate: Predicate,
  schemas: readonly SchemaAt[],
  singular: boolean,
): ScenarioProblem[] {
  const after = afterFilters(query, schemas, singular)
  if (after === undefined) return []
  const { types } = after
  const { name, not, at } = predicate
  if (types === undefined) return []
  const wanted = Object.hasOwn(TYPE_PREDICATES, name) ? TYPE_PREDICATES[name] : undefined
  if (wanted !== undefined && !not && !wanted.some((type) => types.has(type)))
    return [
      problem(
        'scenario-assert-type',
        `${query.source} is ${list(types)}: "${name}" can never hold`,
        at,
        contractPlace(after.schemas),
      ),
    ]
  if (name !== '==' || not || predicate.value === undefined) return []
  return checkEquality(query, predicate.value, { types, schemas: after.schemas }, at)
}

function checkEquality(
  query: Query,
  value: Literal,
  { types, schemas }: { types: ReadonlySet<JsonType>; schemas: readonly SchemaAt[] },
  at: Place,
): ScenarioProblem[] {
  const literal = literalOf(value)
  if (literal === undefined) return []
  // Hurl compares 2.0 with 2, so a whole number may be asked of a float.
  if (!allowsType(types, literal.type) && !(literal.type === 'number' && types.has('integer')))
    return [
      problem(
        'scenario-assert-type',
        `${query.source} is ${list(types)}, never ${withArticle(literal.type)}`,
        at,
        contractPlace(schemas),
      ),
    ]
  if (!('value' in literal)) return []
  const allowed = valuesOf(schemas)
  if (allowed !== undefined && !allowed.some((each) => isSame(each, literal.value))) {
    const shown = allowed.map((each) => JSON.stringify(each)).join(', ')
    const hint =
      typeof literal.value === 'string' ? didYouMean(literal.value, allowed.map(String)) : undefined
    return [
      problem(
        'scenario-assert-value',
        `${query.source} is never ${JSON.stringify(literal.value)}: the contract allows ${shown}`,
        at,
        hint,
      ),
    ]
  }
  if (schemas.length !== 1 || typeof literal.value !== 'string') return []
  const text = { parts: [{ kind: 'text' as const, text: literal.value }], at }
  return misfitsOf({ kind: 'string', text, at }, schemas[0]!, { partial: false }, query.source).map(
    ({ message }) => problem('scenario-assert-value', message, at, contractPlace(schemas)),
  )
}

function literalOf(literal: Literal): { type: JsonType; value?: unknown } | undefined {
  switch (literal.kind) {
    case 'string': {
      const text = plainText(literal.text)
      return text === undefined ? { type: 'string' } : { type: 'string', value: text }
    }
    case 'number':
    case 'boolean':
      return { type: typeOf(literal.value), value: literal.value }
    case 'null':
      return { type: 'null', value: null }
    case 'regex':
    case 'bytes':
    case 'file':
    case 'expr':
      return undefined
  }
}

/** What the filters make of the types; undefined when that cannot be said. */
function afterFilters(
  query: Query,
  schemas: readonly SchemaAt[],
  singular: boolean,
): { types: ReadonlySet<JsonType> | undefined; schemas: readonly SchemaAt[] } | undefined {
  // A path that may select several nodes gives one value or a list of them: only its items are known.
  let current: {
    types: ReadonlySet<JsonType> | undefined
    items: readonly SchemaAt[] | undefined
    schemas: readonly SchemaAt[]
  } = singular
    ? { types: typesOf(schemas), items: undefined, schemas }
    : { types: undefined, items: schemas, schemas: [] }
  for (const { name } of query.filters) {
    if (name === 'count' || name === 'toInt')
      current = { types: new Set(['integer']), items: undefined, schemas: [] }
    else if (name === 'first' || name === 'last' || name === 'nth') {
      const items = current.items ?? foundSchemas(itemOf(current.schemas, undefined))
      if (items === undefined) return undefined
      current = { types: typesOf(items), items: undefined, schemas: items }
    } else return undefined
  }
  return current
}

function foundSchemas(found: Found): readonly SchemaAt[] | undefined {
  return found.outcome === 'found' ? found.schemas : undefined
}

function contractPlace([first]: readonly SchemaAt[]): string | undefined {
  return first && `The contract says so at ${first.source.file}:${first.source.lineOf(first.pointer)}.`
}
