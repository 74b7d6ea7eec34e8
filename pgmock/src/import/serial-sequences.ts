import { madeName, quoteName, quoteText } from '../formats/names.ts'
import { keyOf, type Catalog, type FreeSequence, type Name, type Table } from './catalog.ts'
import { MAJOR } from './lookup.ts'

/**
 * The sequence of a serial column, made one of its own as soon as a statement speaks about it: with privileges or a
 * comment it has more to say than the word serial.
 */
export function ownSequence(name: Name, catalog: Catalog): FreeSequence | undefined {
  const known = catalog.sequences.get(keyOf(name))
  if (known) return known
  for (const table of catalog.tables.values()) {
    if (table.schema !== name.schema) continue
    for (const column of table.columns.values()) {
      const made = column.sequence?.name ?? madeName(table.name, [column.name], 'seq')
      if (!column.serial || made !== name.name) continue
      const { name: _, ...options } = column.sequence ?? {}
      const as = column.type.text === 'bigint' ? {} : { as: column.type.text }
      const sequence: FreeSequence = {
        ...name,
        sequence: { ...as, ...options },
        ownedBy: { table, column: column.name },
      }
      column.serial = false
      column.sequence = undefined
      column.defaultText = `nextval(${quoteText(`${quoteName(name.schema, MAJOR)}.${quoteName(name.name, MAJOR)}`)}::regclass)`
      catalog.sequences.set(keyOf(name), sequence)
      return sequence
    }
  }
  return undefined
}

/** All of a table's. */
export function ownSequences(table: Table, catalog: Catalog): void {
  for (const column of table.columns.values())
    if (column.serial)
      ownSequence(
        { schema: table.schema, name: column.sequence?.name ?? madeName(table.name, [column.name], 'seq') },
        catalog,
      )
}
