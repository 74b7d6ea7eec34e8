import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followRenames } from './git-history.ts'
import { namedIds } from './named-ids.ts'
import { readJunit } from './read-junit.ts'

for (const [text, expected] of [
  ["test('FR-003: refuses', …)", ['FR-003']],
  ['// @spec order-service/001#FR-003 and 001#US1.2', ['order-service/001#FR-003', '001#US1.2']],
  ['001-log-in#SC-001', ['001-log-in#SC-001']],
  ['XFR-003 FR-x https://x/y/FR-003', []],
  ['FR-006a FR-004-012', ['FR-006a', 'FR-004-012']],
] as const) {
  test(`"${text}" names ${expected.join(' and ') || 'nothing'}`, () => {
    assert.deepEqual(
      namedIds(text).map(({ feature, id }) => (feature === undefined ? id : `${feature}#${id}`)),
      expected,
    )
  })
}

test('a report gives names and outcomes; tags in output and comments are not read', () => {
  const xml = `<?xml version="1.0"?><testsuites><!-- <testcase name="no"/> --><testsuite name="A &amp; B">
    <testcase name="FR-001 &lt;works&gt;" classname='c'/>
    <testcase name="FR-002"><failure message="x > y">z</failure></testcase>
    <testcase name="FR-003"><skipped/></testcase>
    <testcase name="FR-004"><system-out><![CDATA[<failure/>]]></system-out></testcase>
    <testcase name="FR-005"><error/></testcase>
  </testsuite></testsuites>`
  assert.deepEqual(
    readJunit(xml)?.map(({ name, outcome }) => `${name.trim()}: ${outcome}`),
    [
      'A & B c FR-001 <works>: passed',
      'A & B  FR-002: failed',
      'A & B  FR-003: skipped',
      'A & B  FR-004: passed',
      'A & B  FR-005: failed',
    ],
  )
  assert.equal(readJunit('{"tests": 1}'), undefined)
})

test('renames are followed to the end, and a ring of them ends', () => {
  const renames = new Map([
    ['a', 'b'],
    ['b', 'c'],
    ['x', 'y'],
    ['y', 'x'],
  ])
  assert.equal(
    followRenames('a', renames, (path) => path === 'c'),
    'c',
  )
  assert.equal(
    followRenames('x', renames, () => false),
    undefined,
  )
})
