import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { FindingList } from './finding-list.ts'
import type { ForeignKey } from './model.ts'
import { text, texts } from './parse-details.ts'
import { deferrable } from './parse-keys.ts'

/** `"users.id"`, `"catalog:products.id"`, `{ table, column(s), onDelete … }` of a column or a foreignKeys entry. */
export function parseReference(
  given: Record<string, unknown>,
  columns: readonly string[],
  at: string,
  list: FindingList,
): ForeignKey | undefined {
  const to = given['references']
  const target = typeof to === 'string' ? fromText(to) : isRecord(to) ? fromObject(to) : undefined
  if (!target || target.parentColumns.length !== columns.length) {
    const wanted =
      columns.length === 1 ? '"users.id"' : `{ "table": "t", "columns": [${columns.length} names] }`
    list.error(
      'bad-reference',
      `${at}/references`,
      `references of ${columns.join(', ')} cannot be read`,
      `Write ${wanted}.`,
    )
    return undefined
  }
  const options = { ...given, ...(isRecord(to) ? to : {}) }
  return {
    columns,
    pointer: `${at}/references`,
    name: typeof options['name'] === 'string' ? options['name'] : undefined,
    matchFull: options['match'] === 'full',
    deferrable: deferrable(options['deferrable']),
    notValid: options['notValid'] === true,
    notEnforced: options['notEnforced'] === true,
    period: options['period'] === true,
    setColumns: texts(options['setColumns']),
    // Beside a column's reference stands the comment of the column.
    comment: Array.isArray(given['columns'])
      ? text(given['comment'])
      : isRecord(to)
        ? text(to['comment'])
        : undefined,
    ...target,
    onDelete: action(options['onDelete']),
    onUpdate: action(options['onUpdate']),
    distribution: typeof given['distribution'] === 'string' ? given['distribution'] : undefined,
    existingAt: typeof options['existingAt'] === 'string' ? options['existingAt'] : undefined,
    since: typeof options['since'] === 'string' ? options['since'] : undefined,
  }
}

type Target = Pick<ForeignKey, 'database' | 'table' | 'parentColumns'>

function fromText(text: string): Target | undefined {
  const match = /^(?:([^:]+):)?([^:.]+)\.([^:.]+)$/.exec(text)
  return match ? { database: match[1], table: match[2]!, parentColumns: [match[3]!] } : undefined
}

function fromObject(to: Record<string, unknown>): Target | undefined {
  const table = typeof to['table'] === 'string' ? splitTable(to['table']) : undefined
  const single = typeof to['column'] === 'string' ? [to['column']] : undefined
  const several = Array.isArray(to['columns'])
    ? to['columns'].filter((name) => typeof name === 'string')
    : undefined
  const parentColumns = several ?? single
  return table && parentColumns ? { ...table, parentColumns } : undefined
}

export function splitTable(text: string): { database: string | undefined; table: string } {
  const at = text.indexOf(':')
  return at < 0
    ? { database: undefined, table: text }
    : { database: text.slice(0, at), table: text.slice(at + 1) }
}

function action(given: unknown): string | undefined {
  return typeof given === 'string' && given !== 'no action' ? given.toUpperCase() : undefined
}
