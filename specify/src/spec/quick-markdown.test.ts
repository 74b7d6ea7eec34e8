// micromark is the oracle: on real documents, on the templates and fixtures here, and on random lines of them with
// marks thrown in. Where the quick parser keeps silent there is nothing to compare.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fullMarkdown } from './markdown.ts'
import { quickMarkdown } from './quick-markdown.ts'
import { reduced } from './reduced-tree.ts'

const PROJECTS = join(import.meta.dirname, '../../../../shared/peer-cases/spec-projects')
const OWN = ['../../test/projects', '../../templates', '../../docs'].map((path) =>
  join(import.meta.dirname, path),
)

function documentsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .sort()
    .map((path) => readFileSync(join(folder, path), 'utf8'))
}

/** Whether the quick parser spoke; when it does, it must say what micromark says. */
function agrees(text: string): boolean {
  const quick = quickMarkdown(text)
  if (quick === undefined) return false
  assert.deepEqual(
    reduced(quick, text),
    reduced(fullMarkdown(text), text),
    JSON.stringify(text.slice(0, 2000)),
  )
  return true
}

const SPOKEN: Readonly<Record<string, string>> = {
  'headings of every kind': '# A\n\n## B *c* ##\n### D # e \n####\n####### no heading',
  'nested lists, loose and tight': '- a\n  - b\n\n    more\n- c\n\n1. x\n2. y\n   - z\n3) new list',
  'tasks with and without markup behind the box':
    '- [ ] T001 a\n- [x] **T002** b\n- [X] `c` d\n- [] no\n- [ ]no',
  'tables, with escaped bars and a paragraph before':
    'Text:\n| a | b |\n|---|:-:|\n| `x\\|y` | **b** |\n| only |\n',
  'code with other marks inside':
    '```hurl\nGET x\n# no heading\n- no list\n```\n\n1. a\n\n   ~~~~text more\n   b\n   ~~~\n   ~~~~\n',
  'comments and tags': '<!-- a\n\nb --> c\n\n<div>\n*no*\n</div>\n\ntext <b>x</b> a<3 <https://a.b>',
  'emphasis inside and across':
    '**Given** a, ***When*** b, *x **y** z* a*b*c snake_case_name __bold__ 2 * 3 * 4 ** a**',
  'links and brackets': '[a *b*](http://x.y "t") [P] [US1] ![i](j) [a [b](c) d](e) [open](no title',
  'escapes and line breaks': 'a\\*b\\* `c\\` d  \nnext\\\nlast &amp; &lt;',
  quotes: '> **Given** a\n> - b\n> - c\n\n> d',
  'line endings of Windows': '# A\r\n\r\n- [ ] T001 a\r\n  b `c\r\n  d`\r\n\r\n```text\r\nx\r\ny\r\n```\r\n',
  'a text that ends at once': '',
}

for (const [title, text] of Object.entries(SPOKEN))
  test(`it reads as micromark does: ${title}`, () => assert.ok(agrees(text), 'it kept silent'))

const SILENT: Readonly<Record<string, string>> = {
  'an underlined heading': 'Title\n=====\n',
  'a definition': '[a]: http://x.y\n\n[a]',
  'a lazy line': '- a\nb',
  'indented code': 'a\n\n    code',
  'code nobody closed': '```\nabc',
  'a tab before text': '\ta',
  'an entity it does not know': '&copy;',
  'struck text': '~~gone~~',
  'line endings of two systems': 'a\r\nb\nc',
}

for (const [title, text] of Object.entries(SILENT))
  test(`it leaves to micromark: ${title}`, () => assert.equal(quickMarkdown(text), undefined))

test('it agrees with micromark on every document here, and reads most of them', () => {
  // Prompts begin with front matter, which is left to micromark; no spec does.
  const texts = OWN.flatMap(documentsBelow).filter((text) => !text.startsWith('---'))
  const spoken = texts.filter(agrees).length
  assert.ok(spoken / texts.length > 0.8, `${spoken} of ${texts.length}`)
})

test(
  'it agrees with micromark on what others wrote, and reads most of it',
  { skip: existsSync(PROJECTS) ? false : 'the public spec projects are not beside this repository' },
  (t) => {
    const texts = documentsBelow(PROJECTS).filter((_, i) => i % 8 === 0)
    const spoken = texts.filter(agrees).length
    t.diagnostic(`${spoken} of ${texts.length}`)
    assert.ok(spoken / texts.length > 0.9, `${spoken} of ${texts.length}`)
  },
)

test('it agrees with micromark on random lines with random marks, or keeps silent', () => {
  const lines = OWN.flatMap(documentsBelow).flatMap((text) => text.split(/\r?\n/))
  const seed = 20_260_801
  const next = random(seed)
  let spoken = 0
  for (let i = 0; i < 800; i++) if (agrees(randomText(lines, next))) spoken++
  assert.ok(spoken > 200, `${spoken} of 800, seed ${seed}`)
})

const MARKS =
  '**|*|_|`|``|[|]|](x)|<|>|<b>|  |    |- |1. |2) |> |#|\\|~|~~|&amp;|!|[ ] |[x] |```|---|***|<!--|-->|\n|\n\n|(|)|é|“|🙂'.split(
    '|',
  )

function randomText(lines: readonly string[], next: (below: number) => number): string {
  const text: string[] = []
  for (let n = 1 + next(8); n > 0; n--) {
    let line = lines[next(lines.length)]!.slice(0, 120)
    for (let marks = next(3); marks > 0; marks--) {
      const at = next(line.length + 1)
      line = line.slice(0, at) + MARKS[next(MARKS.length)]! + line.slice(at + (next(2) === 0 ? 0 : next(3)))
    }
    text.push(next(4) === 0 ? ' '.repeat(next(5)) + line : line)
    if (next(3) === 0) text.push('')
  }
  return text.join('\n')
}

/** Mulberry32: small, seeded, and its low bits are as random as the high ones. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
