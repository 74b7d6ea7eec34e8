// Tables of a mixed-in template under another name: keys, references, row counts, enums and expressions follow.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'

type Json = Record<string, unknown>

/** Only `tables` and `enums` of the template come along; its database is another one. */
export function prefixTables(schema: Json, prefix: string): Json {
  const tables = isRecord(schema['tables']) ? schema['tables'] : {}
  const enums = isRecord(schema['enums']) ? schema['enums'] : {}
  const names = Object.keys(tables)
  const rename = (name: string) => (names.includes(name) ? `${prefix}${name}` : name)
  const expression = expressionRenamer(names, prefix)
  const type = (text: string) => {
    const bare = text.replace(/\[\]$/, '')
    return Object.hasOwn(enums, bare) ? `${prefix}${text}` : text
  }

  const reference = (given: unknown): unknown => {
    if (typeof given === 'string') return given.replace(/^[^.:]+(?=\.)/, rename)
    return isRecord(given) && typeof given['table'] === 'string'
      ? { ...given, table: rename(given['table']) }
      : given
  }
  const column = (given: unknown): unknown => {
    if (!isRecord(given)) return given
    const made = { ...given }
    if (typeof made['type'] === 'string') made['type'] = type(made['type'])
    if ('references' in made) made['references'] = reference(made['references'])
    if (typeof made['derive'] === 'string') made['derive'] = expression(made['derive'])
    if (isRecord(made['generator'])) made['generator'] = texts(made['generator'], expression)
    return made
  }
  const table = (given: unknown): unknown => {
    if (!isRecord(given)) return given
    const made = { ...given }
    if (isRecord(made['columns'])) made['columns'] = mapped(made['columns'], column)
    if (isRecord(made['context'])) made['context'] = texts(made['context'], expression)
    if (Array.isArray(made['foreignKeys']))
      made['foreignKeys'] = made['foreignKeys'].map((key: unknown) =>
        isRecord(key) ? { ...key, references: reference(key['references']) } : key,
      )
    const rows = made['rowCount']
    if (typeof rows === 'string')
      made['rowCount'] = rows.replace(
        /( per )(\S+)$/,
        (_, per: string, name: string) => `${per}${rename(name)}`,
      )
    if (isRecord(rows))
      made['rowCount'] = {
        ...rows,
        ...(typeof rows['per'] === 'string' ? { per: rename(rows['per']) } : {}),
        ...(typeof rows['count'] === 'string' ? { count: expression(rows['count']) } : {}),
      }
    return made
  }
  const renamed = (given: Json, change: (value: unknown) => unknown) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [`${prefix}${name}`, change(value)]))
  return {
    tables: renamed(tables, table),
    ...(Object.keys(enums).length > 0 ? { enums: renamed(enums, (labels) => labels) } : {}),
  }
}

/** A table stands in an expression only as what a function counts or adds up: `count(orders)`, `sum(a_id.orders.total)`. */
function expressionRenamer(names: readonly string[], prefix: string): (text: string) => string {
  if (names.length === 0) return (text) => text
  const pattern = new RegExp(`(?<=[(.]\\s*)(${names.join('|')})(?=\\s*[.,)])`, 'g')
  return (text) => text.replaceAll(pattern, `${prefix}$1`)
}

function texts(given: Json, change: (text: string) => string): Json {
  return mapped(given, (value) => (typeof value === 'string' ? change(value) : value))
}

function mapped(given: Json, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, change(value)]))
}
