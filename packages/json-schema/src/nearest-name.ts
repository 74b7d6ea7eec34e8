/**
 * The name closest to `word` by edit distance, at most a third of its length away. A smaller twin of the one in
 * packages/cli: packages import nothing of ours.
 */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  let limit = Math.max(1, Math.floor(word.length / 3))
  let best: string | undefined
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase())
    if (distance > limit || (distance === limit && best !== undefined)) continue
    ;[best, limit] = [name, distance]
  }
  return best
}

/** Levenshtein's, with a swap of neighbours as one edit. */
function editDistance(a: string, b: string): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, replaced, swapped ? beforeLast[j - 2]! + 1 : replaced)
    }
    ;[beforeLast, last] = [last, row]
  }
  return last[b.length]!
}
