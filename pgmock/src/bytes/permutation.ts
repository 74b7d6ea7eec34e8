import { hashText, mix } from './hash.ts'

const ROUNDS = 4

/**
 * A keyed bijection of 0 … size-1 (size ≤ 2^52): uniqueness without memory. A bijection of a slightly larger domain,
 * walked until the result falls inside (Black and Rogaway, "Ciphers with arbitrary finite domains").
 */
export function permutation(size: number, ...key: readonly (string | number)[]): (index: number) => number {
  if (size < 2) return (index) => index
  return size <= 2 ** 31 ? bitPermutation(size, key) : gridPermutation(size, key)
}

/** Up to 31 bits: every step (xor, odd multiple, xor with the own upper half) is a bijection of `bits` bits. */
function bitPermutation(size: number, key: readonly (string | number)[]): (index: number) => number {
  const bits = Math.max(2, 32 - Math.clz32(size - 1))
  const mask = 2 ** bits - 1
  const half = bits >> 1
  const name = key.join('\u0000')
  const [a, b, c] = [0x27d4eb2f, 0x165667b1, 0x5bd1e995].map((salt) => hashText(name, salt) & mask)
  return (index) => {
    let at = index
    do {
      at = Math.imul(at ^ a!, 0x7feb352d) & mask
      at ^= at >>> half
      at = Math.imul(at ^ b!, 0x68e31da5) & mask
      at ^= at >>> half
      at = Math.imul(at ^ c!, 0x3c6ef373) & mask
      at ^= at >>> half
    } while (at >= size)
    return at
  }
}

/** A Feistel network over the smallest grid a×b ≥ size. */
function gridPermutation(size: number, key: readonly (string | number)[]): (index: number) => number {
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
