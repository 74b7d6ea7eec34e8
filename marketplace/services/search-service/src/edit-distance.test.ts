import assert from 'node:assert/strict'
import test from 'node:test'
import { editDistance } from './edit-distance.ts'

const cases: readonly [one: string, other: string, distance: number][] = [
  ['mug', 'mug', 0],
  ['', 'mug', 3],
  ['hedphones', 'headphones', 1],
  ['teapto', 'teapot', 1],
  ['lapm', 'lamp', 1],
  ['kitten', 'sitting', 3],
  ['ca', 'abc', 3], // two would touch a letter twice
]
for (const [one, other, distance] of cases)
  test(`from "${one}" to "${other}" it is ${distance}, and back`, () => {
    assert.equal(editDistance(one, other), distance)
    assert.equal(editDistance(other, one), distance)
  })
