import assert from 'node:assert/strict'
import { test } from 'node:test'
import { search, searchTexts } from './search.ts'
import { buildSegment } from './segment.ts'

type Text = { readonly path: string; readonly text: string }

test('a rare word counts more than a common one', () => {
  const common = Array.from({ length: 8 }, (_, i) => file(`notes/${i}.md`, 'An order is an order.'))
  assert.equal(paths('order refund', [...common, file('z.md', 'A refund.')])[0], 'z.md')
})

test('a heading counts more than the text, and a path alone is enough to be found', () => {
  assert.deepEqual(
    paths('refund', [
      file('a.md', '# Paint\n\nA refund.'),
      file('b.md', '# Refund\n\nPaint.'),
      file('refund/c.md', '# Paint\n\nPaint.'),
      file('d.md', '# Paint\n\nPaint.'),
    ]),
    ['b.md', 'a.md', 'refund/c.md'],
  )
})

test('what should be read first wins among equals, then the later day, then the path', () => {
  const texts = ['b.md', 'a.md', 'c.md', 'd.md'].map((path) => file(path, 'refund'))
  const state = (day: number) => ({ size: 0, mtimeMs: day * 86_400_000, ctimeMs: 0, key: '' })
  const segment = buildSegment(texts.map((one) => ({ ...one, state: state(one.path === 'd.md' ? 2 : 1) })))
  const { hits } = search('refund', [{ segment, isAlive: () => true }], {
    features: [],
    weightOf: (path) => (path === 'c.md' ? 1.2 : 1),
  })
  assert.deepEqual(
    hits.map(({ path }) => path),
    ['c.md', 'd.md', 'a.md', 'b.md'],
  )
})

test('a word in a long text counts less than in a short one', () => {
  assert.deepEqual(
    paths('refund', [file('a.md', `refund ${'word '.repeat(2000)}`), file('b.md', 'refund')]),
    ['b.md', 'a.md'],
  )
})

test('a file of the feature that speaks of the question goes before a chance hit elsewhere', () => {
  const texts = [
    file('specs/001-carts/spec.md', '# Carts\n\nA cart keeps what was put in. It expires.'),
    file('specs/002-vouchers/plan.md', '# Plan\n\nIt expires.'),
    file('specs/002-vouchers/spec.md', '# Vouchers\n\nA voucher of the shop. A voucher has a code.'),
  ]
  const segment = buildSegment(texts.map((one) => ({ ...one, state: NO_STATE })))
  const { hits } = search('voucher expires', [{ segment, isAlive: () => true }], {
    features: ['specs/001-carts', 'specs/002-vouchers'],
    weightOf: () => 1,
  })
  assert.deepEqual(
    hits.map(({ path }) => path),
    ['specs/002-vouchers/spec.md', 'specs/002-vouchers/plan.md', 'specs/001-carts/spec.md'],
  )
})

test('a synonym is found, behind the word itself', () => {
  assert.deepEqual(
    paths('delete a profile', [
      file('a.md', 'Remove the profile.'),
      file('b.md', 'Delete the profile.'),
      file('c.md', 'Paint the fence.'),
    ]),
    ['b.md', 'a.md'],
  )
})

test('accents may be left out, and one language may ask for another', () => {
  const texts = [file('a.md', 'Aprovação do usuário'), file('b.md', 'Cor do muro')]
  assert.deepEqual(paths('aprovacao', texts), ['a.md'])
  assert.deepEqual(paths('approval', texts), ['a.md'])
})

test('text without spaces is found by two neighbouring characters', () => {
  assert.deepEqual(paths('登录', [file('a.md', '用户登录失败'), file('b.md', '用户注册')]), ['a.md'])
  assert.deepEqual(paths('환불', [file('a.md', '주문을 환불한다'), file('b.md', '주문을 만든다')]), ['a.md'])
})

test('a typing mistake is forgiven when no file has the word', () => {
  const { hits, concepts } = searchTexts('authentcation', [file('a.md', 'Authentication'), file('b.md', 'x')])
  assert.deepEqual(
    hits.map(({ path }) => path),
    ['a.md'],
  )
  assert.equal(concepts[0]!.corrected, 'authentic')
})

test('an id is found however it is typed, first where it is declared', () => {
  const texts = [
    file('tasks.md', '- [ ] T001 Do it (FR-003)\n- [ ] T002 Do more (FR-003)'),
    file('spec.md', 'Some words.\n\n- **FR-003**: It MUST be done\n- **FR-004**: It MUST be seen'),
  ]
  assert.deepEqual(paths('fr-003', texts), ['spec.md', 'tasks.md'])
})

test('relevance stays below one', () => {
  const { hits } = searchTexts('refund', [
    file('refund.md', '# refund refund\n'.repeat(50)),
    file('b.md', ''),
  ])
  assert.ok(hits[0]!.relevance <= 0.99)
})

const NO_STATE = { size: 0, mtimeMs: 0, ctimeMs: 0, key: '' }

function file(path: string, text: string): Text {
  return { path, text }
}

function paths(query: string, texts: readonly Text[]): string[] {
  return searchTexts(query, texts).hits.map(({ path }) => path)
}
