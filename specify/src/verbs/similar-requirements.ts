import type { Requirement } from '../spec/model.ts'

export type Pair = {
  readonly one: Requirement
  readonly other: Requirement
  /** The same sentence with another number in it: one of them is wrong. */
  readonly numbers: readonly [string, string] | undefined
}

const ALIKE = 0.8
const FILLER = new Set(
  'the a an of to in on for and or with by is are be must shall should system service user users can able that it its'.split(
    ' ',
  ),
)

/** Requirements that say nearly the same, compared by the share of telling words they have in common (Jaccard). */
export function similarRequirements(requirements: readonly Requirement[]): Pair[] {
  const asked = requirements
    .filter(({ withdrawn }) => !withdrawn)
    .map((requirement) => ({
      requirement,
      words: tellingWords(requirement.text),
      numbers: numbersOf(requirement.text),
    }))
    .filter(({ words }) => words.size >= 4) // three shared words out of four are chance
  const pairs: Pair[] = []
  for (const [i, one] of asked.entries())
    for (const other of asked.slice(i + 1)) {
      if (share(one.words, other.words) < ALIKE) continue
      const differ = one.numbers !== other.numbers && one.numbers !== '' && other.numbers !== ''
      pairs.push({
        one: one.requirement,
        other: other.requirement,
        numbers: differ ? [one.numbers, other.numbers] : undefined,
      })
    }
  return pairs
}

function tellingWords(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}][\p{L}\p{N}_-]+/gu) ?? []
  return new Set(words.filter((word) => !FILLER.has(word)))
}

function numbersOf(text: string): string {
  // Codes and names in backticks are no measures.
  return (
    text
      .replaceAll(/`[^`]*`/g, ' ')
      .match(/(?<![\w-])\d+(?:[.,]\d+)?(?:\s?(?:%|ms|s|minutes?|hours?|days?|seconds?|[KMG]B))?/g) ?? []
  ).join(', ')
}

function share(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  // Too different in size to reach the bar: most pairs end here.
  if (Math.min(a.size, b.size) < ALIKE * Math.max(a.size, b.size)) return 0
  let common = 0
  for (const word of a) if (b.has(word)) common++
  return common / (a.size + b.size - common)
}
