import { hashText, mix } from './hash.ts'

const ROUNDS = 4

/**
 * A keyed bijection of 0 … size-1 (size ≤ 2^52): uniqueness without memory. A Feistel network over the smallest
 * grid a×b ≥ size, walked until the result falls inside (Black and Rogaway, "Ciphers with arbitrary finite domains").
 */
export function permutation(size: number, ...key: readonly (string | number)[]): (index: number) => number {
  if (size < 2) return (index) => index
  const a = Math.ceil(Math.sqrt(size))
  const b = Math.ceil(size / a)
  const name = key.join('\u0000')
  const salts = Array.from({ length: ROUNDS + 1 }, (_, round) =>
    hashText(`${name}\u0000${round}`, 0x27d4eb2f),
  )

  return (index) => {
    let at = index
    do at = shuffle(at, a, b, salts)
    while (at >= size)
    return at
  }
}

/** One pass: the halves are added to in turn, each a bijection of the grid, so the whole is one. */
function shuffle(index: number, a: number, b: number, salts: readonly number[]): number {
  let left = Math.floor(index / b)
  let right = index - left * b
  for (let round = 0; round < ROUNDS; round += 2) {
    left = (left + mix(right, salts[round]!, salts[round + 1]!)) % a
    right = (right + mix(left, salts[round + 1]!, salts[round]!)) % b
  }
  return left * b + right
}
