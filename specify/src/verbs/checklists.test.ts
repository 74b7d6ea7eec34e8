import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseChecklist, tickLines } from './checklists.ts'

const LIST = '# L\r\n\r\n- [ ] CHK001 Is it [said]?\r\n- [x] CHK002 Is it one thing?\r\n  * [ ] nested\r\n'

test('boxes of every list count, with id and line', () => {
  assert.deepEqual(
    parseChecklist(LIST).map(({ id, isChecked, line }) => ({ id, isChecked, line })),
    [
      { id: 'CHK001', isChecked: false, line: 3 },
      { id: 'CHK002', isChecked: true, line: 4 },
      { id: undefined, isChecked: false, line: 5 },
    ],
  )
})

test('ticking changes the box and no other character', () => {
  assert.equal(tickLines(LIST, new Set([3])), LIST.replace('[ ] CHK001', '[X] CHK001'))
  assert.equal(tickLines(LIST, new Set([1, 4])), LIST)
})
