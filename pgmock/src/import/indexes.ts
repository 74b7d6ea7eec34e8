// CREATE INDEX, and the names indexes get.

import type { CollateClause, IndexElem, IndexStmt, Node } from 'libpg-query'
import { expressionText, indexExpressionText, type ExpressionScope } from '../deparse/expression.ts'
import { outputName } from '../deparse/output-name.ts'
import { stringOf } from '../deparse/type-name.ts'
import { freeName, quoteName } from '../formats/names.ts'
import { bracketed } from '../formats/object-entries.ts'
import { keyOf, type Catalog, type Index, type Name, type Table, type TextObject } from './catalog.ts'
import { LeftOut, MAJOR, relationName, scopeOf, type View } from './lookup.ts'
import { relationOptions } from './options.ts'

export function createIndex(statement: IndexStmt, text: string, catalog: Catalog): void {
  const on = relationName(statement.relation, catalog)
  if (statement.if_not_exists && isTaken({ schema: on.schema, name: statement.idxname ?? '' }, catalog))
    return
  const table = catalog.tables.get(keyOf(on))
  const view = catalog.objects.find(
    (object) => keyOf(object) === keyOf(on) && object.kind === 'MATERIALIZED VIEW',
  )
  if (view) {
    catalog.objects.push(viewIndex(statement, text, view, catalog))
    return
  }
  if (!table)
    throw new LeftOut(
      'sql-unknown-table',
      `the table of index ${statement.idxname} is not created before; the index is left out`,
    )
  const scope = scopeOf(table, catalog)
  const columns = (statement.indexParams ?? []).flatMap((node) =>
    'IndexElem' in node ? [indexColumn(node.IndexElem, scope)] : [],
  )
  const include = (statement.indexIncludingParams ?? []).flatMap((node) =>
    'IndexElem' in node && node.IndexElem.name ? [node.IndexElem.name] : [],
  )
  const words = wordsOf([...(statement.indexParams ?? []), ...(statement.indexIncludingParams ?? [])])
  const index: Index = {
    name: statement.idxname || freeName(indexNames(table.schema, catalog), table.name, words, 'idx'),
    columns,
    words,
    unique: statement.unique === true,
    method: statement.accessMethod ?? 'btree',
    where: statement.whereClause ? expressionText(statement.whereClause, scope) : undefined,
    include,
    with: relationOptions(statement.options ?? []),
    partOf: undefined,
    nullsNotDistinct: statement.nulls_not_distinct === true,
  }
  table.indexes.push(index)
  // Without ONLY, the partitions that are there get theirs, too.
  if (table.partitionBy !== undefined && statement.relation?.inh) indexParts(index, table, catalog)
}

function isTaken({ schema, name }: Name, catalog: Catalog): boolean {
  return (
    indexNames(schema, catalog).has(name) ||
    catalog.objects.some((one) => one.kind === 'INDEX' && one.schema === schema && one.name === name)
  )
}

/** An index of a materialized view stays text, printed as far as the view's columns are known. */
function viewIndex(statement: IndexStmt, text: string, view: View, catalog: Catalog): TextObject {
  const on: Name = { schema: view.schema, name: view.name }
  const columns = new Map(
    (view.columns ?? []).map(({ name, type, full }) => [
      name,
      { name, type: { text: full ?? type, bare: type, serial: false, own: undefined }, nullable: true },
    ]),
  )
  const scope = scopeOf({ columns }, catalog)
  const shown = (statement.indexParams ?? []).flatMap((node) =>
    'IndexElem' in node ? [indexColumn(node.IndexElem, scope)] : [],
  )
  const local =
    statement.idxname ||
    freeName(indexNames(on.schema, catalog), on.name, wordsOf(statement.indexParams ?? []), 'idx')
  const name: Name = { schema: on.schema, name: local }
  const quotedName = quoteName(local, MAJOR)
  const options = relationOptions(statement.options ?? [])
  const sql = [
    `CREATE ${statement.unique ? 'UNIQUE ' : ''}INDEX ${quotedName} ON ${quoteName(on.schema, MAJOR)}.${quoteName(on.name, MAJOR)}`,
    ` USING ${statement.accessMethod ?? 'btree'} (${shown.map((one) => (columns.has(one) ? quoteName(one, MAJOR) : one)).join(', ')})`,
    options === undefined ? '' : ` WITH (${options})`,
    statement.whereClause
      ? ` WHERE ${bracketed(expressionText(statement.whereClause, scope)).slice(1, -1)}`
      : '',
    ';',
  ].join('')
  return {
    ...name,
    kind: 'INDEX',
    sql: view.columns ? sql : `${text};`,
    drop: `INDEX ${quoteName(name.schema, MAJOR)}.${quotedName}`,
    tag: local,
    table: on,
    uses: [],
    returns: undefined,
  }
}

function indexParts(index: Index, table: Table, catalog: Catalog): void {
  for (const part of catalog.tables.values())
    if (part.partitionOf && keyOf(part.partitionOf.table) === keyOf(table)) {
      const made = indexPart(index, part, indexNames(part.schema, catalog))
      if (part.partitionBy !== undefined) indexParts(made, part, catalog)
    }
}

/** The partition's index of an index of its parent. */
export function indexPart(index: Index, part: Table, taken: Set<string>): Index {
  const name = freeName(taken, part.name, indexWords(index), 'idx')
  const made = { ...index, name, partOf: index.name, comment: undefined }
  part.indexes.push(made)
  return made
}

export function indexNames(schema: string, catalog: Catalog): Set<string> {
  const taken = new Set<string>()
  for (const table of catalog.tables.values()) {
    if (table.schema !== schema) continue
    taken.add(table.name)
    for (const { name } of [
      ...table.indexes,
      ...table.unique,
      ...(table.primaryKey ? [table.primaryKey] : []),
    ])
      if (name !== undefined) taken.add(name)
  }
  return taken
}

/** ChooseIndexColumnNames: columns give their names, expressions what a query would call them, each only once. */
export function wordsOf(elements: readonly Node[]): string[] {
  const words: string[] = []
  for (const node of elements) {
    if (!('IndexElem' in node)) continue
    const { name, expr } = node.IndexElem
    const made = name || (expr ? outputName(expr).replace('?column?', 'expr') : 'expr')
    let word = made
    for (let i = 1; words.includes(word); i++) word = `${made}${i}`
    words.push(word)
  }
  return words
}

/** What the name of another index like this one is made of. */
export function indexWords({ words, columns, include }: Index): string[] {
  return words ?? [...columns, ...include].map(wordOf)
}

/** What a column gives, read from its printed text. */
function wordOf(column: string): string {
  if (!column.includes('(')) return column.replace(/\s.*$/, '').replaceAll('"', '')
  return /^(?:\w+\.)?([a-z_][a-z0-9_]*)\(/.exec(column)?.[1] ?? 'expr'
}

function collated(element: IndexElem, { arg, collname = [] }: CollateClause): IndexElem {
  const collation = { ...element, collation: collname }
  delete collation.expr
  if (!arg) return collation
  const column = 'ColumnRef' in arg ? (arg.ColumnRef.fields ?? []).map(stringOf) : []
  return column.length === 1 ? { ...collation, name: column[0]! } : { ...collation, expr: arg }
}

/** Those of the server's own schema stand without it. */
function collationName(names: readonly string[]): string | undefined {
  const shown = names[0] === 'pg_catalog' ? names.slice(1) : names
  return shown.length === 0 ? undefined : shown.map((name) => quoteName(name, MAJOR)).join('.')
}

export function indexColumn(element: IndexElem, scope: ExpressionScope): string {
  // COLLATE of the whole element is the index's, not the expression's.
  const { expr } = element
  if (expr && 'CollateClause' in expr) return indexColumn(collated(element, expr.CollateClause), scope)
  const text = element.name ?? indexExpressionText(expr!, scope)
  const named = (element.opclass ?? []).map(stringOf).filter((name) => name !== 'pg_catalog')
  const brought = named.length === 1 ? scope.functionSchema(named[0]!) : undefined
  const opclass = brought === undefined ? named : [quoteName(brought, MAJOR), ...named]
  const collation = collationName((element.collation ?? []).map(stringOf))
  const parts = [
    ...(collation === undefined ? [] : [`COLLATE ${collation}`]),
    ...(opclass.length === 0 ? [] : [opclass.join('.')]),
  ]
  const shown = parts.length === 0 ? text : [element.name ? quoteName(text, MAJOR) : text, ...parts].join(' ')
  const descending = element.ordering === 'SORTBY_DESC'
  const first = element.nulls_ordering === 'SORTBY_NULLS_FIRST'
  const last = element.nulls_ordering === 'SORTBY_NULLS_LAST'
  const nulls = first && !descending ? ' NULLS FIRST' : last && descending ? ' NULLS LAST' : ''
  return `${shown}${descending ? ' DESC' : ''}${nulls}`
}
