import { didYouMean } from '@specwright/cli/nearest.ts'
import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import { freeName } from '../formats/names.ts'
import { checkName } from './check-name.ts'
import type { FindingList } from './finding-list.ts'
import type { Check, Column, Derived, ForeignKey, Index, Partition, Table } from './model.ts'
import { parseColumn, type ColumnParts, type ParseContext } from './parse-column.ts'
import { parseDerived } from './parse-derived.ts'
import { parseReference } from './parse-reference.ts'
import { parseRowCount } from './parse-row-count.ts'

export function parseTable(name: string, given: Record<string, unknown>, context: ParseContext): Table {
  const { list } = context
  const at = pointer('tables', name)
  const columns = new Map<string, Column>()
  const foreignKeys: ForeignKey[] = []
  const unique: (readonly string[])[] = []
  const uniqueNames: (string | undefined)[] = []
  const primary: string[] = []
  const columnChecks: { column: string; expression: string }[] = []
  if (isRecord(given['columns'])) {
    for (const [columnName, columnGiven] of Object.entries(given['columns'])) {
      if (!isRecord(columnGiven)) continue
      const columnAt = `${at}/columns${pointer(columnName)}`
      checkName(columnName, columnAt, 'column', list)
      const parts: ColumnParts | undefined = parseColumn(columnName, columnAt, columnGiven, context)
      if (!parts) continue
      columns.set(columnName, parts.column)
      if (parts.reference) foreignKeys.push(parts.reference)
      if (columnGiven['primaryKey'] === true) primary.push(columnName)
      if (columnGiven['unique'] === true) unique.push([columnName])
      if (typeof columnGiven['check'] === 'string')
        columnChecks.push({ column: columnName, expression: columnGiven['check'] })
    }
  }
  if (columns.size === 0) list.error('no-columns', at, `table ${name} has no usable column`)

  const known = (names: unknown, where: string): string[] | undefined =>
    knownColumns(names, where, name, columns, list)
  const key = namedKey(given['primaryKey'])
  const composite = key.columns === undefined ? undefined : known(key.columns, `${at}/primaryKey`)
  if (composite && primary.length > 0)
    list.error(
      'two-primary-keys',
      `${at}/primaryKey`,
      `table ${name} has a primary key on ${primary.join(', ')} already`,
    )
  if (primary.length > 1)
    list.error(
      'two-primary-keys',
      `${at}/columns${pointer(primary[1]!)}`,
      `table ${name} marks ${primary.join(' and ')} as primaryKey`,
      `For one key of several columns write "primaryKey": ${JSON.stringify(primary)} beside "columns".`,
    )
  const primaryKey = composite ?? primary.slice(0, 1)
  for (const column of primaryKey) {
    const { nullable, pointer: place } = columns.get(column)!
    if (nullable)
      list.error('nullable-key', place, `${name}.${column} is part of the primary key and cannot be nullable`)
  }
  for (const [i, names] of items(given['unique'])) {
    const named = namedKey(names)
    const found = known(named.columns, `${at}/unique/${i}`)
    if (!found || found.length === 0) continue
    unique.push(found)
    uniqueNames[unique.length - 1] = named.name
  }
  for (const [i, key] of items(given['foreignKeys'])) {
    if (!isRecord(key)) continue
    const where = `${at}/foreignKeys/${i}`
    const found = known(key['columns'], where)
    const reference = found && parseReference(key, found, where, list)
    if (reference) foreignKeys.push(reference)
  }
  const taken = new Set<string>()
  return {
    name,
    pointer: at,
    columns,
    primaryKey,
    primaryKeyName: key.name,
    unique,
    uniqueNames,
    partitionBy: typeof given['partitionBy'] === 'string' ? given['partitionBy'] : undefined,
    partitionOf: parsePartition(given['partitionOf']),
    foreignKeys,
    checks: parseChecks(name, columns, columnChecks, given['checks'], taken),
    indexes: parseIndexes(name, given['indexes'], at, columns, list),
    comment: typeof given['comment'] === 'string' ? given['comment'] : undefined,
    context: parseContext(given['context'], at, list),
    rowCount: parseRowCount(given['rowCount'], `${at}/rowCount`, list),
  }
}

/** `["a"]`, or `{ "name": "t_pkey", "columns": ["a"] }`. */
function namedKey(given: unknown): { columns: unknown; name: string | undefined } {
  if (!isRecord(given)) return { columns: given, name: undefined }
  return { columns: given['columns'], name: typeof given['name'] === 'string' ? given['name'] : undefined }
}

function parsePartition(given: unknown): Partition | undefined {
  return isRecord(given) && typeof given['table'] === 'string' && typeof given['bound'] === 'string'
    ? { table: given['table'], bound: given['bound'] }
    : undefined
}

function knownColumns(
  names: unknown,
  at: string,
  table: string,
  columns: ReadonlyMap<string, Column>,
  list: FindingList,
): string[] | undefined {
  if (!Array.isArray(names)) return undefined
  let good = true
  for (const name of names) {
    if (typeof name !== 'string' || columns.has(name)) continue
    good = false
    list.error(
      'unknown-column',
      at,
      `table ${table} has no column "${name}"`,
      didYouMean(name, columns.keys()),
    )
  }
  return good ? names.filter((name) => typeof name === 'string') : undefined
}

function items(given: unknown): (readonly [number, unknown])[] {
  return Array.isArray(given) ? [...given.entries()] : []
}

/** Names as PostgreSQL makes them: table_column_check for one column, table_check for several. */
export function parseChecks(
  table: string,
  columns: ReadonlyMap<string, Column>,
  columnChecks: readonly { column: string; expression: string }[],
  given: unknown,
  taken: Set<string>,
): Check[] {
  const named = items(given).flatMap(([, check]) =>
    isRecord(check) && typeof check['name'] === 'string' && typeof check['expression'] === 'string'
      ? [{ name: check['name'], expression: check['expression'] }]
      : [],
  )
  for (const { name } of named) taken.add(name)
  const unnamed = [
    ...columnChecks.map(({ expression }) => expression),
    ...items(given).flatMap(([, check]) => {
      if (typeof check === 'string') return [check]
      return isRecord(check) && typeof check['name'] !== 'string' && typeof check['expression'] === 'string'
        ? [check['expression']]
        : []
    }),
  ].map((expression) => {
    const mentioned = [...columns.keys()].filter((column) => mentions(expression, column))
    return { name: freeName(taken, table, mentioned.length === 1 ? mentioned : [], 'check'), expression }
  })
  return [...named, ...unnamed]
}

function mentions(expression: string, column: string): boolean {
  const outsideTexts = expression.replaceAll(/'(?:[^']|'')*'/g, "''")
  return new RegExp(
    `(?<![\\w.])"?${column.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}"?(?![\\w(])`,
  ).test(outsideTexts)
}

function parseIndexes(
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
        with: typeof index['with'] === 'string' ? index['with'] : undefined,
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

function parseContext(given: unknown, at: string, list: FindingList): Map<string, Derived> {
  const context = new Map<string, Derived>()
  if (!isRecord(given)) return context
  for (const [name, source] of Object.entries(given)) {
    if (typeof source !== 'string') continue
    const derived = parseDerived(source, `${at}/context${pointer(name)}`, list)
    if (derived) context.set(name, derived)
  }
  return context
}
