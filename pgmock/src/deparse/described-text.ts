// What CREATE FUNCTION and CREATE TYPE say of themselves, read back from the text a dump has of them.

import type { FullColumn } from './scope.ts'
import type { Routine } from './server-catalog.ts'

export type RoutineText = {
  readonly kind: string
  readonly schema: string
  readonly name: string
  /** `f(integer, text)` */
  readonly tag: string | undefined
  readonly sql: string
}

const KINDS: Readonly<Record<string, Routine['kind']>> = { FUNCTION: 'f', PROCEDURE: 'p', AGGREGATE: 'a' }

/** Undefined for what cannot be called. */
export function routineOf({ kind, schema, name, tag = '', sql }: RoutineText): Routine | undefined {
  const own = KINDS[kind]
  if (!own || !tag.endsWith(')')) return undefined
  const header = /^([\s\S]*?)\n\s+(?:LANGUAGE|SFUNC)\b/.exec(sql)?.[1] ?? sql
  const open = header.indexOf('(')
  const close = closing(header, open)
  const given = open < 0 ? [] : pieces(header.slice(open + 1, close))
  const types = pieces(tag.slice(tag.indexOf('(') + 1, -1)).filter((type) => type !== '*')
  const out = given.flatMap((arg) => {
    const [, rest] = /^(?:IN)?OUT\s+(.*)$/s.exec(arg) ?? []
    return rest === undefined ? [] : [columnOf(rest)]
  })
  const returns = /\bRETURNS\s+([\s\S]*)$/.exec(header.slice(close + 1))?.[1]?.trim()
  const table = returns === undefined ? undefined : /^TABLE\(([\s\S]*)\)$/.exec(returns)?.[1]
  const columns = table === undefined ? out : pieces(table).map(columnOf)
  const result = returns?.replace(/^SETOF\s+/, '')
  return {
    schema,
    name,
    kind: own,
    returnsSet: table !== undefined || returns?.startsWith('SETOF ') === true,
    isVariadic: types.at(-1)?.startsWith('VARIADIC ') === true,
    defaults: given.filter((arg) => / DEFAULT /.test(arg)).length,
    args: types.map((type) => bare(type.replace(/^VARIADIC /, ''))),
    result:
      columns.length > 1
        ? 'record'
        : columns.length === 1
          ? columns[0]!.type
          : result === undefined
            ? stateType(sql)
            : bare(result),
    columns,
  }
}

/** Of an aggregate without a final function, which is what most of them are. */
function stateType(sql: string): string {
  return /\bFINALFUNC\b/.test(sql) ? '?' : bare(/\bSTYPE = ([^,\n]+)/.exec(sql)?.[1] ?? '?')
}

/** The fields of `CREATE TYPE t AS (…)`; undefined for types of other kinds. */
export function compositeFields(sql: string): FullColumn[] | undefined {
  const body = /^CREATE TYPE [^\n]* AS \(\n([\s\S]*)\n\);/.exec(sql)?.[1]
  return body === undefined ? undefined : pieces(body).map(columnOf)
}

/** `"Name" numeric(10,2)` → its name, and its type without the numbers in brackets and with them. */
function columnOf(text: string): FullColumn {
  const [, quoted, plain, type = ''] =
    /^\s*(?:"((?:[^"]|"")*)"|([\w$]+))\s+([\s\S]*?)(?:\s+COLLATE\s.*|\s+DEFAULT\s.*)?$/.exec(text) ?? []
  const full = type.trim()
  return {
    name: quoted?.replaceAll('""', '"') ?? plain ?? '',
    type: bare(full),
    full: bare(full) === full ? undefined : full,
  }
}

function bare(type: string): string {
  return type
    .trim()
    .replace(/\([\d,\s]+\)/, '')
    .replace(/^character(?=$|\[)/, 'bpchar')
}

/** Split at the commas that stand outside of brackets and quotes. */
function pieces(text: string): string[] {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  for (const { 0: token, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),]|\[|\]/g)) {
    if (token === '(' || token === '[') depth++
    else if (token === ')' || token === ']') depth--
    else if (token === ',' && depth === 0) {
      parts.push(text.slice(from, index).trim())
      from = index + 1
    }
  }
  const last = text.slice(from).trim()
  return last === '' && parts.length === 0 ? [] : [...parts, last]
}

function closing(text: string, open: number): number {
  let depth = 0
  for (const { 0: token, index } of text.slice(open).matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    if (token === '(') depth++
    else if (token === ')' && --depth === 0) return open + index
  }
  return text.length
}
