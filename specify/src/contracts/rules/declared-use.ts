import { isSamePath, type Use } from '../declared-uses.ts'
import type { Graph } from '../graph.ts'
import { operationName, type Operation, type SchemaAt } from '../model.ts'
import { itemOf, propertyOf, type Found } from '../schema-walk.ts'
import type { ContractRule, Problem } from './rule.ts'

export const useOfNothing: ContractRule = {
  code: 'use-of-nothing',
  severity: 'error',
  about: 'system',
  why: 'A consumer relies on an operation or event that no contract has.',
  example: { wrong: 'operation: GET /api/v1/user/{id}', right: 'operation: GET /api/v1/users/{id}' },
  check: (graph) => written(graph).flatMap((use) => missing(use, graph)),
}

export const unservedVersion: ContractRule = {
  code: 'unserved-version',
  severity: 'error',
  about: 'system',
  why: 'A consumer still uses a version that nobody serves any more, or not yet.',
  example: {
    wrong: 'event: user.profile.created, version: v1',
    right: 'event: user.profile.created, version: v2',
  },
  check: (graph) => written(graph).flatMap((use) => unserved(use, graph)),
}

export const fieldNotProvided: ContractRule = {
  code: 'field-not-provided',
  severity: 'error',
  about: 'system',
  why: 'A consumer reads a field that nobody writes.',
  example: { wrong: 'reads: [mail]', right: 'reads: [email]' },
  check: (graph) => written(graph).flatMap((use) => notProvided(use, graph)),
}

/** Uses that somebody wrote down, or tested; what code seems to do is no reason to stop. */
function written({ uses }: Graph): Use[] {
  return uses.filter(({ file }) => !/\.[cm]?[jt]sx?$|\.har$/.test(file))
}

function problem({ file, line, consumer }: Use, message: string, hint?: string): Problem {
  return { file, line, message, hint, service: consumer }
}

function operationsOf({ provider, target }: Use, { operations }: Graph): Operation[] {
  return operations.filter(({ source, method, path, operationId }) => {
    if (source.service !== provider || target.kind === 'event') return false
    return target.kind === 'operation-id'
      ? target.id === operationId
      : target.method === method && isSamePath(target.path, path)
  })
}

function missing(use: Use, graph: Graph): Problem[] {
  const { target, provider, consumer } = use
  if (target.kind === 'event') {
    if (graph.events.some(({ eventType }) => eventType === target.eventType)) return []
    return [problem(use, `${consumer} uses the event ${target.eventType}, which no contract describes.`)]
  }
  if (operationsOf(use, graph).length > 0 || otherVersions(use, graph).length > 0) return []
  const name = target.kind === 'operation' ? operationName(target) : target.id
  return [problem(use, `${consumer} uses ${name} of ${provider}, which its contracts do not have.`)]
}

function unserved(use: Use, graph: Graph): Problem[] {
  const { target, consumer } = use
  if (target.kind === 'event') {
    const served = graph.events
      .filter(({ eventType }) => eventType === target.eventType)
      .map(({ version }) => version)
    if (target.version === undefined || served.length === 0 || served.includes(target.version)) return []
    return [
      problem(use, `${consumer} uses ${target.eventType} ${target.version}; served: ${served.join(', ')}.`),
    ]
  }
  const others = operationsOf(use, graph).length > 0 ? [] : otherVersions(use, graph)
  if (others.length === 0 || target.kind !== 'operation') return []
  return [
    problem(
      use,
      `${consumer} uses ${operationName(target)}; served: ${others.map(operationName).join(', ')}.`,
    ),
  ]
}

/** The same operation under another version in its path. */
function otherVersions({ provider, target }: Use, { operations }: Graph): Operation[] {
  if (target.kind !== 'operation') return []
  const plain = (path: string) => path.replace(/\/v\d+(?=\/|$)/, '/v*')
  return operations.filter(
    ({ source, method, path }) =>
      source.service === provider && method === target.method && isSamePath(plain(target.path), plain(path)),
  )
}

function notProvided(use: Use, graph: Graph): Problem[] {
  const { target, consumer } = use
  const schemas =
    target.kind === 'event'
      ? graph.events
          .filter(({ eventType }) => eventType === target.eventType)
          .flatMap(({ schema }) => schema ?? [])
      : operationsOf(use, graph).flatMap(({ responses }) =>
          responses
            .filter(({ status }) => /^(2|default)/.test(status))
            .flatMap(({ content }) => content.flatMap(({ schema }) => schema ?? [])),
        )
  if (schemas.length === 0) return []
  return (use.reads ?? []).flatMap((path) => {
    const names = absentOf(schemas, path)
    if (names === undefined) return []
    return [
      problem(
        use,
        `${consumer} reads "${path}", which nobody provides.`,
        names.length === 0 ? undefined : `There are: ${names.join(', ')}.`,
      ),
    ]
  })
}

/** The names there are where a path ends in nothing; undefined when it leads somewhere, or nobody knows. */
function absentOf(schemas: readonly SchemaAt[], path: string): readonly string[] | undefined {
  let at = schemas
  for (const name of path
    .replaceAll(/\[\d*\]/g, '')
    .replace(/^\$\.?/, '')
    .split('.')) {
    const found: Found = propertyOf(at.flatMap(itemsToo), name)
    if (found.outcome === 'absent') return found.names
    if (found.outcome !== 'found') return undefined
    at = found.schemas
  }
  return undefined
}

/** Lists are looked through: `items.price` is the price of any item. */
function itemsToo(at: SchemaAt): SchemaAt[] {
  const items = itemOf([at], undefined)
  return items.outcome === 'found' ? [...items.schemas] : [at]
}
