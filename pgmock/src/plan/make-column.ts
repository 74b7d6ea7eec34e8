// One column of a table → the cell that makes its values: from its parent, an expression, or a generator.

import { didYouMean } from '@specwright/cli/nearest.ts'
import { drawFor, mix } from '../bytes/hash.ts'
import { compileExpression } from '../derive/compile.ts'
import { parseExpression } from '../derive/parse.ts'
import type { Column } from '../schema/model.ts'
import { isInteger, isText } from '../schema/pg-type.ts'
import { plainCell, writerOf, type Cell } from '../values/cell.ts'
import { Refusal, type Expression } from '../values/generator.ts'
import { generatorNamed, generators } from '../values/registry.ts'
import { pluginKey } from '../plugins/plugin-key.ts'
import { NULL, TEXT, valueTypeOf } from '../values/value-type.ts'
import { hintedGuess, limited, shaped } from './apply-hints.ts'
import { arrayOf, coerced, fitted, remembered, withNulls, withSuffix } from './cell-shapes.ts'
import { checkedOptions } from './check-options.ts'
import { takesEdgeCases, withEdgeCases } from './edge-cases.ts'
import { generatorContext } from './generator-context.ts'
import { infer } from './infer.ts'
import { otherValue } from './other-values.ts'
import { digitDomain, tile, tileText } from './digit-domain.ts'
import { digitOf } from './tuples.ts'
import { ownerOf } from './link-owners.ts'
import { rootOf } from './partition-check.ts'
import { PlanProblem, type TableNode } from './plan-types.ts'
import { Unplanned, type MadeCell, type Planning, type Routes } from './planning.ts'
import { fromParent } from './references.ts'

export function makeColumn(planning: Planning, node: TableNode, column: Column): MadeCell {
  if (column.type.unknown) throw new Unplanned()
  const routes = planning.routes(node)
  if (routes) return fromRoot(planning, node, column, routes)
  const cell = planning.checks(node)?.cell(column)
  if (!cell) return makeRaw(planning, node, column)
  return { cell, write: writerOf(cell, column.type), why: planning.checks(node)!.why(column) }
}

/** A partition's row is a row of the table it is a part of. */
function fromRoot(planning: Planning, node: TableNode, column: Column, routes: Routes): MadeCell {
  const root = rootOf(node, planning)
  const of = root.table.columns.get(column.name)
  if (!of) throw new Unplanned()
  const { cell, write } = planning.made(root, of)
  const at = routes.at(node)
  return {
    cell: { type: cell.type, maxChars: cell.maxChars, value: (row) => cell.value(at(row)) },
    write: (out, position, row) => write(out, position, at(row)),
    why: `the rows of ${root.table.name} that belong here`,
  }
}

/** Without regard to checks that several columns share. */
export function makeRaw(planning: Planning, node: TableNode, column: Column): MadeCell {
  const { type } = column
  const link = ownerOf(node, column.name)
  if (link) return fromParent(planning, node, column, link)
  if (column.derive) {
    const expression = compileExpression(column.derive.node, planning.scope(node))
    const cell = coerced(expression, type)
    const kept = { ...cell, value: remembered(cell.value) }
    return { cell: kept, write: writerOf(kept, type), why: `derive: ${column.derive.source}` }
  }
  // Without asking a generator, which might have no room for so many.
  if (column.nullRate === 1 && !node.keys.neverNull.has(column.name))
    return { cell: NOTHING, write: writerOf(NOTHING, type), why: 'NULL in all rows' }
  const counted = digitCell(planning, node, column)
  const { cell: usual, why } =
    counted ??
    (!column.generator && (type.kind === 'other' || (type.kind === 'array' && type.element?.kind === 'other'))
      ? simple(planning, node, column)
      : generated(planning, node, column))
  const { edgeCases } = planning.options
  const cell =
    edgeCases > 0 && takesEdgeCases(node, column, node.table)
      ? withEdgeCases(usual, column, edgeCases, planning.path(node, column))
      : usual
  const write = writerOf(cell, type)
  if (column.nullRate === 0 || node.keys.neverNull.has(column.name)) return { cell, write, why }
  const path = planning.path(node, column)
  return {
    ...withNulls(cell, write, column.nullRate, path),
    why: `${why}, NULL in ${Math.round(column.nullRate * 100)} %`,
  }
}

const NOTHING = plainCell(NULL, () => null)

/** A column that tells rows apart together with others counts through its values. */
function digitCell(
  planning: Planning,
  node: TableNode,
  column: Column,
): { cell: Cell; why: string } | undefined {
  const found = node.keys.digits.get(column.name)
  if (!found || planning.rows(node) === 0) return undefined
  const { group, digit, part } = found
  const { type } = column
  const { now } = planning.options
  const index = digitOf(planning, node, group, digit)
  const size = planning.rows(node)
  if (part === 'value') {
    const { valueAt } = digitDomain(planning, node, column)
    return {
      cell: plainCell(valueTypeOf(type), (row) => valueAt(index(row), size)),
      why: 'a digit of a unique combination',
    }
  }
  const why = 'a stretch of its own, for an exclusion constraint'
  if (part === 'tile') {
    const text = tileText(type, now)!
    return { cell: plainCell(TEXT, (row) => text(index(row), size)), why }
  }
  const kind = type.kind === 'date' ? 'day' : isInteger(type) ? 'number' : 'time'
  return { cell: plainCell(valueTypeOf(type), (row) => tile(index(row), size, kind, now)[part]), why }
}

/** Types without generators get simple values; what we cannot make is NULL where it may be. */
function simple(planning: Planning, node: TableNode, column: Column): { cell: Cell; why: string } {
  const make = otherValue(column.type)
  if (make) {
    const { before, between } = drawFor(...planning.path(node, column))
    return {
      cell: plainCell(TEXT, (row) => make(mix(row, before, between) >>> 0)),
      why: `a simple ${column.type.text}`,
    }
  }
  if (!column.nullable && column.generatedText === undefined && planning.rows(node) > 0)
    throw new PlanProblem(
      'type-without-values',
      `${column.name}: pgmock makes no values of ${column.type.text} yet`,
      'Make the column nullable, or its table empty with "rowCount": 0.',
    )
  return { cell: NOTHING, why: 'NULL: no values of this type yet' }
}

function generated(planning: Planning, node: TableNode, column: Column): { cell: Cell; why: string } {
  const { type } = column
  const isKey = node.table.primaryKey.length === 1 && node.table.primaryKey[0] === column.name
  const counted = type.serial || column.identity || (isKey && isInteger(type))
  const plain = column.generator === undefined && Object.keys(column.settings).length === 0
  const first =
    counted && plain
      ? { generator: 'sequence', options: {}, why: 'a counted key' }
      : infer(column, node.table, node.keys.uniqueColumns.has(column.name))
  const hints = planning.checks(node)?.hints(column) ?? {}
  const guess = hintedGuess(first, column, hints, node.keys.uniqueColumns.has(column.name))
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
    const item = run(planning, node, element, infer(element, node.table), false)
    return {
      cell: arrayOf(item, type.element!, planning.path(node, column)),
      why: `up to four of ${infer(element, node.table).generator}`,
    }
  }
  return {
    cell: run(
      planning,
      node,
      column,
      guess,
      planning.rows(node) > 0 && node.keys.uniqueColumns.has(column.name),
    ),
    why,
  }
}

function run(
  planning: Planning,
  node: TableNode,
  column: Column,
  guess: { generator: string; options: Readonly<Record<string, unknown>> },
  unique: boolean,
): Cell {
  const name = column.generator?.name ?? guess.generator
  const generator = generatorNamed(name) ?? planning.options.plugins?.get(pluginKey(node.model.file, name))
  if (!generator)
    throw new Refusal(
      'unknown-generator',
      `there is no generator "${name}"`,
      didYouMean(name, generators.keys()) ?? '"pgmock generators" lists them.',
    )
  const hints = planning.checks(node)?.hints(column) ?? {}
  const type = limited(column.type, hints)
  if (!generator.fits.includes(type.kind))
    throw new Refusal(
      'generator-type-mismatch',
      `${column.name}: the generator ${name} does not make ${type.text}`,
      `It makes ${generator.fits.join(', ')}.`,
    )
  const path = planning.path(node, column)
  const rows = Math.max(1, planning.rows(node))
  const uniqueness = generator.uniqueness ?? 'suffix'
  if (unique && uniqueness === 'never' && rows > 1)
    throw new Refusal(
      'generator-not-unique',
      `${column.name} must be unique, which the generator ${name} cannot promise`,
    )
  const scope = planning.scope(node)
  const made = generator.make(
    generatorContext({
      column,
      type,
      generator,
      path,
      rows,
      unique,
      now: planning.options.now,
      options: checkedOptions(column, generator, column.generator ? {} : guess.options, planning.list(node)),
      named: (word) => named(planning, node, word),
      contextWord: (word) => contextWord(planning, node, word),
      compile: (source) => compileExpression(parseExpression(source), scope),
    }),
  )
  const cell = shaped(made, hints)
  if (unique && uniqueness === 'suffix' && isText(type) && rows > (generator.distinctRows ?? 0))
    return fitted(withSuffix(cell, type, rows, path), type)
  if (unique && type.length !== undefined && cell.maxChars > type.length && Number.isFinite(cell.maxChars)) {
    // What the name suggested is too long: its beginning and a number will do.
    if (!column.generator && isText(type)) return fitted(withSuffix(cell, type, rows, path), type)
    throw new Refusal(
      'unique-space-too-small',
      `${column.name}: ${name} needs up to ${cell.maxChars} characters to stay unique, ${type.text} has ${type.length}`,
      `Use varchar(${cell.maxChars}) or text.`,
    )
  }
  return fitted(cell, type)
}

/** A word of the table's context, or a column of that name. */
function named(planning: Planning, node: TableNode, word: string): Expression | undefined {
  return contextWord(planning, node, word) ?? planning.scope(node).column(word)
}

function contextWord(planning: Planning, node: TableNode, word: string): Expression | undefined {
  const derived = node.table.context.get(word)
  return derived && planning.expression(node, derived)
}
