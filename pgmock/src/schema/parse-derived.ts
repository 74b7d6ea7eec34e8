import { ExpressionError } from '../derive/expression.ts'
import { parseExpression } from '../derive/parse.ts'
import type { FindingList } from './finding-list.ts'
import type { Derived } from './model.ts'

/** Text → tree, or a finding at the character at fault. */
export function parseDerived(source: string, at: string, list: FindingList): Derived | undefined {
  try {
    return { node: parseExpression(source), source, pointer: at }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    list.inText(error.code, at, error.at, error.message, error.hint)
    return undefined
  }
}
