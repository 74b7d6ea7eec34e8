import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordAnswer } from './record-answer.ts'

const SPEC = '# F\n\nIntro.\n\n## Requirements\n\n- **FR-001**: keep [NEEDS CLARIFICATION: how long?]\n'
const first = { question: 'How long?', answer: '15 minutes', day: '2026-02-03', replacement: '15 minutes' }

test('the first answer makes section and session, and takes the place of the marker', () => {
  assert.equal(
    recordAnswer(SPEC, first),
    `# F

Intro.

## Clarifications

### Session 2026-02-03

- Q: How long? → A: 15 minutes

## Requirements

- **FR-001**: keep 15 minutes
`,
  )
})

test('a second answer of the day joins the session, one of another day opens its own', () => {
  const again = recordAnswer(recordAnswer(SPEC, first), { ...first, question: 'Who?', answer: 'buyers' })
  assert.match(again, /15 minutes\n- Q: Who\? → A: buyers\n\n## Requirements/)
  const later = recordAnswer(again, { ...first, question: 'Why?', answer: 'law', day: '2026-02-04' })
  assert.match(later, /buyers\n\n### Session 2026-02-04\n\n- Q: Why\? → A: law\n\n## Requirements/)
})

test('the same answer twice is recorded once', () => {
  const once = recordAnswer(SPEC, first)
  assert.equal(recordAnswer(once, first), once)
})

test('a dollar sign in an answer is a dollar sign, and CRLF stays CRLF', () => {
  const text = recordAnswer(SPEC.replaceAll('\n', '\r\n'), { ...first, replacement: '$& $1' })
  assert.match(text, /keep \$& \$1\r\n/)
  assert.doesNotMatch(text, /[^\r]\n/)
})

test('without a replacement the marker stays for the author', () => {
  assert.match(
    recordAnswer(SPEC, { ...first, replacement: undefined }),
    /\[NEEDS CLARIFICATION: how long\?\]/,
  )
})
