import assert from 'node:assert/strict'
import { test } from 'node:test'
import { featureName } from '../workspace/feature-name.ts'
import { parseSpec } from './parse-spec.ts'
import type { Scenario, Spec } from './model.ts'

test('Spec Kit 1.0: stories, one-line scenarios, requirements and criteria with their lines', () => {
  const spec = parse(`# Feature Specification: Log in

## User Scenarios & Testing *(mandatory)*

### User Story 1 - Log in with a password (Priority: P1) 🎯 MVP

1. **Given** a buyer, **When** she sends her \`password\`, **Then** she gets a token
2. **Given** a buyer,
   **When** she sends a wrong one, **Then** 401, **And** nothing is logged

### User Story 2 — Log out (Priority: P2)

## Requirements

- **FR-001**: The service MUST
  answer
- **FR-006a** (#12): ~~System MUST forget~~
- ~~**FR-007**: gone~~

## Success Criteria

- **SC-001**: 95 % within 300 ms
`)
  assert.equal(spec.title, 'Log in')
  assert.deepEqual(
    spec.stories.map(({ id, title, priority, line }) => [id, title, priority, line]),
    [
      ['US1', 'Log in with a password 🎯 MVP', 'P1', 5],
      ['US2', 'Log out', 'P2', 11],
    ],
  )
  assert.deepEqual(steps(spec), [
    ['US1.1', 7, 'given a buyer', 'when she sends her `password`', 'then she gets a token'],
    ['US1.2', 8, 'given a buyer', 'when she sends a wrong one', 'then 401', 'then nothing is logged'],
  ])
  assert.deepEqual(
    spec.stories[0]!.scenarios[1]!.steps.map(({ line }) => line),
    [8, 9, 9, 9],
  )
  assert.deepEqual(spec.requirements, [
    { id: 'FR-001', text: 'The service MUST answer', line: 15 },
    { id: 'FR-006a', text: '(#12): System MUST forget', line: 17, withdrawn: true },
    { id: 'FR-007', text: 'gone', line: 18, withdrawn: true },
  ])
  assert.deepEqual(spec.criteria, [{ id: 'SC-001', text: '95 % within 300 ms', line: 22 }])
})

test('the seed: stories by priority, steps on lines of their own, And and Or continue', () => {
  const spec = parse(`# JWT Authentication Service Specification

## User Scenarios

### P1: User Login
**Given** a registered user with email and password
**When** user submits login credentials
**Then** system returns JWT access token (15 min)
**And** user can make authenticated requests

### P2: Token Validation
**Given** a request with JWT token
**When** service validates token
**Then** returns user ID and roles if valid
**Or** returns 401 if expired/invalid
`)
  assert.deepEqual(
    spec.stories.map(({ id, title, priority }) => [id, title, priority]),
    [
      ['US1', 'User Login', 'P1'],
      ['US2', 'Token Validation', 'P2'],
    ],
  )
  assert.deepEqual(steps(spec)[1], [
    'US2.1',
    12,
    'given a request with JWT token',
    'when service validates token',
    'then returns user ID and roles if valid',
    'then returns 401 if expired/invalid',
  ])
})

test('other languages and other ways to write steps', () => {
  for (const [dialect, line, text] of [
    ['Portuguese', 3, '### História de Usuário 1\n\n1. **Dado** a, **Quando** b, **Então** c'],
    ['Korean', 3, '### 사용자 스토리 1 - 로그인\n\n1. **조건** a, **언제** b, **그러면** c'],
    ['Chinese', 3, '### 用户故事 1 - 登录\n\n1. **假设** a,**当** b,**那么** c'],
    ['Arabic', 3, '### قصة المستخدم 1\n\n1. **بفرض** a، **عندما** b، **إذن** c'],
    ['upper case with colons', 3, '### US-1: x\n\n- **GIVEN:** a, **WHEN:** b, **THEN:** c'],
    ['bullets', 3, '### User Story 1\n\n- **Given** a\n- **When** b\n- **Then** c'],
    ['numbered steps', 3, '### User Story 1\n\n1. **Given** a\n2. **When** b\n3. **Then** c'],
    ['plain', 3, '### User Story 1\n\n1. Given a, when b, then c'],
    ['table', 5, '### User Story 1\n\n| Given | When | Then |\n|---|---|---|\n| a | b | c |'],
    ['OpenSpec', 5, '### User Story 1\n\n#### Scenario: x\n\n- **GIVEN** a\n- **WHEN** b\n- **THEN** c'],
    [
      'titled items',
      4,
      '### User Story 1\n\n1. **A title**\n   - **Given** a\n   - **When** b\n   - **Then** c',
    ],
    ['quoted', 3, '### User Story 1\n\n> **Given** a\n> **When** b\n> **Then** c'],
  ] as const)
    assert.deepEqual(steps(parse(text)), [['US1.1', line, 'given a', 'when b', 'then c']], dialect)
})

test('the template of 2025: one story, its scenarios below a heading of the same depth', () => {
  const spec = parse(`## User Scenarios & Testing

### Primary User Story

As a buyer I log in.

### Acceptance Scenarios

1. **Given** a, **When** b, **Then** c

### Edge Cases

- **Given** d, **When** e, **Then** f
`)
  assert.deepEqual(steps(spec), [
    ['US1.1', 9, 'given a', 'when b', 'then c'],
    ['US0.1', 13, 'given d', 'when e', 'then f'],
  ])
})

test('scenarios outside every story are gathered, emphasis in sentences is not taken for steps', () => {
  const spec = parse(`## Edge Cases

- **Given** a, **When** b, **Then** c

**When** in doubt, ask. Bread **and** butter.

### User Story 1

1. *Given* a *and* b, *When* c, *Then* d
`)
  assert.deepEqual(steps(spec), [
    ['US0.1', 3, 'given a', 'when b', 'then c'],
    ['US1.1', 9, 'given a *and* b', 'when c', 'then d'],
  ])
})

test('blocks belong to the scenario above them, with the line of their first line', () => {
  const spec = parse(`### User Story 1

1. **Given** a, **When** b, **Then** c

   Prose between.

   \`\`\`hurl
   GET {{baseUrl}}/a
     # indented
   HTTP 200
   \`\`\`

   \`\`\`json
   {}
   \`\`\`

2. **Given** d, **When** e, **Then** f

\`\`\`Console
$ true
\`\`\`

### User Story 2

\`\`\`event
expect x {}
\`\`\`

**Given** g
**When** h
**Then** i

~~~event
publish y {}
~~~
`)
  const [first, second, third] = spec.stories.flatMap(({ scenarios }) => scenarios) as [
    Scenario,
    Scenario,
    Scenario,
  ]
  assert.deepEqual(first.blocks, [
    { language: 'hurl', text: 'GET {{baseUrl}}/a\n  # indented\nHTTP 200', line: 8, column: 4 },
  ])
  assert.deepEqual([first.line, first.endLine], [3, 15])
  assert.deepEqual(second.blocks, [{ language: 'console', text: '$ true', line: 20, column: 1 }])
  assert.deepEqual([second.line, second.endLine], [17, 21])
  assert.deepEqual(third.blocks, [{ language: 'event', text: 'publish y {}', line: 34, column: 1 }])
  assert.deepEqual(spec.unownedBlocks, [{ language: 'event', text: 'expect x {}', line: 26, column: 1 }])
})

test('CRLF and front matter shift no line', () => {
  const text =
    '---\ntitle: x\n---\n\n### User Story 1\n\n1. **Given** a, **When** b, **Then** c\n\n   ```hurl\n   GET /\n   ```\n'
  const unix = parse(text)
  const windows = parse(text.replaceAll('\n', '\r\n'))
  assert.deepEqual(windows, unix)
  assert.equal(unix.stories[0]!.scenarios[0]!.blocks[0]!.line, 10)
  assert.equal(unix.headings.length, 1)
})

test('requirements in tables, headings and paragraphs count; lists of references elsewhere do not repeat them', () => {
  const spec = parse(`## Requirements

### FR-AUTH-001: In a heading

**FR-002** In a paragraph
**FR-003** and the next line

| ID | Requirement |
|----|-------------|
| FR-004 | In a table |

- [ ] **NFR-01**: In a task list

## Traceability

- FR-002: covered by T001
- FR-009: only here
`)
  assert.deepEqual(
    spec.requirements.map(({ id, text, line }) => `${line} ${id} ${text}`),
    [
      '3 FR-AUTH-001 In a heading',
      '5 FR-002 In a paragraph',
      '6 FR-003 and the next line',
      '10 FR-004 In a table',
      '12 NFR-01 In a task list',
      '17 FR-009 only here',
    ],
  )
})

test('questions, open and answered; a marker in code is not one', () => {
  const spec = parse(`Sessions end after [NEEDS CLARIFICATION: how
long?] and \`[NEEDS CLARIFICATION: no]\`.

## Clarifications

### Session 2026-02-03

- Q: How many? → A: Three
- **Q**: Which one?
  - **A**: The first
`)
  assert.deepEqual(spec.clarifications, [
    { question: 'how long?', answer: undefined, line: 1 },
    { question: 'How many?', answer: 'Three', line: 8, session: '2026-02-03' },
    { question: 'Which one?', answer: 'The first', line: 9, session: '2026-02-03' },
  ])
})

test('dependencies and events, in tables, blocks and bullets', () => {
  const spec = parse(`## Service Dependencies

### Upstream Services
| Service | Purpose | Failure Mode |
|---------|---------|--------------|
| \`auth-service\` | Token validation | Return 401 |
| None | | |

### Downstream Services
- order-service: user details

## Events Consumed

### Event: user.profile.created
**From:** user-service
**Topic:** events.user.profile.created
**Action:** Create user cache entry

## Events Published

### Event: order.created
**Payload:**
- orderId
**Consumers:** notification-service, inventory-service (planned)

### Other

| Event | Consumers |
|---|---|
| order.order.paid | order-service and web |
`)
  assert.deepEqual(spec.upstreamServices, [{ service: 'auth-service', purpose: 'Token validation', line: 6 }])
  assert.deepEqual(spec.downstreamServices, [{ service: 'order-service', purpose: 'user details', line: 10 }])
  assert.deepEqual(spec.eventsConsumed, [
    { eventType: 'user.profile.created', from: 'user-service', consumers: [], line: 14 },
  ])
  assert.deepEqual(spec.eventsPublished, [
    {
      eventType: 'order.created',
      from: undefined,
      consumers: ['notification-service', 'inventory-service'],
      line: 21,
    },
    { eventType: 'order.order.paid', from: undefined, consumers: ['order-service', 'web'], line: 30 },
  ])
})

test('a feature is named by its number, or by its folder when it has none', () => {
  assert.equal(featureName('order-service', '001-order-management'), 'order-service/001')
  assert.equal(featureName(undefined, '20260203-101112-search'), '20260203-101112')
  assert.equal(featureName(undefined, 'O012-export'), 'O012')
  assert.equal(featureName(undefined, 'gerrit-integration'), 'gerrit-integration')
})

function parse(text: string): Spec {
  return parseSpec(text, { file: 'specs/001-x/spec.md', service: undefined, featureId: '001-x' })
}

function steps(spec: Spec): unknown[][] {
  return spec.stories
    .flatMap(({ scenarios }) => scenarios)
    .map(({ id, line, steps: own }) => [id, line, ...own.map(({ keyword, text }) => `${keyword} ${text}`)])
}
