import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Cursor } from './cursor.ts'
import type { Assert, Capture, Predicate, Query } from './model.ts'
import { parseArg, parseFilters, parseKey } from './parse-text.ts'
import {
  certificateFields,
  cookieAttributes,
  filters,
  predicateAliases,
  predicates,
  queries,
} from './vocabulary.ts'

const WORD = /[A-Za-z0-9]+/y
const PREDICATE_WORD = /==|!=|>=|<=|>|<|[A-Za-z0-9]+/y

/** `name: query filter… [redact]` */
export function parseCapture(cursor: Cursor): Capture {
  const at = cursor.place()
  const name = parseKey(cursor)
  cursor.skipSpaces()
  if (!cursor.take(':')) throw cursor.problem(`expected ":" after the variable, found ${cursor.found()}`)
  cursor.skipSpaces()
  const query = parseQuery(cursor)
  const redact = cursor.match(/[ \t]+redact(?![A-Za-z0-9])/y) !== undefined
  cursor.endLine('a filter or the end of the line')
  return { name, query, redact, at }
}

/** `query filter… predicate` */
export function parseAssert(cursor: Cursor): Assert {
  const at = cursor.place()
  const start = cursor.at
  const query = parseQuery(cursor)
  cursor.skipSpaces()
  const predicate = parsePredicate(cursor)
  const source = cursor.text.slice(start, cursor.at).trim()
  cursor.endLine('the end of the line')
  return { query, predicate, at, source }
}

function parseQuery(cursor: Cursor): Query {
  const at = cursor.place()
  const start = cursor.at
  const name = cursor.match(WORD)?.[0]
  const args = name === undefined ? undefined : queries[name]
  if (name === undefined || args === undefined) {
    cursor.at = start
    throw cursor.problem(
      `expected a query such as status, header or jsonpath, found ${cursor.found()}`,
      name && didYouMean(name, Object.keys(queries)),
    )
  }
  if (name === 'cookie' || name === 'certificate') checkAttribute(cursor, name)
  const query = {
    name,
    args: args.map((kind) => parseArg(cursor, kind, name)),
    filters: parseFilters(cursor),
    at,
  }
  return { ...query, source: cursor.text.slice(start, cursor.at).trim() }
}

/** The part of the argument that is a word of Hurl: a cookie's attribute, a certificate's field. */
function checkAttribute(cursor: Cursor, name: 'cookie' | 'certificate'): void {
  const known: readonly string[] = name === 'cookie' ? cookieAttributes : certificateFields
  const before = name === 'cookie' ? /[ \t]*"[^"[\n]*\[/y : /[ \t]*"/y
  const skipped = cursor.peek(before)?.[0].length
  if (skipped === undefined) return
  const at = cursor.at + skipped
  const word = /^[^"\]\n]*/.exec(cursor.text.slice(at, at + 40))?.[0] ?? ''
  if (known.some((each) => each.toLowerCase() === word.toLowerCase())) return
  throw cursor.problem(
    `a ${name} has no "${word}"`,
    didYouMean(word, known) ?? `There are ${known.join(', ')}.`,
    at,
  )
}

function parsePredicate(cursor: Cursor): Predicate {
  const at = cursor.place()
  const not = cursor.match(/not[ \t]+/y) !== undefined
  const start = cursor.at
  const word = cursor.match(PREDICATE_WORD)?.[0]
  const name = word === undefined ? undefined : (predicateAliases[word] ?? word)
  const args = name !== undefined && Object.hasOwn(predicates, name) ? predicates[name] : undefined
  if (name === undefined || args === undefined) {
    cursor.at = start
    throw cursor.problem(
      `expected a predicate such as ==, contains or exists, found ${cursor.found()}`,
      word && didYouMean(word, [...Object.keys(predicates), ...Object.keys(filters)]),
    )
  }
  const kind = args[0]
  return { not, name, value: kind === undefined ? undefined : parseArg(cursor, kind, name), at }
}
