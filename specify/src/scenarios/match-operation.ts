import { nearest } from '@specwright/cli/nearest.ts'
import { operationName, type Api, type Operation } from '../contracts/model.ts'
import type { Template } from './hurl/model.ts'

/** Stands in a URL's text for the value of an expression. */
export const HOLE = '\u0000'

export type SplitUrl = {
  /** A variable before the path, such as `baseUrl` or a service's name; undefined for a written host. */
  readonly origin: string | undefined
  /** Undefined when a variable holds it. */
  readonly path: string | undefined
  /** Raw values, not decoded; holes inside. */
  readonly query: readonly (readonly [name: string, value: string])[]
}

/** Takes a URL apart without knowing its variables: `{{baseUrl}}` and `http://{{host}}` in front are dropped. */
export function splitUrl({ parts }: Template): SplitUrl {
  const first = parts[0]
  const origin = first?.kind === 'expr' ? first.expr.name : undefined
  const text = parts.map((part) => (part.kind === 'text' ? part.text : HOLE)).join('')
  const written = /^https?:\/\//i.test(text)
  const rest = written
    ? text.replace(/^https?:\/\/[^/?#]*/i, '')
    : origin === undefined
      ? text
      : text.slice(1)
  const [beforeHash = ''] = rest.split('#')
  const [path = '', query = ''] = beforeHash.split(/\?(.*)/s)
  return {
    origin,
    path: pathOf(path, origin),
    query: query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [name = '', value = ''] = pair.split(/=(.*)/s)
        return [decoded(name), decoded(value)] as const
      }),
  }
}

/** A variable alone may hold any address, unless it is one of the two that hold only the server's. */
function pathOf(path: string, origin: string | undefined): string | undefined {
  if (path.startsWith('/')) return path
  if (path === '' && (origin === undefined || origin === 'baseUrl' || origin === 'host')) return '/'
  return undefined
}

export type Match =
  | {
      readonly outcome: 'found'
      readonly operation: Operation
      readonly pathValues: ReadonlyMap<string, string>
    }
  | { readonly outcome: 'other-method'; readonly methods: readonly string[]; readonly path: string }
  | { readonly outcome: 'none'; readonly suggestion: string | undefined }

/** The operation a request means. Written segments win over templated ones, the first APIs over the later. */
export function matchOperation(apis: readonly Api[], method: string, path: string): Match {
  const candidates = apis.flatMap(({ operations, basePaths }) =>
    operations.flatMap((operation) =>
      [...basePaths, ''].flatMap((base) => {
        const fit = fitPath(`${base}${operation.path}`, path)
        return fit === undefined ? [] : [{ operation, ...fit }]
      }),
    ),
  )
  const best = candidates
    .filter(({ operation }) => operation.method === method)
    .reduce<(typeof candidates)[number] | undefined>(
      (best, each) => (best === undefined || each.score > best.score ? each : best),
      undefined,
    )
  if (best !== undefined) return { outcome: 'found', operation: best.operation, pathValues: best.values }
  if (candidates.length > 0) {
    const methods = [...new Set(candidates.map(({ operation }) => operation.method))]
    return { outcome: 'other-method', methods, path: candidates[0]!.operation.path }
  }
  return { outcome: 'none', suggestion: suggest(apis, method, path) }
}

function fitPath(template: string, path: string): { score: number; values: Map<string, string> } | undefined {
  const wanted = trimmed(template).split('/')
  const given = trimmed(path).split('/')
  if (wanted.length !== given.length) return undefined
  const values = new Map<string, string>()
  let score = 0
  for (const [i, segment] of wanted.entries()) {
    const value = given[i]!
    const name = /^\{([^}]+)\}$/.exec(segment)?.[1]
    if (name !== undefined) {
      if (value === '') return undefined
      values.set(name, decoded(value))
      score += 1
    } else if (segment === decoded(value) || segment === value) score += 3
    // A variable may hold just this word, or be one part of a segment such as {{name}}.json; weakest kind of match.
    else if (value.includes(HOLE) && segmentPattern(value).test(segment)) score += 0
    else return undefined
  }
  return { score, values }
}

function segmentPattern(value: string): RegExp {
  return new RegExp(`^${value.split(HOLE).map(escapeRegex).join('.+')}$`)
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function suggest(apis: readonly Api[], method: string, path: string): string | undefined {
  const names = new Map<string, string>()
  for (const { operations } of apis)
    for (const operation of operations)
      names.set(`${operation.method} ${likeGiven(operation.path, path)}`, operationName(operation))
  const match = nearest(`${method} ${trimmed(path).replaceAll(HOLE, 'x')}`, names.keys())
  return match === undefined ? undefined : names.get(match)
}

/** The template with the given path's segments in its holes, so that only the written words are compared. */
function likeGiven(template: string, path: string): string {
  const given = trimmed(path).replaceAll(HOLE, 'x').split('/')
  return trimmed(template)
    .split('/')
    .map((segment, i) => (segment.startsWith('{') ? (given[i] ?? 'x') : segment))
    .join('/')
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
