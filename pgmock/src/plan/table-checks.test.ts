import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { planOf } from '../../test/plan-of.ts'
import { rowsOf } from '../generate.ts'

type Row = Readonly<Record<string, string | null>>

async function rows(table: Record<string, unknown>, count = 300): Promise<Row[]> {
  const { tables } = await planOf({ t: { rowCount: count, ...table } })
  return [...rowsOf(tables[0]!)]
}

const n = (row: Row, name: string) => (row[name] === null ? null : Number(row[name]))

const cases: readonly {
  readonly fact: string
  readonly columns: Record<string, unknown>
  readonly checks: readonly string[]
  readonly holds: (row: Row) => boolean
}[] = [
  {
    fact: 'the sum of two columns is a third, and they keep their signs',
    columns: {
      net: { type: 'numeric(10,2)' },
      tax: { type: 'numeric(10,2)' },
      total: { type: 'numeric(10,2)' },
    },
    checks: ['net + tax = total'],
    holds: (row) =>
      Math.round((n(row, 'net')! + n(row, 'tax')!) * 100) === Math.round(n(row, 'total')! * 100) &&
      n(row, 'net')! > 0,
  },
  {
    fact: 'a member deep inside a document, by its path',
    columns: { j: { type: 'jsonb' } },
    checks: ["(j #>> '{a,b}')::integer > 3", "(j #>> '{a,b}') IS NOT NULL"],
    holds: ({ j }) => (JSON.parse(j!) as { a: { b: number } }).a.b > 3,
  },
  {
    fact: 'exactly one of three columns has a value',
    columns: {
      a: { type: 'integer', nullable: true },
      b: { type: 'text', nullable: true },
      c: { type: 'date', nullable: true },
    },
    checks: ['num_nonnulls(a, b, c) = 1'],
    holds: ({ a, b, c }) => [a, b, c].filter((value) => value !== null).length === 1,
  },
  {
    fact: 'a column that is set in one state only',
    columns: {
      state: { type: 'text', values: ['open', 'closed'] },
      closed_on: { type: 'date', nullable: true },
    },
    checks: ["(state = 'closed') = (closed_on IS NOT NULL)"],
    holds: (row) => (row['state'] === 'closed') === (row['closed_on'] !== null),
  },
  {
    fact: 'a text that is both lower case and long enough',
    columns: { name: { type: 'text' } },
    checks: ['lower(name) = name AND char_length(name) >= 20'],
    holds: (row) => /^[^A-Z]{20,}$/.test(row['name']!),
  },
  {
    fact: 'labels of an enum by their order, not by their letters',
    columns: { a: { type: 'mood' }, b: { type: 'mood' } },
    checks: ['a < b'],
    holds: (row) => MOODS.indexOf(row['a']!) < MOODS.indexOf(row['b']!),
  },
]

const MOODS = ['sad', 'ok', 'good']

suite('rows keep what a check asks', () => {
  for (const { fact, columns, checks, holds } of cases)
    test(fact, async () => {
      const { tables } = await planOf({ t: { columns, checks, rowCount: 300 } }, {}, { mood: MOODS })
      const made = [...rowsOf(tables[0]!)]
      assert.equal(made.length, 300)
      for (const row of made) assert.ok(holds(row), JSON.stringify(row))
    })
})

test('a range is filled evenly, a list is picked from', async () => {
  const made = await rows(
    {
      columns: { r: { type: 'integer' }, k: { type: 'text' } },
      checks: ['r BETWEEN 1 AND 5', "k IN ('a', 'b')"],
    },
    1000,
  )
  for (const r of [1, 2, 3, 4, 5]) {
    const share = made.filter((row) => row['r'] === String(r)).length / 1000
    assert.ok(share > 0.15 && share < 0.25, `${r}: ${share}`)
  }
  assert.deepEqual(new Set(made.map((row) => row['k'])), new Set(['a', 'b']))
})

test('a unique column keeps its pattern and stays unique', async () => {
  const made = await rows({
    columns: { sku: { type: 'text', unique: true, check: "sku ~ '^[A-Z]{2}-[0-9]{3}$'" } },
  })
  assert.equal(new Set(made.map((row) => row['sku'])).size, 300)
  for (const { sku } of made) assert.match(sku!, /^[A-Z]{2}-\d{3}$/)
})

test('any row alone is what it is among the others', async () => {
  const table = {
    columns: { a: { type: 'integer' }, b: { type: 'integer' }, c: { type: 'integer', nullable: true } },
    checks: ['a < b', 'c IS NULL OR c > b'],
  }
  const whole = await rows(table)
  const { tables } = await planOf({ t: { rowCount: 300, ...table } })
  for (const row of [299, 7, 8, 150, 0]) assert.deepEqual([...rowsOf(tables[0]!, row, row + 1)], [whole[row]])
})

test('a function in SQL is what it returns', async () => {
  const objects = [
    {
      kind: 'FUNCTION',
      name: 'positive',
      sql: 'CREATE FUNCTION public.positive(integer) RETURNS boolean LANGUAGE sql AS $_$ SELECT $1 > 900 $_$;',
    },
  ]
  const { tables } = await planOf(
    { t: { columns: { a: { type: 'integer' } }, checks: ['positive(a)'], rowCount: 50 } },
    {},
    {},
    { objects },
  )
  for (const row of rowsOf(tables[0]!)) assert.ok(Number(row['a']) > 900)
})

test('partitions take the rows of their table, each those of its bound', async () => {
  const columns = { id: { type: 'integer' }, at: { type: 'date' } }
  const part = (bound: string) => ({ columns, partitionOf: { table: 'p', bound }, rowCount: 0 })
  const { tables } = await planOf({
    p: { columns, partitionBy: 'RANGE (at)', rowCount: 500 },
    p1: part("FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"),
    p2: part("FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')"),
  })
  const [whole, first, second] = tables
  assert.equal(whole!.rows, 0)
  assert.equal(first!.rows + second!.rows, 500)
  assert.ok(first!.rows > 100 && second!.rows > 100)
  for (const row of rowsOf(first!)) assert.match(row['at']!, /^2024/)
  for (const row of rowsOf(second!)) assert.match(row['at']!, /^2025/)
})

test('stretches of a room do not meet', async () => {
  const { tables } = await planOf({
    rooms: { columns: { id: { type: 'serial', primaryKey: true } }, rowCount: 5 },
    bookings: {
      columns: { room: { type: 'integer', references: 'rooms.id' }, during: { type: 'int4range' } },
      exclude: [{ elements: { room: '=', during: '&&' } }],
      rowCount: 200,
    },
  })
  const taken = new Map<string, [number, number][]>()
  for (const row of rowsOf(tables[1]!)) {
    const [low, high] = /\[(\d+),(\d+)\)/.exec(row['during']!)!.slice(1).map(Number) as [number, number]
    const others = taken.get(row['room']!) ?? []
    assert.ok(others.every(([from, to]) => high <= from || to <= low))
    taken.set(row['room']!, [...others, [low, high]])
  }
  assert.equal(taken.size, 5)
})
