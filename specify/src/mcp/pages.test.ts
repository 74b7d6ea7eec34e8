import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutPage } from './pages.ts'

type Document = Readonly<Record<string, unknown>>

function allPages(document: Document, limit: number): Document[] {
  const pages: Document[] = []
  for (let from: number | undefined = 0; from !== undefined;) {
    const page = cutPage(document, from, limit)
    pages.push(page.document)
    from = page.next
  }
  return pages
}

test('a document that fits is given back as it is', () => {
  const document = { ok: true, data: { names: ['a', 'b'] } }
  const { document: page, next } = cutPage(document, 0, JSON.stringify(document).length)
  assert.equal(page, document)
  assert.equal(next, undefined)
})

test('pages hold every item once, in order, and each is below the limit', () => {
  const findings = Array.from({ length: 40 }, (_, i) => ({ code: `finding-${i}`, tasks: [`T${i}`, 'T999'] }))
  const names = Array.from({ length: 30 }, (_, i) => `name ${i}`)
  const pages = allPages({ ok: false, command: 'x', findings, data: { root: '/r', names } }, 500)
  assert.ok(pages.length > 3)
  for (const page of pages) assert.ok(JSON.stringify(page).length < 620, JSON.stringify(page))
  assert.deepEqual(
    pages.flatMap((page) => page['findings'] ?? []),
    findings,
  )
  assert.deepEqual(
    pages.flatMap(({ data }) => (data as { names?: string[] } | undefined)?.names ?? []),
    names,
  )
  assert.ok(pages.every((page) => page['ok'] === false && page['command'] === 'x'))
  assert.deepEqual(
    pages.map(({ data }) => (data as { root?: string } | undefined)?.root).filter(Boolean),
    ['/r'],
    'what is no list is said once',
  )
})

test('a large item is opened, and says on every page whose items these are', () => {
  const requirements = Array.from({ length: 50 }, (_, i) => ({ id: `FR-${i}` }))
  const pages = allPages({ ok: true, data: { features: [{ path: 'specs/001', requirements }] } }, 400)
  assert.ok(pages.length > 1)
  const features = pages.flatMap(({ data }) => (data as { features: (typeof feature)[] }).features)
  const feature = { path: 'specs/001', requirements }
  assert.ok(features.every(({ path }) => path === 'specs/001'))
  assert.deepEqual(
    features.flatMap((one) => one.requirements),
    requirements,
  )
})

test('an item larger than a page comes alone instead of never', () => {
  const long = 'x'.repeat(1000)
  const pages = allPages({ ok: true, data: { texts: ['a', long, 'b'] } }, 100)
  assert.deepEqual(
    pages.map(({ data }) => (data as { texts: string[] }).texts.length),
    [1, 1, 1],
  )
})
