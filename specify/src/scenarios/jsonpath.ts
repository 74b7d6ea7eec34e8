// JSONPath (RFC 9535): names, indexes, wildcards, slices, filters, descendants, and the functions length, count,
// match and search. As in Hurl, one node found is its value, several are a list, whatever the path could select.

import { isSame } from '../contracts/same-json.ts'
import { compareNumbers, isNumber } from './hurl/value.ts'

export type JsonPath = { readonly segments: readonly Segment[] }

export type Segment = { readonly descendants: boolean; readonly selectors: readonly Selector[] }

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'wildcard' }
  | {
      readonly kind: 'slice'
      readonly from: number | undefined
      readonly to: number | undefined
      readonly step: number
    }
  | { readonly kind: 'filter'; readonly test: Test }

export type Test =
  | { readonly kind: 'or' | 'and'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: Operand }

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly fromRoot: boolean; readonly path: JsonPath }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Operand[] }

/** True when the path can select at most one node. */
export function isSingular({ segments }: JsonPath): boolean {
  return segments.every(
    ({ descendants, selectors }) =>
      !descendants &&
      selectors.length === 1 &&
      (selectors[0]!.kind === 'name' || selectors[0]!.kind === 'index'),
  )
}

/** Undefined when nothing is found, the value of a single node, the list of the values of several. */
export function evaluateJsonPath(path: JsonPath, root: unknown): unknown {
  const nodes = select(path, root, root)
  return nodes.length > 1 ? nodes : nodes[0]
}

function select({ segments }: JsonPath, start: unknown, root: unknown): unknown[] {
  let nodes = [start]
  for (const { descendants, selectors } of segments) {
    const from = descendants ? nodes.flatMap(withDescendants) : nodes
    nodes = from.flatMap((node) => selectors.flatMap((selector) => selectOne(selector, node, root)))
  }
  return nodes
}

function selectOne(selector: Selector, node: unknown, root: unknown): unknown[] {
  if (typeof node !== 'object' || node === null || isNumber(node)) return []
  switch (selector.kind) {
    case 'name':
      return !Array.isArray(node) && Object.hasOwn(node, selector.name)
        ? [(node as Record<string, unknown>)[selector.name]]
        : []
    case 'index': {
      if (!Array.isArray(node)) return []
      const index = selector.index < 0 ? node.length + selector.index : selector.index
      return index >= 0 && index < node.length ? [node[index]] : []
    }
    case 'wildcard':
      return Object.values(node)
    case 'slice':
      return Array.isArray(node) ? slice(node, selector) : []
    case 'filter':
      return Object.values(node).filter((child) => holds(selector.test, child, root))
  }
}

/** Bounds as RFC 9535 §2.3.4.2 defines them. */
function slice(items: readonly unknown[], { from, to, step }: Selector & { kind: 'slice' }): unknown[] {
  if (step === 0) return []
  const length = items.length
  const normal = (bound: number) => (bound < 0 ? length + bound : bound)
  const clamp = (bound: number, low: number, high: number) => Math.min(Math.max(bound, low), high)
  const picked: unknown[] = []
  if (step > 0) {
    const end = clamp(normal(to ?? length), 0, length)
    for (let i = clamp(normal(from ?? 0), 0, length); i < end; i += step) picked.push(items[i])
  } else {
    const end = clamp(to === undefined ? -1 : normal(to), -1, length - 1)
    for (let i = clamp(normal(from ?? length - 1), -1, length - 1); i > end; i += step) picked.push(items[i])
  }
  return picked
}

function withDescendants(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null || isNumber(node)) return [node]
  return [node, ...Object.values(node).flatMap(withDescendants)]
}

function holds(test: Test, current: unknown, root: unknown): boolean {
  switch (test.kind) {
    case 'or':
      return test.tests.some((each) => holds(each, current, root))
    case 'and':
      return test.tests.every((each) => holds(each, current, root))
    case 'not':
      return !holds(test.test, current, root)
    case 'exists': {
      if (test.operand.kind === 'path')
        return select(test.operand.path, test.operand.fromRoot ? root : current, root).length > 0
      return valueOf(test.operand, current, root) === true
    }
    case 'compare':
      return compare(test.operator, valueOf(test.left, current, root), valueOf(test.right, current, root))
  }
}

function valueOf(operand: Operand, current: unknown, root: unknown): unknown {
  switch (operand.kind) {
    case 'literal':
      return operand.value
    case 'path': {
      const nodes = select(operand.path, operand.fromRoot ? root : current, root)
      return nodes.length === 1 ? nodes[0] : undefined
    }
    case 'call':
      return call(operand, current, root)
  }
}

function call({ name, args }: Operand & { kind: 'call' }, current: unknown, root: unknown): unknown {
  const [first, second] = args
  if (name === 'count')
    return first?.kind === 'path'
      ? select(first.path, first.fromRoot ? root : current, root).length
      : undefined
  const value = first && valueOf(first, current, root)
  if (name === 'length') {
    if (typeof value === 'string') return Array.from(value).length
    return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
  }
  const pattern = second && valueOf(second, current, root)
  if (typeof value !== 'string' || typeof pattern !== 'string') return false
  try {
    return new RegExp(name === 'match' ? `^(?:${pattern})$` : pattern, 'u').test(value)
  } catch {
    return false // RFC 9535 §2.4.6: a pattern that is none makes the test false
  }
}

function compare(operator: string, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return isEqualTo(left, right)
    case '!=':
      return !isEqualTo(left, right)
    case '<':
      return isLess(left, right)
    case '>':
      return isLess(right, left)
    case '<=':
      return isLess(left, right) || isEqualTo(left, right)
    default:
      return isLess(right, left) || isEqualTo(left, right)
  }
}

function isEqualTo(left: unknown, right: unknown): boolean {
  return isNumber(left) && isNumber(right) ? compareNumbers(left, right) === 0 : isSame(left, right)
}

function isLess(left: unknown, right: unknown): boolean {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) < 0
  return typeof left === 'string' && typeof right === 'string' && left < right
}
