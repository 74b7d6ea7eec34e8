import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDesign } from './check-design.ts'
import { DESIGN_SECTIONS } from './sections.ts'

const BODIES: readonly string[] = [
  'Billing becomes events.',
  'See [research](../research/kafka.md). Not used: mail.md',
  'Export within 200 ms.',
  '```mermaid\nflowchart LR\nA --> B\n```',
  'Table invoices.',
  '| Option | Pros |\n| --- | --- |\n| B | - |',
  'mTLS.',
  'Phase 1: shadow mode.',
  '**Q1**: Which broker?\n\n- (A) Kafka — harder to run\n- (B) a table — slower\n- **Answer**: (B), for now',
]
const HEAD =
  '# Billing\n\n| Document Metadata | Details |\n| --- | --- |\n| Status | Draft (WIP) |\n| Created / Last Updated | 2026-03-26 |\n'
const RESEARCH = ['research/kafka.md', 'research/mail.md']

function design(change: Readonly<Record<number, string>> = {}, head = HEAD): string {
  const sections = DESIGN_SECTIONS.map(
    ({ title }, i) => `## ${i + 1}. ${title}\n\n${change[i + 1] ?? BODIES[i]!}\n`,
  )
  return `${head}\n${sections.join('\n')}`
}

const codes = (text: string) => checkDesign(text, 'specs/x.md', RESEARCH).map(({ code }) => code)

test('a whole document has nothing to mend', () => {
  assert.deepEqual(checkDesign(design(), 'specs/x.md', RESEARCH), [])
})

const CASES: Readonly<Record<string, readonly [wrong: string, right: string]>> = {
  'missing-design-section': [
    design().replace('## 6. Alternatives Considered', '## 6. Others'),
    design().replace('## 6. Alternatives Considered', '## Alternatives considered'),
  ],
  'empty-design-section': [
    design({ 5: '<!-- later -->\n\n### 5.1 API Interfaces' }),
    design({ 5: '<!-- later --> now' }),
  ],
  'long-executive-summary': [design({ 1: 'word '.repeat(201) }), design({ 1: 'word '.repeat(200) })],
  'missing-diagram': [
    design({ 4: '```text\nA --> B\n```' }),
    design({ 4: '```mermaid\ngraph LR\nA --> B\n```' }),
  ],
  'broken-diagram': [
    design({ 4: '```mermaid\ngraph LR\nA[ --> B\n```' }),
    design({ 4: '```mermaid\ngraph LR\nA["["] --> B\n```' }),
  ],
  'concrete-timeline': [
    design({ 8: 'Phase 1 takes 3 weeks.' }),
    design({ 8: 'Phase 1 reads the last 90 rows within 5 minutes.' }),
  ],
  'question-without-options': [
    design({ 9: '- Which broker?\n  - (A) Kafka — dear\n  - **Answer**: (A)' }),
    design(),
  ],
  'option-without-tradeoff': [
    design({ 9: '**Q1**: Which?\n\n- (A) Kafka\n- (B) a table — slow\n- **Answer**: (A)' }),
    design({
      9: '**Q1**: Which?\n\n- (A) Kafka: dear\n- (B) a table — slow\n- (C) none — no\n- **Answer**: (A)',
    }),
  ],
  'unanswered-question': [design({ 9: BODIES[8]!.replace(' (B), for now', '') }), design()],
  'unknown-status': [
    design({}, HEAD.replace('Draft (WIP)', 'Aproved')),
    design({}, HEAD.replace('Draft (WIP)', 'Approved')),
  ],
  'uncited-research': [design({ 2: 'See kafka.md.' }), design()],
}

for (const [code, [wrong, right]] of Object.entries(CASES))
  test(`${code}: found where it is, not where it is just right`, () => {
    assert.deepEqual(codes(wrong), [code])
    assert.deepEqual(codes(right), [])
  })

test('a finding stands on its line', () => {
  const text = design({ 8: 'Phase 1.\nDone by June 2027.' })
  const [finding] = checkDesign(text, 'specs/x.md', RESEARCH)
  assert.match(text.split('\n')[finding!.line! - 1]!, /June/)
  const question = design({ 9: '<!-- a\nb -->\n- Which broker?' })
  const [first] = checkDesign(question, 'specs/x.md', RESEARCH)
  assert.match(question.split('\n')[first!.line! - 1]!, /Which broker/)
})
