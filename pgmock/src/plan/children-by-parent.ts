// The children of a row when they are not laid out by parent: every child's parent is computed once and counting-sorted.
// 8 bytes a child, made when the first expression asks.

type Source = { readonly parents: number; readonly rows: number; readonly parentOf: (row: number) => number }

export function childrenByParent(source: () => Source): {
  count: (parent: number) => number
  at: (parent: number, k: number) => number
} {
  let sorted: { starts: Uint32Array; children: Uint32Array } | undefined
  const index = () => (sorted ??= sort(source()))
  return {
    count: (parent) => {
      const { starts } = index()
      return starts[parent + 1]! - starts[parent]!
    },
    at: (parent, k) => {
      const { starts, children } = index()
      return children[starts[parent]! + k]!
    },
  }
}

function sort({ parents, rows, parentOf }: Source): { starts: Uint32Array; children: Uint32Array } {
  const parentOfRow = new Int32Array(rows)
  const starts = new Uint32Array(parents + 1)
  for (let row = 0; row < rows; row++) {
    const parent = parentOf(row)
    parentOfRow[row] = parent
    if (parent >= 0) starts[parent + 1]!++
  }
  for (let parent = 0; parent < parents; parent++) starts[parent + 1]! += starts[parent]!
  const next = starts.slice()
  const children = new Uint32Array(starts[parents]!)
  for (let row = 0; row < rows; row++) {
    const parent = parentOfRow[row]!
    if (parent >= 0) children[next[parent]!++] = row
  }
  return { starts, children }
}
