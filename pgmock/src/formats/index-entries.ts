// CREATE INDEX, and the ATTACH of the partitions' indexes.

import type { Index, Table } from '../schema/model.ts'
import { comment } from './detail-entries.ts'
import { quoteName } from './names.ts'
import { bracketed } from './object-entries.ts'
import { localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
import { PRIORITY, type Draft, type Unit } from './sort-units.ts'
import { indexAttachUnit, indexRoles, keyOf, nameList, tableKey } from './table-parts.ts'

export function indexUnits(table: Table, context: EntryContext): Unit[] {
  const schema = schemaName(context, table.name)
  const parent = table.partitionOf && context.model.tables.get(table.partitionOf.table)
  return table.indexes.flatMap((index) => {
    const part = index.partOf !== undefined && parent ? { parent, name: index.partOf } : undefined
    const text = indexText(index, table, context)
    const name = quoteName(index.name, context.major)
    const entry: Draft = {
      tag: index.name,
      type: 'INDEX',
      section: 'post-data',
      schema,
      definition: `${text};\n${indexRoles(table, index.name, context, index.statistics)}`,
      drop: index.partOf === undefined ? `DROP INDEX ${quoteName(schema, context.major)}.${name};\n` : '',
      dependsOn: [
        tableKey(table.name, context),
        ...(part ? [keyOf('INDEX', part.parent, part.name, context)] : []),
      ],
      inTablespace: true,
    }
    const unit: Unit = {
      priority: PRIORITY.index,
      schema,
      name: index.name,
      tie: localName(context, table.name),
      id: `index ${index.name}`,
      needs: part ? [`index ${part.name}`] : [],
      entries:
        index.comment === undefined
          ? [entry]
          : [
              entry,
              comment(
                `INDEX ${name}`,
                `INDEX ${quoteName(schema, context.major)}.${name}`,
                index.comment,
                entry,
              ),
            ],
    }
    return part
      ? [unit, indexAttachUnit('INDEX', table, index.name, part.parent, part.name, context)]
      : [unit]
  })
}

function indexText(index: Index, table: Table, context: EntryContext): string {
  const { major } = context
  const columns = index.columns.map((column) => indexColumn(column, table, major)).join(', ')
  return [
    `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(index.name, major)} ON `,
    `${table.partitionBy === undefined ? '' : 'ONLY '}${sqlName(context, table.name)} USING ${index.method} (${columns})`,
    index.include.length === 0 ? '' : ` INCLUDE (${nameList(index.include, major)})`,
    index.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '',
    index.with === undefined ? '' : ` WITH (${index.with})`,
    index.where ? ` WHERE ${bracketed(index.where).slice(1, -1)}` : '',
  ].join('')
}

/** A column with its order, as pg_get_indexdef prints it (ASC and the usual place of NULLs are left out). */
function indexColumn(entry: string, table: Table, major: number): string {
  const [, name, order = '', nulls = ''] = /^(.*?)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/is.exec(
    entry,
  )!
  // An expression, or a column with an operator class, stands as PostgreSQL prints it.
  if (!table.columns.has(name!)) return entry
  const descending = order.toLowerCase() === 'desc'
  const usual = descending ? 'first' : 'last'
  const place = nulls === '' || nulls.toLowerCase() === usual ? '' : ` NULLS ${nulls.toUpperCase()}`
  return `${quoteName(name!, major)}${descending ? ' DESC' : ''}${place}`
}
