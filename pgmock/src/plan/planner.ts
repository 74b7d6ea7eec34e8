// Model → plan. Everything is made on demand and remembered: a column asks for the columns its values come from, a
// table for its parents' row counts. What asks for itself on the way is a circle, and a finding.

import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { drawFor, fraction, mix } from '../bytes/hash.ts'
import { permutation } from '../bytes/permutation.ts'
import { compileExpression } from '../derive/compile.ts'
import { ExpressionError } from '../derive/expression.ts'
import { parseExpression } from '../derive/parse.ts'
import type { Children, Scope } from '../derive/scope.ts'
import type { Writer } from '../rows/stitch.ts'
import { FindingList } from '../schema/finding-list.ts'
import type { Column, Derived, ForeignKey, Model } from '../schema/model.ts'
import { isInteger, isText } from '../schema/pg-type.ts'
import { plainCell, writerOf, type Cell } from '../values/cell.ts'
import { Refusal, type Expression } from '../values/generator.ts'
import { generatorNamed, generators } from '../values/registry.ts'
import { NULL, TEXT } from '../values/value-type.ts'
import { arrayOf, coerced, fitted, remembered, withNulls, withSuffix } from './cell-shapes.ts'
import { checkedOptions } from './check-options.ts'
import { childLayout, fanout, type ChildLayout } from './child-layout.ts'
import { childrenByParent } from './children-by-parent.ts'
import { generatorContext } from './generator-context.ts'
import { otherValue } from './other-values.ts'
import { takesEdgeCases, withEdgeCases } from './edge-cases.ts'
import { infer } from './infer.ts'
import {
  countNotAbove,
  distinctAmongSiblings,
  distinctTuples,
  earlierRow,
  existingParent,
  EXISTING_TRIES,
  popularParent,
  type ParentChoice,
  type Skew,
} from './parent-choice.ts'
import { PlanProblem, type ColumnPlan, type TableNode } from './plan-types.ts'

export type PlanOptions = {
  readonly seed: number
  readonly now: number
  /** Multiplies plain row counts. */
  readonly scale: number
  /** Row counts by `table` or `database:table` that replace the schema's. */
  readonly counts: ReadonlyMap<string, number>
  /** Share of rows with an edge case, 0 to 1, in columns of free text. */
  readonly edgeCases: number
}

type MadeCell = { readonly cell: Cell; readonly write: Writer; readonly why: string }

export class Planner {
  readonly #options: PlanOptions
  readonly #nodes: ReadonlyMap<string, TableNode>
  readonly #lists = new Map<Model, FindingList>()
  readonly #cells = new Map<string, MadeCell>()
  readonly #links = new Map<ForeignKey, ParentChoice>()
  readonly #layouts = new Map<string, ChildLayout | undefined>()
  readonly #scopes = new Map<string, Scope>()
  readonly #children = new Map<ForeignKey, Children>()
  readonly #expressions = new Map<Derived, Expression>()
  /** What is being made right now, in order: `shop.orders.total`. */
  readonly #open: string[] = []

  constructor(nodes: ReadonlyMap<string, TableNode>, options: PlanOptions, add: (finding: Finding) => void) {
    this.#nodes = nodes
    this.#options = options
    for (const { model } of nodes.values())
      if (!this.#lists.has(model)) this.#lists.set(model, new FindingList(model.file, model, add))
  }

  rows(node: TableNode): number {
    const { rowCount, name } = node.table
    const given = this.#options.counts.get(node.key) ?? this.#options.counts.get(name)
    if (rowCount.kind === 'per') return this.#layout(node)?.rows ?? 0
    if (given !== undefined) return given
    const rows = scaled(rowCount.rows, this.#options.scale)
    // A pair of two tables shrinks with both: a sample takes what there is room for.
    return this.#options.scale < 1 ? Math.min(rows, this.#room(node)) : rows
  }

  /** Rows that unique references leave room for. */
  #room(node: TableNode): number {
    let room = Infinity
    for (const [link, mode] of node.keys.links) {
      const group = mode.kind === 'tuple' ? mode.group : mode.kind === 'one-to-one' ? [link] : []
      if (group.length === 0) continue
      const parents = group
        .map((one) => this.#target(node, one))
        .filter((one) => one !== undefined && one !== node)
      room = Math.min(
        room,
        parents.reduce((product, parent) => product * this.rows(parent!), 1),
      )
    }
    return room
  }

  column(node: TableNode, column: Column): ColumnPlan {
    return { column, ...this.#made(node, column) }
  }

  /** The table's columns and relatives, for expressions. */
  scope(node: TableNode): Scope {
    const known = this.#scopes.get(node.key)
    if (known) return known
    const { table, model, key } = node
    const layout = () => this.#layout(node)
    const hasLayout = table.rowCount.kind === 'per' && node.keys.perLink !== undefined
    const scope: Scope = {
      table: table.name,
      columnNames: [...table.columns.keys()],
      now: this.#options.now,
      column: (name) => {
        const column = table.columns.get(name)
        return column && this.#made(node, column).cell
      },
      parent: (name) => {
        const link = table.foreignKeys.find((candidate) => candidate.columns.includes(name))
        const parent = link && this.#target(node, link)
        return parent && { scope: this.scope(parent), row: this.#link(node, link) }
      },
      children: (database, name) =>
        this.#childrenOf(node, this.#nodes.get(`${database ?? model.database}:${name}`)),
      ordinal: hasLayout ? (row) => layout()!.ordinal(row) + 1 : undefined,
      siblings: hasLayout ? (row) => layout()!.count(layout()!.parent(row)) : undefined,
      // Within a column's own expression: the column on top of the stack keeps two expressions apart.
      draw: (lane) => drawFor(this.#options.seed, key, this.#open.at(-1) ?? '', lane),
    }
    this.#scopes.set(key, scope)
    return scope
  }

  #list(node: TableNode): FindingList {
    return this.#lists.get(node.model)!
  }

  #target({ model }: TableNode, link: ForeignKey): TableNode | undefined {
    return this.#nodes.get(`${link.database ?? model.database}:${link.table}`)
  }

  #path(node: TableNode, column: Column): readonly (string | number)[] {
    return [this.#options.seed, node.model.database, node.table.name, column.name]
  }

  // Columns

  #made(node: TableNode, column: Column): MadeCell {
    const id = `${node.key}.${column.name}`
    const known = this.#cells.get(id)
    if (known) return known
    if (this.#open.includes(id))
      throw new PlanProblem(
        'derive-cycle',
        `${column.name} needs itself: ${[...this.#open.slice(this.#open.indexOf(id)), id].map(shortName).join(' → ')}`,
        'Take one of them out of the circle.',
      )
    this.#open.push(id)
    let made: MadeCell
    try {
      made = this.#make(node, column)
    } catch (error) {
      this.#report(node, column, error)
      made = {
        cell: plainCell(NULL, () => null),
        write: (_, at) => at,
        why: 'nothing: it could not be planned',
      }
    } finally {
      this.#open.pop()
    }
    this.#cells.set(id, made)
    return made
  }

  #report(node: TableNode, column: Column, error: unknown): void {
    const list = this.#list(node)
    if (error instanceof Unplanned) return
    if (error instanceof ExpressionError && column.derive)
      list.inText(error.code, column.derive.pointer, error.at, error.message, error.hint)
    else if (error instanceof ExpressionError)
      list.error(error.code, column.generator?.pointer ?? column.pointer, error.message, error.hint)
    else if (error instanceof Refusal)
      list.error(error.code, column.generator?.pointer ?? column.pointer, error.message, error.hint)
    else if (error instanceof PlanProblem)
      list.error(error.code, column.derive?.pointer ?? column.pointer, error.message, error.hint)
    else throw error
  }

  #make(node: TableNode, column: Column): MadeCell {
    const { type } = column
    if (type.unknown) throw new Unplanned()
    const link = node.table.foreignKeys.find((key) => key.columns.includes(column.name))
    if (link) return this.#fromParent(node, column, link)
    if (column.derive) {
      const expression = compileExpression(column.derive.node, this.scope(node))
      const cell = coerced(expression, type)
      const kept = { ...cell, value: remembered(cell.value) }
      return { cell: kept, write: writerOf(kept, type), why: `derive: ${column.derive.source}` }
    }
    const { cell: usual, why } =
      type.kind === 'other' || (type.kind === 'array' && type.element?.kind === 'other')
        ? this.#simple(node, column)
        : this.#generated(node, column)
    const { edgeCases } = this.#options
    const cell =
      edgeCases > 0 && takesEdgeCases(column, node.table)
        ? withEdgeCases(usual, column, edgeCases, this.#path(node, column))
        : usual
    const write = writerOf(cell, type)
    if (column.nullRate === 0) return { cell, write, why }
    const path = this.#path(node, column)
    return {
      ...withNulls(cell, write, column.nullRate, path),
      why: `${why}, NULL in ${Math.round(column.nullRate * 100)} %`,
    }
  }

  /** Types without generators get simple values; what we cannot make is NULL where it may be. */
  #simple(node: TableNode, column: Column): { cell: Cell; why: string } {
    const make = otherValue(column.type)
    if (make) {
      const { before, between } = drawFor(...this.#path(node, column))
      return {
        cell: plainCell(TEXT, (row) => make(mix(row, before, between) >>> 0)),
        why: `a simple ${column.type.text}`,
      }
    }
    if (!column.nullable && column.generatedText === undefined && this.rows(node) > 0)
      throw new PlanProblem(
        'type-without-values',
        `${column.name}: pgmock makes no values of ${column.type.text} yet`,
        'Make the column nullable, or its table empty with "rowCount": 0.',
      )
    const cell = plainCell(NULL, () => null)
    return { cell, why: 'NULL: no values of this type yet' }
  }

  #fromParent(node: TableNode, column: Column, link: ForeignKey): MadeCell {
    const parent = this.#target(node, link)
    const parentColumn = parent?.table.columns.get(link.parentColumns[link.columns.indexOf(column.name)]!)
    if (!parent || !parentColumn) throw new Unplanned()
    const { cell, write } = this.#made(parent, parentColumn)
    const row = this.#link(node, link)
    const mode = node.keys.links.get(link)?.kind ?? 'free'
    const why = `${mode === 'per' ? 'the parent it is laid out under' : mode === 'free' ? 'a parent by popularity' : `a parent, ${mode}`} in ${parent.key}.${parentColumn.name}`
    const value = (at: number) => {
      const from = row(at)
      return from < 0 ? null : cell.value(from)
    }
    const made: Cell = { type: cell.type, maxChars: cell.maxChars, value }
    // The parent's own writer serves if the two columns print alike.
    if (parentColumn.type.kind !== column.type.kind)
      return { cell: made, write: writerOf(made, column.type), why }
    const whenNull = writerOf(
      plainCell(NULL, () => null),
      column.type,
    )
    return {
      cell: made,
      why,
      write: (out, at, child) => {
        const from = row(child)
        return from < 0 ? whenNull(out, at, child) : write(out, at, from)
      },
    }
  }

  #generated(node: TableNode, column: Column): { cell: Cell; why: string } {
    const { type } = column
    const isKey = node.table.primaryKey.length === 1 && node.table.primaryKey[0] === column.name
    const counted = type.serial || column.identity || (isKey && isInteger(type))
    const plain = column.generator === undefined && Object.keys(column.settings).length === 0
    const guess =
      counted && plain
        ? { generator: 'sequence', options: {}, why: 'a counted key' }
        : infer(column, node.table, node.keys.uniqueColumns.has(column.name))
    const why = column.generator
      ? `the generator ${column.generator.name}`
      : `${guess.generator}, by ${guess.why}`
    if (type.kind === 'array' && plain) {
      const element: Column = {
        ...column,
        type: type.element!,
        name: column.name.replace(/s$/, ''),
        nullRate: 0,
      }
      const item = this.#run(node, element, infer(element, node.table), false)
      return {
        cell: arrayOf(item, type.element!, this.#path(node, column)),
        why: `up to four of ${infer(element, node.table).generator}`,
      }
    }
    return {
      cell: this.#run(node, column, guess, this.rows(node) > 0 && node.keys.uniqueColumns.has(column.name)),
      why,
    }
  }

  #run(
    node: TableNode,
    column: Column,
    guess: { generator: string; options: Readonly<Record<string, unknown>> },
    unique: boolean,
  ): Cell {
    const name = column.generator?.name ?? guess.generator
    const generator = generatorNamed(name)
    if (!generator)
      throw new Refusal(
        'unknown-generator',
        `there is no generator "${name}"`,
        didYouMean(name, generators.keys()) ?? '"pgmock generators" lists them.',
      )
    const { type } = column
    if (!generator.fits.includes(type.kind))
      throw new Refusal(
        'generator-type-mismatch',
        `${column.name}: the generator ${name} does not make ${type.text}`,
        `It makes ${generator.fits.join(', ')}.`,
      )
    const path = this.#path(node, column)
    const rows = Math.max(1, this.rows(node))
    const uniqueness = generator.uniqueness ?? 'suffix'
    if (unique && uniqueness === 'never' && rows > 1)
      throw new Refusal(
        'generator-not-unique',
        `${column.name} must be unique, which the generator ${name} cannot promise`,
      )
    const scope = this.scope(node)
    const cell = generator.make(
      generatorContext({
        column,
        type,
        generator,
        path,
        rows,
        unique,
        now: this.#options.now,
        options: checkedOptions(column, generator, column.generator ? {} : guess.options, this.#list(node)),
        named: (word) => this.#named(node, word),
        contextWord: (word) => this.#contextWord(node, word),
        compile: (source) => compileExpression(parseExpression(source), scope),
      }),
    )
    if (unique && uniqueness === 'suffix' && isText(type) && rows > (generator.distinctRows ?? 0))
      return fitted(withSuffix(cell, type, rows, path), type)
    if (unique && type.length !== undefined && cell.maxChars > type.length && Number.isFinite(cell.maxChars))
      throw new Refusal(
        'unique-space-too-small',
        `${column.name}: ${name} needs up to ${cell.maxChars} characters to stay unique, ${type.text} has ${type.length}`,
        `Use varchar(${cell.maxChars}) or text.`,
      )
    return fitted(cell, type)
  }

  /** A word of the table's context, or a column of that name. */
  #named(node: TableNode, word: string): Expression | undefined {
    return this.#contextWord(node, word) ?? this.scope(node).column(word)
  }

  #contextWord(node: TableNode, word: string): Expression | undefined {
    const derived = node.table.context.get(word)
    return derived && this.#expression(node, derived)
  }

  #expression(node: TableNode, derived: Derived): Expression {
    const known = this.#expressions.get(derived)
    if (known) return known
    let made: Expression
    try {
      const { type, value } = compileExpression(derived.node, this.scope(node))
      made = { type, value: remembered(value) }
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      this.#list(node).inText(error.code, derived.pointer, error.at, error.message, error.hint)
      made = { type: NULL, value: () => null }
    }
    this.#expressions.set(derived, made)
    return made
  }

  // Row counts

  #layout(node: TableNode): ChildLayout | undefined {
    const { key, table, keys } = node
    if (this.#layouts.has(key)) return this.#layouts.get(key)
    const { rowCount } = table
    if (rowCount.kind !== 'per') return undefined
    const parent = this.#nodes.get(`${rowCount.database ?? node.model.database}:${rowCount.table}`)
    if (!parent || !keys.perLink) return undefined // a finding of its own: check-references.ts
    const id = `${key}.rowCount`
    if (this.#open.includes(id)) {
      this.#list(node).error(
        'derive-cycle',
        rowCount.pointer,
        `the number of rows of ${table.name} depends on itself`,
      )
      this.#layouts.set(key, undefined)
      return undefined
    }
    this.#open.push(id)
    const draw = drawFor(this.#options.seed, key, 'rowCount')
    const count = rowCount.count ? this.#countOf(parent, rowCount.count) : fanout(rowCount, draw)
    const room = this.#siblingRoom(node)
    const layout = childLayout(
      this.rows(parent),
      room === Infinity ? count : (row) => Math.min(room, count(row)),
    )
    this.#open.pop()
    this.#layouts.set(key, layout)
    return layout
  }

  /** In a sample: how many different parents siblings can still choose from. */
  #siblingRoom(node: TableNode): number {
    if (this.#options.scale >= 1) return Infinity
    const rooms = [...node.keys.links].flatMap(([link, { kind }]) => {
      const parent = this.#target(node, link)
      return kind === 'among-siblings' && parent ? [this.rows(parent)] : []
    })
    return Math.min(Infinity, ...rooms)
  }

  #countOf(parent: TableNode, derived: Derived): (row: number) => number {
    const { type, value } = this.#expression(parent, derived)
    if (type.kind !== 'int' && type.kind !== 'null')
      this.#list(parent).inText(
        'expression-type',
        derived.pointer,
        0,
        `count must give a whole number, not ${type.kind}`,
      )
    return (row) => Math.max(0, Number(value(row) ?? 0))
  }

  // References

  #link(node: TableNode, link: ForeignKey): ParentChoice {
    const known = this.#links.get(link)
    if (known) return known
    const made = this.#nullable(node, link, this.#chosen(node, link))
    this.#links.set(link, made)
    return made
  }

  #chosen(node: TableNode, link: ForeignKey): ParentChoice {
    const parent = this.#target(node, link)
    if (!parent) return () => -1
    const mode = node.keys.links.get(link) ?? { kind: 'free' }
    if (mode.kind === 'per') {
      const layout = this.#layout(node)
      return layout ? (row) => layout.parent(row) : () => -1
    }
    const parents = this.rows(parent)
    const rows = this.rows(node)
    const path = [this.#options.seed, node.key, ...link.columns]
    if (parents === 0) {
      if (rows > 0 && !this.#isNullable(node, link))
        throw new PlanProblem(
          'empty-parent',
          `${parent.key} has no rows for ${node.table.name}.${link.columns.join(', ')} to reference`,
        )
      return () => -1
    }
    switch (mode.kind) {
      case 'one-to-one':
        needRoom(
          rows,
          parents,
          `${node.table.name}.${link.columns.join(', ')}`,
          `${parents} rows of ${parent.key}`,
        )
        return permutation(parents, ...path, 'one to one')
      case 'tuple': {
        const sizes = mode.group.map((one) => this.rows(this.#target(node, one) ?? parent))
        const names = mode.group.flatMap((one) => one.columns).join(', ')
        needRoom(
          rows,
          sizes.reduce((a, b) => a * b, 1),
          `${node.table.name} (${names})`,
          `${sizes.join(' × ')} combinations`,
        )
        return distinctTuples(sizes, [this.#options.seed, node.key, names])[mode.group.indexOf(link)]!
      }
      default:
    }
    const free = this.#free(node, link, parent, parents, path)
    if (mode.kind === 'free') return free
    const layout = this.#layout(node)
    if (!layout) return free
    const given = node.table.rowCount.kind === 'per' ? node.table.rowCount.max : 0
    const most = Math.min(given, this.#siblingRoom(node))
    needRoom(
      most,
      parents,
      `${node.table.name} (${node.keys.perLink!.columns.join(', ')}, ${link.columns.join(', ')})`,
      `${parents} rows of ${parent.key}`,
    )
    return distinctAmongSiblings(free, parents, { first: (row) => layout.start(layout.parent(row)) })
  }

  #free(
    node: TableNode,
    link: ForeignKey,
    parent: TableNode,
    parents: number,
    path: readonly (string | number)[],
  ): ParentChoice {
    if (parent === node) return earlierRow(drawFor(...path, 'parent'))
    const skew = (link.distribution ?? 'skewed') as Skew
    const choice = (lane: string) => popularParent(parents, skew, drawFor(...path, lane), path)
    if (link.existingAt === undefined || link.since === undefined) return choice('parent')
    const at = this.scope(node).column(link.existingAt)
    const since = this.scope(parent).column(link.since)
    if (!at || !since) return choice('parent') // a finding of its own: check-references.ts
    const limit = (row: number) =>
      countNotAbove(parents, (i) => Number(since.value(i)), Number(at.value(row)))
    const choices = Array.from({ length: EXISTING_TRIES }, (_, i) => choice(`parent ${i}`))
    return existingParent(choices, limit, drawFor(...path, 'any'))
  }

  #isNullable({ table }: TableNode, link: ForeignKey): boolean {
    return link.columns.some((name) => table.columns.get(name)?.nullable)
  }

  #nullable(node: TableNode, link: ForeignKey, choice: ParentChoice): ParentChoice {
    const self = this.#target(node, link) === node
    const optional = link.columns
      .map((name) => node.table.columns.get(name)!)
      .filter(({ nullable }) => nullable)
    const rate = Math.max(0, ...optional.map(({ nullRate }) => nullRate))
    const mode = node.keys.links.get(link)?.kind
    if (self && optional.length === 0) return (row) => Math.max(0, choice(row))
    if (rate === 0 || mode === 'per') return choice
    const draw = drawFor(this.#options.seed, node.key, ...link.columns, 'null')
    return (row) => (fraction(draw(row)) < rate ? -1 : choice(row))
  }

  #childrenOf(node: TableNode, child: TableNode | undefined): Children | undefined {
    const links = child?.table.foreignKeys.filter((key) => this.#target(child, key) === node) ?? []
    const link = links.find((key) => key === child!.keys.perLink) ?? links[0]
    if (!child || !link) return undefined
    const known = this.#children.get(link)
    if (known) return known
    const scope = this.scope(child)
    const perParent = link === child.keys.perLink
    let made: Children
    if (perParent) {
      made = {
        scope,
        count: (row) => this.#layout(child)?.count(row) ?? 0,
        at: (row, k) => this.#layout(child)!.start(row) + k,
      }
    } else {
      const index = childrenByParent(() => ({
        parents: this.rows(node),
        rows: this.rows(child),
        parentOf: this.#link(child, link),
      }))
      made = { scope, ...index }
    }
    this.#children.set(link, made)
    return made
  }
}

/** The column has a finding already. */
class Unplanned extends Error {}

function needRoom(rows: number, room: number, what: string, where: string): void {
  if (rows > room)
    throw new PlanProblem(
      'unique-space-too-small',
      `${what} is unique: ${rows} rows do not fit into ${where}`,
      'Lower rowCount, or add rows to the parent.',
    )
}

/** At least one row stays, so that small samples keep every table alive. */
function scaled(rows: number, scale: number): number {
  return rows === 0 || scale === 0 ? 0 : Math.max(1, Math.round(rows * scale))
}

function shortName(id: string): string {
  return id.slice(id.indexOf(':') + 1)
}
