// What expressions of XPath 1.0 give, and how one kind becomes another (§4.2 to 4.4).

import { EvaluationProblem } from '../hurl/value.ts'
import { stringValue, type MarkupNode } from './markup-node.ts'

export type XPathValue = string | number | boolean | readonly MarkupNode[]

export type Context = {
  readonly node: MarkupNode
  readonly position: number
  readonly size: number
  /** XML: a name without prefix means no namespace, and `_` the one of the document. */
  readonly namespaces: boolean
}

export function isNodes(value: XPathValue): value is readonly MarkupNode[] {
  return typeof value === 'object'
}

export function nodesOf(value: XPathValue): readonly MarkupNode[] {
  if (isNodes(value)) return value
  throw new EvaluationProblem('this XPath takes a text, number or truth for nodes')
}

export function toText(value: XPathValue): string {
  if (isNodes(value)) return value[0] === undefined ? '' : stringValue(value[0])
  return String(value)
}

export function toNumber(value: XPathValue): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = toText(value).trim()
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
}

export function toBoolean(value: XPathValue): boolean {
  if (isNodes(value)) return value.length > 0
  return typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : Boolean(value)
}
