import assert from 'node:assert/strict'
import test from 'node:test'
import { nearestWord } from './nearest-word.ts'

const known = [
  { word: 'teapot', uses: 12 },
  { word: 'tea', uses: 40 },
  { word: 'lamp', uses: 9 },
  { word: 'camp', uses: 30 },
  { word: 'headphones', uses: 3 },
  { word: 'blanket', uses: 5 },
  { word: 'blankets', uses: 1 },
]

// search-service/001#FR-004
const cases: readonly [typed: string, meant: string | undefined][] = [
  ['teapto', 'teapot'],
  ['hedphones', 'headphones'],
  ['hedfones', undefined], // three mistakes
  ['lamq', 'lamp'],
  ['damp', 'camp'], // both one mistake away, neither starts alike: more products have it
  ['lmap', 'lamp'],
  ['lm', undefined],
  ['blankt', 'blanket'],
]
for (const [typed, meant] of cases)
  test(`"${typed}" is taken for ${meant ?? 'nothing known'}`, () =>
    assert.equal(nearestWord(typed, known), meant))
