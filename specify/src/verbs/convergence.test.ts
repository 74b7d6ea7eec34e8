import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMarkdown } from '../spec/markdown.ts'
import { parseTasks } from '../spec/parse-tasks.ts'
import { withConvergence, type Gap } from './convergence.ts'

const TASKS = '## Phase 1: A\r\n\r\n- [x] T001 (FR-001)\r\n- [ ] T007 b'
const GAPS: Gap[] = [
  { kind: 'missing', requirement: 'FR-002', text: 'Implement: b' },
  { kind: 'unrequested', requirement: undefined, text: 'Take out src/x.ts' },
]

test('a phase is appended with the next numbers; what was there keeps every byte', () => {
  assert.equal(
    converge(TASKS, GAPS),
    `${TASKS}\r\n\r\n## Phase 2: Convergence\r\n\r\n- [ ] T008 Implement: b per FR-002 (missing)\r\n- [ ] T009 Take out src/x.ts (unrequested)\r\n`,
  )
})

// @spec 001#FR-009
test('the same gaps again change nothing, and no gap changes nothing', () => {
  const once = converge(TASKS, GAPS)
  assert.equal(converge(once, GAPS), once)
  assert.equal(converge(TASKS, []), TASKS)
})

test('a gap that comes back after its task was done gets a new task', () => {
  const done = converge(TASKS, GAPS).replace('[ ] T009', '[X] T009')
  assert.match(converge(done, GAPS), /## Phase 3: Convergence\r\n\r\n- \[ \] T010 Take out/)
})

function converge(text: string, gaps: readonly Gap[]): string {
  return withConvergence(text, parseTasks(parseMarkdown(text, 'tasks.md')), gaps).text
}
