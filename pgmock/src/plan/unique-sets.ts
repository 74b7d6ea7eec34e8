import type { Table } from '../schema/model.ts'

/**
 * Column sets whose values must differ: primary key, unique constraints and unique indexes. A partial index is kept
 * for all rows, and `lower(email)` as if it were `email`; other expressions say nothing we could keep.
 */
export function uniqueSets({ primaryKey, unique, indexes, columns }: Table): (readonly string[])[] {
  const fromIndexes = indexes.flatMap((index) => {
    if (!index.unique) return []
    const names = index.columns.map((entry) => {
      const bare = entry.replace(/\s+(?:asc|desc)?\s*(?:nulls\s+(?:first|last))?$/i, '')
      if (columns.has(bare)) return bare
      const inside = /^\(?(?:lower|upper)\(+"?(\w+)"?\)?(?:::text)?\)+$/.exec(bare)?.[1]
      return inside !== undefined && columns.has(inside) ? inside : undefined
    })
    return names.every((name) => name !== undefined) ? [names] : []
  })
  return [primaryKey, ...unique, ...fromIndexes].filter((set) => set.length > 0)
}
