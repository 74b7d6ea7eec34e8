import type { Node } from 'libpg-query'
import { stringOf } from './type-name.ts'

/** FigureColname: what a column of a query is called that nobody named. */
export function outputName(node: Node): string {
  return nameOf(node)?.name ?? '?column?'
}

type Found = { readonly name: string; readonly isWeak: boolean }

function nameOf(node: Node): Found | undefined {
  const strong = (name: string): Found => ({ name, isWeak: false })
  if ('ColumnRef' in node) {
    const names = (node.ColumnRef.fields ?? []).filter((field) => 'String' in field).map(stringOf)
    return names.length === 0 ? undefined : strong(names.at(-1)!)
  }
  if ('A_Indirection' in node) {
    const names = (node.A_Indirection.indirection ?? []).filter((step) => 'String' in step).map(stringOf)
    return names.length > 0 ? strong(names.at(-1)!) : nameOf(node.A_Indirection.arg!)
  }
  if ('FuncCall' in node) return strong(stringOf(node.FuncCall.funcname!.at(-1)!))
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? strong('nullif') : undefined
  if ('TypeCast' in node) {
    const inner = node.TypeCast.arg && nameOf(node.TypeCast.arg)
    if (inner && !inner.isWeak) return inner
    const names = node.TypeCast.typeName?.names ?? []
    return names.length === 0 ? inner : { name: stringOf(names.at(-1)!), isWeak: true }
  }
  if ('CollateClause' in node) return nameOf(node.CollateClause.arg!)
  if ('GroupingFunc' in node) return strong('grouping')
  if ('SubLink' in node) return subqueryName(node)
  if ('CaseExpr' in node) {
    const inner = node.CaseExpr.defresult && nameOf(node.CaseExpr.defresult)
    return inner && !inner.isWeak ? inner : { name: 'case', isWeak: true }
  }
  if ('A_ArrayExpr' in node) return strong('array')
  if ('RowExpr' in node) return strong('row')
  if ('CoalesceExpr' in node) return strong('coalesce')
  if ('MinMaxExpr' in node) return strong(node.MinMaxExpr.op === 'IS_GREATEST' ? 'greatest' : 'least')
  if ('SQLValueFunction' in node)
    return strong(String(node.SQLValueFunction.op).replace('SVFOP_', '').replace(/_N$/, '').toLowerCase())
  return undefined
}

function subqueryName({
  SubLink: { subLinkType, subselect },
}: Extract<Node, { SubLink: unknown }>): Found | undefined {
  if (subLinkType === 'EXISTS_SUBLINK') return { name: 'exists', isWeak: false }
  if (subLinkType === 'ARRAY_SUBLINK') return { name: 'array', isWeak: false }
  if (subLinkType !== 'EXPR_SUBLINK' || !subselect || !('SelectStmt' in subselect)) return undefined
  const [first] = subselect.SelectStmt.targetList ?? []
  if (!first || !('ResTarget' in first)) return undefined
  return first.ResTarget.name === undefined
    ? first.ResTarget.val && nameOf(first.ResTarget.val)
    : { name: first.ResTarget.name, isWeak: false }
}
