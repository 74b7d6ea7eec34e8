import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { runInBackground } from './background.ts'
import { createLog } from './log.ts'

const quiet = createLog('test', 'error', () => {})
const until = async (fact: () => boolean) => {
  while (!fact()) await sleep(1)
}

test('wake shortens the pause', async () => {
  let runs = 0
  const task = runInBackground({ name: 't', everyMs: 60_000, run: async () => void runs++ }, quiet)
  await until(() => runs === 1)
  task.wake()
  await until(() => runs === 2)
  await task.stop()
})

test('a wake during a run is not lost', async () => {
  let runs = 0
  let release = () => {}
  const task = runInBackground(
    {
      name: 't',
      everyMs: 60_000,
      run: () => new Promise((resolve) => (runs++, (release = () => resolve(false)))),
    },
    quiet,
  )
  await until(() => runs === 1)
  task.wake()
  release()
  await until(() => runs === 2)
  release()
  await task.stop()
})

test('more work is done without a pause, and stop waits for the run', async () => {
  let runs = 0
  const task = runInBackground({ name: 't', everyMs: 60_000, run: async () => ++runs < 5 }, quiet)
  await until(() => runs === 5)
  await task.stop()
  assert.equal(runs, 5)
})

test('a failure is logged and the task goes on', async () => {
  const lines: string[] = []
  let runs = 0
  const log = createLog('test', 'error', (line) => lines.push(line))
  const run = async () => {
    if (++runs === 1) throw new Error('broken pipe')
  }
  const task = runInBackground({ name: 'relay', everyMs: 60_000, run }, log)
  await until(() => runs === 2)
  await task.stop()
  assert.match(lines.join(''), /"task":"relay".*broken pipe/)
})
