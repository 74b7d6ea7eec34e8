/** The syntax tree of `derive`. `at` is the offset in the expression, for findings. */
export type Node =
  | { readonly kind: 'number'; readonly text: string; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'bool'; readonly value: boolean; readonly at: number }
  | { readonly kind: 'null'; readonly at: number }
  /** `total`, `order_id.placed_at`, `catalog:products.price`. */
  | {
      readonly kind: 'path'
      readonly database?: string
      readonly parts: readonly string[]
      readonly at: number
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly at: number }
  | { readonly kind: 'unary'; readonly op: '-' | 'not'; readonly of: Node; readonly at: number }
  | {
      readonly kind: 'binary'
      readonly op: BinaryOp
      readonly left: Node
      readonly right: Node
      readonly at: number
    }
  | { readonly kind: 'is-null'; readonly of: Node; readonly negated: boolean; readonly at: number }
  | {
      readonly kind: 'in'
      readonly of: Node
      readonly list: readonly Node[]
      readonly negated: boolean
      readonly at: number
    }
  | {
      readonly kind: 'case'
      readonly branches: readonly { readonly when: Node; readonly then: Node }[]
      readonly otherwise: Node | undefined
      readonly at: number
    }
  | {
      readonly kind: 'object'
      readonly members: readonly { readonly key: string; readonly value: Node }[]
      readonly at: number
    }
  | { readonly kind: 'array'; readonly items: readonly Node[]; readonly at: number }

export type BinaryOp =
  | 'or'
  | 'and'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '||'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'

/** Something wrong at `at` of the expression. */
export class ExpressionError extends Error {
  readonly code: string
  readonly at: number
  readonly hint: string | undefined

  constructor(code: string, at: number, message: string, hint?: string) {
    super(message)
    this.code = code
    this.at = at
    this.hint = hint
  }
}
