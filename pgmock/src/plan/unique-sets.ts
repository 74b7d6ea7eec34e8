import type { Table } from '../schema/model.ts'

export type UniqueSet = {
  readonly columns: readonly string[]
  /** One NULL is like another: NULLS NOT DISTINCT, or coalesce(…). */
  readonly nullsEqual: boolean
}

/**
 * Column sets whose values must differ: primary key, unique constraints and unique indexes. A partial index is kept
 * for all rows, and an expression over one column as if it were the column; `unread` are the others.
 */
export function uniqueSets(table: Table): { readonly sets: UniqueSet[]; readonly unread: readonly string[] } {
  const { primaryKey, primaryKeyParts, unique, uniqueParts, indexes, columns } = table
  const unread: string[] = []
  const fromIndexes = indexes.flatMap((index): UniqueSet[] => {
    if (!index.unique) return []
    let nullsEqual = index.nullsNotDistinct
    const names = index.columns.map((entry) => {
      const bare = entry.replace(/(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?$/i, '')
      const name = columnNamed(bare, table)
      if (name !== undefined) return name
      const inside = onlyColumn(bare, table)
      if (inside !== undefined && /coalesce|nullif|case/i.test(bare)) nullsEqual = true
      return inside
    })
    const known = names.filter((name) => name !== undefined)
    // What is not read can only tell more rows apart, as long as the rest tells them apart already.
    if (known.length < names.length) unread.push(index.name)
    return known.length === 0 ? [] : [{ columns: [...new Set(known)], nullsEqual }]
  })
  const keys = unique.flatMap((names, i): UniqueSet[] => {
    const parts = uniqueParts[i] ?? {}
    return parts.withoutOverlaps === true
      ? []
      : [{ columns: names, nullsEqual: parts.nullsNotDistinct === true }]
  })
  const primary = primaryKeyParts.withoutOverlaps === true ? [] : [{ columns: primaryKey, nullsEqual: false }]
  const sets = [...primary, ...keys, ...fromIndexes].filter((set) => set.columns.length > 0)
  return {
    sets: sets.map((set) => ({ ...set, columns: set.columns.filter((name) => columns.has(name)) })),
    unread,
  }
}

/** A plain or quoted name, with an operator class or collation behind it perhaps. */
function columnNamed(entry: string, { columns }: Table): string | undefined {
  if (columns.has(entry)) return entry
  const [, quoted, plain] = /^(?:"((?:[^"]|"")*)"|(\w+))(?:\s+(?:COLLATE\s+)?[\w."]+)*$/.exec(entry) ?? []
  const name = quoted?.replaceAll('""', '"') ?? plain
  return name !== undefined && columns.has(name) ? name : undefined
}

/** Functions that give different results for different values of what we make. */
const TELLING =
  /^(?:lower|upper|coalesce|btrim|trim|text|varchar|character|varying|bigint|integer|numeric|uuid|name)$/i

/** The one column of an expression that tells its values apart, as lower(email) does. */
function onlyColumn(expression: string, { columns }: Table): string | undefined {
  // A member of a document says little about the whole.
  if (/->|#>|\[/.test(expression)) return undefined
  const words = expression.replaceAll(/'(?:[^']|'')*'(?:::[\w. ]+)?/g, '').match(/"[^"]+"|[a-z_]\w*/gi) ?? []
  const names = words.map((word) => word.replaceAll('"', ''))
  const found = [...new Set(names.filter((name) => columns.has(name)))]
  const others = names.filter((name) => !columns.has(name))
  return found.length === 1 && others.every((word) => TELLING.test(word)) ? found[0] : undefined
}
