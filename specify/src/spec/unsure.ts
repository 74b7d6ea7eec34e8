/** Thrown by the quick parser where it will not vouch for the same result as micromark; the whole file goes there then. */
export const UNSURE = new Error('left to micromark')

export function unsure(): never {
  throw UNSURE
}
