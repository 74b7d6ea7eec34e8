import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passagesOf } from './passages.ts'

test('a Markdown file is cut at its headings, not at comments in code', () => {
  const text = 'intro\n\n## One\r\n```sh\n# no heading\n```\n### Two\n~~~\n```\n# no heading\n~~~\n# Three'
  assert.deepEqual(
    passagesOf(text, true).map(({ line, heading }) => [line, heading]),
    [
      [1, ''],
      [3, 'One'],
      [7, 'Two'],
      [12, 'Three'],
    ],
  )
})

test('other text is cut into windows, headed by what is declared in them', () => {
  const lines = Array.from({ length: 50 }, (_, i) =>
    i === 3 ? 'export async function placeOrder() {' : i === 44 ? '  operationId: getOrder' : '',
  )
  assert.deepEqual(
    passagesOf(lines.join('\n'), false).map(({ line, heading }) => [line, heading]),
    [
      [1, 'placeOrder'],
      [41, 'getOrder'],
    ],
  )
})
