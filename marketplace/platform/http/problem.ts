import type { ShopError } from '../errors.ts'

/** RFC 9457 problem details, as every contract of ours describes them. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly [extension: string]: unknown
}

export const problemType = 'application/problem+json'

export function problem(status: number, code: string, detail: string, extensions: object = {}): Problem {
  return { type: `/problems/${code}`, title: title(code), status, code, detail, ...extensions }
}

export function problemOf({ status, code, hint, details }: ShopError, traceId: string | undefined): Problem {
  return problem(status, code, hint ?? `${title(code)}.`, {
    ...details,
    ...(hint !== undefined && { hint }),
    ...(traceId !== undefined && { traceId }),
  })
}

function title(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ')
}
