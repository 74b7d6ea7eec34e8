import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeLines } from './merge-lines.ts'

const BASE = 'a\nb\nc\nd\ne\n'

for (const [title, ours, theirs, merged] of [
  ['both sides in different places', 'a\nB\nc\nd\ne\n', 'a\nb\nc\nd\nE\n', 'a\nB\nc\nd\nE\n'],
  [
    'an addition at the end and a change at the start',
    `${BASE}mine\n`,
    'A\nb\nc\nd\ne\n',
    'A\nb\nc\nd\ne\nmine\n',
  ],
  ['a deletion beside an insertion', 'a\nc\nd\ne\n', 'a\nb\nc\nd\nnew\ne\n', 'a\nc\nd\nnew\ne\n'],
  ['the same change on both sides', 'a\nX\nc\nd\ne\n', 'a\nX\nc\nd\ne\n', 'a\nX\nc\nd\ne\n'],
  ['only they changed', BASE, 'z\n', 'z\n'],
  ['only we changed', 'z\n', BASE, 'z\n'],
  ['the same place in two ways', 'a\nB1\nc\nd\ne\n', 'a\nB2\nc\nd\ne\n', undefined],
  ['two additions at the end', `${BASE}mine\n`, `${BASE}theirs\n`, undefined],
] as const) {
  test(`${title}: ${merged === undefined ? 'left to a person' : 'merged'}`, () => {
    assert.equal(mergeLines({ base: BASE, ours, theirs }), merged)
  })
}

// @spec 001#FR-010
test('a change on one side alone always comes through whole, whatever it is', () => {
  const random = seeded(7)
  const lines = () =>
    Array.from({ length: Math.floor(random() * 12) }, () => `${'abcd'[Math.floor(random() * 4)]}\n`).join('')
  for (let i = 0; i < 300; i++) {
    const [base, changed] = [lines(), lines()]
    assert.equal(mergeLines({ base, ours: base, theirs: changed }), changed, `round ${i} of seed 7`)
    assert.equal(mergeLines({ base, ours: changed, theirs: base }), changed, `round ${i} of seed 7`)
  }
})

test('a file too long to compare is left to a person', () => {
  const long = Array.from({ length: 3000 }, (_, i) => `${i}\n`).join('')
  assert.equal(mergeLines({ base: long, ours: `${long}x\n`, theirs: `y\n${long}` }), undefined)
})

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
