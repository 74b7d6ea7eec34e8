// The checks of a table → clusters of columns that are made together, and what they say to the generators of each.

import { drawFor } from '../bytes/hash.ts'
import {
  cluster,
  fillFrom,
  RowInTrial,
  Unsolved,
  type Cluster,
  type MemberLink,
  type NamedTerm,
} from '../constraints/cluster.ts'
import { compileCheck, type CheckScope } from '../constraints/compile.ts'
import { conjunctsOf, domainOf, type Conjunct } from '../constraints/conjuncts.ts'
import { hintsOf, type Hints } from '../constraints/hints.ts'
import { kept, slotTerm } from '../constraints/slots.ts'
import type { SqlParser } from '../constraints/sql-parser.ts'
import { NotUnderstood, type Term } from '../constraints/term.ts'
import { converted, isNumeric } from '../derive/arithmetic.ts'
import type { Column, ForeignKey } from '../schema/model.ts'
import { plainCell, type Cell } from '../values/cell.ts'
import { scaleOf, valueTypeOf, type Value } from '../values/value-type.ts'
import { checkScope } from './check-scope.ts'
import { ownerOf } from './link-owners.ts'
import { partitionCheck } from './partition-check.ts'
import type { TableNode } from './plan-types.ts'
import type { Planning, RawLink, TableChecks } from './planning.ts'

/** How the planner makes a member column without its checks and without NULLs. */
export type RawColumn = (column: Column) => {
  readonly nonNull: Cell
  readonly isNull: (row: number) => boolean
  readonly why: string
}

export type Making = {
  readonly planning: Planning
  readonly node: TableNode
  readonly sql: SqlParser
  readonly rawColumn: RawColumn
  readonly rawLink: (link: ForeignKey) => RawLink
}

type Group = { readonly columns: Set<string>; readonly conjuncts: Conjunct[] }

type Made = {
  readonly cluster: Cluster
  readonly slots: ReadonlyMap<string, number>
  readonly links: ReadonlyMap<ForeignKey, number>
}

/** Whether rows of the table have anything to keep beyond keys and types. */
export function hasChecks({ table, model }: TableNode): boolean {
  return (
    table.checks.length > 0 ||
    table.partitionBy !== undefined ||
    [...table.columns.values()].some((column) => (domainOf(model, column)?.checks.length ?? 0) > 0)
  )
}

export function tableChecks(making: Making): TableChecks {
  const { planning, node, sql } = making
  const { table, model } = node
  const { conjuncts, unreadable } = conjunctsOf(model, table, sql, partitionCheck(node))
  const list = planning.list(node)
  for (const { check, pointer, expression } of unreadable)
    list.error(
      'check-not-understood',
      pointer,
      `${table.name}: the check ${check} is no SQL expression: ${expression}`,
    )
  const groups = grouped(conjuncts, node)
  const hints = new Map<string, Hints>()
  const made = new Map<Group, Made | undefined>()
  const open = new Set<Group>()
  const groupOf = (name: string) => groups.find(({ columns }) => columns.has(name))
  const madeOf = (group: Group): Made | undefined => {
    if (!made.has(group)) {
      open.add(group)
      made.set(group, makeGroup(group, making))
      open.delete(group)
    }
    return made.get(group)
  }
  /** While a group is being made, what asks for it gets a promise in form of a function. */
  const solved = (group: Group, row: number) => made.get(group)!.cluster.solve(row)
  return {
    hints: (column) => {
      const known = hints.get(column.name)
      if (known) return known
      const found = columnHints(column, groupOf(column.name)?.conjuncts ?? [], making)
      hints.set(column.name, found)
      return found
    },
    cell: (column) => {
      const group = groupOf(column.name)
      if (!group || !isMember(column) || ownerOf(node, column.name)) return undefined
      const type = valueTypeOf(column.type)
      if (open.has(group))
        return plainCell(
          type,
          (row) => solved(group, row).values[made.get(group)!.slots.get(column.name)!] ?? null,
        )
      const slot = madeOf(group)?.slots.get(column.name)
      return slot === undefined
        ? undefined
        : plainCell(type, (row) => solved(group, row).values[slot] ?? null)
    },
    why: (column) => {
      const names = new Set(groupOf(column.name)?.conjuncts.map(({ check }) => check))
      return `${making.rawColumn(column).why}; kept by ${[...names].join(', ')}`
    },
    parent: (link) => {
      const own = link.columns.find((name) => ownerOf(node, name) === link)
      const group = own === undefined ? undefined : groupOf(own)
      if (!group) return undefined
      if (open.has(group)) return (row) => solved(group, row).parents[made.get(group)!.links.get(link)!] ?? -1
      const index = madeOf(group)?.links.get(link)
      return index === undefined ? undefined : (row) => solved(group, row).parents[index]!
    },
    verify: () => {
      const rows = planning.rows(node)
      for (const group of groups) {
        const found = made.get(group)
        if (found) verify(found.cluster, group, rows, making)
      }
    },
  }
}

/** Rows tried before anything is written. */
const SAMPLE = 64

function verify({ solve }: Cluster, group: Group, rows: number, { planning, node }: Making): void {
  try {
    for (let row = 0; row < Math.min(rows, SAMPLE); row++) solve(row)
    if (rows > 0) solve(rows - 1)
  } catch (error) {
    if (!(error instanceof Unsolved)) throw error
    const named = group.conjuncts.find(({ check }) => check === error.check)
    planning
      .list(node)
      .error('check-unsatisfiable', named?.pointer ?? node.table.pointer, error.message, error.hint)
  }
}

/** A generated column is the server's, a derived one its expression's. */
function isMember({ generatedText, derive }: Column): boolean {
  return generatedText === undefined && !derive
}

/** Conjuncts that share a column belong together; the columns of one reference, too. */
function grouped(conjuncts: readonly Conjunct[], node: TableNode): Group[] {
  let groups: Group[] = []
  for (const conjunct of conjuncts) {
    const columns = new Set(conjunct.columns)
    for (const name of conjunct.columns) for (const other of ownedWith(node, name)) columns.add(other)
    const touched = groups.filter((group) => [...columns].some((name) => group.columns.has(name)))
    groups = groups.filter((group) => !touched.includes(group))
    groups.push({
      columns: new Set([...touched.flatMap((group) => [...group.columns]), ...columns]),
      conjuncts: [...touched.flatMap((group) => group.conjuncts), conjunct],
    })
  }
  return groups
}

/** The columns that the reference which fills this one fills with it. */
function ownedWith(node: TableNode, name: string): readonly string[] {
  const link = ownerOf(node, name)
  return link ? link.columns.filter((other) => ownerOf(node, other) === link) : []
}

function makeGroup(group: Group, making: Making): Made | undefined {
  const { planning, node } = making
  const { table } = node
  const trial = new RowInTrial(drawFor(planning.options.seed, node.key, [...group.columns].join(), 'checks'))
  const slots = new Map<string, number>()
  const terms = new Map<string, Term>()
  const cells: { nonNull: (row: number) => Value; isNull: (row: number) => boolean }[] = []
  const links = new Map<ForeignKey, number>()
  const memberLinks: MemberLink[] = []
  for (const name of group.columns) {
    const column = table.columns.get(name)!
    if (!isMember(column)) continue
    const link = ownerOf(node, name)
    const slot = slots.size
    slots.set(name, slot)
    if (link) {
      cells.push({ nonNull: () => null, isNull: () => true })
      if (!links.has(link)) links.set(link, links.size)
      continue
    }
    const { nonNull: raw, isNull } = making.rawColumn(column)
    const nonNull = { value: asColumn(raw, column) }
    cells.push({ nonNull: nonNull.value, isNull })
    terms.set(
      name,
      slotTerm(() => trial.values, {
        type: column.type,
        slot,
        isFree: !isPinned(node, column),
        isNullable:
          !node.keys.neverNull.has(name) &&
          column.nullable &&
          domainOf(node.model, column)?.nullable !== false &&
          !table.primaryKey.includes(name),
        nonNull: () => nonNull.value(trial.row),
        another: (fraction) => nonNull.value(Math.floor(fraction * planning.rows(node))),
      }),
    )
  }
  for (const [link, index] of links) {
    const parent = planning.target(node, link)
    if (!parent) return undefined
    const { choose, isNull, parents, other } = making.rawLink(link)
    const fills = link.columns.flatMap((name, i) => {
      const slot = slots.get(name)
      const column = parent.table.columns.get(link.parentColumns[i]!)
      return slot === undefined || !column || ownerOf(node, name) !== link
        ? []
        : [{ slot, parent: (row: number) => planning.made(parent, column).cell.value(row) }]
    })
    memberLinks.push({ choose, isNull, fills })
    const isNullable = link.columns.some((name) => table.columns.get(name)!.nullable)
    const put = (to: number): boolean => {
      trial.parents[index] = to
      fillFrom(trial, index, fills)
      return true
    }
    for (const name of link.columns) {
      const column = table.columns.get(name)!
      const slot = slots.get(name)
      if (slot === undefined) continue
      const base = slotTerm(() => trial.values, {
        type: column.type,
        slot,
        isFree: false,
        isNullable,
        nonNull: () => null,
      })
      const find = fills.find((fill) => fill.slot === slot)?.parent
      terms.set(name, {
        ...base,
        becomeNull: (toNull) => (toNull ? isNullable && put(-1) : parents > 0 && put(choose(trial.row))),
        // Another parent, drawn; the loop looks whether it will do.
        write: (to) => {
          if (to === null) return isNullable && put(-1)
          if (!other || parents === 0 || !find) return false
          for (let i = 0; i < 8; i++) {
            const chosen = other(trial.row, trial.random())
            if (chosen >= 0 && (i === 7 || find(chosen) === to)) return put(chosen)
          }
          return false
        },
      })
    }
  }
  const scope = checkScope(making, trial, (name) => terms.get(name))
  const compiled = compileAll(group, scope, tellUnknown(making))
  if (compiled.length === 0 || terms.size === 0) return undefined
  return {
    cluster: cluster(trial, cells, memberLinks, compiled, table.name, (name) => terms.get(name)),
    slots,
    links,
  }
}

/** The generator's value as the column keeps it. */
function asColumn(raw: Cell, { type }: Column): (row: number) => Value {
  const wanted = valueTypeOf(type)
  const isSame = raw.type.kind === wanted.kind && scaleOf(raw.type) === scaleOf(wanted)
  const value =
    isSame || (!isNumeric(wanted) && wanted.kind !== 'date' && wanted.kind !== 'instant')
      ? raw.value
      : converted(raw, wanted, 0)
  return type.kind === 'float4' ? (row) => kept(value(row), type) ?? null : value
}

/** Values that are made elsewhere: keys, counters, what a list of siblings depends on. */
function isPinned({ keys, table }: TableNode, { name, identity, type }: Column): boolean {
  return (
    keys.uniqueColumns.has(name) ||
    keys.digits.has(name) ||
    identity !== undefined ||
    type.serial === true ||
    (table.primaryKey.length === 1 && table.primaryKey[0] === name)
  )
}

type Tell = (conjunct: Conjunct, what: string) => void

function compileAll(group: Group, scope: CheckScope, tell: Tell): NamedTerm[] {
  return group.conjuncts.flatMap((conjunct): NamedTerm[] => {
    const { node, check, columns, value } = conjunct
    const own =
      value === undefined
        ? scope
        : { ...scope, column: (name: string) => scope.column(name === 'value' ? value : name) }
    try {
      return [{ check, term: compileCheck(node, own), columns: [...columns] }]
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error
      tell(conjunct, error.message)
      return []
    }
  })
}

function tellUnknown({ planning, node }: Making): Tell {
  return ({ check, pointer, columns }, what) => {
    const open = [...columns].filter((name) => {
      const column = node.table.columns.get(name)!
      const isSettled = column.generator !== undefined || Object.keys(column.settings).length > 0
      return isMember(column) && !isSettled && column.nullRate < 1
    })
    if (open.length === 0) return
    planning
      .list(node)
      .error(
        'check-not-understood',
        pointer,
        `${node.table.name}: pgmock does not know what the check ${check} asks (${what})`,
        `Pin ${open.join(', ')} with "values", "pattern", "generator" or "derive".`,
      )
  }
}

/** What is true of the column in every row, whatever the others hold. */
function columnHints(column: Column, conjuncts: readonly Conjunct[], making: Making): Hints {
  const about = conjuncts.filter(({ columns }) => columns.has(column.name))
  if (about.length === 0 || !isMember(column)) return {}
  const trial = new RowInTrial(drawFor('hints'))
  const names = [...making.node.table.columns.keys()]
  const terms = new Map(
    [...making.node.table.columns.values()].map(({ name, type }, slot) => [
      name,
      slotTerm(() => trial.values, { type, slot, isFree: true, isNullable: false, nonNull: () => null }),
    ]),
  )
  const scope = checkScope(making, trial, (name) => terms.get(name))
  const compiled = compileAll({ columns: new Set(), conjuncts: about }, scope, () => undefined)
  return hintsOf(
    compiled.map(({ term }) => term),
    names.indexOf(column.name),
  )
}
