// Generated from the contract beside this file by "npm run generate". Do not edit.

export type ApiList = {
  /** Name, documentation and operations */
  data: {
    /** Name of the API */
    name: string
    /** Where the OpenAPI document is */
    documentation: string
    /** Sorted by path */
    operations: ApiOperation[]
  }
}

export type ApiOperation = {
  /** HTTP method */
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path template */
  path: string
  /** Name of the operation */
  operationId: string
  /** Who answers it */
  service: string
  /** One line */
  summary: string
}

export type OpenApiDocument = {
  /** Version of OpenAPI */
  openapi: string
  /** Title and version */
  info: Record<string, unknown>
  /** The operations by path */
  paths: Record<string, unknown>
  [name: string]: unknown
}

export type Health = {
  /** What lives */
  data: {
    /** Always ok */
    status: 'ok'
    /** Name of the service */
    service: string
  }
}

export type Problem = {
  /** URI of the kind of problem, or about:blank */
  type: string
  /** Name of the HTTP status */
  title: string
  /** The HTTP status */
  status: number
  /** Stable name of the problem, for programs */
  code: string
  /** What happened, for people */
  detail: string
  /** What to do about it */
  hint?: string
  /** Finds this request in the logs */
  traceId?: string
  /** Every place where the request does not fit the contract (invalid-request) */
  errors?: {
    /** JSON pointer into the request */
    pointer: string
    /** What is wrong there */
    message: string
    [name: string]: unknown
  }[]
  [name: string]: unknown
}

export type Operations = {
  readonly listApis: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: ApiList }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 429; readonly body: Problem }
  }
  readonly getOpenApi: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: OpenApiDocument }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 429; readonly body: Problem }
  }
}

export const contract = {
  service: 'gateway',
  operations: {
    listApis: { method: 'GET', path: '/' },
    getOpenApi: { method: 'GET', path: '/openapi.json' },
    getHealth: { method: 'GET', path: '/health' },
  },
} as const
