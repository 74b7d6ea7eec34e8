// CREATE VIEW and MATERIALIZED VIEW as pg_dump prints them.

import type { CreateTableAsStmt, Node, RangeVar, ViewStmt } from 'libpg-query'
import { queryText, Unprintable, type ExpressionScope, type PrintedQuery } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { UNSURE } from '../deparse/typed.ts'
import type { Catalog, Name } from './catalog.ts'
import { tableOfRows, type View } from './lookup.ts'
import { relationOptions } from './options.ts'
import { full, plainObject, quoted } from './printed-names.ts'
import { usedBy } from './uses.ts'

/** Where CREATE puts a new relation. */
export function createdRelation(range: RangeVar | undefined, { searchPath }: Catalog): Name {
  return { schema: range?.schemaname || searchPath[0]!, name: range?.relname ?? '' }
}

export function view(statement: ViewStmt, text: string, catalog: Catalog, scope: ExpressionScope): View {
  const { query, aliases = [], options = [], withCheckOption } = statement
  const name = createdRelation(statement.view, catalog)
  const made = printedQuery(query, aliases, scope)
  const uses = usedBy(query, catalog)
  if (typeof made === 'string')
    return {
      ...plainObject('VIEW', name, `${text};`, { uses }),
      unprinted: asDumped(text) ? undefined : made,
    }
  const check = { LOCAL_CHECK_OPTION: 'LOCAL', CASCADED_CHECK_OPTION: 'CASCADED' }[String(withCheckOption)]
  const rest = check === undefined ? '' : `\n  WITH ${check} CHECK OPTION`
  const sql = `CREATE VIEW ${full(name)}${viewOptions(options)} AS\n${made.text}${rest};`
  const keyed = made.leansOn.flatMap((row) => tableOfRows(row, catalog) ?? [])
  const placeholder = keyed.length === 0 ? undefined : placeholderText(made)
  return { ...plainObject('VIEW', name, sql, { uses, placeholder }), columns: made.columns }
}

/**
 * createDummyViewAsClause: what stands for a view whose query holds only once the primary keys of its tables are there.
 */
function placeholderText({ columns }: PrintedQuery): string | undefined {
  if (columns.some(({ type }) => type === UNSURE)) return undefined
  const lines = columns.map(({ name, type, full: whole }) => `    NULL::${whole ?? type} AS ${quoted(name)}`)
  return `SELECT\n${lines.join(',\n')}`
}

export function materializedView(
  { into, query }: CreateTableAsStmt,
  text: string,
  catalog: Catalog,
  scope: ExpressionScope,
): View {
  const name = createdRelation(into?.rel, catalog)
  const uses = usedBy(query, catalog)
  const made = printedQuery(query, into?.colNames ?? [], scope)
  if (typeof made === 'string') {
    const sql = into?.skipData ? text : `${text.replace(/\s+WITH\s+DATA$/i, '')}\n  WITH NO DATA`
    const unprinted = asDumped(text) ? undefined : made
    return { ...plainObject('MATERIALIZED VIEW', name, `${sql};`, { uses }), unprinted }
  }
  const options = viewOptions(into?.options ?? []).replace(/^ /, '\n')
  const sql = `CREATE MATERIALIZED VIEW ${full(name)}${options} AS\n${made.text}\n  WITH NO DATA;`
  return { ...plainObject('MATERIALIZED VIEW', name, sql, { uses }), columns: made.columns }
}

/** pg_dump's own text, which needs no printing. */
function asDumped(text: string): boolean {
  return /^CREATE (?:MATERIALIZED )?VIEW (?:"[^"]+"|\w+)\.[^\n]* AS\n (?:SELECT|WITH|VALUES)\b/.test(text)
}

/** What is in the way, for a query with something we cannot print: its text stays as it is. */
function printedQuery(
  query: Node | undefined,
  aliases: readonly Node[],
  scope: ExpressionScope,
): PrintedQuery | string {
  if (!query || !('SelectStmt' in query)) return 'no SELECT'
  try {
    return queryText(query.SelectStmt, scope, aliases.map(stringOf))
  } catch (error) {
    if (error instanceof Unprintable) return error.message
    throw error
  }
}

function viewOptions(options: readonly Node[]): string {
  const text = relationOptions(options)
  return text === undefined ? '' : ` WITH (${text})`
}
