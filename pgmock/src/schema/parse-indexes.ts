import { didYouMean } from '@specwright/cli/nearest.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { freeName } from '../formats/names.ts'
import type { FindingList } from './finding-list.ts'
import type { Column, Index } from './model.ts'
import { items } from './parse-keys.ts'

export function parseIndexes(
  table: string,
  given: unknown,
  at: string,
  columns: ReadonlyMap<string, Column>,
  list: FindingList,
): Index[] {
  const taken = new Set<string>()
  return items(given).flatMap(([i, index]): Index[] => {
    if (!isRecord(index) || !Array.isArray(index['columns'])) return []
    const entries = index['columns'].filter((column) => typeof column === 'string')
    const names = entries.map((entry) => entry.replace(/\s+(asc|desc)?\s*(nulls\s+(first|last))?$/i, ''))
    for (const name of names) {
      if (columns.has(name) || /[( ]/.test(name)) continue
      list.error(
        'unknown-column',
        `${at}/indexes/${i}`,
        `table ${table} has no column "${name}"`,
        didYouMean(name, columns.keys()),
      )
    }
    const name =
      typeof index['name'] === 'string' ? index['name'] : freeName(taken, table, names.map(wordOf), 'idx')
    return [
      {
        name,
        columns: entries,
        unique: index['unique'] === true,
        method: typeof index['method'] === 'string' ? index['method'] : 'btree',
        where: typeof index['where'] === 'string' ? index['where'] : undefined,
        include: Array.isArray(index['include'])
          ? index['include'].filter((one) => typeof one === 'string')
          : [],
        nullsNotDistinct: index['nullsNotDistinct'] === true,
        with: typeof index['with'] === 'string' ? index['with'] : undefined,
        statistics: isRecord(index['statistics'])
          ? (index['statistics'] as Record<string, number>) // checked by the JSON Schema
          : undefined,
        comment: typeof index['comment'] === 'string' ? index['comment'] : undefined,
        partOf: typeof index['partOf'] === 'string' ? index['partOf'] : undefined,
      },
    ]
  })
}

/** What an index column contributes to the made-up name: an expression gives its function, else `expr`. */
function wordOf(entry: string): string {
  if (!entry.includes('(')) return entry
  return /^\(*\s*([a-z_][a-z0-9_]*)\s*\(/.exec(entry)?.[1] ?? 'expr'
}
