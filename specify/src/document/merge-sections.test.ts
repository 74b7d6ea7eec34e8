import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinSections, keysOf, mergeSections, splitSections, type Section } from './merge-sections.ts'

const FRESH: Section[] = [
  { heading: '# Orders', body: 'What it is' },
  { heading: '## Code', body: '| a |\n| b |' },
  { heading: '**Endpoints:**', body: '- GET /a' },
  { heading: 'Details:', body: '[spec.md](./spec.md)' },
]
const TEXT = joinSections(FRESH)
const WRITTEN = keysOf(FRESH)

function changed(heading: string, body: string): Section[] {
  return FRESH.map((section) => (section.heading === heading ? { heading, body } : section))
}

test('what is joined comes apart again', () => {
  assert.deepEqual(splitSections(TEXT), FRESH)
})

test('nothing new changes no byte, not even odd spacing', () => {
  const odd = TEXT.replace('\n\n', '\n\n\n')
  assert.deepEqual(mergeSections(odd, FRESH, WRITTEN).text, odd)
})

test('only the stale part changes', () => {
  const { text, changed: parts, edited } = mergeSections(TEXT, changed('## Code', '| c |'), WRITTEN)
  assert.equal(text, TEXT.replace('| a |\n| b |', '| c |'))
  assert.deepEqual([parts, edited], [['## Code'], []])
})

test('an edited part is kept and named, also the next time', () => {
  const edit = TEXT.replace('- GET /a', '- GET /a, slowly')
  const first = mergeSections(edit, changed('**Endpoints:**', '- GET /b'), WRITTEN)
  assert.deepEqual([first.text, first.edited], [edit, ['**Endpoints:**']])
  assert.deepEqual(mergeSections(edit, changed('**Endpoints:**', '- GET /c'), first.written).edited, [
    '**Endpoints:**',
  ])
})

test('a part somebody added stays where it is, one somebody deleted stays away', () => {
  const added = TEXT.replace('**Endpoints:**', '## Mine\n\nmy words\n\n**Endpoints:**')
  assert.match(
    mergeSections(added, changed('## Code', '| c |'), WRITTEN).text,
    /\| c \|\n\n## Mine\n\nmy words\n\n\*\*End/,
  )
  const removed = TEXT.replace('## Code\n\n| a |\n| b |\n\n', '')
  assert.equal(mergeSections(removed, FRESH, WRITTEN).text, removed)
})

test('a new part goes behind its neighbour, one with nothing left to say goes', () => {
  const more = [FRESH[0]!, { heading: '## New', body: 'x' }, ...FRESH.slice(1)]
  const { text, written } = mergeSections(TEXT, more, WRITTEN)
  assert.equal(text, joinSections(more))
  assert.equal(mergeSections(text, FRESH, written).text, TEXT)
})
