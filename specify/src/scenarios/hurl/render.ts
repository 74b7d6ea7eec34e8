import { randomUUID } from 'node:crypto'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { applyFilter } from './filters.ts'
import type { Expr, JsonPiece, Literal, Template } from './model.ts'
import { compileRegex } from './regex.ts'
import { EvaluationProblem, toJson, valueAsText, WholeFloat, type Argument, type HurlValue } from './value.ts'

/** The variables of one scenario; captures add to it. */
export type Variables = Map<string, HurlValue>

/** Throws EvaluationProblem for unknown variables and filters that do not fit. */
export function renderTemplate({ parts }: Template, variables: Variables): string {
  let text = ''
  for (const part of parts)
    text += part.kind === 'text' ? part.text : valueAsText(evaluateExpr(part.expr, variables), part.expr.name)
  return text
}

function evaluateExpr({ name, filters }: Expr, variables: Variables): HurlValue {
  let value = variables.get(name) ?? (variables.has(name) ? null : callFunction(name))
  if (value === undefined)
    throw new EvaluationProblem(
      `there is no variable {{${name}}}${hint(didYouMean(name, [...variables.keys(), 'newUuid', 'newDate']))}`,
    )
  for (const filter of filters)
    value = applyFilter(filter.name, value, evaluateLiterals(filter.args, variables))
  return value
}

/** A JSON body as written, with its expressions put in: escaped inside quotes, as JSON elsewhere. */
export function renderJson(source: readonly JsonPiece[], variables: Variables): string {
  let text = ''
  for (const piece of source) {
    if (typeof piece === 'string') text += piece
    else {
      const value = evaluateExpr(piece.expr, variables)
      text += piece.quoted ? JSON.stringify(valueAsText(value, piece.expr.name)).slice(1, -1) : toJson(value)
    }
  }
  return text
}

export function evaluateLiteral(literal: Literal, variables: Variables): Argument {
  switch (literal.kind) {
    case 'string':
      return renderTemplate(literal.text, variables)
    case 'regex':
      return compileRegex(literal.pattern)
    case 'expr':
      return evaluateExpr(literal.expr, variables)
    case 'number':
      return literal.float && Number.isInteger(literal.value)
        ? new WholeFloat(literal.value)
        : (literal.whole ?? literal.value)
    case 'boolean':
      return literal.value
    case 'null':
      return null
    case 'bytes':
      return literal.bytes
    case 'file':
      throw new EvaluationProblem('file,…; stands for a body or the value of a predicate only')
  }
}

export function evaluateLiterals(literals: readonly Literal[], variables: Variables): Argument[] {
  return literals.map((literal) => evaluateLiteral(literal, variables))
}

function callFunction(name: string): HurlValue | undefined {
  if (name === 'newUuid') return randomUUID()
  if (name === 'newDate') return new Date().toISOString()
  return undefined
}

function hint(text: string | undefined): string {
  return text === undefined ? '' : `. ${text}`
}
