import type { Reason } from './review.ts'

const LINK = /\bhttps?:\/\/|\bwww\.|\b[a-z0-9-]+\.(?:com|net|org|shop|io|info|biz|eu|de|fr|at|nl|es|it|be)\b/i
const ADDRESS = /[^\s@]+@[^\s@]+\.[^\s@]{2,}/
const LETTERS = /\p{L}/gu
const CAPITALS = /\p{Lu}/gu
const ENOUGH_LETTERS = 20 // "TV OK!" is not shouting
const SHOUTING = 0.6 // a sentence with a few acronyms stays well below

/** Why a person should look before everybody does; empty: publish at once. */
export function screen(title: string, text: string): Reason[] {
  const words = `${title}\n${text}`
  const withoutAddresses = words.replaceAll(new RegExp(ADDRESS, 'g'), ' ')
  const reasons: Reason[] = []
  if (LINK.test(withoutAddresses)) reasons.push('contains-link')
  if (ADDRESS.test(words)) reasons.push('contains-address')
  if (isShouted(words)) reasons.push('shouting')
  return reasons
}

function isShouted(words: string): boolean {
  const letters = words.match(LETTERS)?.length ?? 0
  const capitals = words.match(CAPITALS)?.length ?? 0
  return letters >= ENOUGH_LETTERS && capitals / letters > SHOUTING
}
