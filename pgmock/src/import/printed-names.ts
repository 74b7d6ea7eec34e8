// How names are printed in statements that stay text, and the objects they become.

import type { Node } from 'libpg-query'
import type { ExpressionScope } from '../deparse/expression.ts'
import { namedType, stringOf } from '../deparse/type-name.ts'
import { quoteName } from '../formats/names.ts'
import { keyOf, type Catalog, type Name, type Table, type TextObject } from './catalog.ts'
import { MAJOR, relationName, scopeOf } from './lookup.ts'

/** A text object with nothing but what is given. */
export function plainObject(
  kind: string,
  name: Name,
  sql: string,
  parts: Partial<TextObject> = {},
): TextObject {
  return {
    ...name,
    kind,
    sql,
    tag: undefined,
    drop: undefined,
    table: undefined,
    uses: [],
    returns: undefined,
    ...parts,
  }
}

export function quoted(name: string): string {
  return quoteName(name, MAJOR)
}

export function full({ schema, name }: Name): string {
  return `${quoted(schema)}.${quoted(name)}`
}

/** In the schema of a table, or in none. */
export function bare(name: string): Name {
  return { schema: 'public', name }
}

export function tableOf(
  range: Parameters<typeof relationName>[0],
  catalog: Catalog,
): { name: Name; table: Table | undefined } {
  const name = relationName(range, catalog)
  return { name, table: catalog.tables.get(keyOf(name)) }
}

/** The name of a function as it is printed with an empty search path. */
export function calledFunction(names: readonly Node[], catalog: Catalog): string {
  const parts = names.map(stringOf)
  const name = parts.at(-1) ?? ''
  const schema = parts.length > 1 ? parts.at(-2) : scopeOf(undefined, catalog).functionSchema(name)
  return schema === undefined || schema === 'pg_catalog' ? quoted(name) : full({ schema, name })
}

export function functionUse(names: readonly Node[], catalog: Catalog): Name[] {
  const parts = names.map(stringOf)
  const name = parts.at(-1)
  if (name === undefined) return []
  const schema = parts.length > 1 ? parts.at(-2) : scopeOf(undefined, catalog).functionSchema(name)
  return schema === undefined || schema === 'pg_catalog' ? [] : [{ schema, name }]
}

export function functionSignature(
  names: readonly Node[],
  args: readonly Node[],
  catalog: Catalog,
  scope: ExpressionScope,
): string {
  const types = args.flatMap((node) =>
    'TypeName' in node ? [namedType(node.TypeName, MAJOR, scope.typeSchema).text] : [],
  )
  const called = calledFunction(names, catalog)
  return `${called.includes('.') ? called : `pg_catalog.${called}`}(${types.join(', ')})`
}
