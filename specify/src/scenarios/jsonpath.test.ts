import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluateJsonPath, isSingular } from './jsonpath.ts'
import { JsonPathProblem, parseJsonPath } from './parse-jsonpath.ts'

const shop = {
  orders: [
    { id: 'a', total: 10, lines: [{ sku: 'x', qty: 1 }], paid: true },
    {
      id: 'b',
      total: 25.5,
      lines: [
        { sku: 'y', qty: 3 },
        { sku: 'x', qty: 2 },
      ],
    },
    { id: 'c', total: 7, lines: [], note: null },
  ],
  'weird key': { 'a.b': 1, "it's": 2 },
  'user-id': 9,
}

const found: [path: string, value: unknown][] = [
  ['$', shop],
  ['$.orders[0].id', 'a'],
  ["$['orders'][1]['id']", 'b'],
  ['$["weird key"]["a.b"]', 1],
  ["$['weird key']['it\\'s']", 2],
  ['$.user-id', 9],
  ['$.orders[-1].id', 'c'],
  ['$.orders[3].id', undefined],
  ['$.missing', undefined],
  ['$.orders.id', undefined],
  ['$.orders[2].note', null],
  ['$.orders[*].id', ['a', 'b', 'c']],
  ['$.orders.*.total', [10, 25.5, 7]],
  ['$..sku', ['x', 'y', 'x']],
  ['$..[0].sku', ['x', 'y']],
  ['$.orders[0:2].id', ['a', 'b']],
  ['$.orders[1:].id', ['b', 'c']],
  ['$.orders[::2].id', ['a', 'c']],
  ['$.orders[::-1].id', ['c', 'b', 'a']],
  ['$.orders[-2:].id', ['b', 'c']],
  ['$.orders[0,2].id', ['a', 'c']],
  ['$.orders[?@.total > 9].id', ['a', 'b']],
  ['$.orders[?(@.total>=10 && @.total<20)].id', 'a'],
  ['$.orders[?@.id == "c" || @.paid].id', ['a', 'c']],
  ['$.orders[?!@.paid].id', ['b', 'c']],
  ["$.orders[?(@.id != 'a')].id", ['b', 'c']],
  ['$.orders[?@.note == null].id', 'c'],
  ['$.orders[?length(@.lines) == 2].id', 'b'],
  ['$.orders[?count(@.lines[*]) == 0].id', 'c'],
  ['$.orders[?match(@.id, "[ab]")].id', ['a', 'b']],
  ['$.orders[?search(@.id, "c")].id', 'c'],
  ['$.orders[?@.total > $.orders[0].total].id', 'b'],
  ['$.orders[?@.lines[?@.sku == "y"]].id', 'b'],
  ['$.nothing[*]', undefined],
]

for (const [path, value] of found)
  test(`${path} selects ${JSON.stringify(value)?.slice(0, 60)}`, () => {
    assert.deepEqual(evaluateJsonPath(parseJsonPath(path), shop), value)
  })

test('only names and indexes make a path singular', () => {
  assert.deepEqual(
    ['$', '$.a[0]', '$.a[*]', '$..a', '$.a[0,1]', '$.a[0:1]', '$.a[?@.b]'].map((path) =>
      isSingular(parseJsonPath(path)),
    ),
    [true, true, false, false, false, false, false],
  )
})

test('own properties only: no path reaches into a prototype', () => {
  assert.equal(evaluateJsonPath(parseJsonPath('$.constructor'), {}), undefined)
})

const refused: [path: string, message: RegExp][] = [
  ['orders', /begins with "\$" at character 1/],
  ['$.', /expected a property name at character 3/],
  ['$.a[', /expected a quoted name/],
  ['$.a[0', /expected "\]"/],
  ['$.a b', /unexpected " "/],
  ["$['a", /no closing quote/],
  ['$[?1]', /literal alone/],
  ['$[?size(@.a) == 1]', /"size" is not a function/],
  ['$[?match(@.a)]', /match\(\) takes 2 arguments/],
  ['$[?(@.a == 1]', /expected "\)"/],
]

for (const [path, message] of refused)
  test(`${path} is refused with its place`, () => {
    assert.throws(
      () => parseJsonPath(path),
      (error) => error instanceof JsonPathProblem && message.test(error.message),
    )
  })
