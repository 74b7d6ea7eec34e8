import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mentionedRequirements } from './requirement-mentions.ts'

const cases: readonly (readonly [text: string, ids: string[]])[] = [
  ['Log in (FR-001, FR-003) and out (FR-001)', ['FR-001', 'FR-003']],
  ['all of FR-001–FR-004', ['FR-001', 'FR-002', 'FR-003', 'FR-004']],
  ['(FR-020〜022、FR-023)', ['FR-020', 'FR-021', 'FR-022', 'FR-023']],
  ['FR-008 to FR-010', ['FR-008', 'FR-009', 'FR-010']],
  ['FR-008 through FR-009; SC-001...003', ['FR-008', 'FR-009', 'SC-001', 'SC-002', 'SC-003']],
  ['FR-020/021/022', ['FR-020', 'FR-021', 'FR-022']],
  ['FR-020/SC-001', ['FR-020', 'SC-001']],
  ['FR-001 to 404 pages', ['FR-001']],
  ['FR-001, 404 and FR-009a', ['FR-001', 'FR-009a']],
  ['FR-010–FR-002 and FR-001–SC-004', ['FR-010', 'FR-002', 'FR-001', 'SC-004']],
  ['FR-001/200.md', ['FR-001']],
  ['FR-1–FR-999999', ['FR-1', 'FR-999999']],
]

for (const [text, ids] of cases)
  test(`"${text}" names ${ids.join(', ')}`, () => assert.deepEqual(mentionedRequirements(text), ids))
