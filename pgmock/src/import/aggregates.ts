import type { DefineStmt, Node } from 'libpg-query'
import { namedType, stringOf } from '../deparse/type-name.ts'
import { quoteText } from '../formats/names.ts'
import type { Catalog, TextObject } from './catalog.ts'
import { createdName, LeftOut, MAJOR, scopeOf } from './lookup.ts'
import { optionText } from './options.ts'
import { calledFunction, full, functionUse, plainObject } from './printed-names.ts'

/** In the order of dumpAgg; `f`: a function, `t`: a type, `v`: a value, `w`: a word, `!`: a switch. */
const PARTS = [
  ['sfunc', 'f'],
  ['stype', 't'],
  ['sspace', 'w'],
  ['initcond', 'v'],
  ['finalfunc', 'f'],
  ['finalfunc_extra', '!'],
  ['combinefunc', 'f'],
  ['serialfunc', 'f'],
  ['deserialfunc', 'f'],
  ['msfunc', 'f'],
  ['minvfunc', 'f'],
  ['mstype', 't'],
  ['msspace', 'w'],
  ['mfinalfunc', 'f'],
  ['mfinalfunc_extra', '!'],
  ['minitcond', 'v'],
  ['sortop', 'o'],
  ['parallel', 'p'],
] as const

export function aggregate(statement: DefineStmt, catalog: Catalog): TextObject {
  const name = createdName(statement.defnames ?? [], catalog)
  const scope = scopeOf(undefined, catalog)
  const [list, direct] = statement.args ?? []
  if (statement.oldstyle || (direct && 'Integer' in direct && (direct.Integer.ival ?? 0) >= 0))
    throw new LeftOut('sql-left-out', `aggregate ${name.name} with ORDER BY or BASETYPE is left out`)
  const types = (list && 'List' in list ? (list.List.items ?? []) : []).flatMap((node) =>
    'FunctionParameter' in node && node.FunctionParameter.argType
      ? [namedType(node.FunctionParameter.argType, MAJOR, scope.typeSchema).text]
      : [],
  )
  const given = new Map(
    (statement.definition ?? []).flatMap((node) =>
      'DefElem' in node ? [[(node.DefElem.defname ?? '').toLowerCase(), node.DefElem.arg] as const] : [],
    ),
  )
  const known: ReadonlySet<string> = new Set(PARTS.map(([part]) => part))
  const other = [...given.keys()].find((key) => !known.has(key))
  if (other !== undefined)
    throw new LeftOut('sql-left-out', `aggregate ${name.name}: ${other} is not known; it is left out`)
  const lines = PARTS.flatMap(([part, kind]) => {
    const arg = given.get(part)
    if (!arg) return []
    if (kind === '!') return [`    ${part.toUpperCase()}`]
    if (kind === 'p' && optionText({ arg }).toLowerCase() === 'unsafe') return []
    return [`    ${part.toUpperCase()} = ${valueOf(arg, kind)}`]
  })

  function valueOf(arg: Node, kind: string): string {
    if (kind === 'v') return quoteText(optionText({ arg }))
    if (kind === 't' && 'TypeName' in arg) return namedType(arg.TypeName, MAJOR, scope.typeSchema).text
    if (kind === 'f') return calledFunction(namesOf(arg), catalog)
    if (kind === 'o') return operatorName(namesOf(arg))
    return optionText({ arg }).toLowerCase()
  }

  const signature = `(${types.length === 0 ? '*' : types.join(', ')})`
  const state = given.get('stype')
  return plainObject(
    'AGGREGATE',
    name,
    `CREATE AGGREGATE ${full(name)}${signature} (\n${lines.join(',\n')}\n);`,
    {
      tag: `${name.name}${signature}`,
      drop: `AGGREGATE ${full(name)}${signature}`,
      uses: PARTS.flatMap(([part, kind]) => {
        const arg = given.get(part)
        return arg && kind === 'f' ? functionUse(namesOf(arg), catalog) : []
      }),
      returns:
        state && 'TypeName' in state ? namedType(state.TypeName, MAJOR, scope.typeSchema).bare : undefined,
    },
  )
}

function namesOf(arg: Node): Node[] {
  if ('TypeName' in arg) return arg.TypeName.names ?? []
  return 'List' in arg ? (arg.List.items ?? []) : [arg]
}

function operatorName(names: readonly Node[]): string {
  const parts = names.map(stringOf)
  return `OPERATOR(${parts.length > 1 ? parts.at(-2) : 'pg_catalog'}.${parts.at(-1)})`
}
