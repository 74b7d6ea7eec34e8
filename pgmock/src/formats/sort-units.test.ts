import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sortedUnits, type Unit } from './sort-units.ts'

const unit = (priority: number, name: string, needs: readonly string[] = [], schema = 'public'): Unit => ({
  priority,
  schema,
  name,
  tie: 0,
  id: name,
  needs,
  entries: [],
})
const order = (units: readonly Unit[]) => sortedUnits(units).map(({ name }) => name)

test('kinds first, then schemas, then names by their bytes', () => {
  assert.deepEqual(
    order([unit(2, 'a'), unit(1, 'z', [], 'other'), unit(1, 'é'), unit(1, 'b'), unit(1, 'B')]),
    ['z', 'B', 'b', 'é', 'a'],
  )
})

test('what is needed moves forward, only as far as it must', () => {
  assert.deepEqual(order([unit(1, 'a'), unit(1, 'b', ['d']), unit(1, 'c'), unit(1, 'd')]), [
    'a',
    'd',
    'b',
    'c',
  ])
  // A function that returns a table's rows stands behind the table, which stands behind its sequence.
  assert.deepEqual(
    order([unit(1, 'f', ['t']), unit(1, 'g'), unit(2, 'a'), unit(2, 's'), unit(2, 't', ['s'])]),
    ['s', 't', 'f', 'g', 'a'],
  )
})

test('a circle is opened instead of going round for ever', () => {
  assert.equal(order([unit(1, 'a', ['b']), unit(1, 'b', ['a'])]).length, 2)
})
