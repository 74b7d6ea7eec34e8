import type { Catalog, Check, Column, Index, Key, Table } from './catalog.ts'
import { freeName } from '../formats/names.ts'
import { indexNames, indexWords } from './indexes.ts'
import { notNullName } from './not-null.ts'

/** Bits of TableLikeOption. */
const COMMENTS = 1
const COMPRESSION = 2
const CONSTRAINTS = 4
const DEFAULTS = 8
const GENERATED = 16
const IDENTITY = 32
const INDEXES = 64
const STORAGE = 256

/** LIKE: columns at once; the step returned adds indexes, which get new names, when the rest of the table is known. */
export function copyLike(table: Table, source: Table, options: number, catalog: Catalog): () => void {
  const has = (bit: number) => (options & bit) !== 0
  for (const column of source.columns.values()) {
    const copied: Column = {
      name: column.name,
      type: column.type,
      nullable: column.nullable && !source.primaryKey?.columns.includes(column.name),
      collation: column.collation,
    }
    if (!copied.nullable) copied.notNullName = notNullName(column, source)
    if (has(DEFAULTS)) copied.defaultText = column.defaultText
    if (has(GENERATED) && column.generatedText !== undefined) {
      copied.generatedText = column.generatedText
      if (column.virtual) copied.virtual = true
    }
    if (has(IDENTITY) && column.identity) {
      copied.identity = column.identity
      const { name: _, ...sequence } = column.sequence ?? {}
      copied.sequence = sequence
    }
    if (has(STORAGE)) copied.storage = column.storage
    if (has(COMPRESSION)) copied.compression = column.compression
    if (has(COMMENTS)) copied.comment = column.comment
    table.columns.set(column.name, copied)
  }
  return () => {
    const commented = <T extends { comment?: string | undefined }>(one: T): T =>
      has(COMMENTS) ? { ...one } : { ...one, comment: undefined }
    if (has(CONSTRAINTS))
      table.checks.push(...source.checks.map((check): Check => commented({ ...check, inherited: false })))
    if (!has(INDEXES)) return
    // Their comments are the constraints', which are not copied.
    const key = (one: Key): Key => ({
      ...one,
      comment: undefined,
      name: undefined,
      columns: [...one.columns],
    })
    if (source.primaryKey) table.primaryKey = key(source.primaryKey)
    table.unique.push(...source.unique.map(key))
    table.excludes.push(...source.excludes.map((one) => ({ ...one, comment: undefined, name: undefined })))
    const taken = indexNames(table.schema, catalog)
    for (const index of source.indexes) table.indexes.push(renamed(commented(index), table, taken))
  }
}

function renamed(index: Index, table: Table, taken: Set<string>): Index {
  return { ...index, partOf: undefined, name: freeName(taken, table.name, indexWords(index), 'idx') }
}
