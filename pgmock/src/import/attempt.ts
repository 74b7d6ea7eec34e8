// How statements leave out what has no place in our language.

import { Unprintable } from '../deparse/expression.ts'
import { LeftOut } from './lookup.ts'

export type Leave = (code: string, message: string) => void

/** A part that cannot be taken over leaves the rest of its statement alone. */
export function attempt(step: () => void, leave: Leave): void {
  try {
    step()
  } catch (error) {
    if (error instanceof LeftOut) leave(error.code, error.message)
    else if (error instanceof Unprintable) leave('sql-expression-left-out', unprintable(error, 'it'))
    else throw error
  }
}

export function unprintable({ message }: Unprintable, what: string): string {
  return `an expression with ${message} cannot be printed yet; ${what} is left out`
}
