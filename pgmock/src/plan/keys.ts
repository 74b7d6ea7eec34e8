// Decides, from the schema alone, how every primary key and unique constraint of a table will hold.

import { domainOf } from '../constraints/conjuncts.ts'
import type { FindingList } from '../schema/finding-list.ts'
import type { Column, ForeignKey, Model, RowCount, Table } from '../schema/model.ts'
import { isNumber, isText } from '../schema/pg-type.ts'
import type { Node } from '../derive/expression.ts'
import { isCountable } from './digit-domain.ts'
import { exclusionsOf } from './exclusions.ts'
import type { ColumnDigit, KeyStrategy, LinkMode } from './plan-types.ts'
import { givenColumns } from './link-owners.ts'
import { columnDigit, joinGroup, linkDigit, type Digit, type TupleGroup } from './tuple-groups.ts'
import { uniqueSets } from './unique-sets.ts'

/** `tableOf` finds the table a reference leads to. */
export function keyStrategy(
  table: Table,
  model: Model,
  findings: FindingList,
  tableOf: (key: ForeignKey) => Table | undefined,
): KeyStrategy {
  const perLink = findPerLink(table, model.database)
  const unique = new Set<string>()
  const links = new Map<ForeignKey, LinkMode>(table.foreignKeys.map((key) => [key, { kind: 'free' }]))
  if (perLink) {
    links.set(perLink, { kind: 'per' })
    const { rowCount } = table
    if (rowCount.kind === 'per' && rowCount.max <= 1 && !rowCount.count && perLink.columns.length === 1)
      unique.add(perLink.columns[0]!)
  }
  const { sets, unread } = uniqueSets(table)
  const neverNull = new Set(sets.flatMap((set) => (set.nullsEqual ? set.columns : [])))
  for (const column of table.columns.values())
    if (domainOf(model, column)?.nullable === false) neverNull.add(column.name)
  const digits = new Map<string, ColumnDigit>()
  const groups: TupleGroup[] = []
  const work: SetWork = { table, unique, links, findings, perLink, tableOf, model, digits, groups, neverNull }

  // Single columns first: a set that contains one of them holds with it. Then the smaller sets, for the same reason.
  for (const { columns } of sets) if (columns.length === 1) keepSingle(columns[0]!, work)
  keepExclusions(work)
  for (const { columns } of sets.toSorted((a, b) => a.columns.length - b.columns.length))
    if (columns.length > 1 && !columns.some((name) => unique.has(name))) keepSet(columns, work)
  if (unread.length > 0 && unique.size === 0)
    findings.warning(
      'unique-unproven',
      table.pointer,
      `nothing shows that the expressions of ${unread.join(', ')} of ${table.name} are unique`,
    )
  return { uniqueColumns: unique, links, perLink, digits, neverNull }
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
  readonly model: Model
  readonly digits: Map<string, ColumnDigit>
  readonly groups: TupleGroup[]
  readonly neverNull: Set<string>
}

type Work = {
  readonly table: Table
  readonly unique: Set<string>
  readonly links: Map<ForeignKey, LinkMode>
  readonly findings: FindingList
}

function keepSingle(name: string, { table, unique, links, findings, tableOf }: SetWork): void {
  const column = table.columns.get(name)
  if (!column) return
  const link = table.foreignKeys.find((key) => key.columns.includes(name))
  if (link && links.get(link)?.kind === 'free')
    links.set(link, { kind: tableOf(link) === table ? 'chain' : 'one-to-one' })
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
  const { table, unique, links, findings, perLink, tableOf } = work
  const inside = [
    // One that follows another has no choice of its own.
    ...table.foreignKeys.filter(
      (key) => key.columns.every((name) => set.includes(name)) && givenColumns(work, key).length === 0,
    ),
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
  // A reference to the own table goes to earlier rows; it cannot be a digit.
  const apart = others.filter((key) => tableOf(key) !== table)
  const taken = inside.filter((key) => links.get(key)?.kind === 'tuple')
  if (!perInside && apart.length + taken.length > 1) {
    keepTuple([...apart, ...taken].map(linkDigit), set, work)
    return
  }
  const able = columns.filter((column) => canBeUniqueAlone(column, table) && !work.digits.has(column.name))
  // One that checks and partitions leave alone has all values of its type.
  const plain = able.find((column) => !isLimited(column, table) && hasRoom(column))
  if (plain) {
    unique.add(plain.name)
    return
  }
  if (columns.some((column) => column.derive && isInjective(column.derive.node, table, unique))) return
  const counted = columns.filter(
    (column) => isCountable(column) && !table.foreignKeys.some((key) => key.columns.includes(column.name)),
  )
  const all = [...[...apart, ...taken].map(linkDigit), ...counted.map(({ name }) => columnDigit(name))]
  if (!perInside && counted.length > 0) keepTuple(all, set, work)
  else if (others.some((key) => tableOf(key) === table))
    links.set(
      others.find((key) => tableOf(key) === table)!,
      { kind: 'chain' },
    )
  else if (!perInside && others.length === 1 && others[0]!.columns.length > 0)
    links.set(others[0]!, { kind: 'one-to-one' })
  else unproven(table, set, columns[0]!.pointer, findings)
}

/** Each digit gets its place in a group of tuples that differ from row to row. */
function keepTuple(
  all: readonly Digit[],
  set: readonly string[],
  { table, links, digits, groups, findings, tableOf }: SetWork,
): void {
  const joined = all.flatMap(({ link }) => link ?? [])
  const samePair = all.length === 2 && joined.length === 2 && tableOf(joined[0]!) === tableOf(joined[1]!)
  const group = joinGroup(groups, all, samePair ? orderOf(joined, table) : 'any')
  if (!group) {
    unproven(table, set, table.columns.get(set[0]!)!.pointer, findings)
    return
  }
  for (const digit of all) {
    if (digit.link) links.set(digit.link, { kind: 'tuple', group })
    else if (!digits.has(digit.column!)) digits.set(digit.column!, { group, digit, part: 'value' })
  }
}

/** `a <> b`, `a < b` among the checks: friends, transfers, edges of a graph. */
function orderOf([first, second]: readonly ForeignKey[], { checks }: Table): TupleGroup['order'] {
  const [a, b] = [first!.columns[0]!, second!.columns[0]!]
  for (const { expression } of checks) {
    const [, left, operator, right] = /^\(*"?(\w+)"? (<>|!=|<|<=|>|>=) "?(\w+)"?\)*$/.exec(expression) ?? []
    if (left === undefined || ![left, right].includes(a) || ![left, right].includes(b)) continue
    if (operator === '<>' || operator === '!=') return 'apart'
    return operator!.startsWith('<') === (left === a) ? 'rising' : 'falling'
  }
  return 'any'
}

/** Rows that agree in what is compared by = get stretches that do not meet. */
function keepExclusions(work: SetWork): void {
  const { table, links, digits, groups, unique, findings, tableOf } = work
  const { known, unknown } = exclusionsOf(table)
  for (const name of unknown)
    findings.warning(
      'exclusion-not-understood',
      table.pointer,
      `${table.name}: pgmock does not know how to keep the exclusion constraint ${name}`,
      'It knows columns and ranges of two columns compared with = and &&.',
    )
  for (const { equal, range } of known) {
    if (equal.some((name) => unique.has(name))) continue
    if (!range) {
      if (equal.length === 1) keepSingle(equal[0]!, work)
      else keepSet(equal, work)
      continue
    }
    const name = 'column' in range ? range.column : range.start
    // A tile that the parent gave, in a temporal foreign key, is the parent's.
    if (digits.has(name) || table.foreignKeys.some(({ columns }) => columns.includes(name))) continue
    const apart = table.foreignKeys.filter(
      (key) =>
        links.get(key)?.kind === 'free' &&
        tableOf(key) !== table &&
        key.columns.every((one) => equal.includes(one)),
    )
    const digit = columnDigit(name)
    const group = joinGroup(groups, [...apart.map(linkDigit), digit], 'any')
    if (!group) {
      unproven(table, [...equal, name], table.pointer, findings)
      continue
    }
    for (const link of apart) links.set(link, { kind: 'tuple', group })
    if ('column' in range) digits.set(name, { group, digit, part: 'tile' })
    else {
      digits.set(range.start, { group, digit, part: 'start' })
      digits.set(range.end, { group, digit, part: 'end' })
      work.neverNull.add(range.start).add(range.end)
    }
  }
}

/** Short texts have too few values for a number behind them. */
function hasRoom({ type }: Column): boolean {
  return !isText(type) || (type.length ?? Infinity) >= 12
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
