import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPredicate } from './predicates.ts'
import type { Argument, HurlValue } from './value.ts'

const bytes = (text: string) => Buffer.from(text)
const noon = new Date('2026-01-02T12:00:00Z')

// predicate, what the query gave, the value beside the predicate, whether it holds and whether its negation does
const rows: [
  name: string,
  actual: HurlValue | undefined,
  value: Argument | undefined,
  holds: boolean,
  negated: boolean,
][] = [
  ['==', 'a', 'a', true, false],
  ['==', '1', 1, false, true],
  ['==', 1, 1.0, true, false],
  ['==', null, null, true, false],
  ['==', undefined, 'a', false, true],
  ['==', [1, 2], [1, 2], true, false],
  ['==', { a: 1, b: 2 }, { b: 2, a: 1 }, true, false],
  ['==', bytes('a'), bytes('a'), true, false],
  ['!=', 'a', 'b', true, false],
  ['!=', undefined, 'b', false, true],
  ['>', 2, 1, true, false],
  ['>', 1, 1, false, true],
  ['>', '2', 1, false, false],
  ['>', 'b', 'a', true, false],
  ['>=', 1, 1, true, false],
  ['<', 1, 2, true, false],
  ['<=', 3, 2, false, true],
  ['<', noon, new Date('2026-01-03T00:00:00Z'), true, false],
  ['startsWith', 'abc', 'ab', true, false],
  ['startsWith', bytes('abc'), bytes('ab'), true, false],
  ['startsWith', 12, '1', false, false],
  ['endsWith', 'abc', 'bc', true, false],
  ['endsWith', bytes('abc'), bytes('abcd'), false, true],
  ['contains', 'abc', 'b', true, false],
  ['contains', bytes('abc'), bytes('bc'), true, false],
  ['contains', ['a', 'b'], 'b', true, false],
  ['contains', 5, '5', false, false],
  ['includes', [1, 2], 2, true, false],
  ['includes', [1, 2], '2', false, true],
  ['includes', 'abc', 'a', false, false],
  ['matches', 'v1.2', /\d\.\d/, true, false],
  ['matches', 'v1.2', '^v\\d', true, false],
  ['matches', 'V1', '(?i)^v', true, false],
  ['matches', 1, /1/, false, false],
  ['exists', 'a', undefined, true, false],
  ['exists', null, undefined, true, false],
  ['exists', undefined, undefined, false, true],
  ['isEmpty', [], undefined, true, false],
  ['isEmpty', '', undefined, true, false],
  ['isEmpty', {}, undefined, true, false],
  ['isEmpty', [0], undefined, false, true],
  ['isEmpty', 0, undefined, false, false],
  ['isInteger', 3, undefined, true, false],
  ['isInteger', 3.5, undefined, false, true],
  ['isInteger', '3', undefined, false, true],
  ['isFloat', 3.5, undefined, true, false],
  ['isNumber', 3, undefined, true, false],
  ['isBoolean', false, undefined, true, false],
  ['isString', 'a', undefined, true, false],
  ['isString', undefined, undefined, false, true],
  ['isCollection', [], undefined, true, false],
  ['isCollection', { a: 1 }, undefined, true, false],
  ['isList', { a: 1 }, undefined, false, true],
  ['isObject', { a: 1 }, undefined, true, false],
  ['isDate', noon, undefined, true, false],
  ['isDate', '2026-01-02T12:00:00Z', undefined, false, true],
  ['isIsoDate', '2026-01-02T12:00:00.5+02:00', undefined, true, false],
  ['isIsoDate', '2026-13-02T12:00:00Z', undefined, false, true],
  ['isIsoDate', '2026-01-02', undefined, false, true],
  ['isUuid', '01930a5e-7c1a-4000-8000-0000000000d1', undefined, true, false],
  ['isUuid', '01930a5e', undefined, false, true],
  ['isIpv4', '127.0.0.1', undefined, true, false],
  ['isIpv4', '::1', undefined, false, true],
  ['isIpv6', '::1', undefined, true, false],
]

for (const [name, actual, value, holds, negated] of rows)
  test(`${JSON.stringify(actual)} ${name} ${value instanceof RegExp ? String(value) : JSON.stringify(value)}: ${holds}, not: ${negated}`, () => {
    assert.equal(checkPredicate({ not: false, name }, actual, value).holds, holds)
    assert.equal(checkPredicate({ not: true, name }, actual, value).holds, negated)
  })

test('a failure names both sides with their types', () => {
  assert.deepEqual(checkPredicate({ not: false, name: '==' }, '1', 1), {
    holds: false,
    expected: 'integer <1>',
    actual: 'string <1>',
  })
  assert.deepEqual(checkPredicate({ not: true, name: 'contains' }, 'abc', 'b'), {
    holds: false,
    expected: 'not contains string <b>',
    actual: 'string <abc>',
  })
  assert.deepEqual(checkPredicate({ not: false, name: 'exists' }, undefined, undefined), {
    holds: false,
    expected: 'exists',
    actual: 'nothing',
  })
})
