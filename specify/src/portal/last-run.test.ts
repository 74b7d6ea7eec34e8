import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../test/run-specify.ts'
import type { ScenarioResult } from '../scenarios/scenario-result.ts'
import { keepLastRun, mergeRuns, readLastRun } from './last-run.ts'

test('a run of some scenarios leaves the results of the others', () => {
  const before = { at: '2026-01-01T00:00:00Z', results: [result('a', 'passed'), result('b', 'passed')] }
  const after = mergeRuns(before, { at: '2026-01-02T00:00:00Z', results: [result('b', 'failed')] })
  assert.deepEqual(
    after.results.map(({ id, outcome }) => [id, outcome]),
    [
      ['a', 'passed'],
      ['b', 'failed'],
    ],
  )
  assert.equal(after.at, '2026-01-02T00:00:00Z')
})

test('a run is kept and found again; a broken file counts as none', (t) => {
  const root = temporaryFolder(t)
  assert.equal(readLastRun(root), undefined)
  const run = { at: '2026-01-01T00:00:00Z', results: [result('a', 'passed')] }
  keepLastRun(root, run)
  assert.deepEqual(readLastRun(root), run)
  writeFileSync(join(root, '.speckit/cache/last-run.json'), '{"at":')
  assert.equal(readLastRun(root), undefined)
})

function result(id: string, outcome: ScenarioResult['outcome']): ScenarioResult {
  return { id, title: id, file: 'spec.md', line: 1, outcome, durationMs: 1, requests: 1, failures: [] }
}
