/**
 * Three-way merge by lines: what changed from `base` to `theirs` is carried over into `ours`. Undefined when both
 * changed the same place in different ways, or the files are too long to compare line by line.
 */
export function mergeLines(texts: { base: string; ours: string; theirs: string }): string | undefined {
  const [base, ours, theirs] = [texts.base, texts.ours, texts.theirs].map((text) =>
    text.split(/(?<=\n)/),
  ) as [string[], string[], string[]] // three in, three out
  if (base.length * Math.max(ours.length, theirs.length) > MOST_CELLS) return undefined
  const [inOurs, inTheirs] = [matches(base, ours), matches(base, theirs)]
  const merged: string[] = []
  let [atBase, atOurs, atTheirs] = [0, 0, 0]
  for (let i = 0; i <= base.length; i++) {
    const isEnd = i === base.length
    const [ourLine, theirLine] = isEnd ? [ours.length, theirs.length] : [inOurs[i], inTheirs[i]]
    if (ourLine === undefined || theirLine === undefined) continue
    // Between two lines that all three have stands what somebody may have changed.
    const before = base.slice(atBase, i).join('')
    const mine = ours.slice(atOurs, ourLine).join('')
    const other = theirs.slice(atTheirs, theirLine).join('')
    if (mine === other || other === before) merged.push(mine)
    else if (mine === before) merged.push(other)
    else return undefined
    if (!isEnd) merged.push(base[i]!)
    ;[atBase, atOurs, atTheirs] = [i + 1, ourLine + 1, theirLine + 1]
  }
  return merged.join('')
}

const MOST_CELLS = 4_000_000

/** For each line of `from` its place in `to`, where a longest common subsequence has it. */
function matches(from: readonly string[], to: readonly string[]): (number | undefined)[] {
  const width = to.length + 1
  const longest = new Uint32Array((from.length + 1) * width)
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--)
      longest[i * width + j] =
        from[i] === to[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!)
  const found: (number | undefined)[] = Array.from({ length: from.length })
  for (let i = 0, j = 0; i < from.length && j < to.length;) {
    if (from[i] === to[j]) found[i++] = j++
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++
    else j++
  }
  return found
}
