import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { motifNamed, motifNames } from './motifs.ts'
import { productPicture } from './product-picture.ts'
import { sellerMark } from './seller-mark.ts'

const LARGEST_BYTES = 20_000

test('the same sku, motif and hue give the same bytes', () => {
  for (const motif of motifNames)
    assert.equal(
      productPicture({ sku: 'A-1', motif, hue: 20 }),
      productPicture({ sku: 'A-1', motif, hue: 20 }),
    )
})

test('every motif is a well-formed small picture at every hue', () => {
  for (const motif of motifNames)
    for (let hue = 0; hue < 360; hue += 23) {
      const svg = productPicture({ sku: `SKU-${hue}`, motif, hue })
      assertWellFormed(svg, motif)
      assert.doesNotMatch(svg, /NaN|undefined|Infinity/, motif)
      assert.ok(svg.length < LARGEST_BYTES, `${motif} has ${svg.length} bytes`)
    }
})

test('every url(#…) of a picture is defined in it', () => {
  for (const motif of motifNames) {
    const svg = productPicture({ sku: 'B-7', motif, hue: 200 })
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g))
      assert.ok(svg.includes(`id="${id}"`), `${motif}: ${id}`)
  }
})

test('two products of one motif and hue look different', () => {
  const pictures = new Set(
    Array.from({ length: 50 }, (_, i) => productPicture({ sku: `C-${i}`, motif: 'vase', hue: 90 })),
  )
  assert.equal(pictures.size, 50)
})

test('a motif nobody knows is painted as a gift box, other names of a motif as the motif', () => {
  const painted = (motif: string) => productPicture({ sku: 'D-1', motif, hue: 5 }).length
  assert.ok(painted('nothing-we-know') > 500)
  assert.ok(painted('__proto__') > 500)
  assert.ok(painted('mug') > 500)
})

test('shops have their own marks', () => {
  const marks = ['kiln', 'loom', 'yard', 'wood', 'salt'].map((seller) => sellerMark({ seller, hue: 40 }))
  assert.equal(new Set(marks).size, marks.length)
  for (const mark of marks) assertWellFormed(mark, 'mark')
})

/** Tags open and close in order; attributes hold no stray quotes. Enough for text that only we write. */
function assertWellFormed(svg: string, what: string): void {
  const open: string[] = []
  const rest = svg.replaceAll(
    /<(\/?)([A-Za-z]+)((?: [A-Za-z0-9-]+="[^"<]*")*)(\/?)>/g,
    (_, close, name, _attributes, selfClosed) => {
      if (close) assert.equal(open.pop(), name, what)
      else if (!selfClosed) open.push(name)
      return ''
    },
  )
  assert.deepEqual(open, [], what)
  assert.equal(rest, '', `${what}: left over ${rest.slice(0, 80)}`)
}

test('every motif the demo catalogue names is painted as itself', () => {
  const catalog = readFileSync(new URL('../../../data/catalog.json', import.meta.url), 'utf8')
  const named = new Set([...catalog.matchAll(/then '([a-z-]+)'/g)].map(([, name]) => name!))
  assert.ok(named.size > 10)
  for (const name of named) if (name !== 'box') assert.notEqual(motifNamed(name), motifNamed('box'), name)
})
