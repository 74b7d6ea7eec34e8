// What PostgreSQL 18's parser knows of its own types, casts, operators and functions, and of the extensions that come
// with it. server-catalog.sql asks a server for it; server-catalog.tsv is its answer, read when first needed.

import { readFileSync } from 'node:fs'
import { quoteName } from '../formats/names.ts'

export type TypeFacts = {
  /** pg_type.typcategory */
  readonly category: string
  readonly isPreferred: boolean
  /** Of types that can be subscripted without being called `…[]`. */
  readonly element: string | undefined
}

/** Context: implicit, assignment, explicit. Method: function, binary, input and output. */
export type CastFacts = { readonly context: 'i' | 'a' | 'e'; readonly method: 'f' | 'b' | 'i' }

export type Operator = {
  readonly schema: string | undefined
  /** Undefined for prefix operators. */
  readonly left: string | undefined
  readonly right: string
  readonly result: string
}

export type Routine = {
  /** Undefined: pg_catalog. */
  readonly schema: string | undefined
  readonly name: string
  /** Function, aggregate, window function, procedure. */
  readonly kind: 'f' | 'a' | 'w' | 'p'
  readonly returnsSet: boolean
  readonly isVariadic: boolean
  readonly defaults: number
  readonly args: readonly string[]
  readonly argNames?: readonly string[]
  readonly result: string
  /** Columns of a function that returns rows, or OUT arguments. */
  readonly columns: readonly CatalogColumn[]
}

export type CatalogColumn = { readonly name: string; readonly type: string }

export type ServerCatalog = {
  readonly types: ReadonlyMap<string, TypeFacts>
  /** Range → its multirange and what it ranges over. */
  readonly ranges: ReadonlyMap<string, { readonly multirange: string; readonly subtype: string }>
  /** Keys are `from>to`. */
  readonly casts: ReadonlyMap<string, CastFacts>
  readonly operators: ReadonlyMap<string, readonly Operator[]>
  readonly routines: (name: string) => readonly Routine[]
  readonly relations: (name: string) => readonly CatalogColumn[] | undefined
}

let lines: readonly (readonly string[])[] | undefined
const made = new Map<string, ServerCatalog>()

/** `installed` tells the schema of each extension of the database. Names of pg_catalog have no schema. */
export function serverCatalog(installed: ReadonlyMap<string, string>): ServerCatalog {
  const key = [...installed].flat().join('\0')
  const known = made.get(key)
  if (known) return known
  const catalog = build(installed)
  made.set(key, catalog)
  return catalog
}

function readLines(): readonly (readonly string[])[] {
  lines ??= readFileSync(new URL('server-catalog.tsv', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
  return lines
}

function build(installed: ReadonlyMap<string, string>): ServerCatalog {
  const types = new Map<string, TypeFacts>()
  const ranges = new Map<string, { multirange: string; subtype: string }>()
  const casts = new Map<string, CastFacts>()
  const operators = new Map<string, Operator[]>()
  const routines = new Map<string, { fields: readonly string[]; schema: string | undefined }[]>()
  const relations = new Map<string, string>()
  for (const fields of readLines()) {
    const [kind = '', extension = '', a = '', b = '', c = '', d = ''] = fields
    const schema = extension === '' ? undefined : installed.get(extension)
    if (extension !== '' && schema === undefined) continue
    const type = (text: string) => typeText(text, schema)
    switch (kind) {
      case 'type':
        types.set(type(a), {
          category: b[0]!,
          isPreferred: b[1] === 'p',
          element: d === '' ? undefined : type(d),
        })
        break
      case 'range':
        ranges.set(a, { multirange: b, subtype: c })
        break
      case 'cast':
        casts.set(`${type(a)}>${type(b)}`, {
          context: c[0] as CastFacts['context'], // the letters of pg_cast
          method: c[1] as CastFacts['method'],
        })
        break
      case 'op':
        push(operators, a, {
          schema,
          left: b === '' ? undefined : type(b),
          right: type(c),
          result: type(d),
        })
        break
      case 'fn':
        push(routines, a, { fields, schema })
        break
      case 'rel':
        relations.set(a, b)
        break
    }
  }
  return {
    types,
    ranges,
    casts,
    operators,
    routines: (name) => (routines.get(name) ?? []).map(({ fields, schema }) => routine(fields, schema)),
    relations: (name) => {
      const text = relations.get(name)
      return text === undefined ? undefined : columns(text, undefined)
    },
  }
}

function routine(fields: readonly string[], schema: string | undefined): Routine {
  const [, , name = '', kind = '', defaults = '0', args = '', result = '', out = ''] = fields
  return {
    schema,
    name,
    kind: kind[0] as Routine['kind'], // the letters of pg_proc
    returnsSet: kind.includes('s'),
    isVariadic: kind.includes('v'),
    defaults: Number(defaults),
    args: args === '' ? [] : args.split(',').map((arg) => typeText(arg, schema)),
    result: typeText(result, schema),
    columns: columns(out, schema),
  }
}

function columns(text: string, schema: string | undefined): CatalogColumn[] {
  if (text === '') return []
  return text.split(',').map((column) => {
    const space = column.indexOf(' ')
    return { name: column.slice(0, space), type: typeText(column.slice(space + 1), schema) }
  })
}

/** Types as a cast without length prints them; the extensions of the file stand in schema ext. */
function typeText(text: string, schema: string | undefined): string {
  const plain = text === 'character' || text === 'character[]' ? text.replace('character', 'bpchar') : text
  return schema === undefined || !plain.startsWith('ext.')
    ? plain
    : `${quoteName(schema, 18)}.${plain.slice(4)}`
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}
