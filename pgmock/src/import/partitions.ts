// How a table is partitioned, and the values a partition takes.

import type { CreateStmt, Node } from 'libpg-query'
import { expressionText } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { quoteName } from '../formats/names.ts'
import { emptyCatalog, type Table } from './catalog.ts'
import { LeftOut, MAJOR, scopeOf } from './lookup.ts'

export function partitionKey({ partspec }: CreateStmt): string | undefined {
  if (!partspec) return undefined
  const strategy = String(partspec.strategy).replace('PARTITION_STRATEGY_', '')
  const columns = (partspec.partParams ?? []).map((param) => {
    if ('PartitionElem' in param && param.PartitionElem.name)
      return quoteName(param.PartitionElem.name, MAJOR)
    throw new LeftOut('sql-left-out', 'a table partitioned by an expression is left out')
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
    const text = expressionText(node, scopeOf(undefined, emptyCatalog()), type)
    return text.replace(/::[a-z][a-z ]*$/, '')
  }
  if (bound.strategy === 'h')
    return `FOR VALUES WITH (modulus ${bound.modulus ?? 0}, remainder ${bound.remainder ?? 0})`
  if (bound.strategy === 'l') return `FOR VALUES IN (${(bound.listdatums ?? []).map(datum).join(', ')})`
  return `FOR VALUES FROM (${(bound.lowerdatums ?? []).map(datum).join(', ')}) TO (${(bound.upperdatums ?? []).map(datum).join(', ')})`
}
