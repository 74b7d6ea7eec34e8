// CREATE FUNCTION and PROCEDURE as pg_dump prints them.

import type { CreateFunctionStmt, DefElem, FunctionParameter } from 'libpg-query'
import { defaultText, expressionText, type ExpressionScope } from '../deparse/expression.ts'
import { namedType, stringOf } from '../deparse/type-name.ts'
import { quoteName, quoteText } from '../formats/names.ts'
import type { Catalog, TextObject } from './catalog.ts'
import { createdName } from './lookup.ts'
import { full, plainObject } from './printed-names.ts'
import { usedBy } from './uses.ts'

const MODES: Readonly<Record<string, string>> = {
  FUNC_PARAM_OUT: 'OUT ',
  FUNC_PARAM_INOUT: 'INOUT ',
  FUNC_PARAM_VARIADIC: 'VARIADIC ',
}

/** undefined: a body of several statements in the standard's form, which the server reprints. */
export function functionObject(
  statement: CreateFunctionStmt,
  text: string,
  catalog: Catalog,
  scope: ExpressionScope,
): TextObject | undefined {
  const { funcname = [], parameters = [], returnType, is_procedure: isProcedure } = statement
  const name = createdName(funcname, catalog)
  const all = parameters.flatMap((node) => ('FunctionParameter' in node ? [node.FunctionParameter] : []))
  const given = all.filter(({ mode }) => mode !== 'FUNC_PARAM_TABLE')
  const argument = ({ name: own, argType, mode }: FunctionParameter) =>
    `${MODES[String(mode)] ?? (isProcedure ? 'IN ' : '')}${own ? `${quoteName(own, scope.major)} ` : ''}${printed(argType!, scope)}`
  const argumentWithDefault = (one: FunctionParameter) =>
    one.defexpr
      ? `${argument(one)} DEFAULT ${defaultText(one.defexpr, scope, bareType(one.argType!, scope))}`
      : argument(one)
  const kind = isProcedure ? 'PROCEDURE' : 'FUNCTION'
  // As pg_dump wrote it: better than what we can print.
  const asDumped = /^CREATE (?:FUNCTION|PROCEDURE) (?:"[^"]+"|\w+)\.[^\n]*\n    LANGUAGE /.test(text)
  const settings = settingsOf(statement)
  const body = asDumped ? '' : bodyText(statement, settings, given, scope)
  if (body === undefined) return undefined
  const result = resultText(all, returnType, argument, scope)
  const sql = [
    `CREATE ${kind} ${full(name)}(${given.map(argumentWithDefault).join(', ')})`,
    isProcedure || result === undefined ? '' : ` RETURNS ${result}`,
    `\n    LANGUAGE ${quoteName(word(settings.get('language')?.[0]) || 'sql', scope.major)}`,
    attributes(settings),
    `\n    ${body};`,
  ].join('')
  const inputs = given.filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' || isProcedure)
  return plainObject(kind, name, asDumped ? `${text};` : sql, {
    tag: `${name.name}(${inputs.map(({ argType }) => printed(argType!, scope)).join(', ')})`,
    drop: `${kind} ${full(name)}(${given.map(argument).join(', ')})`,
    uses: usedBy([...parameters, { TypeName: returnType }, statement.sql_body], catalog),
    returns: returnType ? bareType(returnType, scope) : 'record',
  })
}

function printed(type: Parameters<typeof namedType>[0], scope: ExpressionScope): string {
  return `${type.setof ? 'SETOF ' : ''}${namedType(type, scope.major, scope.typeSchema).text}`
}

function bareType(type: Parameters<typeof namedType>[0], scope: ExpressionScope): string {
  return namedType(type, scope.major, scope.typeSchema).bare
}

function settingsOf({ options = [] }: CreateFunctionStmt): ReadonlyMap<string, readonly DefElem[]> {
  const settings = new Map<string, DefElem[]>()
  for (const node of options) {
    if (!('DefElem' in node)) continue
    const { defname = '' } = node.DefElem
    settings.set(defname, [...(settings.get(defname) ?? []), node.DefElem])
  }
  return settings
}

/** `AS $$…$$`, or the `RETURN …` of the standard, whose names are those of the arguments. */
function bodyText(
  { sql_body: standard, returnType }: CreateFunctionStmt,
  settings: ReadonlyMap<string, readonly DefElem[]>,
  given: readonly FunctionParameter[],
  scope: ExpressionScope,
): string | undefined {
  const body = settings.get('as')?.[0]?.arg
  if (body && 'List' in body)
    return `AS ${(body.List.items ?? []).map((item) => dollarQuoted(stringOf(item))).join(', ')}`
  if (!standard || !('ReturnStmt' in standard) || !standard.ReturnStmt.returnval) return undefined
  const argument = (name: string) => given.find((one) => one.name === name)?.argType
  const inside: ExpressionScope = {
    ...scope,
    column: (name) => {
      const type = argument(name)
      return type && bareType(type, scope)
    },
    fullType: () => undefined,
  }
  const wanted = returnType && !returnType.setof ? bareType(returnType, scope) : undefined
  return `RETURN ${expressionText(standard.ReturnStmt.returnval, inside, wanted)}`
}

function resultText(
  all: readonly FunctionParameter[],
  returnType: CreateFunctionStmt['returnType'],
  argument: (one: FunctionParameter) => string,
  scope: ExpressionScope,
): string | undefined {
  const columns = all.filter(({ mode }) => mode === 'FUNC_PARAM_TABLE')
  if (columns.length > 0) return `TABLE(${columns.map(argument).join(', ')})`
  if (returnType) return printed(returnType, scope)
  const out = all.filter(({ mode }) => mode === 'FUNC_PARAM_OUT' || mode === 'FUNC_PARAM_INOUT')
  return out.length > 1 ? 'record' : out[0] && printed(out[0].argType!, scope)
}

function word(element: DefElem | undefined): string {
  return element?.arg ? stringOf(element.arg) : ''
}

/** Behind the language, in pg_dump's order. */
function attributes(settings: ReadonlyMap<string, readonly DefElem[]>): string {
  const isTrue = (name: string) => {
    const arg = settings.get(name)?.[0]?.arg
    return arg !== undefined && 'Boolean' in arg && arg.Boolean.boolval === true
  }
  const isNative = ['c', 'internal'].includes(word(settings.get('language')?.[0]).toLowerCase())
  const usual = { cost: isNative ? 1 : 100, rows: 1000 }
  const volatility = word(settings.get('volatility')?.[0]).toUpperCase()
  const parallel = word(settings.get('parallel')?.[0]).toUpperCase()
  return [
    volatility === '' || volatility === 'VOLATILE' ? '' : ` ${volatility}`,
    isTrue('strict') ? ' STRICT' : '',
    isTrue('security') ? ' SECURITY DEFINER' : '',
    isTrue('leakproof') ? ' LEAKPROOF' : '',
    ...(['cost', 'rows'] as const).map((name) => {
      const arg = settings.get(name)?.[0]?.arg
      const value = arg && 'Integer' in arg ? arg.Integer.ival : undefined
      return value === undefined || value === usual[name] ? '' : ` ${name.toUpperCase()} ${value}`
    }),
    parallel === '' || parallel === 'UNSAFE' ? '' : ` PARALLEL ${parallel}`,
    ...(settings.get('set') ?? []).map(configured),
  ].join('')
}

function configured({ arg }: DefElem): string {
  if (!arg || !('VariableSetStmt' in arg)) return ''
  const { name = '', args = [] } = arg.VariableSetStmt
  const values = args.flatMap((value) =>
    'A_Const' in value ? [value.A_Const.sval?.sval ?? String(value.A_Const.ival?.ival ?? 0)] : [],
  )
  return `\n    SET ${quoteName(name, 18)} TO ${values.map(quoteText).join(', ')}`
}

/** appendStringLiteralDQ: the delimiter grows until the body does not hold it. */
function dollarQuoted(body: string): string {
  let delimiter = '$'
  const suffixes = '_XXXXXXX'
  for (let i = 0; body.includes(delimiter); i++) delimiter += suffixes[i % suffixes.length]!
  return `${delimiter}$${body}${delimiter}$`
}
