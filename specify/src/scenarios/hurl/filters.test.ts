import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyFilter } from './filters.ts'
import { EvaluationProblem, type Argument, type HurlValue } from './value.ts'

const bytes = (text: string) => Buffer.from(text)
const moment = new Date('2026-11-20T14:05:09.123Z')

const rows: [name: string, value: HurlValue, args: Argument[], result: HurlValue][] = [
  ['base64Decode', 'aGk=', [], bytes('hi')],
  ['base64Encode', bytes('hi'), [], 'aGk='],
  ['base64UrlSafeDecode', 'Pz8_', [], bytes('???')],
  ['base64UrlSafeEncode', bytes('???'), [], 'Pz8_'],
  ['count', [1, 2], [], 2],
  ['count', bytes('abc'), [], 3],
  ['decode', Buffer.from([0xe9]), ['latin1'], 'é'],
  ['first', ['a', 'b'], [], 'a'],
  ['last', ['a', 'b'], [], 'b'],
  ['nth', ['a', 'b'], [1], 'b'],
  ['nth', ['a', 'b'], [-2], 'a'],
  ['format', moment, ['%Y-%m-%d %H:%M:%S %A %b'], '2026-11-20 14:05:09 Friday Nov'],
  ['dateFormat', moment, ['%a, %d %b %Y'], 'Fri, 20 Nov 2026'],
  ['htmlEscape', 'a > b & "c"', [], 'a &gt; b &amp; &quot;c&quot;'],
  ['htmlUnescape', '&lt;&#62;&#x41;&copy;&unheard;', [], '<>A©&unheard;'],
  ['jsonpath', '{"a":[1,2]}', ['$.a[1]'], 2],
  ['regex', 'id=42;', [/id=(\d+)/], '42'],
  ['regex', 'id=42;', ['id=(\\d+)'], '42'],
  ['replace', 'a.b.c', ['.', '-'], 'a-b-c'],
  ['replace', 'a', ['a', '$&'], '$&'],
  ['replace', 'a1b22', [/\d/, 'x'], 'axbxx'],
  ['replaceRegex', 'a1b22', [/\d+/, '#'], 'a#b#'],
  ['replaceRegex', 'john smith', [/(\w+) (\w+)/, '$2 $1'], 'smith john'],
  ['split', 'a, b', [', '], ['a', 'b']],
  ['toDate', '2026-11-20T14:05:09.123Z', ['%+'], moment],
  [
    'toDate',
    'Fri, 20 Nov 2026 14:05:09 GMT',
    ['%a, %d %b %Y %H:%M:%S GMT'],
    new Date('2026-11-20T14:05:09Z'),
  ],
  ['toDate', '20.11.2026 16:05 +0200', ['%d.%m.%Y %H:%M %z'], new Date('2026-11-20T14:05:00Z')],
  ['toFloat', '3.5', [], 3.5],
  ['toHex', bytes('hi'), [], '6869'],
  ['toInt', '42', [], 42],
  ['toInt', 3.9, [], 3],
  ['toString', 42, [], '42'],
  ['toString', null, [], 'null'],
  ['urlDecode', 'a%20b%2Fc', [], 'a b/c'],
  ['urlEncode', 'https://a.b/?x=ш', [], 'https%3A//a.b/%3Fx%3D%D1%88'],
  ['urlQueryParam', 'https://a.b/?x=1&y=2', ['y'], '2'],
  ['utf8Decode', bytes('é'), [], 'é'],
  ['utf8Encode', 'é', [], bytes('é')],
]

for (const [name, value, args, result] of rows)
  test(`${name} of ${JSON.stringify(value)} is ${JSON.stringify(result)}`, () => {
    assert.deepEqual(applyFilter(name, value, args), result)
  })

const refused: [name: string, value: HurlValue, args: Argument[], message: RegExp][] = [
  ['count', 5, [], /count needs a list or bytes, not integer <5>/],
  ['count', { a: 1 }, [], /needs a list or bytes, not object/],
  ['jsonpath', { a: 1 }, ['$.a'], /needs a string, not object/],
  ['nth', ['a'], [3], /has 1 items/],
  ['toInt', 'x', [], /toInt needs a number/],
  ['toInt', '1.5', [], /toInt needs a number/],
  ['regex', 'abc', [/x(.)/], /does not match/],
  ['regex', 'abc', [/b/], /no group/],
  ['split', 5, [','], /split needs a string/],
  ['jsonpath', '{', ['$.a'], /is not JSON/],
  ['jsonpath', '{}', ['$.a'], /finds nothing/],
  ['jsonpath', '{}', ['a'], /begins with "\$"/],
  ['toDate', '31.02.2026', ['%d.%m.%Y'], /is no date/],
  ['urlDecode', '%zz', [], /not percent-encoded/],
  ['format', 'today', ['%Y'], /needs a date/],
  ['decode', Buffer.from([0xff]), ['utf-8'], /not text in utf-8/],
]

for (const [name, value, args, message] of refused)
  test(`${name} refuses ${JSON.stringify(value)}: ${message.source}`, () => {
    assert.throws(
      () => applyFilter(name, value, args),
      (error) => error instanceof EvaluationProblem && message.test(error.message),
    )
  })

test('days are counted from now, whole', () => {
  const inTenDays = new Date(Date.now() + 10.5 * 86_400_000)
  assert.deepEqual(
    [applyFilter('daysAfterNow', inTenDays, []), applyFilter('daysBeforeNow', inTenDays, [])],
    [10, -10],
  )
})
