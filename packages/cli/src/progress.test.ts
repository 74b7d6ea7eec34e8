import assert from 'node:assert/strict'
import { it } from 'node:test'
import { progressLine, terminalProgress } from './progress.ts'

it('progress shows share, rate and time left', () => {
  const state = { label: 'rows', done: 1_400_000, total: 2_000_000, unit: 'rows', elapsedMs: 4000 }
  assert.equal(
    progressLine(state),
    'rows  ██████████████░░░░░░ 70 %  1,400,000/2,000,000  350,000 rows/s  2 s left',
  )
  assert.match(progressLine({ ...state, bytes: 800_000_000 }), / 350,000 rows\/s  200 MB\/s  2 s left$/)
  assert.equal(progressLine({ ...state, total: undefined }), 'rows  1,400,000 rows  350,000 rows/s')
  assert.match(progressLine({ ...state, done: 3_000_000 }), /█{20} 100 %.* 0 s left$/)
  assert.doesNotMatch(progressLine({ ...state, done: 0, elapsedMs: 0 }), /left|Infinity|NaN/)
})

it('a terminal is redrawn at most ten times a second, within its width, and left clean', () => {
  let written: string[] = []
  let now = 0
  const stream = { write: (text: string) => written.push(text), isTTY: true, columns: 20 }
  const task = terminalProgress(stream, () => now).start('rows', 100, 'rows')
  for (now = 0; now <= 250; now += 10) task.update(now / 10)
  assert.equal(written.length, 3)
  for (const text of written) {
    assert.ok(text.startsWith('\r\x1b[2K'))
    assert.ok(text.length - '\r\x1b[2K'.length < 20)
  }
  written = []
  task.finish()
  assert.deepEqual(written, ['\r\x1b[2K'])
})

it('a pipe or a log file gets nothing', () => {
  const written: string[] = []
  const task = terminalProgress({ write: (text) => written.push(text), isTTY: false }).start('rows', 10)
  task.update(5)
  task.finish()
  assert.deepEqual(written, [])
})
