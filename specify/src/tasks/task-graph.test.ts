import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMarkdown } from '../spec/markdown.ts'
import { parseTasks } from '../spec/parse-tasks.ts'
import { besideEachOther, readyTasks, taskGraph } from './task-graph.ts'
import { tickTask } from './tick-task.ts'

const TASKS = `# Tasks

## Phase 1: Setup

- [ ] T001 Make package.json
- [ ] T002 [P] Make src/a.ts
- [ ] T003 [P] Make src/b.ts

## Phase 2: User Story 1

- [ ] T004 [US1] Write src/c.ts
- [ ] T005 [US1] Write src/d.ts

## Phase 3: User Story 2

- [ ] T006 [US2] Write src/e.ts
- [ ] T007 [P] [US2] Write src/f.ts (depends on T005)

## Phase 4: Polish

- [ ] T008 Write README.md
`

test('phases wait for those before, stories not for each other, [P] not for its neighbour', () => {
  const { graph, findings } = read(TASKS)
  const needs = Object.fromEntries(graph.tasks.map((task) => [task.key, task.needs.join(' ')]))
  assert.deepEqual(needs, {
    T001: '',
    T002: 'T001',
    T003: 'T001',
    T004: 'T001 T002 T003',
    T005: 'T001 T002 T003 T004',
    T006: 'T001 T002 T003',
    T007: 'T001 T002 T003 T006 T005',
    T008: 'T001 T002 T003 T004 T005 T006 T007',
  })
  assert.deepEqual(findings, [])
})

test('what is ready follows from what is ticked', () => {
  const ready = (text: string) => readyTasks(read(text).graph).map(({ key }) => key)
  assert.deepEqual(ready(TASKS), ['T001'])
  assert.deepEqual(ready(ticked(TASKS, 'T001')), ['T002', 'T003'])
  assert.deepEqual(ready(ticked(TASKS, 'T001', 'T002', 'T003')), ['T004', 'T006'])
  assert.deepEqual(ready(TASKS.replaceAll('[ ]', '[x]')), [])
})

test('two marked [P] that name one file are reported, and never offered side by side', () => {
  const text = TASKS.replace('src/b.ts', 'src/a.ts')
  const { graph, findings } = read(text)
  assert.deepEqual(
    findings.map(({ code, line }) => `${code}:${line}`),
    ['parallel-overlap:7'],
  )
  const ready = readyTasks(read(ticked(text, 'T001')).graph)
  assert.deepEqual(
    besideEachOther(ready).map(({ key }) => key),
    ['T002'],
  )
  assert.deepEqual(besideEachOther(graph.tasks.filter(({ key }) => /T00[13]/.test(key))).length, 2)
  // Once one of them is done there is nothing to collide with.
  assert.deepEqual(read(ticked(text, 'T002')).findings, [])
})

test('a ring and a dependency on nothing are errors with the line', () => {
  const ring = read(TASKS.replace('T001 Make', 'T001 (depends on T002) Make'))
  assert.deepEqual(
    ring.findings.map(({ code, line, message }) => `${code}:${line} ${message}`),
    ['task-cycle:5 Tasks wait for each other: T001 → T002 → T001.'],
  )
  const dangling = read(TASKS.replace('depends on T005', 'depends on T055'))
  assert.deepEqual(
    dangling.findings.map(({ code, hint }) => `${code} ${hint}`),
    ['unknown-dependency Did you mean "T005"?'],
  )
})

const BLOCKS = `# Tasks

## Phase 1: Foundation

### Task 1.1: Project Setup
- File: pyproject.toml
- Dependencies: fastapi, uvicorn
- Acceptance: runs

### Task 1.2: Models
- File: src/models/user.py
- Dependencies: None

## Phase 4: Deployment

### Task 4.1: Dockerfile
- File: Dockerfile
- Dependencies: All implementation complete

### Task 4.2: Health
- File: src/api/health.py
- Dependencies: Task 4.1
`

test('blocks wait for what they name: tasks, all before, or nothing; packages are no tasks', () => {
  const { graph, findings } = read(BLOCKS)
  assert.deepEqual(
    graph.tasks.map(({ key, needs }) => [key, needs]),
    [
      ['Task 1.1', []],
      ['Task 1.2', []],
      ['Task 4.1', ['Task 1.1', 'Task 1.2']],
      ['Task 4.2', ['Task 4.1']],
    ],
  )
  assert.deepEqual(findings, [])
})

test('a block is done by its status, a box by its tick; nothing else changes', () => {
  const first = read(BLOCKS).graph.tasks[0]!
  const after = tickTask(BLOCKS, first)
  assert.equal(after, BLOCKS.replace('- Acceptance: runs\n', '- Acceptance: runs\n- Status: done\n'))
  assert.deepEqual(
    read(after).graph.tasks.map(({ isDone }) => isDone),
    [true, false, false, false],
  )
  const open = after.replace('Status: done', 'Status: open')
  assert.equal(tickTask(open, read(open).graph.tasks[0]!), after)
  const crlf = TASKS.replaceAll('\n', '\r\n')
  assert.equal(tickTask(crlf, read(crlf).graph.tasks[3]!), crlf.replace('[ ] T004', '[X] T004'))
})

test('tasks without ids and with the same id are told apart by their line', () => {
  const { graph } = read('## Tasks\n\n- [ ] first\n- [ ] T001 a\n- [ ] T001 b\n')
  assert.deepEqual(
    graph.tasks.map(({ key }) => key),
    ['line 3', 'T001', 'T001 on line 5'],
  )
})

test('a thousand tasks are put in order at once', () => {
  const many = Array.from(
    { length: 1000 },
    (_, i) => `- [ ] T${String(i + 1).padStart(3, '0')} do src/${i}.ts`,
  ).join('\n')
  const { graph } = read(`## Phase 1: All\n\n${many}\n`)
  assert.equal(graph.tasks.at(-1)!.needs.length, 999)
})

function read(text: string) {
  const markdown = parseMarkdown(text, 'specs/001-x/tasks.md')
  return taskGraph({ kind: 'tasks', markdown, tasks: parseTasks(markdown) })
}

function ticked(text: string, ...ids: string[]): string {
  return ids.reduce((after, id) => after.replace(`[ ] ${id}`, `[X] ${id}`), text)
}
