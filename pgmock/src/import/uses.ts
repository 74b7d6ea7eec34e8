// What a query or a signature names, and so needs before it.

import type { Node } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import type { Catalog, Name } from './catalog.ts'
import { relationName, walk } from './lookup.ts'

/** Relations, functions and types of the file. */
export function usedBy(query: unknown, catalog: Catalog): Name[] {
  const uses = new Map<string, Name>()
  const add = (name: Name) => void uses.set(`${name.schema}\0${name.name}`, name)
  walk(query, (node) => {
    if ('RangeVar' in node) add(relationName(node.RangeVar, catalog))
    const named = 'FuncCall' in node ? node.FuncCall.funcname : typeNames(node)
    const parts = (named ?? []).map(stringOf)
    const name = parts.at(-1)
    if (name === undefined) return
    const schema = parts.at(-2) ?? schemaOf(name, catalog)
    if (schema !== undefined && schema !== 'pg_catalog') add({ schema, name })
  })
  return [...uses.values()]
}

/** A type's name, wherever it stands: as a node, or as a member of a column, a cast or an argument. */
function typeNames(node: object): Node[] | undefined {
  const member =
    'TypeName' in node
      ? node.TypeName
      : 'typeName' in node
        ? node.typeName
        : 'argType' in node
          ? node.argType
          : undefined
  const names = typeof member === 'object' && member !== null && 'names' in member ? member.names : undefined
  return Array.isArray(names) ? (names as Node[]) : undefined // the grammar's nodes
}

/** Of what the file has made under this name. */
export function schemaOf(name: string, catalog: Catalog): string | undefined {
  const known = [
    ...catalog.enums.values(),
    ...catalog.domains.values(),
    ...catalog.tables.values(),
    ...catalog.objects,
  ]
  return known.find((object) => object.name === name)?.schema
}
