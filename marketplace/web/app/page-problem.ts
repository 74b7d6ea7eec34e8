import { data } from 'react-router'

/**
 * What a loader throws when a page cannot be shown; the error page chooses its words by `code`. Not an Error: React
 * Router hides those from the page as "unexpected", and these are expected.
 */
export function pageProblem(status: number, code: ProblemCode) {
  return data({ code }, { status })
}

export type ProblemCode =
  | 'not-found'
  | 'shop-unavailable'
  | 'too-many-requests'
  | 'order-not-found'
  | 'checkout-not-found'

/** Whether a page could not be shown because something behind the gateway did not answer. */
export function isShopUnavailable(thrown: unknown): boolean {
  return (thrown as { data?: { code?: ProblemCode } } | undefined)?.data?.code === 'shop-unavailable'
}
