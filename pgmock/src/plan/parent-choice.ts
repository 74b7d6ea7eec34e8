// Which parent a row's foreign key points to: a row number of the parent table, computed, never looked up.

import { below, fraction, type Draw } from '../bytes/hash.ts'
import { permutation } from '../bytes/permutation.ts'

export type ParentChoice = (row: number) => number

export type Skew = 'skewed' | 'mild' | 'uniform' | 'zipf' | 'sequential'

/**
 * A parent by popularity. `skewed` gives the most popular fifth 53 % of the children and a Gini of 0.43, the middle of
 * what real shops and music stores show; `zipf` 67 % and 0.6. Popular parents are scattered, not the first ones.
 */
export function popularParent(
  parents: number,
  skew: Skew,
  draw: Draw,
  key: readonly (string | number)[],
): ParentChoice {
  if (skew === 'sequential') return (row) => row % parents
  if (skew === 'uniform') return (row) => below(draw(row), parents)
  const scatter = permutation(parents, ...key, 'popularity')
  if (skew === 'zipf') {
    return (row) => {
      const part = fraction(draw(row))
      return scatter(Math.floor(part * part * part * part * parents))
    }
  }
  if (skew === 'mild') {
    return (row) => {
      const part = fraction(draw(row))
      return scatter(Math.floor(part * Math.sqrt(part) * parents))
    }
  }
  return (row) => {
    const part = fraction(draw(row))
    return scatter(Math.floor(part * part * Math.sqrt(part) * parents))
  }
}

export const EXISTING_TRIES = 12
/** Where order is only implied: after that any parent that existed will do. */
export const IMPLIED_TRIES = 4

/** The first of some choices that already existed (a row below `limit(row)`); after that any that did. */
export function existingParent(
  choices: readonly ParentChoice[],
  limit: (row: number) => number,
  draw: Draw,
): ParentChoice {
  return (row) => {
    const end = Math.max(1, limit(row))
    for (const choose of choices) {
      const chosen = choose(row)
      if (chosen < end) return chosen
    }
    return below(draw(row), end)
  }
}

/** How many of `size` values that grow with their index are not above `value`. */
export function countNotAbove(size: number, valueAt: (index: number) => number, value: number): number {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = (low + high) >> 1
    if (valueAt(middle) <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** Distinct parents among siblings: each takes its choice unless an elder sibling did, then the next free one. */
export function distinctAmongSiblings(
  choose: ParentChoice,
  parents: number,
  siblings: { readonly first: (row: number) => number },
): ParentChoice {
  return (row) => {
    const first = siblings.first(row)
    const taken: number[] = []
    for (let sibling = first; ; sibling++) {
      let chosen = choose(sibling)
      while (taken.includes(chosen)) chosen = (chosen + 1) % parents
      if (sibling === row) return chosen
      taken.push(chosen)
    }
  }
}

/** An earlier row of the same table, nearer ones less often; the first row has none. */
export function earlierRow(draw: Draw): ParentChoice {
  return (row) => {
    if (row === 0) return -1
    const part = fraction(draw(row))
    return Math.floor(part * part * Math.sqrt(part) * row)
  }
}

/** Rows as digits of several choices: row → distinct tuples, one digit per size. Needs rows ≤ the product of sizes. */
export function distinctTuples(sizes: readonly number[], key: readonly (string | number)[]): ParentChoice[] {
  const index = permutation(
    sizes.reduce((product, size) => product * size, 1),
    ...key,
    'tuples',
  )
  return sizes.map((size, position) => {
    const divisor = sizes.slice(position + 1).reduce((product, next) => product * next, 1)
    return (row) => Math.floor(index(row) / divisor) % size
  })
}
