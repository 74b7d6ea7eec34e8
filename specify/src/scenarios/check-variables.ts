import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Entry, Expr, Filter, JsonPiece, Literal, Place, Template } from './hurl/model.ts'
import { plainText } from './hurl/model.ts'
import { functions } from './hurl/vocabulary.ts'
import { problem, type ScenarioProblem } from './problem.ts'

/** Variables used before anything has set them. `known` grows by the captures of the entries, in their order. */
export function checkVariables(entries: readonly Entry[], known: Set<string>): ScenarioProblem[] {
  return entries.flatMap(({ request, response }) => {
    const problems: ScenarioProblem[] = []
    const use = (expr: Expr) => {
      if (known.has(expr.name) || (functions as readonly string[]).includes(expr.name)) return
      problems.push(unknownVariable(expr.name, expr.at, known))
    }
    for (const { name, value } of request.options) {
      eachInTemplate(value, use)
      const text = name === 'variable' ? plainText(value) : undefined
      if (text !== undefined) known.add(text.slice(0, text.indexOf('=')))
    }
    eachInRequest(request, use)
    for (const { name, query } of response?.captures ?? []) {
      eachInLiterals(query.args, use)
      eachInFilters(query.filters, use)
      const variable = plainText(name)
      if (variable !== undefined) known.add(variable)
    }
    for (const { query, predicate } of response?.asserts ?? []) {
      eachInLiterals([...query.args, ...(predicate.value === undefined ? [] : [predicate.value])], use)
      eachInFilters(query.filters, use)
      const name =
        query.name === 'variable' && query.args[0]?.kind === 'string'
          ? plainText(query.args[0].text)
          : undefined
      if (name !== undefined && !known.has(name)) problems.push(unknownVariable(name, query.at, known))
    }
    for (const { name, value } of response?.headers ?? [])
      [name, value].forEach((part) => eachInTemplate(part, use))
    eachInBody(response?.body, use)
    return problems
  })
}

function unknownVariable(name: string, at: Place, known: ReadonlySet<string>): ScenarioProblem {
  const hint =
    didYouMean(name, [...known, ...functions]) ??
    `Capture it in an earlier request, or pass --variable ${name}=….`
  return problem(
    'scenario-unknown-variable',
    `nothing sets the variable {{${name}}} before this line`,
    at,
    hint,
  )
}

type Use = (expr: Expr) => void

function eachInRequest(request: Entry['request'], use: Use): void {
  eachInTemplate(request.url, use)
  const pairs = [
    ...request.headers,
    ...request.query,
    ...request.form,
    ...request.cookies,
    ...(request.basicAuth === undefined ? [] : [request.basicAuth]),
  ]
  for (const { name, value } of pairs) {
    eachInTemplate(name, use)
    eachInTemplate(value, use)
  }
  for (const field of request.multipart) {
    eachInTemplate(field.name, use)
    eachInTemplate(field.kind === 'file' ? field.file : field.value, use)
  }
  eachInBody(request.body, use)
}

function eachInBody(body: Entry['request']['body'], use: Use): void {
  if (body?.kind === 'json')
    body.source.forEach((piece: JsonPiece) => typeof piece !== 'string' && eachInExpr(piece.expr, use))
  if (body?.kind === 'text') eachInTemplate(body.text, use)
  if (body?.kind === 'file') eachInTemplate(body.file, use)
}

function eachInTemplate({ parts }: Template, use: Use): void {
  for (const part of parts) if (part.kind === 'expr') eachInExpr(part.expr, use)
}

function eachInExpr(expr: Expr, use: Use): void {
  use(expr)
  eachInFilters(expr.filters, use)
}

function eachInFilters(filters: readonly Filter[], use: Use): void {
  for (const { args } of filters) eachInLiterals(args, use)
}

function eachInLiterals(literals: readonly Literal[], use: Use): void {
  for (const literal of literals) {
    if (literal.kind === 'string') eachInTemplate(literal.text, use)
    if (literal.kind === 'expr') eachInExpr(literal.expr, use)
  }
}
