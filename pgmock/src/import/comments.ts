// COMMENT ON, for whatever the catalog knows.

import type { CommentStmt, Node } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import { madeName } from '../formats/names.ts'
import type { Leave } from './attempt.ts'
import { keyOf, type Catalog, type Described } from './catalog.ts'
import { describedObject, namesOf, relationNamed } from './described.ts'

export function addComment({ objtype, object, comment }: CommentStmt, catalog: Catalog, leave: Leave): void {
  const text = comment === undefined || comment === '' ? undefined : comment
  // A comment on the database is not part of its dump.
  if (objtype === 'OBJECT_DATABASE' || objtype === 'OBJECT_ROLE' || objtype === 'OBJECT_TABLESPACE') return
  const parts = namesOf(object)
  const found =
    objtype === 'OBJECT_COLUMN'
      ? column(parts, text, catalog)
      : objtype === 'OBJECT_INDEX'
        ? index(parts, catalog)
        : objtype === 'OBJECT_TABCONSTRAINT'
          ? constraint(parts, catalog)
          : objtype === 'OBJECT_DOMCONSTRAINT'
            ? domainConstraint(object, catalog)
            : describedObject(objtype, object, catalog)
  if (found) found.comment = text
  else
    leave(
      'sql-left-out',
      `COMMENT ON ${String(objtype).replace('OBJECT_', '')} ${parts.join('.')} is left out: it is not known`,
    )
}

function column(parts: readonly string[], text: string | undefined, catalog: Catalog): Described | undefined {
  const name = relationNamed(parts.slice(0, -1), catalog)
  const last = parts.at(-1) ?? ''
  const found = catalog.tables.get(keyOf(name))?.columns.get(last)
  if (found) return found
  const view = catalog.objects.find((one) => keyOf(one) === keyOf(name) && /VIEW|TABLE|TYPE/.test(one.kind))
  if (!view) return undefined
  view.columnComments ??= new Map()
  if (text === undefined) view.columnComments.delete(last)
  else view.columnComments.set(last, text)
  return {}
}

function index(parts: readonly string[], catalog: Catalog): Described | undefined {
  const last = parts.at(-1)
  for (const table of catalog.tables.values()) {
    if (parts.length > 1 && table.schema !== parts.at(-2)) continue
    const found = table.indexes.find(({ name }) => name === last)
    if (found) return found
  }
  return catalog.objects.find(({ kind, name }) => kind === 'INDEX' && name === last)
}

function constraint(parts: readonly string[], catalog: Catalog): Described | undefined {
  const table = catalog.tables.get(keyOf(relationNamed(parts.slice(0, -1), catalog)))
  if (!table) return undefined
  const wanted = parts.at(-1)
  const all = [
    ...(table.primaryKey ? [{ one: table.primaryKey, columns: [], suffix: 'pkey' }] : []),
    ...table.unique.map((one) => ({ one, columns: one.columns, suffix: 'key' })),
    ...table.references.map((one) => ({ one, columns: one.columns, suffix: 'fkey' })),
    ...table.checks.map((one) => ({
      one,
      columns: one.columns.length === 1 ? one.columns : [],
      suffix: 'check',
    })),
    ...table.excludes.map((one) => ({
      one,
      columns: one.elements.map(([column]) => column),
      suffix: 'excl',
    })),
  ]
  return all.find(
    ({ one, columns, suffix }) => (one.name ?? madeName(table.name, columns, suffix)) === wanted,
  )?.one
}

/** The grammar gives the domain as a type, then the constraint's name. */
function domainConstraint(object: Node | undefined, catalog: Catalog): Described | undefined {
  const items = object && 'List' in object ? (object.List.items ?? []) : []
  const name = namesOf(items[0])
  const domain = [...catalog.domains.values()].find(
    (one) => one.name === name.at(-1) && (name.length < 2 || one.schema === name.at(-2)),
  )
  return domain?.checks.find((check) => check.name === stringOf(items.at(-1)!))
}
