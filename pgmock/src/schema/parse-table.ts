import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import { splitSchema } from '../formats/names.ts'
import { checkName } from './check-name.ts'
import type { FindingList } from './finding-list.ts'
import type { Column, Derived, ForeignKey, Partition, Table, TableDetails } from './model.ts'
import { parseChecks } from './parse-checks.ts'
import { parseColumn, type ColumnParts, type ParseContext } from './parse-column.ts'
import { parseDerived } from './parse-derived.ts'
import { parseDetails, text, texts } from './parse-details.ts'
import { parseIndexes } from './parse-indexes.ts'
import { items, knownColumns, parseExcludes, parsePrimaryKey, parseUnique } from './parse-keys.ts'
import { parseReference } from './parse-reference.ts'
import { parseRowCount } from './parse-row-count.ts'

export function parseTable(name: string, given: Record<string, unknown>, context: ParseContext): Table {
  const { list } = context
  const at = pointer('tables', name)
  const columns = new Map<string, Column>()
  const foreignKeys: ForeignKey[] = []
  const markedUnique: string[] = []
  const markedPrimary: string[] = []
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
      if (columnGiven['primaryKey'] === true) markedPrimary.push(columnName)
      if (columnGiven['unique'] === true) markedUnique.push(columnName)
      if (typeof columnGiven['check'] === 'string')
        columnChecks.push({ column: columnName, expression: columnGiven['check'] })
    }
  }
  const { local } = splitSchema(name, context.own.schemas)
  const keys = { table: name, columns, list }
  const primary = parsePrimaryKey(given['primaryKey'], markedPrimary, at, keys)
  const unique = parseUnique(given['unique'], markedUnique, at, keys)
  for (const [i, key] of items(given['foreignKeys'])) {
    if (!isRecord(key)) continue
    const where = `${at}/foreignKeys/${i}`
    const found = knownColumns(key['columns'], where, keys)
    const reference = found && parseReference(key, found, where, list)
    if (reference) foreignKeys.push(reference)
  }
  const taken = new Set<string>()
  return {
    name,
    pointer: at,
    columns,
    primaryKey: primary.columns,
    primaryKeyName: primary.name,
    primaryKeyParts: primary.parts,
    unique: unique.map((key) => key.columns),
    uniqueNames: unique.map((key) => key.name),
    uniqueParts: unique.map(({ parts }) => parts),
    excludes: parseExcludes(given['exclude'], at, keys),
    ...parseTableDetails(given, at, list),
    partitionBy: typeof given['partitionBy'] === 'string' ? given['partitionBy'] : undefined,
    partitionOf: parsePartition(given['partitionOf']),
    foreignKeys,
    checks: parseChecks(local, columns, columnChecks, given['checks'], taken),
    indexes: parseIndexes(local, given['indexes'], at, columns, list),
    context: parseContext(given['context'], at, list),
    rowCount: parseRowCount(given['rowCount'], `${at}/rowCount`, list),
  }
}

function parseTableDetails(given: Record<string, unknown>, at: string, list: FindingList): TableDetails {
  const identity = given['replicaIdentity']
  const security = given['rowSecurity']
  return {
    ...parseDetails(given, at, 'TABLE', list),
    inherits: texts(given['inherits']),
    unlogged: given['unlogged'] === true,
    with: text(given['with']),
    replicaIdentity:
      identity === 'full' || identity === 'nothing'
        ? identity
        : isRecord(identity) && typeof identity['index'] === 'string'
          ? { index: identity['index'] }
          : undefined,
    clusterOn: text(given['clusterOn']),
    rowSecurity: security === 'enabled' || security === 'forced' ? security : undefined,
  }
}

function parsePartition(given: unknown): Partition | undefined {
  return isRecord(given) && typeof given['table'] === 'string' && typeof given['bound'] === 'string'
    ? { table: given['table'], bound: given['bound'] }
    : undefined
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
