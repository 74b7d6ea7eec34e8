import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BOX_HEIGHT, layOut, type Layout, type LayoutEdge, type LayoutNode } from './layered-layout.ts'

test('callers stand left of whom they call, however long the way', () => {
  const layout = layOut(nodesOf(['c', 'b', 'a', 'd']), edgesOf(['a b', 'b c', 'a c', 'c d']))
  const x = (id: string) => layout.boxes.find((box) => box.id === id)!.x
  assert.ok(x('a') < x('b') && x('b') < x('c') && x('c') < x('d'))
})

test('services that call each other in a ring are drawn, each line in its direction', () => {
  const layout = layOut(nodesOf(['a', 'b', 'c']), edgesOf(['a b', 'b c', 'c a']))
  assert.equal(layout.lines.length, 3)
  const back = layout.lines.find(({ edge }) => edge === 2)!
  assert.ok(back.points[0]!.x > back.points.at(-1)!.x, 'the line that closes the ring leads back')
})

test('services without a neighbour stand below, in rows', () => {
  const layout = layOut(nodesOf(['a', 'b', 'x', 'y']), edgesOf(['a b']))
  const y = (id: string) => layout.boxes.find((box) => box.id === id)!.y
  assert.ok(y('x') > y('a') && y('x') > y('b') && y('x') === y('y'))
})

test('a service that calls itself, and an edge to nowhere, are no reason to fail', () => {
  const layout = layOut(nodesOf(['a']), edgesOf(['a a', 'a gone']))
  assert.deepEqual([layout.boxes.length, layout.lines.length], [1, 0])
  assert.deepEqual(layOut([], []).boxes, [])
})

for (const seed of [1, 2, 3])
  test(`no two boxes overlap and every line ends at its boxes (seed ${seed})`, () => {
    const { nodes, edges } = randomGraph(seed, 120, 260)
    const layout = layOut(nodes, edges)
    assert.equal(layout.boxes.length, nodes.length)
    assertNoOverlap(layout)
    for (const { edge, points } of layout.lines) {
      const { from, to } = edges[edge]!
      assert.ok(touches(layout, from, points[0]!), `${from} → ${to} begins at ${from}`)
      assert.ok(touches(layout, to, points.at(-1)!), `${from} → ${to} ends at ${to}`)
    }
    assert.deepEqual(layOut(nodes, edges), layout)
  })

test('a thousand services with three thousand edges are drawn whole', () => {
  const { nodes, edges } = randomGraph(4, 1000, 3000)
  const layout = layOut(nodes, edges)
  assert.equal(layout.boxes.length, 1000)
  assertNoOverlap(layout)
})

function assertNoOverlap({ boxes }: Layout): void {
  const sorted = boxes.toSorted((a, b) => a.x - b.x || a.y - b.y)
  for (const [i, a] of sorted.entries())
    for (const b of sorted.slice(i + 1)) {
      if (b.x >= a.x + a.width) break
      assert.ok(Math.abs(a.y - b.y) >= BOX_HEIGHT, `${a.id} and ${b.id}`)
    }
}

function touches({ boxes }: Layout, id: string, point: { readonly x: number; readonly y: number }): boolean {
  const box = boxes.find((one) => one.id === id)!
  // A narrower box than its column's widest ends before the line does: lines keep to the columns.
  return point.x >= box.x - 1 && point.x <= box.x + 231 && Math.abs(point.y - box.y - BOX_HEIGHT / 2) < 1
}

function nodesOf(names: readonly string[]): LayoutNode[] {
  return names.map((id) => ({ id, label: id }))
}

function edgesOf(pairs: readonly string[]): LayoutEdge[] {
  return pairs.map((pair) => {
    const [from, to] = pair.split(' ') as [string, string]
    return { from, to }
  })
}

function randomGraph(seed: number, count: number, size: number) {
  let state = seed
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below) // the high bits: the low ones of such a sequence repeat
  }
  const nodes = nodesOf(Array.from({ length: count }, (_, i) => `service-${i}`))
  const edges = Array.from({ length: size }, () => ({
    from: nodes[next(count)]!.id,
    to: nodes[next(count)]!.id,
  }))
  return { nodes, edges: edges.filter(({ from, to }) => from !== to) }
}
