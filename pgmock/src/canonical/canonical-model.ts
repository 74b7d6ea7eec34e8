// Expressions and queries written by hand in a schema → the text the server prints for them, so that a dump of what was
// restored says the same. What cannot be read is a finding; what can be read but not printed stays as it is written.

import type { Node } from 'libpg-query'
import type { Finding } from '@specwright/cli/finding.ts'
import type { SqlParser } from '../constraints/sql-parser.ts'
import {
  columnExpressionText,
  expressionText,
  Unprintable,
  type ExpressionScope,
} from '../deparse/expression.ts'
import { indexColumn } from '../import/indexes.ts'
import { keyOf, type Catalog } from '../import/catalog.ts'
import { scopeOf } from '../import/lookup.ts'
import { rarerObject } from '../import/rarer-objects.ts'
import { textObject } from '../import/text-objects.ts'
import type { Column, Exclude, Index, Model, Table, TextObject } from '../schema/model.ts'
import { catalogOf, nameOf } from './catalog-of.ts'
import { isQuery, PLAIN } from './needs-canonical.ts'

type Work = {
  readonly parser: SqlParser
  readonly catalog: Catalog
  /** Undefined keeps the text: it was told, or cannot be told better. */
  readonly print: (text: string, at: string, print: (node: Node) => string) => string
}

/** `add` is told of every text that is no SQL, with its place. */
export function canonicalModel(model: Model, parser: SqlParser, add: (finding: Finding) => void): Model {
  const catalog = catalogOf(model)
  const print: Work['print'] = (text, at, printed) => {
    const node = parser.expression(text)
    if (!node) {
      const place = model.locate(at)
      add({
        code: 'bad-expression',
        severity: 'error',
        file: model.file,
        ...place,
        message: `"${text}" is no SQL expression`,
        hint: "It is read with PostgreSQL's own grammar. A text of SQL stands between single quotes.",
      })
      return text
    }
    return orKept(text, () => printed(node))
  }
  const work: Work = { parser, catalog, print }
  const objects = model.objects.map((object) => canonicalObject(object, work))
  const domains = new Map(
    [...model.domains].map(([name, domain]) => {
      const value = {
        name: 'VALUE',
        type: { text: domain.base.text, bare: domain.base.castText, serial: false, own: undefined },
        nullable: true,
      }
      const scope = scopeOf({ columns: new Map([['VALUE', value]]) }, catalog)
      const checks = domain.checks.map((check) => ({
        ...check,
        expression: print(check.expression, `/domains/${name}`, (node) =>
          expressionText(node, scope, 'boolean'),
        ),
      }))
      const defaultText = canonicalDefault(domain.defaultText, print, `/domains/${name}/default`, (node) =>
        columnExpressionText(node, scopeOf(undefined, catalog), domain.base.castText, domain.base.text),
      )
      return [name, { ...domain, checks, defaultText }] as const
    }),
  )
  const tables = new Map([...model.tables].map(([name, table]) => [name, canonicalTable(table, model, work)]))
  return { ...model, objects, domains, tables }
}

function orKept<T>(kept: T, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof Unprintable) return kept
    throw error
  }
}

function canonicalDefault(
  text: string | undefined,
  print: Work['print'],
  at: string,
  printed: (node: Node) => string,
): string | undefined {
  return text === undefined || PLAIN.test(text) ? text : print(text, at, printed)
}

function canonicalTable(table: Table, model: Model, { print, catalog, parser }: Work): Table {
  const scope = scopeOf(catalog.tables.get(keyOf(nameOf(table.name, model))), catalog)
  const columns = new Map(
    [...table.columns].map(([name, column]) => [name, canonicalColumn(column, scope, print)]),
  )
  const checks = table.checks.map((check) => ({
    ...check,
    expression: print(check.expression, `${table.pointer}/checks`, (node) =>
      expressionText(node, scope, 'boolean'),
    ),
  }))
  const indexes = table.indexes.map((index) => canonicalIndex(index, table, scope, { print, parser }))
  const excludes = table.excludes.map((exclude): Exclude => {
    const at = `${table.pointer}/exclude`
    const where =
      exclude.where === undefined
        ? undefined
        : print(exclude.where, at, (node) => expressionText(node, scope, 'boolean'))
    const elements = exclude.elements.map(({ column, operator }) => ({
      column: canonicalElement(column, exclude.method, scope, { at, print, parser }),
      operator,
    }))
    return { ...exclude, where, elements }
  })
  // The planner knows columns, keys and indexes by what they are, so those that did not change stay themselves.
  return { ...table, columns, checks, indexes, excludes }
}

function canonicalColumn(column: Column, scope: ExpressionScope, print: Work['print']): Column {
  const { defaultText, generatedText, type, pointer } = column
  const printed = (node: Node) => columnExpressionText(node, scope, type.castText, type.text)
  const one = (text: string | undefined, key: string) =>
    canonicalDefault(text, print, `${pointer}/${key}`, printed)
  const [made, generated] = [one(defaultText, 'default'), one(generatedText, 'generated')]
  if (made === defaultText && generated === generatedText) return column
  return { ...column, defaultText: made, generatedText: generated }
}

function canonicalIndex(
  index: Index,
  table: Table,
  scope: ExpressionScope,
  { print, parser }: Pick<Work, 'print' | 'parser'>,
): Index {
  const at = `${table.pointer}/indexes`
  const where =
    index.where === undefined
      ? undefined
      : print(index.where, at, (node) => expressionText(node, scope, 'boolean'))
  const columns = index.columns.map((entry) =>
    canonicalElement(entry, index.method, scope, { at, print, parser }),
  )
  const isSame = where === index.where && columns.every((entry, i) => entry === index.columns[i])
  return isSame ? index : { ...index, where, columns }
}

/** A column of an index or an exclusion constraint: names alone stand as they are. */
function canonicalElement(
  entry: string,
  method: string,
  scope: ExpressionScope,
  { at, print, parser }: Pick<Work, 'print' | 'parser'> & { readonly at: string },
): string {
  if (!entry.includes('(')) return entry
  const [statement] = parser.statements(`CREATE INDEX i ON t USING ${method} (${entry})`)
  const [element] = statement && 'IndexStmt' in statement ? (statement.IndexStmt.indexParams ?? []) : []
  if (!element || !('IndexElem' in element)) return print(entry, at, () => entry)
  return orKept(entry, () => indexColumn(element.IndexElem, scope))
}

/** Views, conditions of triggers and policies. 15 names the table of every column of a query. */
function canonicalObject(object: TextObject, { parser, catalog }: Work): TextObject {
  if (!isQuery(object)) return object
  const [node] = parser.statements(object.sql)
  if (!node) return object
  // A trigger that is switched off has a second statement.
  const [first = '', rest = ''] = object.kind === 'TRIGGER' ? split(object.sql) : [object.sql]
  const text = first.replace(/;\s*$/, '')
  const scope = scopeOf(undefined, catalog)
  return orKept(object, () => {
    const made = rarerObject(node, text, catalog)?.[0] ?? textObject(node, text, catalog, scope)
    if (!made || made === 'silent') return object
    const known = catalog.objects.find((one) => one.kind === object.kind && keyOf(one) === keyOf(made))
    // Later views read the columns of earlier ones.
    if (known) Object.assign(known, made)
    const older =
      object.kind === 'TRIGGER' || object.kind === 'POLICY'
        ? made
        : textObject(node, text, catalog, { ...scope, major: 15 })
    const sql15 = older && older !== 'silent' && older.sql !== made.sql ? older.sql : undefined
    return { ...object, sql: `${made.sql}${rest}`, sql15, placeholder: made.placeholder }
  })
}

function split(sql: string): readonly string[] {
  const end = sql.indexOf(';\n')
  return end < 0 ? [sql] : [sql.slice(0, end + 1), sql.slice(end + 1)]
}
