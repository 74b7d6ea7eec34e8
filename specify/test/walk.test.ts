import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from './run-specify.ts'

// The way the prompts describe, walked by a program: what an agent would write is written here.

test('a feature goes from sentence to proof by the commands the prompts name, each gate opening in turn', async (t) => {
  const cwd = temporaryFolder(t)
  const specify = async (...argv: string[]) => {
    const { exitCode, stdout, stderr } = await runSpecify(cwd, argv)
    return { exitCode, stdout, stderr }
  }
  const data = async (...argv: string[]) => {
    const { stdout } = await specify(...argv, '--json')
    return (JSON.parse(stdout) as { data: Record<string, unknown> }).data
  }
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }

  assert.equal((await specify('init', '.', '--ai', 'claude')).exitCode, 0)
  write('.specify/memory/constitution.md', CONSTITUTION)
  assert.equal((await specify('constitution', '--bump', 'minor')).exitCode, 0)

  const { SPEC_FILE } = await data('specify', 'Greet visitors by name')
  assert.equal(SPEC_FILE, join(cwd, FEATURE, 'spec.md'))
  assert.equal((await specify('plan')).exitCode, 1, 'a spec of brackets is not planned')
  write(`${FEATURE}/spec.md`, SPEC)
  assert.equal((await specify('plan')).exitCode, 1, 'nor one with an open question')
  assert.match((await specify('clarify')).stdout, /1 open:\n.*: what about no name\?/)
  await specify(
    'clarify',
    '--question',
    'what about no name?',
    '--answer',
    'say "Hello"',
    '--replace',
    'with `Hello`',
  )

  assert.equal((await specify('plan')).exitCode, 0)
  assert.equal((await specify('tasks')).exitCode, 1, 'a plan of brackets is not cut into tasks')
  write(`${FEATURE}/plan.md`, PLAN)
  assert.equal((await specify('tasks')).exitCode, 0)
  write(`${FEATURE}/tasks.md`, TASKS)
  assert.match((await specify('analyze')).stdout, /Coverage: 50 %/)
  write(`${FEATURE}/tasks.md`, `${TASKS}- [ ] T003 [US1] Refuse long names in src/greet.ts (FR-002)\n`)
  const analysis = await specify('analyze')
  assert.equal(analysis.exitCode, 0)
  assert.match(analysis.stdout, /Coverage: 100 %.*Critical: 0/)

  assert.equal((await specify('implement')).exitCode, 0)
  assert.equal((await data('next'))['task'], 'T001')
  assert.equal((await specify('done', 'T001')).exitCode, 1)
  write('src/greet.test.ts', "test('001#FR-001: a visitor is greeted by name', () => {})\n")
  assert.equal((await specify('done', 'T001')).exitCode, 0)
  write('src/greet.ts', 'export const greet = (name?: string) => (name ? `Hello, ${name}` : `Hello`)\n')
  assert.equal((await specify('done', 'T002')).exitCode, 0)
  assert.equal((await data('resume'))['completed'], 2)
  const whole = (await specify('next')).stdout
  const brief = (await specify('next', '--brief')).stdout
  const titles = (text: string) => text.match(/^## .*/gm)
  assert.deepEqual(titles(brief), titles(whole), 'nothing is left unnamed')
  assert.match(brief, /^## scenario .*\n\n?(##|\d)/m, 'scenarios by their places')
  assert.match(brief, /^## requirement FR-002 .*\n\S/m, 'requirements with their text')
  assert.equal((await specify('done', 'T003')).exitCode, 0)

  const before = readFileSync(join(cwd, FEATURE, 'tasks.md'), 'utf8')
  await specify('converge', '--gap', 'FR-002:partial:refuse names of spaces in src/greet.ts')
  assert.match(
    readFileSync(join(cwd, FEATURE, 'tasks.md'), 'utf8'),
    /## Phase 3: Convergence\n\n- \[ \] T004 refuse/,
  )
  assert.ok(readFileSync(join(cwd, FEATURE, 'tasks.md'), 'utf8').startsWith(before))
  assert.equal((await specify('done', 'T004')).exitCode, 0)
  assert.equal((await data('converge'))['converged'], true)

  write(
    'report.xml',
    '<testsuite name="greet"><testcase name="001#FR-001: a visitor is greeted by name"/></testsuite>',
  )
  const { stdout } = await specify('trace', '--junit', 'report.xml')
  assert.match(stdout, /✅ FR-001 {2}test-ran[^\n]*\n {2}○ {2}FR-002 {2}path-exists/)
})

const FEATURE = 'specs/001-greet-visitors-name'

const CONSTITUTION = `# Greeter Constitution

## Core Principles

### I. Tests first

A test fails before the code that makes it pass is written.

## Governance

${'Whoever changes a principle says why in the change. '.repeat(6)}

**Version**: 1.0.0 | **Ratified**: 2026-01-01 | **Last Amended**: 2026-01-01
`

const SPEC = `# Feature Specification: Greet visitors by name

**Feature Branch**: \`001-greet-visitors-name\`

## User Scenarios & Testing

### User Story 1 - Be greeted (Priority: P1)

Somebody who comes in hears her name, so that she knows she was recognised and can go on without asking.

**Why this priority**: without a greeting there is no product, and every later story builds on it.

**Acceptance Scenarios**:

1. **Given** a visitor called Ada, **When** she comes in, **Then** she reads "Hello, Ada"

## Requirements

### Functional Requirements

- **FR-001**: The greeter MUST greet a visitor by name, and one without [NEEDS CLARIFICATION: what about no name?]
- **FR-002**: The greeter MUST refuse a name of more than 80 characters

## Success Criteria

- **SC-001**: 99 % of visitors read their greeting within 100 ms
`

const PLAN = `# Implementation Plan: Greet visitors by name

## Summary

One function without state, called by the page, so that it can be tested without a browser.

## Technical Context

**Language/Version**: TypeScript 7
**Testing**: node:test

## Constitution Check

I. Tests first: the test of each task comes before its code.

## Project Structure

\`\`\`text
src/greet.ts
\`\`\`
`

const TASKS = `# Tasks: Greet visitors by name

## Phase 1: Setup

- [ ] T001 Write the failing test in src/greet.test.ts (FR-001)

## Phase 2: User Story 1 - Be greeted

- [ ] T002 [US1] Greet by name in src/greet.ts (FR-001)
`
