// ORDER BY outside of a query's own: in aggregates and windows, where names and numbers stand for themselves.

import type { Node, SortBy } from 'libpg-query'
import { analyze } from './analyze-expression.ts'
import { known } from './settle.ts'
import { Unprintable, type Context } from './scope.ts'
import { stringOf } from './type-name.ts'
import type { SortItem, Typed } from './typed.ts'

export function sortItems(nodes: readonly Node[], context: Context): SortItem[] {
  return nodes.map((node) => {
    if (!('SortBy' in node)) throw new Unprintable(Object.keys(node)[0])
    return sortItem(node.SortBy, known(analyze(node.SortBy.node!, context), context), undefined)
  })
}

export function sortItem(
  { sortby_dir: direction, sortby_nulls: nulls, useOp = [] }: SortBy,
  expression: Typed,
  place: number | undefined,
): SortItem {
  const operator = useOp.map(stringOf).at(-1)
  if (direction === 'SORTBY_USING' && operator !== '<' && operator !== '>')
    throw new Unprintable('ORDER BY USING')
  return {
    expression,
    descending: direction === 'SORTBY_DESC' || operator === '>',
    nulls: nulls === 'SORTBY_NULLS_FIRST' ? 'first' : nulls === 'SORTBY_NULLS_LAST' ? 'last' : undefined,
    place,
  }
}
