import { stringValue, type MarkupNode } from './markup-node.ts'
import type { Axis, NodeTest, Step, XPath } from './parse-xpath.ts'
import { callFunction } from './xpath-functions.ts'
import {
  isNodes,
  nodesOf,
  toBoolean,
  toNumber,
  toText,
  type Context,
  type XPathValue,
} from './xpath-value.ts'

/** The value of an expression at a node (XPath 1.0). Throws EvaluationProblem for functions it does not have. */
export function evaluateXPath(expression: XPath, context: Context): XPathValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'negate':
      return -toNumber(evaluateXPath(expression.operand, context))
    case 'call':
      return callFunction(
        expression.name,
        expression.args.map((argument) => evaluateXPath(argument, context)),
        context,
      )
    case 'binary':
      return evaluateBinary(expression, context)
    case 'filter': {
      const nodes = nodesOf(evaluateXPath(expression.base, context))
      return filtered(nodes, expression.predicates, context)
    }
    case 'path': {
      const { start, steps } = expression
      const from =
        start === 'here'
          ? [context.node]
          : start === 'root'
            ? [rootOf(context.node)]
            : nodesOf(evaluateXPath(start, context))
      return steps.reduce((nodes, step) => inOrder(nodes.flatMap((node) => take(step, node, context))), from)
    }
  }
}

function evaluateBinary({ operator, left, right }: XPath & { kind: 'binary' }, context: Context): XPathValue {
  const a = evaluateXPath(left, context)
  if (operator === 'or' && toBoolean(a)) return true
  if (operator === 'and' && !toBoolean(a)) return false
  const b = evaluateXPath(right, context)
  switch (operator) {
    case 'or':
    case 'and':
      return toBoolean(b)
    case '|':
      return inOrder([...nodesOf(a), ...nodesOf(b)])
    case '+':
      return toNumber(a) + toNumber(b)
    case '-':
      return toNumber(a) - toNumber(b)
    case '*':
      return toNumber(a) * toNumber(b)
    case 'div':
      return toNumber(a) / toNumber(b)
    case 'mod':
      return toNumber(a) % toNumber(b)
    default:
      return compare(operator, a, b)
  }
}

/** A set of nodes fits when one of its nodes does (XPath 1.0, §3.4). */
function compare(operator: string, a: XPathValue, b: XPathValue): boolean {
  if (isNodes(a) && typeof b !== 'boolean') return a.some((node) => compare(operator, stringValue(node), b))
  if (isNodes(b) && typeof a !== 'boolean') return b.some((node) => compare(operator, a, stringValue(node)))
  if (operator === '=' || operator === '!=') {
    const same =
      typeof a === 'boolean' || typeof b === 'boolean'
        ? toBoolean(a) === toBoolean(b)
        : typeof a === 'number' || typeof b === 'number'
          ? toNumber(a) === toNumber(b)
          : toText(a) === toText(b)
    return same === (operator === '=')
  }
  const [left, right] = [toNumber(a), toNumber(b)]
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

function take({ axis, test, predicates }: Step, node: MarkupNode, context: Context): MarkupNode[] {
  return filtered(
    along(axis, node).filter((each) => fits(test, each, axis, context)),
    predicates,
    context,
  )
}

/** Positions count in the direction of the axis, which is the order the nodes come in. */
function filtered(
  nodes: readonly MarkupNode[],
  predicates: readonly XPath[],
  context: Context,
): MarkupNode[] {
  return predicates.reduce<readonly MarkupNode[]>(
    (left, predicate) =>
      left.filter((node, i) => {
        const value = evaluateXPath(predicate, { ...context, node, position: i + 1, size: left.length })
        return typeof value === 'number' ? value === i + 1 : toBoolean(value)
      }),
    nodes,
  ) as MarkupNode[]
}

function fits(test: NodeTest, node: MarkupNode, axis: Axis, { namespaces }: Context): boolean {
  if (test.kind === 'type') {
    if (test.type === 'node') return true
    return node.kind === (test.type === 'processing-instruction' ? 'instruction' : test.type)
  }
  if (node.kind !== (axis === 'attribute' ? 'attribute' : 'element')) return false
  const { prefix, local } = test
  const colon = node.name.indexOf(':')
  const [ownPrefix, ownLocal] = [node.name.slice(0, Math.max(colon, 0)), node.name.slice(colon + 1)]
  if (!namespaces) return local === '*' || node.name === (prefix === undefined ? local : `${prefix}:${local}`)
  if (local !== '*' && ownLocal !== local) return false
  if (prefix === undefined) return local === '*' || node.namespace === ''
  return prefix === '_' ? ownPrefix === '' && node.namespace !== '' : ownPrefix === prefix
}

function along(axis: Axis, node: MarkupNode): MarkupNode[] {
  switch (axis) {
    case 'self':
      return [node]
    case 'child':
      return node.children
    case 'attribute':
      return node.attributes
    case 'parent':
      return node.parent === undefined ? [] : [node.parent]
    case 'ancestor':
      return ancestors(node)
    case 'ancestor-or-self':
      return [node, ...ancestors(node)]
    case 'descendant':
      return descendants(node)
    case 'descendant-or-self':
      return [node, ...descendants(node)]
    case 'following-sibling':
      return siblings(node).filter(({ order }) => order > node.order)
    case 'preceding-sibling':
      return siblings(node)
        .filter(({ order }) => order < node.order)
        .toReversed()
    case 'following': {
      const own = new Set(descendants(node))
      return descendants(rootOf(node)).filter((each) => each.order > node.order && !own.has(each))
    }
    case 'preceding': {
      const above = new Set(ancestors(node))
      return descendants(rootOf(node))
        .filter((each) => each.order < node.order && !above.has(each))
        .toReversed()
    }
  }
}

function siblings(node: MarkupNode): readonly MarkupNode[] {
  return node.kind === 'attribute' ? [] : (node.parent?.children ?? [])
}

function ancestors(node: MarkupNode): MarkupNode[] {
  const list: MarkupNode[] = []
  for (let at = node.parent; at !== undefined; at = at.parent) list.push(at)
  return list
}

function descendants(node: MarkupNode, list: MarkupNode[] = []): MarkupNode[] {
  for (const child of node.children) {
    list.push(child)
    descendants(child, list)
  }
  return list
}

function rootOf(node: MarkupNode): MarkupNode {
  return node.parent === undefined ? node : rootOf(node.parent)
}

function inOrder(nodes: readonly MarkupNode[]): MarkupNode[] {
  return [...new Set(nodes)].sort((a, b) => a.order - b.order)
}
