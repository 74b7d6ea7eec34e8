// Decides, from the schema alone, how every primary key and unique constraint of a table will hold.

import type { FindingList } from '../schema/finding-list.ts'
import type { Column, ForeignKey, RowCount, Table } from '../schema/model.ts'
import { isNumber, isText } from '../schema/pg-type.ts'
import type { Node } from '../derive/expression.ts'
import type { KeyStrategy, LinkMode } from './plan-types.ts'
import { uniqueSets } from './unique-sets.ts'

/** `tableOf` finds the table a reference leads to. */
export function keyStrategy(
  table: Table,
  database: string,
  findings: FindingList,
  tableOf: (key: ForeignKey) => Table | undefined,
): KeyStrategy {
  const perLink = findPerLink(table, database)
  const unique = new Set<string>()
  const links = new Map<ForeignKey, LinkMode>(table.foreignKeys.map((key) => [key, { kind: 'free' }]))
  if (perLink) {
    links.set(perLink, { kind: 'per' })
    const { rowCount } = table
    if (rowCount.kind === 'per' && rowCount.max <= 1 && !rowCount.count && perLink.columns.length === 1)
      unique.add(perLink.columns[0]!)
  }
  const sets = uniqueSets(table)

  // Single columns first: a set that contains one of them holds with it.
  for (const set of sets) if (set.length === 1) keepSingle(set[0]!, { table, unique, links, findings })
  for (const set of sets)
    if (set.length > 1 && !set.some((name) => unique.has(name)))
      keepSet(set, { table, unique, links, findings, perLink, tableOf })
  return { uniqueColumns: unique, links, perLink }
}

function findPerLink({ foreignKeys, rowCount }: Table, database: string): ForeignKey | undefined {
  if (rowCount.kind !== 'per') return undefined
  const target = rowCount.database ?? database
  return foreignKeys.find(
    (key) =>
      key.table === rowCount.table &&
      (key.database ?? database) === target &&
      (rowCount.via === undefined || key.columns.includes(rowCount.via)),
  )
}

type SetWork = Work & {
  readonly perLink: ForeignKey | undefined
  readonly tableOf: (key: ForeignKey) => Table | undefined
}

type Work = {
  readonly table: Table
  readonly unique: Set<string>
  readonly links: Map<ForeignKey, LinkMode>
  readonly findings: FindingList
}

function keepSingle(name: string, { table, unique, links, findings }: Work): void {
  const column = table.columns.get(name)
  if (!column) return
  const link = table.foreignKeys.find((key) => key.columns.includes(name))
  if (link && links.get(link)?.kind === 'free') links.set(link, { kind: 'one-to-one' })
  else if (link && links.get(link)?.kind === 'per' && !unique.has(name) && !mayRepeat(table.rowCount))
    unique.add(name)
  else if (link && links.get(link)?.kind === 'per' && !unique.has(name))
    findings.error(
      'unique-space-too-small',
      column.pointer,
      `${table.name}.${name} is unique, but rowCount gives a parent several rows`,
      'Write "1 per …" or drop unique.',
    )
  if (column.derive && !isInjective(column.derive.node, table, unique))
    unproven(table, [name], column.pointer, findings)
  unique.add(name)
}

function mayRepeat(rowCount: RowCount): boolean {
  return rowCount.kind === 'per' && (rowCount.max > 1 || rowCount.count !== undefined)
}

function keepSet(set: readonly string[], work: SetWork): void {
  const { table, unique, links, findings, perLink } = work
  const inside = [
    ...table.foreignKeys.filter((key) => key.columns.every((name) => set.includes(name))),
    ...followedInside(set, work),
  ]
  const perInside = perLink !== undefined && inside.includes(perLink)
  const columns = set.map((name) => table.columns.get(name)!)
  if (perInside && columns.some((column) => isOrdinal(column))) return
  const others = inside.filter((key) => key !== perLink && links.get(key)?.kind === 'free')
  if (perInside && others.length > 0) {
    links.set(others[0]!, { kind: 'among-siblings' })
    return
  }
  if (!perInside && others.length > 1) {
    for (const key of others) links.set(key, { kind: 'tuple', group: others })
    return
  }
  const able = columns.filter((column) => canBeUniqueAlone(column, table))
  // One that checks and partitions leave alone has all values of its type.
  const plain = able.find((column) => !isLimited(column, table)) ?? able[0]
  if (plain) {
    unique.add(plain.name)
    return
  }
  if (columns.some((column) => column.derive && isInjective(column.derive.node, table, unique))) return
  unproven(table, set, columns[0]!.pointer, findings)
}

/** References whose unique column stands in the set under another name: `sku` derived as product_id.sku. */
function followedInside(set: readonly string[], { table, tableOf }: SetWork): ForeignKey[] {
  return set.flatMap((name) => {
    const node = table.columns.get(name)?.derive?.node
    if (node?.kind !== 'path' || node.parts.length !== 2) return []
    const key = table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === node.parts[0])
    const parent = key && tableOf(key)
    const isKey = [parent?.primaryKey ?? [], ...(parent?.unique ?? [])].some(
      (one) => one.length === 1 && one[0] === node.parts[1],
    )
    return key && isKey ? [key] : []
  })
}

function unproven(table: Table, set: readonly string[], at: string, findings: FindingList): void {
  findings.warning(
    'unique-unproven',
    at,
    `nothing shows that (${set.join(', ')}) of ${table.name} is unique`,
    'Bring in row(), ordinal() or a unique column, or check the result.',
  )
}

/** Types with so many values that the column alone can carry a constraint of several. */
function canBeUniqueAlone(
  { name, type, derive, settings, generator }: Column,
  { foreignKeys }: Table,
): boolean {
  if (derive || foreignKeys.some((key) => key.columns.includes(name))) return false
  if (settings['values'] !== undefined || generator?.name === 'values') return false
  if (isNumber(type)) return settings['max'] === undefined && settings['distribution'] === undefined
  return isText(type) || ['uuid', 'timestamp', 'timestamptz'].includes(type.kind)
}

/** Whether a check or the partitions name the column. */
function isLimited({ name }: Column, { checks, partitionBy = '' }: Table): boolean {
  const word = new RegExp(`\\b${name.replaceAll(/[^\w]/g, '.')}\\b`)
  return word.test(partitionBy) || checks.some(({ expression }) => word.test(expression))
}

function isOrdinal({ derive }: Column): boolean {
  return derive?.node.kind === 'call' && derive.node.name === 'ordinal'
}

/** Whether different rows surely give different values: it mentions row(), a unique column, or parent and ordinal(). */
function isInjective(node: Node, table: Table, unique: ReadonlySet<string>): boolean {
  const seen = mentioned(node)
  if (seen.calls.has('row')) return true
  if ([...seen.columns].some((name) => unique.has(name))) return true
  const { rowCount, foreignKeys } = table
  return (
    rowCount.kind === 'per' &&
    seen.calls.has('ordinal') &&
    foreignKeys.some(
      (key) => key.table === rowCount.table && key.columns.every((name) => seen.columns.has(name)),
    )
  )
}

function mentioned(node: Node, seen = { columns: new Set<string>(), calls: new Set<string>() }): typeof seen {
  switch (node.kind) {
    case 'path':
      // a unique reference followed to its parent still tells the rows apart
      seen.columns.add(node.parts[0]!)
      break
    case 'call':
      seen.calls.add(node.name)
      for (const arg of node.args) mentioned(arg, seen)
      break
    case 'unary':
      mentioned(node.of, seen)
      break
    case 'binary':
      if (node.op === '||' || node.op === '+') {
        mentioned(node.left, seen)
        mentioned(node.right, seen)
      }
      break
    default:
  }
  return seen
}
