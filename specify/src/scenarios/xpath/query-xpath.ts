import { NodeSet, WholeFloat, type HurlValue } from '../hurl/value.ts'
import { evaluateXPath } from './evaluate-xpath.ts'
import type { MarkupNode } from './markup-node.ts'
import { parseXPath } from './parse-xpath.ts'
import { isNodes } from './xpath-value.ts'

/** What Hurl makes of an XPath: texts, truths, numbers (always floats), and of nodes their number. Throws EvaluationProblem. */
export function queryXPath(path: string, root: MarkupNode, namespaces: boolean): HurlValue {
  const value = evaluateXPath(parseXPath(path), { node: root, position: 1, size: 1, namespaces })
  if (isNodes(value)) return new NodeSet(value.length)
  return typeof value === 'number' && Number.isInteger(value) ? new WholeFloat(value) : value
}
