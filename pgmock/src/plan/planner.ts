// Model → plan: remembers what has been made, and turns what goes wrong on the way into findings at their places.

import type { Finding } from '@specwright/cli/finding.ts'
import { compileExpression } from '../derive/compile.ts'
import { ExpressionError } from '../derive/expression.ts'
import type { Children, Scope } from '../derive/scope.ts'
import { FindingList } from '../schema/finding-list.ts'
import type { Column, Derived, ForeignKey, Model } from '../schema/model.ts'
import { plainCell } from '../values/cell.ts'
import { Refusal, type Expression } from '../values/generator.ts'
import { NULL } from '../values/value-type.ts'
import { remembered } from './cell-shapes.ts'
import type { ChildLayout } from './child-layout.ts'
import { makeColumn } from './make-column.ts'
import type { ParentChoice } from './parent-choice.ts'
import { PlanProblem, type ColumnPlan, type TableNode } from './plan-types.ts'
import {
  Unplanned,
  type MadeCell,
  type PlanOptions,
  type Planning,
  type Routes,
  type TableChecks,
} from './planning.ts'
import { rawColumns } from './raw-columns.ts'
import { linkOf } from './references.ts'
import { rootOf } from './partition-check.ts'
import { partitionRoutes } from './partition-routes.ts'
import { layoutOf, rowsOf } from './row-counts.ts'
import { scopeOf } from './scopes.ts'
import { hasChecks, tableChecks } from './table-checks.ts'

export class Planner implements Planning {
  readonly options: PlanOptions
  readonly nodes: ReadonlyMap<string, TableNode>
  readonly open: string[] = []
  readonly layouts = new Map<string, ChildLayout | undefined>()
  readonly links = new Map<ForeignKey, ParentChoice>()
  readonly scopes = new Map<string, Scope>()
  readonly children = new Map<ForeignKey, Children>()
  readonly #lists = new Map<Model, FindingList>()
  readonly #cells = new Map<string, MadeCell>()
  readonly #told = new Set<TableNode>()
  readonly #routes = new Map<TableNode, Routes | undefined>()
  readonly #checks = new Map<TableNode, TableChecks>()
  readonly #expressions = new Map<Derived, Expression>()

  constructor(nodes: ReadonlyMap<string, TableNode>, options: PlanOptions, add: (finding: Finding) => void) {
    this.nodes = nodes
    this.options = options
    for (const { model } of nodes.values())
      if (!this.#lists.has(model)) this.#lists.set(model, new FindingList(model.file, model, add))
  }

  /** A finding for the first partition of a table that has rows for none of them. */
  tellHomeless(node: TableNode): void {
    const routes = this.routes(node)
    if (!routes) return
    const root = rootOf(node, this)
    if (this.#told.has(root)) return
    this.#told.add(root)
    const lost = routes.homeless()
    if (lost === 0) return
    this.list(root).error(
      'row-without-partition',
      root.table.pointer,
      `${lost} rows of ${root.table.name} belong to none of its partitions`,
      `Add a partition (bound "DEFAULT"), or keep the columns of "partitionBy" within the bounds.`,
    )
  }

  column(node: TableNode, column: Column): ColumnPlan {
    return { column, ...this.made(node, column) }
  }

  rows(node: TableNode): number {
    return rowsOf(this, node)
  }

  checks(node: TableNode): TableChecks | undefined {
    const { sql } = this.options
    if (!sql || !hasChecks(node) || this.routes(node) || this.rows(node) === 0) return undefined
    const known = this.#checks.get(node)
    if (known) return known
    const made = tableChecks({ planning: this, node, sql, ...rawColumns(this, node) })
    this.#checks.set(node, made)
    return made
  }

  routes(node: TableNode): Routes | undefined {
    if (!node.table.partitionOf) return undefined
    const root = rootOf(node, this)
    if (root === node || this.rows(root) === 0) return undefined
    if (this.#routes.has(root)) return this.#routes.get(root)
    let made: Routes | undefined
    try {
      made = partitionRoutes(this, root)
    } catch (error) {
      if (!(error instanceof PlanProblem)) throw error
      this.list(root).error(error.code, root.table.pointer, error.message, error.hint)
    }
    this.#routes.set(root, made)
    return made
  }

  layout(node: TableNode): ChildLayout | undefined {
    return layoutOf(this, node)
  }

  scope(node: TableNode): Scope {
    return scopeOf(this, node)
  }

  link(node: TableNode, link: ForeignKey): ParentChoice {
    return linkOf(this, node, link)
  }

  list(node: TableNode): FindingList {
    return this.#lists.get(node.model)!
  }

  target({ model }: TableNode, link: ForeignKey): TableNode | undefined {
    return this.nodes.get(`${link.database ?? model.database}:${link.table}`)
  }

  path(node: TableNode, column: Column): readonly (string | number)[] {
    return [this.options.seed, node.model.database, node.table.name, column.name]
  }

  made(node: TableNode, column: Column): MadeCell {
    const id = `${node.key}.${column.name}`
    const known = this.#cells.get(id)
    if (known) return known
    if (this.open.includes(id))
      throw new PlanProblem(
        'derive-cycle',
        `${column.name} needs itself: ${[...this.open.slice(this.open.indexOf(id)), id].map(shortName).join(' → ')}`,
        'Take one of them out of the circle.',
      )
    this.open.push(id)
    let made: MadeCell
    try {
      made = makeColumn(this, node, column)
    } catch (error) {
      this.#report(node, column, error)
      made = {
        cell: plainCell(NULL, () => null),
        write: (_, at) => at,
        why: 'nothing: it could not be planned',
      }
    } finally {
      this.open.pop()
    }
    this.#cells.set(id, made)
    return made
  }

  #report(node: TableNode, column: Column, error: unknown): void {
    const list = this.list(node)
    if (error instanceof Unplanned) return
    if (error instanceof ExpressionError && column.derive)
      list.inText(error.code, column.derive.pointer, error.at, error.message, error.hint)
    else if (error instanceof ExpressionError || error instanceof Refusal)
      list.error(error.code, column.generator?.pointer ?? column.pointer, error.message, error.hint)
    else if (error instanceof PlanProblem)
      list.error(error.code, column.derive?.pointer ?? column.pointer, error.message, error.hint)
    else throw error
  }

  expression(node: TableNode, derived: Derived): Expression {
    const known = this.#expressions.get(derived)
    if (known) return known
    let made: Expression
    try {
      const { type, value } = compileExpression(derived.node, this.scope(node))
      made = { type, value: remembered(value) }
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      this.list(node).inText(error.code, derived.pointer, error.at, error.message, error.hint)
      made = { type: NULL, value: () => null }
    }
    this.#expressions.set(derived, made)
    return made
  }
}

function shortName(id: string): string {
  return id.slice(id.indexOf(':') + 1)
}
