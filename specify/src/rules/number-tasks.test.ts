import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMarkdown } from '../spec/markdown.ts'
import { parseTasks } from '../spec/parse-tasks.ts'
import { numberTasks } from './number-tasks.ts'

const numbered = (text: string) => numberTasks(text, parseTasks(parseMarkdown(text, 'tasks.md')))

test('gaps get the next free numbers, in order, and everything else stays', () => {
  assert.deepEqual(numbered('- [ ] T007 a\r\n- [x] b\r\n  - [ ] **c**\r\n\r\ntext\r\n'), {
    text: '- [ ] T007 a\r\n- [x] T008 b\r\n  - [ ] T009 **c**\r\n\r\ntext\r\n',
    lines: [2, 3],
  })
})

test('numbers keep their width, and grow past it', () => {
  assert.match(numbered('- [ ] T0998 a\n- [ ] b\n').text, /T0999 b/)
  assert.match(numbered('- [ ] T999 a\n- [ ] b\n').text, /T1000 b/)
})

test('a file without numbers keeps its own convention', () => {
  const text = '- [ ] a\n- [ ] WEB-12 b\n'
  assert.deepEqual(numbered(text), { text, lines: [] })
})

test('a second run finds nothing to do', () => {
  const { text } = numbered('- [ ] T001 a\n- [ ] b\n')
  assert.deepEqual(numbered(text), { text, lines: [] })
})
