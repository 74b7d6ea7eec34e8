// A drawing of a directed graph in columns, after Sugiyama, Tagawa and Toda (1981): break rings, give each node a column
// behind those that lead to it, order the columns so that few lines cross, then pull connected nodes to one height.

export type LayoutNode = { readonly id: string; readonly label: string }
export type LayoutEdge = { readonly from: string; readonly to: string }

export type Box = {
  readonly id: string
  readonly label: string
  readonly x: number
  readonly y: number
  readonly width: number
}
/** Points from the right side of one box to the left side of the other, in the direction of the edge. */
export type Line = { readonly edge: number; readonly points: readonly Point[] }
export type Point = { readonly x: number; readonly y: number }
export type Layout = {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
}

export const BOX_HEIGHT = 34
const GAP_Y = 22
const GAP_X = 72
const CHAR_WIDTH = 7.4
const PADDING_X = 14
export const WIDEST = 230
/** A column with more nodes is broken into several, so that a flat platform is no tower. */
const TALLEST = 40
const SWEEPS = 12
/** Beyond so many columns passed in all, lines are drawn straight: room for their bends would tear the columns apart. */
const MOST_BENDS = 700

/** Places every node, those without an edge in rows below. The same graph gives the same picture. */
export function layOut(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layout {
  const index = new Map(nodes.map(({ id }, i) => [id, i]))
  const wires = edges.flatMap(({ from, to }, edge): Wire[] => {
    const [a, b] = [index.get(from), index.get(to)]
    return a === undefined || b === undefined || a === b ? [] : [{ from: a, to: b, edge, isTurned: false }]
  })
  const touched = new Set(wires.flatMap(({ from, to }) => [from, to]))
  const forward = withoutRings(nodes.length, wires)
  const layers = layersOf(nodes.length, forward, touched)
  const { cells, columns, bends } = columnsOf(layers, forward, touched)
  const { before, after } = neighbours(cells.length, bends)
  orderColumns(columns, before, after)
  const y = heights(columns, before, after, cells)
  return drawn({ nodes, edges, wires: forward, cells, columns, bends, y, touched })
}

type Wire = { readonly from: number; readonly to: number; readonly edge: number; readonly isTurned: boolean }
/** A node, or the place where a long line passes a column. */
type Cell = { readonly node: number | undefined; readonly column: number }
type Bend = { readonly from: number; readonly to: number; readonly wire: number }

/** Turns round the edges that lead back into the path they come from; depth first, without recursion. */
function withoutRings(count: number, wires: readonly Wire[]): Wire[] {
  const out = Array.from({ length: count }, (): number[] => [])
  wires.forEach(({ from }, i) => out[from]!.push(i))
  const state = new Uint8Array(count) // 1: on the path, 2: done
  const turned = new Set<number>()
  for (let start = 0; start < count; start++) {
    if (state[start] !== 0) continue
    const path = [{ node: start, next: 0 }]
    state[start] = 1
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const wire = out[top.node]![top.next++]
      if (wire === undefined) {
        state[top.node] = 2
        path.pop()
        continue
      }
      const { to } = wires[wire]!
      if (state[to] === 1) turned.add(wire)
      else if (state[to] === 0) {
        state[to] = 1
        path.push({ node: to, next: 0 })
      }
    }
  }
  return wires.map((wire, i) =>
    turned.has(i) ? { ...wire, from: wire.to, to: wire.from, isTurned: true } : wire,
  )
}

/** The longest way from a start; then starts move next to the first they lead to. */
function layersOf(count: number, wires: readonly Wire[], touched: ReadonlySet<number>): Int32Array {
  const layer = new Int32Array(count)
  const open = new Int32Array(count)
  const out = Array.from({ length: count }, (): number[] => [])
  for (const { from, to } of wires) {
    out[from]!.push(to)
    open[to]!++
  }
  const starts = [...touched].filter((node) => open[node] === 0)
  const queue = [...starts]
  for (let node = queue.pop(); node !== undefined; node = queue.pop())
    for (const to of out[node]!) {
      layer[to] = Math.max(layer[to]!, layer[node]! + 1)
      if (--open[to]! === 0) queue.push(to)
    }
  for (const node of starts) layer[node] = Math.min(...out[node]!.map((to) => layer[to]! - 1))
  return layer
}

function columnsOf(layers: Int32Array, wires: readonly Wire[], touched: ReadonlySet<number>) {
  const byLayer = Map.groupBy(
    [...touched].sort((a, b) => a - b),
    (node) => layers[node]!,
  )
  const cells: Cell[] = []
  const columns: number[][] = []
  const cellOf = new Map<number, number>()
  for (const layer of [...byLayer.keys()].sort((a, b) => a - b)) {
    const nodes = byLayer.get(layer)!
    const parts = Math.ceil(nodes.length / TALLEST)
    const size = Math.ceil(nodes.length / parts)
    for (let i = 0; i < nodes.length; i += size) {
      const column: number[] = []
      for (const node of nodes.slice(i, i + size)) {
        cellOf.set(node, cells.length)
        column.push(cells.length)
        cells.push({ node, column: columns.length })
      }
      columns.push(column)
    }
  }
  const spans = wires.map(
    ({ from, to }) => cells[cellOf.get(to)!]!.column - cells[cellOf.get(from)!]!.column - 1,
  )
  const hasBends = spans.reduce((sum, span) => sum + Math.max(0, span), 0) <= MOST_BENDS
  const bends = wires.flatMap(({ from, to }, wire): Bend[] => {
    const [a, b] = [cellOf.get(from)!, cellOf.get(to)!]
    if (!hasBends) return [{ from: a, to: b, wire }]
    const path = [a]
    for (let column = cells[a]!.column + 1; column < cells[b]!.column; column++) {
      columns[column]!.push(cells.length)
      path.push(cells.length)
      cells.push({ node: undefined, column })
    }
    path.push(b)
    return path.slice(1).map((cell, i) => ({ from: path[i]!, to: cell, wire }))
  })
  return { cells, columns, bends }
}

function neighbours(count: number, bends: readonly Bend[]) {
  const before = Array.from({ length: count }, (): number[] => [])
  const after = Array.from({ length: count }, (): number[] => [])
  for (const { from, to } of bends) {
    after[from]!.push(to)
    before[to]!.push(from)
  }
  return { before, after }
}

/** Each cell goes to the mean place of its neighbours in the column before, then in the one after, and so on. */
function orderColumns(
  columns: readonly number[][],
  before: readonly number[][],
  after: readonly number[][],
): void {
  const place = new Map<number, number>()
  const number = (column: readonly number[]) =>
    column.forEach((cell, i) => place.set(cell, (i + 0.5) / column.length))
  columns.forEach(number)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0
    const sides = isForward ? before : after
    for (const column of isForward ? columns : columns.toReversed()) {
      const wish = new Map(
        column.map((cell) => [
          cell,
          mean(sides[cell]!.map((other) => place.get(other)!)) ?? place.get(cell)!,
        ]),
      )
      column.sort((a, b) => wish.get(a)! - wish.get(b)! || a - b)
      number(column)
    }
  }
}

function heights(
  columns: readonly (readonly number[])[],
  before: readonly number[][],
  after: readonly number[][],
  cells: readonly Cell[],
): Float64Array {
  const y = new Float64Array(cells.length)
  const room = (cell: number) => (cells[cell]!.node === undefined ? GAP_Y : BOX_HEIGHT + GAP_Y)
  for (const column of columns) {
    let at = 0
    for (const cell of column) {
      y[cell] = at + room(cell) / 2
      at += room(cell)
    }
  }
  const tallest = Math.max(0, ...columns.map((column) => column.reduce((sum, cell) => sum + room(cell), 0)))
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      const wishes = column.map(
        (cell) => mean([...before[cell]!, ...after[cell]!].map((other) => y[other]!)) ?? y[cell]!,
      )
      spread(column, wishes, room, y, tallest)
    }
  const top = Math.min(...column0(y))
  for (let i = 0; i < y.length; i++) y[i]! -= top - BOX_HEIGHT / 2
  return y
}

function column0(y: Float64Array): number[] {
  return y.length === 0 ? [0] : [...y]
}

/** Cells keep their order and their distance, each as near to its wish as the others let it. */
function spread(
  column: readonly number[],
  wishes: readonly number[],
  room: (cell: number) => number,
  y: Float64Array,
  tallest: number,
): void {
  // Groups of cells that touch each other move as one, to the mean of their wishes.
  const groups: { cells: number[]; offset: number[]; wish: number; size: number }[] = []
  column.forEach((cell, i) => {
    let group = {
      cells: [cell],
      offset: [room(cell) / 2],
      wish: wishes[i]! - room(cell) / 2,
      size: room(cell),
    }
    for (
      let last = groups.at(-1);
      last !== undefined && last.wish + last.size > group.wish;
      last = groups.at(-1)
    ) {
      groups.pop()
      const [n, m] = [last.cells.length, group.cells.length]
      group = {
        cells: [...last.cells, ...group.cells],
        offset: [...last.offset, ...group.offset.map((each) => each + last.size)],
        wish: (last.wish * n + (group.wish - last.size) * m) / (n + m),
        size: last.size + group.size,
      }
    }
    groups.push(group)
  })
  for (const { cells, offset, wish, size } of groups) {
    const top = Math.max(0, Math.min(wish, Math.max(0, tallest - size)))
    cells.forEach((cell, i) => (y[cell] = top + offset[i]!))
  }
}

function drawn(state: {
  readonly nodes: readonly LayoutNode[]
  readonly edges: readonly LayoutEdge[]
  readonly wires: readonly Wire[]
  readonly cells: readonly Cell[]
  readonly columns: readonly (readonly number[])[]
  readonly bends: readonly Bend[]
  readonly y: Float64Array
  readonly touched: ReadonlySet<number>
}): Layout {
  const { nodes, wires, cells, columns, bends, y, touched } = state
  const boxes: Box[] = []
  const left: number[] = []
  const widths: number[] = []
  let x = 0
  for (const column of columns) {
    const own = column.flatMap((cell) => cells[cell]!.node ?? [])
    const width = Math.max(40, ...own.map((node) => widthOf(nodes[node]!.label)))
    left.push(x)
    widths.push(width)
    for (const cell of column) {
      const { node } = cells[cell]!
      if (node !== undefined) boxes.push({ ...nodes[node]!, x, y: y[cell]! - BOX_HEIGHT / 2, width })
    }
    x += width + GAP_X
  }
  const byWire = Map.groupBy(bends, ({ wire }) => wire)
  const lines = wires.map(({ edge, isTurned }, wire): Line => {
    const path = byWire.get(wire)!
    const points = path.flatMap(({ from, to }) => {
      const [a, b] = [cells[from]!.column, cells[to]!.column]
      return [
        { x: left[a]! + widths[a]!, y: y[from]! },
        { x: left[b]!, y: y[to]! },
      ]
    })
    return { edge, points: isTurned ? points.toReversed() : points }
  })
  const graphWidth = Math.max(0, x - GAP_X)
  const graphHeight = Math.max(0, ...boxes.map((box) => box.y + BOX_HEIGHT))
  const alone = rowsOf(
    nodes.filter((_, i) => !touched.has(i)),
    Math.max(graphWidth, 900),
    boxes.length === 0 ? 0 : graphHeight + 3 * GAP_Y,
  )
  return {
    width: Math.max(graphWidth, ...alone.map((box) => box.x + box.width), 1),
    height: Math.max(graphHeight, ...alone.map((box) => box.y + BOX_HEIGHT), BOX_HEIGHT),
    boxes: [...boxes, ...alone],
    lines,
  }
}

function rowsOf(nodes: readonly LayoutNode[], width: number, top: number): Box[] {
  let [x, y] = [0, top]
  return nodes.map((node) => {
    const own = widthOf(node.label)
    if (x > 0 && x + own > width) [x, y] = [0, y + BOX_HEIGHT + GAP_Y]
    const box = { ...node, x, y, width: own }
    x += own + GAP_Y
    return box
  })
}

function widthOf(label: string): number {
  return Math.min(WIDEST, Math.round(label.length * CHAR_WIDTH + 2 * PADDING_X))
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}
