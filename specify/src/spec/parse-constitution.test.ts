import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMarkdown } from './markdown.ts'
import { parsePrinciples } from './parse-constitution.ts'

const titles = (text: string) =>
  parsePrinciples(parseMarkdown(text, 'constitution.md')).map(({ title }) => title)

const cases: readonly (readonly [fact: string, text: string, principles: string[]])[] = [
  [
    'headings below the section are principles',
    '# C\n\n## Core Principles\n\n### I. Tests first\n\n### II. Small\n\n## Governance\n\n### Votes\n',
    ['I. Tests first', 'II. Small'],
  ],
  [
    'bullets are, where the section has no headings',
    '# C\n\n## Principles\n\n- One\n- Two\n',
    ['One', 'Two'],
  ],
  [
    'without such a section numbered headings are',
    '# C\n\n## I. Precision ⛔\n\nText.\n\n## II. Isolation\n\n## Governance\n',
    ['I. Precision ⛔', 'II. Isolation'],
  ],
  [
    'articles are',
    '# C\n\n## Article IV: Simplicity\n\n## 第三条 测试\n',
    ['Article IV: Simplicity', '第三条 测试'],
  ],
  ['a word that begins with such letters is none', '# C\n\n## Image formats\n\n## Version 1\n', []],
]

for (const [fact, text, principles] of cases) test(fact, () => assert.deepEqual(titles(text), principles))
