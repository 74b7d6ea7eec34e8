import assert from 'node:assert/strict'
import test from 'node:test'
import { remember } from './remember.ts'

test('what was loaded is answered until its time is over', async () => {
  let nowMs = 0
  let loads = 0
  const load = remember(
    () => Promise.resolve(++loads),
    5_000,
    () => nowMs,
  )
  assert.equal(await load(), 1)
  nowMs = 4_999
  assert.equal(await load(), 1)
  nowMs = 5_000
  assert.equal(await load(), 2)
})

test('callers that come while it is loading share one load', async () => {
  let loads = 0
  const load = remember(
    () => Promise.resolve(++loads),
    5_000,
    () => 0,
  )
  assert.deepEqual(await Promise.all([load(), load(), load()]), [1, 1, 1])
})

test('a failure is told to whoever waited and not remembered', async () => {
  let loads = 0
  const load = remember(
    () => (++loads === 1 ? Promise.reject(new Error('down')) : Promise.resolve(loads)),
    5_000,
    () => 0,
  )
  await assert.rejects(load(), /down/)
  assert.equal(await load(), 2)
})
