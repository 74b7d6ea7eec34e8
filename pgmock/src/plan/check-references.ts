// References between tables and files: does the target exist, is it a key, do the types agree.

import { didYouMean } from '@specwright/cli/nearest.ts'
import type { FindingList } from '../schema/finding-list.ts'
import type { ForeignKey, Model, Table } from '../schema/model.ts'
import { isInteger, isText, type PgType } from '../schema/pg-type.ts'

export function checkReferences(
  model: Model,
  table: Table,
  models: ReadonlyMap<string, Model>,
  list: FindingList,
): void {
  for (const key of table.foreignKeys) checkKey(model, table, key, models, list)
  const { rowCount } = table
  if (rowCount.kind !== 'per') return
  const target = findTable(model, rowCount, models, rowCount.pointer, list)
  if (!target) return
  if (target === table)
    list.error('per-itself', rowCount.pointer, `${table.name} cannot be counted per itself`)
  else if (
    !table.foreignKeys.some(
      (key) =>
        key.table === rowCount.table &&
        (key.database ?? model.database) === (rowCount.database ?? model.database) &&
        (rowCount.via === undefined || key.columns.includes(rowCount.via)),
    )
  )
    list.error(
      'per-without-reference',
      rowCount.pointer,
      `${table.name} is counted per ${rowCount.table} but has no column${rowCount.via ? ` ${rowCount.via}` : ''} that references it`,
      `Give a column "references": "${rowCount.database ? `${rowCount.database}:` : ''}${rowCount.table}.${target.primaryKey[0] ?? 'id'}".`,
    )
}

function findTable(
  model: Model,
  { database, table }: { readonly database: string | undefined; readonly table: string },
  models: ReadonlyMap<string, Model>,
  at: string,
  list: FindingList,
): Table | undefined {
  const owner = database === undefined ? model : models.get(database)
  if (!owner) {
    list.error(
      'unknown-database',
      at,
      `no file of this run describes a database "${database}"`,
      didYouMean(database!, models.keys()) ?? 'Give all files of the set on the command line, or a set file.',
    )
    return undefined
  }
  const found = owner.tables.get(table)
  if (!found)
    list.error(
      'unknown-table',
      at,
      `database ${owner.database} has no table "${table}"`,
      didYouMean(table, owner.tables.keys()) ?? `It has ${[...owner.tables.keys()].slice(0, 12).join(', ')}.`,
    )
  return found
}

function checkKey(
  model: Model,
  table: Table,
  key: ForeignKey,
  models: ReadonlyMap<string, Model>,
  list: FindingList,
): void {
  const target = findTable(model, key, models, key.pointer, list)
  if (!target) return
  for (const [i, name] of key.parentColumns.entries()) {
    const parent = target.columns.get(name)
    const child = table.columns.get(key.columns[i]!)
    if (!parent)
      list.error(
        'unknown-column',
        key.pointer,
        `table ${target.name} has no column "${name}"`,
        didYouMean(name, target.columns.keys()) ??
          `It has ${[...target.columns.keys()].slice(0, 12).join(', ')}.`,
      )
    else if (child && !comparable(child.type, parent.type))
      list.error(
        'reference-type-mismatch',
        key.pointer,
        `${table.name}.${child.name} is ${child.type.text}, ${target.name}.${name} is ${parent.type.text}`,
        `Make ${child.name} ${parent.type.text}.`,
      )
  }
  const known = key.parentColumns.every((name) => target.columns.has(name))
  // A unique index will do, too, if it holds for every row and every value.
  const indexed = target.indexes.flatMap(({ unique, where, columns }) =>
    unique && where === undefined && columns.every((name) => target.columns.has(name)) ? [columns] : [],
  )
  const keys = [target.primaryKey, ...target.unique, ...indexed]
  const isKey = keys.some(
    (set) => set.length === key.parentColumns.length && set.every((name) => key.parentColumns.includes(name)),
  )
  if (known && !isKey)
    list.error(
      'reference-not-unique',
      key.pointer,
      `${target.name} (${key.parentColumns.join(', ')}) is neither its primary key nor unique`,
      `Reference ${target.name}.${target.primaryKey.join(', ') || '…'}, or make the column unique.`,
    )
  checkTimes(model, table, target, key, list)
}

function checkTimes(model: Model, table: Table, target: Table, key: ForeignKey, list: FindingList): void {
  if ((key.existingAt === undefined) !== (key.since === undefined)) {
    list.error(
      'bad-reference',
      key.pointer,
      'existingAt and since belong together',
      'existingAt is a column of this table, since one of the parent.',
    )
    return
  }
  for (const [name, owner] of [
    [key.existingAt, table],
    [key.since, target],
  ] as const) {
    const column = name === undefined ? undefined : owner.columns.get(name)
    if (name === undefined) continue
    if (!column)
      list.error(
        'unknown-column',
        key.pointer,
        `table ${owner.name} has no column "${name}"`,
        didYouMean(name, owner.columns.keys()),
      )
    else if (!['timestamp', 'timestamptz', 'date'].includes(column.type.kind))
      list.error(
        'bad-reference',
        key.pointer,
        `${owner.name}.${name} is ${column.type.text}, existingAt and since need times`,
      )
  }
  if (key.database !== undefined && key.database !== model.database) return
  if (key.onDelete === 'SET NULL' && key.columns.some((name) => !table.columns.get(name)?.nullable))
    list.error('bad-reference', key.pointer, `onDelete "set null" needs a nullable ${key.columns.join(', ')}`)
}

/** Types between which PostgreSQL has an equality operator for foreign keys, as far as we make them. */
function comparable(a: PgType, b: PgType): boolean {
  if (a.unknown || b.unknown) return true
  if (isInteger(a) && isInteger(b)) return true
  if (isText(a) && isText(b)) return true
  return a.kind === b.kind && a.castText === b.castText
}
