// Functions in SQL that return one expression: a check that calls them means that expression.

import type { Node } from 'libpg-query'
import type { TextObject } from '../schema/model.ts'
import type { SqlParser } from './sql-parser.ts'

type Body = { readonly node: Node; readonly names: readonly string[] }

const known = new WeakMap<TextObject, Body | undefined>()

/** By local name; undefined when it is another language's, or more than one SELECT of one expression. */
export function sqlFunction(name: string, objects: readonly TextObject[], sql: SqlParser): Body | undefined {
  const object = objects.find((one) => one.kind === 'FUNCTION' && localName(one.name) === name)
  if (!object) return undefined
  if (!known.has(object)) known.set(object, bodyOf(object, sql))
  return known.get(object)
}

function localName(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/\(.*$/s, '')
    .replaceAll('"', '')
}

function bodyOf({ sql: text }: TextObject, sql: SqlParser): Body | undefined {
  const create = sql.statements(text).find((node) => 'CreateFunctionStmt' in node)
  if (!create || !('CreateFunctionStmt' in create)) return undefined
  const { options = [], parameters = [], sql_body: body } = create.CreateFunctionStmt
  const names = parameters.map((one) =>
    'FunctionParameter' in one ? (one.FunctionParameter.name ?? '') : '',
  )
  if (body && 'ReturnStmt' in body && body.ReturnStmt.returnval)
    return { node: body.ReturnStmt.returnval, names }
  const option = (name: string): Node | undefined =>
    options.flatMap((one) =>
      'DefElem' in one && one.DefElem.defname === name ? (one.DefElem.arg ?? []) : [],
    )[0]
  const language = option('language')
  if (!language || !('String' in language) || language.String.sval?.toLowerCase() !== 'sql') return undefined
  const as = option('as')
  const source = as && 'List' in as ? as.List.items?.[0] : undefined
  if (!source || !('String' in source)) return undefined
  const statements = sql.statements(source.String.sval ?? '')
  const [select] = statements
  if (statements.length !== 1 || !select || !('SelectStmt' in select)) return undefined
  const { targetList = [], fromClause, whereClause } = select.SelectStmt
  const [target] = targetList
  if (targetList.length !== 1 || fromClause || whereClause || !target || !('ResTarget' in target))
    return undefined
  return target.ResTarget.val && { node: target.ResTarget.val, names }
}
