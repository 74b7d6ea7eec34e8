// Every second text is what a real server printed for the first.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outputText } from './literal.ts'

const CASES: Readonly<Record<string, readonly (readonly [given: string, printed: string])[]>> = {
  date: [
    ['2020-1-5', '2020-01-05'],
    ['epoch', '1970-01-01'],
    ['now', 'now'],
  ],
  'timestamp without time zone': [
    ['1970-01-01', '1970-01-01 00:00:00'],
    ['infinity', 'infinity'],
  ],
  'timestamp with time zone': [['2001-09-28 23:00 UTC', '2001-09-28 23:00:00+00']],
  'time without time zone': [['1:02', '01:02:00']],
  interval: [
    ['90 min', '01:30:00'],
    ['1 03:04:05', '1 day 03:04:05'],
    ['P1Y2M3DT4H5M6S', '1 year 2 mons 3 days 04:05:06'],
  ],
  'integer[]': [['{1,2, 3}', '{1,2,3}']],
  bytea: [[String.raw`\xDEAD`, String.raw`\xdead`]],
  cidr: [['10/8', '10.0.0.0/8']],
  money: [['$1,000.5', '$1,000.50']],
  box: [['((0,0),(1,1))', '(1,1),(0,0)']],
  int4range: [['[1,5]', '[1,6)']],
  tsrange: [['[2020-1-1, 2020-2-1)', '["2020-01-01 00:00:00","2020-02-01 00:00:00")']],
  tsvector: [['b a', "'a' 'b'"]],
  jsonpath: [['$.a  ? (@ > 1)', '$."a"?(@ > 1)']],
}

for (const [type, cases] of Object.entries(CASES))
  test(`a literal of ${type} comes out as the server prints it`, () => {
    for (const [given, printed] of cases) assert.equal(outputText(given, type), printed)
  })
