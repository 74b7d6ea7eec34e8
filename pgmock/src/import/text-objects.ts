// Views, functions, triggers and the like: PostgreSQL keeps their text, so do we. A statement as pg_dump writes it comes
// out as it went in; functions are brought into pg_dump's form.

import type { CompositeTypeStmt, CreateExtensionStmt, Node } from 'libpg-query'
import type { ExpressionScope } from '../deparse/expression.ts'
import { namedType, stringOf } from '../deparse/type-name.ts'
import { quoteName } from '../formats/names.ts'
import type { Catalog, TextObject } from './catalog.ts'
import { EXTENSIONS } from './extensions.ts'
import { functionObject } from './functions.ts'
import { bare, full, plainObject, quoted } from './printed-names.ts'
import { trigger } from './triggers.ts'
import { usedBy } from './uses.ts'
import { createdRelation, materializedView, view } from './views.ts'

/** `silent`: of no account. undefined: not of a kind we keep. */
export function textObject(
  node: Node,
  text: string,
  catalog: Catalog,
  scope: ExpressionScope,
): TextObject | 'silent' | undefined {
  if ('ViewStmt' in node) return view(node.ViewStmt, text, catalog, scope)
  if ('CreateTableAsStmt' in node && node.CreateTableAsStmt.objtype === 'OBJECT_MATVIEW')
    return materializedView(node.CreateTableAsStmt, text, catalog, scope)
  if ('CreateExtensionStmt' in node) return extension(node.CreateExtensionStmt, catalog)
  if ('CreateTrigStmt' in node) return trigger(node.CreateTrigStmt, text, catalog, scope)
  if ('CreateFunctionStmt' in node) return functionObject(node.CreateFunctionStmt, text, catalog, scope)
  if ('CompositeTypeStmt' in node) return compositeType(node.CompositeTypeStmt, catalog, scope)
  return undefined
}

function compositeType(
  { typevar, coldeflist = [] }: CompositeTypeStmt,
  catalog: Catalog,
  scope: ExpressionScope,
): TextObject {
  const name = createdRelation(typevar, catalog)
  const lines = coldeflist.flatMap((column) => {
    if (!('ColumnDef' in column) || !column.ColumnDef.typeName) return []
    const { text } = namedType(column.ColumnDef.typeName, scope.major, scope.typeSchema)
    return [`\t${quoteName(column.ColumnDef.colname ?? '', scope.major)} ${text}`]
  })
  return plainObject('TYPE', name, `CREATE TYPE ${full(name)} AS (\n${lines.join(',\n')}\n);`, {
    uses: usedBy(coldeflist, catalog),
  })
}

function extension(
  { extname = '', options = [] }: CreateExtensionStmt,
  catalog: Catalog,
): TextObject | 'silent' {
  if (extname === 'plpgsql') return 'silent'
  const given = options.flatMap((node) =>
    'DefElem' in node && node.DefElem.defname === 'schema' && node.DefElem.arg
      ? [stringOf(node.DefElem.arg)]
      : [],
  )[0]
  const known = EXTENSIONS[extname]
  const schema = given ?? catalog.searchPath[0]!
  const sql = `CREATE EXTENSION IF NOT EXISTS ${quoted(extname)} WITH SCHEMA ${quoted(schema)};`
  return plainObject('EXTENSION', bare(extname), sql, {
    drop: `EXTENSION ${quoted(extname)}`,
    comment: known?.comment,
    provides: (known?.provides ?? []).map((name) => ({ schema, name })),
  })
}
