/**
 * Numbers that look random and are the same for the same seed (mulberry32 over an FNV-1a hash of the seed's text), so
 * that an answer or a case can be had again without those before it.
 */
export class Random {
  #state: number

  constructor(seed: string) {
    let hash = 0x811c9dc5
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193)
    this.#state = hash >>> 0
    // Seeds that differ in their last letter only have hashes close to each other: one step parts them.
    this.fraction()
  }

  /** From 0 up to, not including, 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return max <= min ? min : min + Math.floor(this.fraction() * (max - min + 1))
  }

  /** True in this share of cases, from 0 to 1. */
  chance(share: number): boolean {
    return this.fraction() < share
  }

  pick<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)]!
  }

  /** Lower-case hexadecimal digits. */
  hex(count: number): string {
    let text = ''
    while (text.length < count) text += Math.floor(this.fraction() * 16).toString(16)
    return text
  }
}
