import type { CreateForeignTableStmt, Node } from 'libpg-query'
import { bracketed } from '../formats/object-entries.ts'
import { attempt, type Leave } from './attempt.ts'
import { emptyTable, type Catalog, type Column, type Name, type TextObject } from './catalog.ts'
import { columnConstraints, tableConstraint } from './constraints.ts'
import { createdName, LeftOut } from './lookup.ts'
import { foreignOptions } from './foreign-data.ts'
import { full, plainObject, quoted } from './printed-names.ts'
import { addColumn } from './tables.ts'

/** CREATE FOREIGN TABLE as text: its rows are elsewhere, so it is no table to fill. */
export function foreignTable(
  { base = {}, servername = '', options = [] }: CreateForeignTableStmt,
  catalog: Catalog,
  leave: Leave,
): TextObject {
  const { relation, tableElts = [], inhRelations = [] } = base
  const name = createdName(
    [relation?.schemaname, relation?.relname].flatMap((part) => (part ? [{ String: { sval: part } }] : [])),
    catalog,
  )
  if (inhRelations.length > 0)
    throw new LeftOut('sql-left-out', `foreign table ${name.name} is a child or partition; it is left out`)
  const table = emptyTable(name)
  const late: string[] = []
  for (const element of tableElts) {
    if ('ColumnDef' in element) {
      const column = addColumn(table, element.ColumnDef, catalog)
      if (column) columnConstraints(table, column, element.ColumnDef.constraints ?? [], catalog, leave)
      const { colname = '', fdwoptions = [] } = element.ColumnDef
      if (fdwoptions.length > 0) late.push(columnOptions(name, colname, fdwoptions))
    } else if ('Constraint' in element)
      attempt(() => tableConstraint(table, element.Constraint, catalog, leave), leave)
  }
  const checks = table.checks.map(
    (check) =>
      `    CONSTRAINT ${quoted(check.name ?? `${name.name}_${check.columns.length === 1 ? `${check.columns[0]}_` : ''}check`)} CHECK ${bracketed(check.expression)}`,
  )
  const lines = [...[...table.columns.values()].map(columnLine), ...checks.toSorted()]
  const tail = foreignOptions(options).trimStart()
  const sql = [
    `CREATE FOREIGN TABLE ${full(name)} (${lines.length === 0 ? '' : `\n${lines.join(',\n')}`}\n)`,
    `\nSERVER ${quoted(servername)}`,
    tail === '' ? '' : `\n${tail}`,
    ';',
    ...late.map((one) => `\n${one}`),
  ].join('')
  const uses = [...table.columns.values()].flatMap(({ type }) =>
    type.own?.schema === undefined ? [] : [{ schema: type.own.schema, name: type.own.name }],
  )
  return plainObject('FOREIGN TABLE', name, sql, { uses })
}

/** Options of a column stand behind the statement that makes the table. */
export function columnOptions(table: Name, column: string, options: readonly Node[]): string {
  return `ALTER FOREIGN TABLE ONLY ${full(table)} ALTER COLUMN ${quoted(column)}${foreignOptions(options)};`
}

function columnLine({ name, type, defaultText, generatedText, nullable, collation }: Column): string {
  return [
    `    ${quoted(name)} ${type.text}`,
    defaultText === undefined ? '' : ` DEFAULT ${defaultText}`,
    generatedText === undefined ? '' : ` GENERATED ALWAYS AS ${bracketed(generatedText)} STORED`,
    nullable ? '' : ' NOT NULL',
    collation === undefined ? '' : ` COLLATE ${collation}`,
  ].join('')
}
