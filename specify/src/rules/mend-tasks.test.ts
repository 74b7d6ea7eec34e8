import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mendTasks } from './mend-tasks.ts'

const IDS = ['FR-001', 'FR-010', 'SC-001', 'US1', 'US2']

const cases: readonly (readonly [fact: string, before: string, after: string, lines: number[]])[] = [
  [
    'the second task of a number gets the next free one',
    '- [x] T001 One in src/a.ts\r\n- [ ] T001 Two in src/b.ts\n- [ ] T007 Three\n',
    '- [x] T001 One in src/a.ts\r\n- [ ] T008 Two in src/b.ts\n- [ ] T007 Three\n',
    [2],
  ],
  [
    'a number somebody refers to is left alone: which of the two is meant?',
    '- [x] T001 One\n- [ ] T001 Two\n- [ ] T002 Three (depends on T001)\n',
    '- [x] T001 One\n- [ ] T001 Two\n- [ ] T002 Three (depends on T001)\n',
    [],
  ],
  [
    'references are written as the spec writes them',
    '- [ ] T001 [US01] One (FR-1, FR-10, SC-1)\n- [ ] T002 [US2] Two (FR-001)\n',
    '- [ ] T001 [US1] One (FR-001, FR-010, SC-001)\n- [ ] T002 [US2] Two (FR-001)\n',
    [1],
  ],
  ['a reference to nothing stays for its author', '- [ ] T001 One (FR-99)\n', '- [ ] T001 One (FR-99)\n', []],
  [
    'front matter and prose keep every character',
    '---\ntitle: T001 T001\n---\n\nSee FR-1.\n\n- [ ] T001 One\n- [ ] Two (FR-1)\n',
    '---\ntitle: T001 T001\n---\n\nSee FR-1.\n\n- [ ] T001 One\n- [ ] T002 Two (FR-001)\n',
    [8],
  ],
]

for (const [fact, before, after, lines] of cases)
  test(fact, () => {
    assert.deepEqual(mendTasks(before, IDS), { text: after, lines })
    assert.deepEqual(mendTasks(after, IDS), { text: after, lines: [] }, 'a second time changes nothing')
    const withoutIds = (text: string) => text.replaceAll(/\b(?:T\d+ ?|(?:FR-|SC-|US)\d+)/g, '')
    assert.equal(withoutIds(after), withoutIds(before), 'nothing but ids changed')
  })

test('a spec with FR-1 and FR-001 leaves the reference to its author', () => {
  const text = '- [ ] T001 One (FR-01)\n'
  assert.deepEqual(mendTasks(text, ['FR-1', 'FR-001']), { text, lines: [] })
})
