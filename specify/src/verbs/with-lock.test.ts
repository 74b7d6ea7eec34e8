import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../test/run-specify.ts'
import { withLock } from './with-lock.ts'

test('work under one lock never overlaps, and the lock is gone after it', async (t) => {
  const path = join(temporaryFolder(t), 'deep/lock')
  let [inside, most] = [0, 0]
  const work = async () => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setImmediate(resolve))
    inside--
  }
  await Promise.all(Array.from({ length: 8 }, () => withLock(path, work)))
  assert.equal(most, 1)
  assert.ok(!existsSync(path))
})

test('work that fails gives the lock back', async (t) => {
  const path = join(temporaryFolder(t), 'lock')
  await assert.rejects(
    withLock(path, () => Promise.reject(new Error('no'))),
    /no/,
  )
  assert.equal(await withLock(path, () => Promise.resolve(1)), 1)
})

for (const [title, content, ageMs] of [
  ['of a dead process', () => `${hostname()} ${deadPid()} x`, 0],
  ['nobody signed', () => '', 5000],
  ['of another machine, long ago', () => 'elsewhere 1 x', 60_000],
] as const) {
  test(`a lock ${title} does not hold anybody up`, async (t) => {
    const path = join(temporaryFolder(t), 'lock')
    writeFileSync(path, content())
    const then = new Date(Date.now() - ageMs)
    utimesSync(path, then, then)
    assert.equal(await withLock(path, () => Promise.resolve(1)), 1)
  })
}

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}
