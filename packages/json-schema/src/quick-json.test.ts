import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Place } from './document.ts'
import { parseDocument } from './parse-document.ts'
import { parseJson } from './parse-json.ts'
import { quickJson } from './quick-json.ts'

const TEXTS = [
  '{"a": {"b:c": [1, "x\\"]:{", {"": null}], "\\u0061\\\\": -1.5e3}, "__proto__": {"d": true}}',
  '\r\n [ ] ',
  '[[], {"k":\t"v\\\\"} ,{}, "é😀"]',
  '"a:b"',
  '{"a":{"b":{"c":{}}},"b" : [ {"x" :1} , 2 ]}',
]

/** Offsets by pointer. */
function offsets(place: Place | undefined, at = ''): [string, number, number][] {
  if (place === undefined) return []
  const below = [...(place.children ?? [])].flatMap(([name, child]) => offsets(child, `${at}/${name}`))
  return [[at, place.keyOffset, place.valueOffset], ...below]
}

it('reads what the careful reader reads, and finds it in the same places', () => {
  for (const text of TEXTS) {
    const [quick, careful] = [quickJson(text), parseJson(text)]
    assert.deepEqual(quick?.value, careful.value, text)
    assert.deepEqual(offsets(quick?.place), offsets(careful.place), text)
  }
})

it('leaves doubled keys, deep nesting and faults to the careful reader', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
  for (const text of ['{"a": 1, "a": 1}', '[{"x": {"y": 1, "y": 2}}]', '{"a": 1,}', '', deep(501)])
    assert.equal(quickJson(text), undefined, text)
  assert.notEqual(quickJson(deep(500)), undefined)
})

it('finds the parts of YAML where a document with aliases has them', () => {
  const text = `openapi: 3.1.0
paths:
  /orders: {get: [1, {deep: true}], 'post': "x"}
200:
  - a
  -
    b: >-
      folded
      text
  - ~
empty:
"quoted key": |
  block
`
  const quick = parseDocument(text, 'yaml')
  const careful = parseDocument(`${text}one: &one 1\ntwo: *one\n`, 'yaml')
  const pointers = ['', '/paths', '/paths/~1orders/get/1/deep', '/paths/~1orders/post', '/200/1/b', '/200/2']
  for (const pointer of [...pointers, '/empty', '/quoted key', '/openapi', '/nowhere']) {
    assert.deepEqual(quick.locate(pointer), careful.locate(pointer), pointer)
    assert.deepEqual(quick.locateValue(pointer), careful.locateValue(pointer), pointer)
  }
  assert.deepEqual({ ...(quick.value as object), one: 1, two: 1 }, careful.value)
})
