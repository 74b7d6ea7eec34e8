import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryFolder } from '../../test/run-specify.ts'
import { beyondBaseline, loadBaseline, saveBaseline } from './baseline.ts'

const finding = (line: number, message = 'Twice, first in line 4.') => ({
  code: 'duplicate-id',
  severity: 'error' as const,
  file: 'specs/001-a/spec.md',
  line,
  message,
})

test('one more of the same is new, wherever it stands', async (t) => {
  const root = temporaryFolder(t)
  await saveBaseline(root, [finding(10), finding(12)])
  const baseline = await loadBaseline(root)
  const moved = [finding(20, 'Twice, first in line 14.'), finding(22)]
  assert.deepEqual(beyondBaseline(moved, baseline), { fresh: [], known: 2 })
  assert.deepEqual(beyondBaseline([...moved, finding(30)], baseline), { fresh: [finding(30)], known: 2 })
  assert.deepEqual(beyondBaseline([finding(10, 'Something else.')], baseline).known, 0)
})
