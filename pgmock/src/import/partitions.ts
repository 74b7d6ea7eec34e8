// How a table is partitioned, and the values a partition takes.

import type { CreateStmt, Node } from 'libpg-query'
import { expressionText, indexExpressionText } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { quoteName, quoteText } from '../formats/names.ts'
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
  const type = [...parent.columns.values()].find(({ name }) =>
    parent.partitionBy?.includes(`(${quoteName(name, MAJOR)}`),
  )?.type.bare
  const datum = (node: Node): string => {
    if ('ColumnRef' in node) return stringOf(node.ColumnRef.fields![0]!).toUpperCase()
    if ('A_Const' in node && node.A_Const.isnull) return 'NULL'
    // A constant stands as its type prints it: only integer does so bare.
    if (
      'A_Const' in node &&
      node.A_Const.ival &&
      type !== undefined &&
      /^(?:bigint|smallint|numeric)$/.test(type)
    )
      return quoteText(String(node.A_Const.ival.ival ?? 0))
    const text = expressionText(node, scopeOf(undefined, emptyCatalog()), type)
    return text.replace(/::[a-z][a-z ]*$/, '')
  }
  if (bound.strategy === 'h')
    return `FOR VALUES WITH (modulus ${bound.modulus ?? 0}, remainder ${bound.remainder ?? 0})`
  if (bound.strategy === 'l') return `FOR VALUES IN (${(bound.listdatums ?? []).map(datum).join(', ')})`
  return `FOR VALUES FROM (${(bound.lowerdatums ?? []).map(datum).join(', ')}) TO (${(bound.upperdatums ?? []).map(datum).join(', ')})`
}
