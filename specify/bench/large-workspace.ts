import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a workspace of `features` features, three files of about 1,200 o200k tokens each; always the same bytes. */
export function writeLargeWorkspace(root: string, features: number): void {
  mkdirSync(join(root, '.specify/memory'), { recursive: true })
  writeFileSync(join(root, '.specify/memory/constitution.md'), CONSTITUTION)
  for (let i = 1; i <= features; i++) {
    const topic = `${pick(NOUNS, i)}-${pick(VERBS, i * 7)}`
    const folder = join(
      root,
      'services',
      `${pick(NOUNS, i)}-service`,
      'specs',
      `${String(i).padStart(3, '0')}-${topic}`,
    )
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'spec.md'), spec(i, topic))
    writeFileSync(join(folder, 'plan.md'), plan(i, topic))
    writeFileSync(join(folder, 'tasks.md'), tasks(i, topic))
  }
}

const NOUNS =
  'order cart invoice refund shipment parcel seller buyer product price stock voucher review address wallet payout return ticket catalog session'.split(
    ' ',
  )
const VERBS =
  'create cancel export import search approve reject notify merge split archive restore schedule verify transfer'.split(
    ' ',
  )
const QUALITIES =
  'signed partial recurring disputed late duplicate international discounted shared anonymous expired pending'.split(
    ' ',
  )

function pick(words: readonly string[], n: number): string {
  return words[(n * 31 + (n >> 3)) % words.length]!
}

/** A sentence that differs with `n`, so that no two files are alike. */
function sentence(n: number): string {
  return `the ${pick(QUALITIES, n)} ${pick(NOUNS, n * 3)} of \`${pick(NOUNS, n * 5)}_${n}\` must ${pick(VERBS, n)} within ${(n % 90) + 10} ms while the ${pick(NOUNS, n * 11)} stays ${pick(QUALITIES, n * 13)} for *each* buyer`
}

function many(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i + 1)).join('\n')
}

function spec(n: number, topic: string): string {
  return `# Feature Specification: ${topic} ${n}

**Feature Branch**: \`${n}-${topic}\`
**Status**: Draft

## User Scenarios & Testing *(mandatory)*

${many(
  3,
  (s) => `### User Story ${s} - ${pick(VERBS, n + s)} the ${pick(NOUNS, n + s)} (Priority: P${s})

As a buyer I want that ${sentence(n * 10 + s)}.

**Why this priority**: ${sentence(n * 20 + s)}.

**Acceptance Scenarios**:

${many(3, (i) => `${i}. **Given** ${sentence(n + i)}, **When** ${pick(VERBS, i)} happens, **Then** ${sentence(n + i * 3)}`)}
`,
)}
## Requirements *(mandatory)*

### Functional Requirements

${many(12, (i) => `- **FR-${String(i).padStart(3, '0')}**: The service MUST see that ${sentence(n * 3 + i)}`)}

### Key Entities

${many(3, (i) => `- **${pick(NOUNS, n + i)}**: ${sentence(n + i * 7)}`)}

## Success Criteria *(mandatory)*

${many(4, (i) => `- **SC-${String(i).padStart(3, '0')}**: ${90 + i} % of requests see that ${sentence(n * 5 + i)}`)}
`
}

function plan(n: number, topic: string): string {
  return `# Implementation Plan: ${topic}

## Summary

${many(4, (i) => `Here ${sentence(n + i)}.`)}

## Technical Context

**Language/Version**: TypeScript 7
**Storage**: PostgreSQL 18
**Testing**: node:test

## Decisions

| Question | Choice | Reason |
|---|---|---|
${many(8, (i) => `| ${pick(VERBS, n + i)} first? | \`${pick(NOUNS, i)}\` | ${sentence(n + i)} |`)}

${many(6, (i) => `- ${sentence(n * 2 + i)}\n  - and ${sentence(n * 4 + i)}`)}

## Project Structure

\`\`\`text
src/
├── ${topic}.ts
└── ${pick(NOUNS, n)}.ts
\`\`\`

${many(8, (i) => `${i}. ${sentence(n * 6 + i)}`)}
`
}

function tasks(n: number, topic: string): string {
  let id = 0
  const task = (i: number, story: string) => {
    id++
    return `- [${i % 3 === 0 ? 'X' : ' '}] T${String(id).padStart(3, '0')} [P] ${story}${pick(VERBS, n + i)} so that ${sentence(n + i)} in \`src/${topic}/${pick(NOUNS, n + i)}-${i}.ts\` (FR-${String((i % 12) + 1).padStart(3, '0')})`
  }
  return `# Tasks: ${topic}

## Phase 1: Setup

${many(5, (i) => task(i, ''))}

## Phase 2: User Story 1

${many(9, (i) => task(i, '[US1] '))}

## Phase 3: User Story 2

${many(6, (i) => task(i, '[US2] '))}

## Phase 4: User Story 3

${many(4, (i) => task(i + 9, '[US3] '))}
`
}

const CONSTITUTION = `# Constitution

## Core Principles

### I. Tests first

Every rule has a test that was seen failing once, because a test nobody saw failing proves nothing at all.

### II. Small files

A reader finds a thing by guessing its name and understands it without opening a third file, always and everywhere.

## Governance

Changes need a decision record and the agreement of both maintainers, and are announced a week before they count.

**Version**: 1.0.0
`
