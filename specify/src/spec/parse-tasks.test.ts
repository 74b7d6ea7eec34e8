import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMarkdown } from './markdown.ts'
import type { Task } from './model.ts'
import { parsePrinciples } from './parse-constitution.ts'
import { parsePlanFields } from './parse-plan.ts'
import { parseTasks } from './parse-tasks.ts'

test('Spec Kit 1.0: id, marks, story, requirements and paths of a task', () => {
  assert.deepEqual(
    tasks('- [x] T012 [P] [US1] Create `src/models/user.py` and README.md per FR-003 (SC-001)\n'),
    [
      {
        id: 'T012',
        text: '[P] [US1] Create `src/models/user.py` and README.md per FR-003 (SC-001)',
        isDone: true,
        isParallel: true,
        stories: ['US1'],
        requirements: ['FR-003', 'SC-001'],
        paths: ['src/models/user.py', 'README.md'],
        line: 1,
      },
    ],
  )
})

test('ids in the ways people write them', () => {
  for (const [text, id] of [
    ['- [ ] T001 x', 'T001'],
    ['- [ ] **T001** x', 'T001'],
    ['- [ ] **T001**: x', 'T001'],
    ['- [ ] [T001] x', 'T001'],
    ['- [ ] T001: x', 'T001'],
    ['- [ ] T027A x', 'T027A'],
    ['- [ ] T1234 x', 'T1234'],
    ['- [ ] **F1.2** x', 'F1.2'],
    ['- [ ] WEB-12 x', 'WEB-12'],
    ['* [X] T001 x', 'T001'],
    ['### Task 1.1: Project Setup', 'Task 1.1'],
    ['- [ ] **FR-001** is about a requirement', undefined],
    ['- [ ] no id', undefined],
  ] as const)
    assert.deepEqual(
      tasks(`${text}\n`).map((task) => task.id),
      [id],
      text,
    )
})

test('blocks of the seed gather their bullets, nested boxes are tasks of their own', () => {
  const found = tasks(`### Task 1.2: Database Models
- File: src/models/user.py
- Type: [Test] → Implementation

## Phase 2

- [ ] T002 [US1, US2] outer
  - [ ] T003 [US-3] inner
- a bullet
`)
  assert.deepEqual(
    found.map(({ id, stories, paths, line }) => [id, stories, paths, line]),
    [
      ['Task 1.2', [], ['src/models/user.py'], 1],
      ['T002', ['US1', 'US2'], [], 7],
      ['T003', ['US3'], [], 8],
    ],
  )
})

test('ids of other features and addresses on the web are not references and paths', () => {
  const [task] = tasks('- [ ] T001 Do what order-service/001#FR-003 asks, see https://example.com/a/b.md\n')
  assert.deepEqual([task!.requirements, task!.paths], [[], []])
})

test('a file whose name begins with a dot is a path', () => {
  const [task] = tasks('- [ ] T001 Say in .speckit.config.json and `.github/CODEOWNERS.md` who owns it.\n')
  assert.deepEqual(task!.paths, ['.speckit.config.json', '.github/CODEOWNERS.md'])
})

test('fields of a plan, in lines and bullets', () => {
  const markdown = parseMarkdown(
    '## Technical Context\n\n**Language/Version**: TypeScript 7\n**Storage:** PostgreSQL\n\n- **Testing**: node:test\n',
    'plan.md',
  )
  assert.deepEqual(parsePlanFields(markdown), [
    { name: 'Language/Version', value: 'TypeScript 7', line: 3 },
    { name: 'Storage', value: 'PostgreSQL', line: 4 },
    { name: 'Testing', value: 'node:test', line: 6 },
  ])
})

test('principles are headings, or bullets where there are none', () => {
  const titles = (text: string) =>
    parsePrinciples(parseMarkdown(text, 'constitution.md')).map(({ title }) => title)
  assert.deepEqual(
    titles(
      '# Principles of X\n\n## Core Principles\n\n### I. One\n\n- a\n\n### II. Two\n\n## Governance\n\n### No\n',
    ),
    ['I. One', 'II. Two'],
  )
  assert.deepEqual(titles('## Core Principles\n- Each service owns its data\n- API first\n'), [
    'Each service owns its data',
    'API first',
  ])
})

function tasks(text: string): Task[] {
  return parseTasks(parseMarkdown(text, 'tasks.md'))
}

test('boxes in a block are the steps of one task, done when all are ticked', () => {
  const block = (...boxes: string[]) =>
    tasks(
      `### Task 1.1: Add places\n${boxes.map((box) => `- [${box}] a step`).join('\n')}\n- **Files**: \`a.go\`\n`,
    )
  assert.deepEqual(
    [block('x', ' '), block('x', 'X'), block()].map(([first, ...more]) => [
      first!.isDone,
      first!.steps?.map(({ isDone }) => isDone),
      more.length,
    ]),
    [
      [false, [true, false], 0],
      [true, [true, true], 0],
      [false, undefined, 0],
    ],
  )
})

test('boxes with ids below a heading such as "Task 2" are the tasks, and the heading is none', () => {
  assert.deepEqual(
    tasks('### Task 2: Places\n\n- [x] T003 Add src/a.ts\n- [ ] T004 Add src/b.ts\n').map(
      ({ id, isDone }) => [id, isDone],
    ),
    [
      ['T003', true],
      ['T004', false],
    ],
  )
})

test('a block is done when its status says so, also with a mark before the word', () => {
  const status = (text: string) => tasks(`### Task 1.1: A\n- **Status**: ${text}\n`)[0]!.isDone
  assert.deepEqual(['✅ DONE', 'completed', '⏳ not done', 'open'].map(status), [true, true, false, false])
})
