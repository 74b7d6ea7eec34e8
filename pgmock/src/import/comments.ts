import type { CommentStmt, Node } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import type { Leave } from './attempt.ts'
import { keyOf, type Catalog, type TextObject } from './catalog.ts'
import { relationName } from './lookup.ts'

export function addComment(
  { objtype, object, comment = '' }: CommentStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  const parts = object && 'List' in object ? (object.List.items ?? []).map(stringOf) : []
  const tableAt = (names: readonly string[]) =>
    catalog.tables.get(
      keyOf(relationName({ schemaname: names.at(-2) ?? '', relname: names.at(-1) ?? '' }, catalog)),
    )
  if (objtype === 'OBJECT_TABLE') {
    const table = tableAt(parts)
    if (table) table.comment = comment
    return
  }
  if (objtype === 'OBJECT_COLUMN') {
    const column = tableAt(parts.slice(0, -1))?.columns.get(parts.at(-1) ?? '')
    if (column) {
      column.comment = comment
      return
    }
  }
  if (objtype === 'OBJECT_INDEX') {
    const { schema, name } = relationName(
      { schemaname: parts.at(-2) ?? '', relname: parts.at(-1) ?? '' },
      catalog,
    )
    for (const table of catalog.tables.values())
      for (const index of table.indexes)
        if (table.schema === schema && index.name === name) {
          index.comment = comment
          return
        }
  }
  const described = textObjectNamed(objtype, object, parts, catalog)
  if (described) {
    described.comment = comment
    return
  }
  leave('sql-left-out', `COMMENT ON ${String(objtype).replace('OBJECT_', '')} is left out`)
}

const DESCRIBED: Readonly<Record<string, string>> = {
  OBJECT_EXTENSION: 'EXTENSION',
  OBJECT_FUNCTION: 'FUNCTION',
  OBJECT_PROCEDURE: 'PROCEDURE',
  OBJECT_AGGREGATE: 'AGGREGATE',
  OBJECT_VIEW: 'VIEW',
  OBJECT_MATVIEW: 'MATERIALIZED VIEW',
  OBJECT_TYPE: 'TYPE',
  OBJECT_TRIGGER: 'TRIGGER',
}

function textObjectNamed(
  objtype: CommentStmt['objtype'],
  object: Node | undefined,
  parts: readonly string[],
  catalog: Catalog,
): TextObject | undefined {
  const kind = DESCRIBED[String(objtype)]
  if (kind === undefined || !object) return undefined
  const names =
    'ObjectWithArgs' in object
      ? (object.ObjectWithArgs.objname ?? []).map(stringOf)
      : 'TypeName' in object
        ? (object.TypeName.names ?? []).map(stringOf)
        : 'String' in object
          ? [stringOf(object)]
          : parts
  // Functions of one name are told apart by the number of their arguments; that is enough for most files.
  const count = 'ObjectWithArgs' in object ? (object.ObjectWithArgs.objargs ?? []).length : undefined
  const found = catalog.objects.filter((one) => one.kind === kind && one.name === names.at(-1))
  return (
    found.find(({ tag }) => count === undefined || tag === undefined || argumentCount(tag) === count) ??
    found[0]
  )
}

/** `f(integer, text)` → 2. */
function argumentCount(tag: string): number {
  const inside = tag.slice(tag.indexOf('(') + 1, -1).trim()
  return inside === '' || inside === '*' ? 0 : inside.split(',').length
}
