// What CREATE TABLE and the ALTER TABLEs behind it say of columns and checks.

import type { Check, Column, Table } from '../schema/model.ts'
import { quoteName, quoteText } from './names.ts'
import { bracketed } from './object-entries.ts'
import {
  inSchema,
  isRequired,
  isUsualNotNull,
  localName,
  schemaName,
  sqlName,
  type EntryContext,
} from './relation-names.ts'

/** What CREATE TABLE says of a column: nothing of one that another table brings, but its own NOT NULL in 18. */
export function columnLine(table: Table, column: Column, context: EntryContext): string[] {
  const { name, type, defaultText, generatedText, collation } = column
  if (column.inherited)
    return context.major >= 18 && isStricter(table, column, context)
      ? [`   ${notNull(table, name, context)} ${quoteName(name, context.major)}`]
      : []
  return [
    [
      `    ${quoteName(name, context.major)} ${type.text}`,
      defaultText === undefined || isOfOwnSequence(table, defaultText, context)
        ? ''
        : ` DEFAULT ${defaultText}`,
      generatedText === undefined
        ? ''
        : ` GENERATED ALWAYS AS ${bracketed(generatedText)}${column.virtual ? '' : ' STORED'}`,
      isRequired(table, column) ? notNull(table, name, context) : '',
      collation === undefined ? '' : ` COLLATE ${collation}`,
    ].join(''),
  ]
}

/** NOT NULL here, though the tables it comes from allow NULL. */
function isStricter(table: Table, column: Column, { model }: EntryContext): boolean {
  return (
    isRequired(table, column) &&
    !table.inherits.some((name) => {
      const parent = model.tables.get(name)
      const same = parent?.columns.get(column.name)
      return parent && same && isRequired(parent, same)
    })
  )
}

/** The ALTER TABLEs that follow CREATE TABLE at once. */
export function columnSettings(column: Column, table: Table, context: EntryContext): string {
  const alter = `ALTER TABLE ONLY ${sqlName(context, table.name)} ALTER COLUMN ${quoteName(column.name, context.major)}`
  const required = column.inherited && context.major < 18 && isStricter(table, column, context)
  return [
    required ? `${alter} SET NOT NULL;\n` : '',
    column.statistics === undefined ? '' : `${alter} SET STATISTICS ${column.statistics};\n`,
    column.storage === undefined ? '' : `${alter} SET STORAGE ${column.storage.toUpperCase()};\n`,
    column.compression === undefined ? '' : `${alter} SET COMPRESSION ${column.compression};\n`,
    column.options === undefined ? '' : `${alter} SET (${column.options});\n`,
  ].join('')
}

/** 18 has named NOT NULL constraints, and prints the name unless it is exactly table_column_not_null. */
function notNull(table: Table, column: string, context: EntryContext): string {
  const name = context.names.notNull(table, column)
  if (context.major < 18 || isUsualNotNull(localName(context, table.name), column, name)) return ' NOT NULL'
  return ` CONSTRAINT ${quoteName(name, context.major)} NOT NULL`
}

/** Checks that need not hold for all rows come after the data. */
export function isLate(check: Check): boolean {
  return check.notValid === true || check.notEnforced === true
}

/** As pg_get_constraintdef prints it. */
export function checkText({ expression, noInherit, notEnforced, notValid }: Check): string {
  return [
    `CHECK ${bracketed(expression)}`,
    noInherit ? ' NO INHERIT' : '',
    notEnforced ? ' NOT ENFORCED' : notValid ? ' NOT VALID' : '',
  ].join('')
}

/** A sequence that a column of the table owns comes after the table, so that a default by it cannot stand in there. */
export function isOfOwnSequence(table: Table, text: string | undefined, context: EntryContext): boolean {
  if (!text?.startsWith('nextval(')) return false
  return [...context.model.sequences].some(
    ([name, { ownedBy }]) =>
      ownedBy?.startsWith(`${table.name}.`) &&
      text === `nextval(${quoteText(sqlName(context, name))}::regclass)`,
  )
}

/** A column that a table takes over from a serial one counts by the same sequence. */
export function inheritedSequence(table: Table, { name }: Column, context: EntryContext): string | undefined {
  for (const parentName of table.inherits) {
    const parent = context.model.tables.get(parentName)
    const column = parent?.columns.get(name)
    if (!parent || !column) continue
    if (!column.type.serial) return inheritedSequence(parent, column, context)
    const sequence = inSchema(
      context,
      schemaName(context, parentName),
      context.names.sequence(parent, column),
    )
    return `nextval(${quoteText(sequence)}::regclass)`
  }
  return undefined
}
