// Aggregates look at the children of a row: rows of another table that reference it.

import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Expression } from '../values/generator.ts'
import { plainText } from '../formats/value-text.ts'
import { decimal, INT, JSON_TEXT, scaleOf, TEXT, type Value } from '../values/value-type.ts'
import { isNumeric, rounded } from './arithmetic.ts'
import { ExpressionError, type Node } from './expression.ts'
import { followed } from './follow.ts'
import { jsonOf } from './json-value.ts'
import type { Children, Scope } from './scope.ts'

export const aggregates: ReadonlySet<string> = new Set([
  'sum',
  'count',
  'avg',
  'min',
  'max',
  'first',
  'last',
  'json_agg',
  'string_agg',
  'nth',
])

type Compile = (node: Node, scope: Scope) => Expression
type Call = Node & { readonly kind: 'call' }
type Found = {
  readonly children: Children
  readonly column: string | undefined
  readonly owner: (row: number) => number
}

export function compileAggregate(node: Call, scope: Scope, compile: Compile): Expression {
  const found = children(node, scope)
  const { name, args, at } = node
  if (name === 'count') {
    expectArguments(
      args.length === 1 && found.column === undefined,
      at,
      'count takes a table: count(order_lines)',
    )
    return { type: INT, value: each(found, (row) => found.children.count(row)) }
  }
  if (name === 'json_agg') {
    expectArguments(
      args.length === 2 && found.column === undefined,
      at,
      'json_agg takes a table and a value: json_agg(order_lines, {sku: sku})',
    )
    const item = jsonOf(compile(args[1]!, found.children.scope))
    return { type: JSON_TEXT, value: joined(found, item, (texts) => `[${texts.join(', ')}]`) }
  }
  const column = childColumn(found, name, at)
  if (name === 'string_agg') {
    const separator = args[1]
    expectArguments(
      args.length === 2 && separator?.kind === 'text',
      at,
      "string_agg takes a column and a separator: string_agg(order_lines.sku, ', ')",
    )
    const between = separator?.kind === 'text' ? separator.value : ''
    return {
      type: TEXT,
      value: joined(
        found,
        (row) => textOrNull(column, row),
        (texts) => (texts.length === 0 ? null : texts.join(between)),
      ),
    }
  }
  if (name === 'nth') {
    expectArguments(args.length === 2, at, 'nth takes a column and a place: nth(seller_id.products.sku, 3)')
    const place = compile(args[1]!, scope)
    const { count, at: child } = found.children
    // Places beyond the end begin again, so that any number picks a child.
    const pick = (owner: number, place: number) =>
      child(owner, (((place - 1) % count(owner)) + count(owner)) % count(owner))
    return {
      type: column.type,
      value: (row): Value => {
        const owner = found.owner(row)
        const is = place.value(row)
        return owner < 0 || is === null || count(owner) === 0
          ? null
          : column.value(pick(owner, Math.floor(Number(is))))
      },
    }
  }
  expectArguments(args.length === 1, at, `${name} takes one column: ${name}(order_lines.total)`)
  return folded(name, found, column, at)
}

function expectArguments(holds: boolean, at: number, message: string): void {
  if (!holds) throw new ExpressionError('expression-type', at, message)
}

/** `order_lines.total`, `order_id.order_lines.total`, `review:reviews.rating`. */
function children({ args, name }: Call, scope: Scope): Found {
  const path = args[0]
  if (path?.kind !== 'path')
    throw new ExpressionError('expression-type', args[0]?.at ?? 0, `${name} needs a table`)
  const takesTable = name === 'count' || name === 'json_agg'
  const steps = path.parts.slice(0, takesTable ? -1 : -2)
  const table = path.parts.at(takesTable ? -1 : -2)
  if (table === undefined)
    throw new ExpressionError(
      'expression-type',
      path.at,
      `${name} needs a table and a column: ${name}(order_lines.total)`,
    )
  const { owner, rowOf } = followed(steps, scope, path.at)
  const found = owner.children(path.database, table)
  if (!found) {
    const full = path.database === undefined ? table : `${path.database}:${table}`
    throw new ExpressionError(
      'no-children',
      path.at,
      `no table "${full}" references ${owner.table}`,
      didYouMean(table, owner.columnNames) ?? `Give a column of ${full} "references": "${owner.table}.…".`,
    )
  }
  return {
    children: found,
    column: takesTable ? undefined : path.parts.at(-1),
    owner: rowOf ?? ((row) => row),
  }
}

function childColumn({ children: { scope }, column }: Found, name: string, at: number): Expression {
  const found = scope.column(column!)
  if (!found)
    throw new ExpressionError(
      'unknown-name',
      at,
      `${name}: table ${scope.table} has no column "${column}"`,
      didYouMean(column!, scope.columnNames),
    )
  return found
}

function each<T extends Value>({ owner }: Found, of: (row: number) => T): (row: number) => T | null {
  return (row) => {
    const at = owner(row)
    return at < 0 ? null : of(at)
  }
}

function joined(
  found: Found,
  item: (row: number) => string | null,
  finish: (texts: readonly string[]) => string | null,
): (row: number) => string | null {
  const { count, at } = found.children
  return each(found, (row): string | null => {
    const texts: string[] = []
    for (let k = 0, n = count(row); k < n; k++) {
      const text = item(at(row, k))
      if (text !== null) texts.push(text)
    }
    return finish(texts)
  })
}

function textOrNull({ type, value }: Expression, row: number): string | null {
  const is = value(row)
  return is === null ? null : plainText(is, type)
}

/** An empty sum is 0: totals of an order without lines are zero, not unknown. The others are NULL. */
function folded(name: string, found: Found, { type, value }: Expression, at: number): Expression {
  const { count, at: child } = found.children
  switch (name) {
    case 'sum':
    case 'avg': {
      if (!isNumeric(type) && type.kind !== 'interval' && type.kind !== 'null')
        throw new ExpressionError('expression-type', at, `${name} needs numbers, not ${type.kind}`)
      const sum = each(found, (row) => {
        let total = 0
        for (let k = 0, n = count(row); k < n; k++) total += Number(value(child(row, k)) ?? 0)
        return total
      })
      if (name === 'sum') return { type, value: sum }
      const exact = type.kind === 'int' || type.kind === 'decimal'
      const scale = Math.max(scaleOf(type), 4)
      const power = exact ? 10 ** (scale - scaleOf(type)) : 1
      return {
        type: exact ? decimal(scale) : type,
        value: each(found, (row): number | null => {
          let [total, seen] = [0, 0]
          for (let k = 0, n = count(row); k < n; k++) {
            const is = value(child(row, k))
            if (is === null) continue
            total += Number(is)
            seen++
          }
          if (seen === 0) return null
          if (!exact) return total / seen
          return rounded((total / seen) * power)
        }),
      }
    }
    case 'first':
      return { type, value: each(found, (row): Value => (count(row) === 0 ? null : value(child(row, 0)))) }
    case 'last':
      return {
        type,
        value: each(found, (row): Value => (count(row) === 0 ? null : value(child(row, count(row) - 1)))),
      }
    default: {
      const better = name === 'min' ? (a: Value, b: Value) => a! < b! : (a: Value, b: Value) => a! > b!
      return {
        type,
        value: each(found, (row): Value => {
          let best: Value = null
          for (let k = 0, n = count(row); k < n; k++) {
            const is = value(child(row, k))
            if (is !== null && (best === null || better(is, best))) best = is
          }
          return best
        }),
      }
    }
  }
}
