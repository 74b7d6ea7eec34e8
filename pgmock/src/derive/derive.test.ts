import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawFor } from '../bytes/hash.ts'
import { plainText } from '../formats/value-text.ts'
import type { Expression } from '../values/generator.ts'
import { decimal, INSTANT, INT, TEXT, type Value } from '../values/value-type.ts'
import { compileExpression } from './compile.ts'
import { ExpressionError } from './expression.ts'
import { parseExpression } from './parse.ts'
import type { Scope } from './scope.ts'

const constant = (type: Expression['type'], value: Value): Expression => ({ type, value: () => value })

function table(name: string, columns: Record<string, Expression>, more: Partial<Scope> = {}): Scope {
  return {
    table: name,
    columnNames: Object.keys(columns),
    column: (column) => columns[column],
    parent: () => undefined,
    children: () => undefined,
    ordinal: undefined,
    siblings: undefined,
    draw: (lane) => drawFor('test', lane),
    now: Date.UTC(2026, 0, 1) * 1000,
    ...more,
  }
}

const lines = table('lines', {
  total: { type: decimal(2), value: (row) => [1050, -25, null][row % 3]! },
  sku: constant(TEXT, 'A-1'),
})
const buyer = table('buyers', { email: constant(TEXT, 'a@b.example') })
const order = table(
  'orders',
  {
    quantity: constant(INT, 3),
    price: constant(decimal(2), 1999),
    name: constant(TEXT, "Café 'Olé' & more"),
    nothing: constant(TEXT, null),
    placed_at: constant(INSTANT, Date.UTC(2025, 11, 30, 12) * 1000),
    buyer_id: constant(INT, 1),
  },
  {
    parent: (column) => (column === 'buyer_id' ? { scope: buyer, row: () => 0 } : undefined),
    children: (_, name) =>
      name === 'lines' ? { scope: lines, count: () => 3, at: (_row, k) => k } : undefined,
    ordinal: () => 2,
    siblings: () => 5,
  },
)

function result(source: string): string | null {
  const { type, value } = compileExpression(parseExpression(source), order)
  const is = value(0)
  return is === null ? null : plainText(is, type)
}

test('expressions give what SQL would', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['1 + 2 * 3', '7'],
    ['8 - 3 - 2', '3'],
    ['2 * 3 - 1', '5'],
    ['100 / 10 / 5', '2'],
    ['(1 + 2) * 3', '9'],
    ['-2 - -3', '1'],
    ['7 / 2', '3'],
    ['7.0 / 2', '3.500000'],
    ['7 % 4', '3'],
    ['quantity * price', '59.97'],
    ['price * 0.19', '3.7981'],
    ['round(price * 0.19, 2)', '3.80'],
    ['round(-2.5)', '-2'],
    ['numeric(-1.005, 2)', '-1.01'],
    ['1 / 0', null],
    ['price + 1', '20.99'],
    ['int(price)', '20'],
    ['floor(price)', '19'],
    ["'it''s' || ' ' || quantity", "it's 3"],
    ['name || nothing', null],
    ['concat(nothing, 1, true)', '1true'],
    ['slug(name)', 'cafe-ole-and-more'],
    ["lpad(quantity, 3, '0')", '003'],
    ["upper(left('abc', 2))", 'AB'],
    ["substr('abcdef', 2, 3)", 'bcd'],
    ["if(quantity > 2, 'many', 'few')", 'many'],
    ["case when quantity = 1 then 'one' when quantity = 3 then 'three' end", 'three'],
    ['case when false then 1 end', null],
    ['quantity in (1, 2, 3)', 'true'],
    ["name not in ('x')", 'true'],
    ['nothing is null', 'true'],
    ['not (1 < 2 and 2 < 1)', 'true'],
    ["nothing = 'a'", null],
    ['coalesce(nothing, name) is not null', 'true'],
    ['least(3, 1.5, 2)', '1.5'],
    ['max(3, 4)', '4'],
    ['nullif(1, 1)', null],
    ['price = 19.990', 'true'],
    ['age_days(placed_at)', '1'],
    ['age_hours(placed_at)', '36'],
    ["placed_at + interval('2 days')", '2026-01-01 12:00:00'],
    ["placed_at + interval '90 minutes'", '2025-12-30 13:30:00'],
    ['date(placed_at) + 1', '2025-12-31'],
    ['year(placed_at)', '2025'],
    ['now() - placed_at', '1 day 12:00:00'],
    ['placed_at < now()', 'true'],
    ['hours(2) * 3', '06:00:00'],
    ['buyer_id.email', 'a@b.example'],
    ['sum(lines.total)', '10.25'],
    ['count(lines)', '3'],
    ['avg(lines.total)', '5.1250'],
    ['min(lines.total)', '-0.25'],
    ['first(lines.total)', '10.50'],
    ['last(lines.total)', null],
    ["string_agg(lines.sku, '+')", 'A-1+A-1+A-1'],
    [
      'json_agg(lines, {sku: sku, t: total})',
      '[{"t": 10.50, "sku": "A-1"}, {"t": -0.25, "sku": "A-1"}, {"t": null, "sku": "A-1"}]',
    ],
    [
      "{bb: 1, a: [1, 'x', null], 'c d': placed_at}",
      '{"a": [1, "x", null], "bb": 1, "c d": "2025-12-30T12:00:00.000Z"}',
    ],
    ['ordinal()', '2'],
    ['siblings()', '5'],
    ['row()', '1'],
    ["md5('a')", '0cc175b9c0f1b6a831c399e269772661'],
    ["uuid('a', 1) = uuid('a', 1)", 'true'],
    ["uuid('a', 1) = uuid('a', 2)", 'false'],
    ['random_between(4, 4)', '4'],
    ['chance(1)', 'true'],
    ["weighted('a', 1, 'b', 0)", 'a'],
    ['length(name)', '17'],
    ["initcap('hello wORLD')", 'Hello World'],
  ]
  for (const [source, expected] of cases) {
    assert.equal(result(source), expected, source)
  }
})

test('what is wrong is said at the character where it is', () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ['1 +', 'expression-syntax', 3],
    ["'open", 'expression-syntax', 0],
    ['1 ? 2', 'expression-syntax', 2],
    ['a b', 'expression-syntax', 2],
    ['case end', 'expression-syntax', 5],
    ['{a: 1, a: 2}', 'expression-syntax', 7],
    ['quantty', 'unknown-name', 0],
    ['1 + buyer_id.mail', 'unknown-name', 4],
    ['quantity.x', 'not-a-reference', 0],
    ['lowr(name)', 'unknown-function', 0],
    ["1 + 'a'", 'expression-type', 2],
    ["quantity = 'a'", 'expression-type', 9],
    ['if(1, 2, 3)', 'expression-type', 3],
    ['sum(reviews.rating)', 'no-children', 4],
    ['sum(lines.totl)', 'unknown-name', 0],
    ['round(price, quantity)', 'expression-type', 0],
    ["weighted('a')", 'expression-type', 0],
    ["interval('soon')", 'expression-type', 0],
    ['catalog:products.price', 'unknown-name', 0],
  ]
  for (const [source, code, at] of cases)
    assert.throws(
      () => compileExpression(parseExpression(source), order),
      (error) => error instanceof ExpressionError && error.code === code && error.at === at,
      source,
    )
})
