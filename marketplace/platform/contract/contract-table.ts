/** What a caller must know of a service's operations; every generated contracts/api.ts exports one as `contract`. */
export type ContractTable = {
  readonly service: string
  readonly operations: Readonly<Record<string, { readonly method: string; readonly path: string }>>
}

/** The shape of each entry of a generated `Operations` type. */
export type OperationShape = {
  readonly params: object
  readonly query: object
  readonly body: unknown
  readonly response: { readonly status: number; readonly body: unknown }
}

/** Any generated `Operations` type. */
export type OperationShapes = { readonly [operationId: string]: OperationShape }
