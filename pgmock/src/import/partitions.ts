// How a table is partitioned, and the values a partition takes.

import type { CreateStmt, Node } from 'libpg-query'
import { expressionText, indexExpressionText } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { quoteName, quoteText } from '../formats/names.ts'
import { partitionKey as splitKey } from '../plan/partition-bounds.ts'
import { emptyCatalog, type Catalog, type Table } from './catalog.ts'
import { LeftOut, MAJOR, scopeOf } from './lookup.ts'

/** `RANGE (created_at)`, as pg_get_partkeydef prints it. */
export function partitionKey({ partspec }: CreateStmt, table: Table, catalog: Catalog): string | undefined {
  if (!partspec) return undefined
  const strategy = String(partspec.strategy).replace('PARTITION_STRATEGY_', '')
  const scope = scopeOf(table, catalog)
  const columns = (partspec.partParams ?? []).flatMap((param) => {
    if (!('PartitionElem' in param)) return []
    const { name, expr, collation = [], opclass = [] } = param.PartitionElem
    if (opclass.length > 0)
      throw new LeftOut('sql-left-out', 'a table partitioned with an operator class is left out')
    const text =
      name === undefined || name === '' ? indexExpressionText(expr!, scope) : quoteName(name, MAJOR)
    const names = collation.map(stringOf)
    return [
      names.length === 0 ? text : `${text} COLLATE ${names.map((one) => quoteName(one, MAJOR)).join('.')}`,
    ]
  })
  return `${strategy} (${columns.join(', ')})`
}

export function boundText(bound: CreateStmt['partbound'], parent: Table): string {
  if (!bound || bound.is_default) return 'DEFAULT'
  const types = keyTypes(parent)
  const datum = (node: Node, type: KeyType): string => {
    if ('ColumnRef' in node) return stringOf(node.ColumnRef.fields![0]!).toUpperCase()
    if ('A_Const' in node && node.A_Const.isnull) return 'NULL'
    const number = numberOf(node)
    if (number !== undefined && type && NUMBERS.has(type.bare)) return numberText(number, type.text)
    const text = expressionText(node, scopeOf(undefined, emptyCatalog()), type?.bare)
    return text.replace(/::[a-z][a-z ]*$/, '')
  }
  if (bound.strategy === 'h')
    return `FOR VALUES WITH (modulus ${bound.modulus ?? 0}, remainder ${bound.remainder ?? 0})`
  if (bound.strategy === 'l')
    return `FOR VALUES IN (${(bound.listdatums ?? []).map((one) => datum(one, types[0])).join(', ')})`
  const data = (nodes: readonly Node[] | undefined) =>
    nodes?.map((node, i) => datum(node, types[i])).join(', ')
  return `FOR VALUES FROM (${data(bound.lowerdatums)}) TO (${data(bound.upperdatums)})`
}

type KeyType = { readonly bare: string; readonly text: string } | undefined

/** The type of each column of the key; undefined for expressions. */
function keyTypes({ partitionBy, columns }: Table): readonly KeyType[] {
  const byName = new Map([...columns.values()].map(({ name, type }) => [quoteName(name, MAJOR), type]))
  return splitKey({ partitionBy })?.keys.map((key) => byName.get(key)) ?? []
}

const NUMBERS: ReadonlySet<string> = new Set([
  'bigint',
  'smallint',
  'integer',
  'numeric',
  'real',
  'double precision',
])

/** `5`, `-1.5`; undefined for what is no plain number. */
function numberOf(node: Node): string | undefined {
  if ('A_Expr' in node && node.A_Expr.lexpr === undefined && node.A_Expr.rexpr) {
    const inner = numberOf(node.A_Expr.rexpr)
    return inner === undefined || stringOf(node.A_Expr.name![0]!) !== '-' ? undefined : `-${inner}`
  }
  if (!('A_Const' in node)) return undefined
  const { ival, fval } = node.A_Const
  return fval?.fval ?? (ival ? String(ival.ival ?? 0) : undefined)
}

/** get_const_expr: bare are integers without a sign, and decimals that show their point. */
function numberText(number: string, type: string): string {
  if (type === 'integer') return number.startsWith('-') ? quoteText(number) : number
  const scale = /^numeric\(\d+,(\d+)\)$/.exec(type)?.[1]
  const text = scale === undefined ? number : withScale(number, Number(scale))
  return type.startsWith('numeric') && /^\d[^e]*\./i.test(text) ? text : quoteText(text)
}

/** With as many digits behind the point as the type has; more than that are left as they are. */
function withScale(number: string, scale: number): string {
  const [whole = '', digits = ''] = number.split('.')
  if (!/^-?\d*$/.test(whole) || digits.length > scale) return number
  return scale === 0 ? whole : `${whole}.${digits.padEnd(scale, '0')}`
}
