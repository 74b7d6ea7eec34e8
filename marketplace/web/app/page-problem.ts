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
