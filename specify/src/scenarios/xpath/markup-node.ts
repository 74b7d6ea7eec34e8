// A document as XPath 1.0 sees it: one tree of nodes, each with its place in the document's order.

export type MarkupNode = {
  readonly kind: 'root' | 'element' | 'attribute' | 'text' | 'comment' | 'instruction'
  /** With its prefix, as written. Empty for text, comments and the root. */
  readonly name: string
  /** Of attributes, text, comments and instructions. */
  readonly value: string
  readonly parent: MarkupNode | undefined
  readonly children: MarkupNode[]
  readonly attributes: MarkupNode[]
  /** Of elements and attributes; empty for none. */
  readonly namespace: string
  readonly order: number
}

/** What makes nodes: counts their order. */
export function nodeMaker(): (
  kind: MarkupNode['kind'],
  parts: {
    readonly name?: string
    readonly value?: string
    readonly parent?: MarkupNode
    readonly namespace?: string
  },
) => MarkupNode {
  let order = 0
  return (kind, { name = '', value = '', parent, namespace = '' }) => ({
    kind,
    name,
    value,
    parent,
    children: [],
    attributes: [],
    namespace,
    order: order++,
  })
}

/** The text of a node and everything below it. */
export function stringValue(node: MarkupNode): string {
  if (node.kind !== 'root' && node.kind !== 'element') return node.value
  return node.children
    .filter(({ kind }) => kind === 'text' || kind === 'element')
    .map(stringValue)
    .join('')
}
