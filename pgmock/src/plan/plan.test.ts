import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawFor } from '../bytes/hash.ts'
import { openSet, rowsOf } from '../generate.ts'
import { copyChunks } from '../rows/row-writer.ts'
import { childLayout, fanout } from './child-layout.ts'
import { planOf } from '../../test/plan-of.ts'
import type { TablePlan } from './plan-types.ts'

const path = (name: string) => new URL(`../../${name}`, import.meta.url).pathname
const files = [
  { file: 'test/fixtures/all-types.json', scale: 0.3 },
  { file: 'test/fixtures/keys.json', scale: 1 },
  { file: 'test/fixtures/ledger.json', scale: 1 },
  { file: 'examples/shop.json', scale: 0.05 },
  { file: 'examples/shop-set/shop.set.json', scale: 0.05 },
]

function bytes(table: TablePlan, from = 0, to = table.rows, chunkBytes = 64 * 1024): string {
  return Array.from(copyChunks(table, from, to, chunkBytes), (chunk) =>
    Buffer.from(chunk.bytes).toString(),
  ).join('')
}

for (const { file, scale } of files) {
  test(`${file}: any chunk size and any range of rows give the same bytes`, async () => {
    const open = async () => {
      const { plan, findings } = await openSet([path(file)], { seed: 3, scale })
      assert.deepEqual(findings, [])
      return plan.databases.flatMap(({ tables }) => tables)
    }
    const [one, other] = [await open(), await open()]
    for (const [i, table] of one.entries()) {
      const whole = bytes(table)
      assert.equal(bytes(table, 0, table.rows, 100), whole)
      const middle = Math.floor(table.rows / 3)
      // A second plan that has made no earlier row: nothing may depend on what came before.
      assert.equal(bytes(other[i]!, middle), bytes(table, middle))
      assert.equal(bytes(table, 0, middle) + bytes(table, middle), whole)
      // Backwards, too.
      const backwards = Array.from({ length: Math.min(50, table.rows) }, (_, row) =>
        bytes(table, row, row + 1),
      ).toReversed()
      assert.equal(backwards.toReversed().join(''), bytes(table, 0, Math.min(50, table.rows)))
    }
  })

  test(`${file}: every primary key, unique constraint and reference holds`, async () => {
    const { plan } = await openSet([path(file)], { seed: 4, scale })
    const rows = new Map(
      plan.databases.flatMap(({ model, tables }) =>
        tables.map((table) => [`${model.database}:${table.table.name}`, [...rowsOf(table)]] as const),
      ),
    )
    for (const { model, tables } of plan.databases)
      for (const { table } of tables) {
        const own = rows.get(`${model.database}:${table.name}`)!
        const tuple = (row: Readonly<Record<string, string | null>>, names: readonly string[]) =>
          names.some((name) => row[name] === null)
            ? undefined
            : JSON.stringify(names.map((name) => row[name]))
        for (const key of [table.primaryKey, ...table.unique]) {
          const seen = own.map((row) => tuple(row, key)).filter((text) => text !== undefined)
          if (key.length > 0)
            assert.equal(new Set(seen).size, seen.length, `${table.name} (${key.join(', ')})`)
        }
        for (const key of table.foreignKeys) {
          const parents = new Set(
            rows
              .get(`${key.database ?? model.database}:${key.table}`)!
              .map((row) => tuple(row, key.parentColumns)),
          )
          for (const row of own) {
            const reference = tuple(row, key.columns)
            assert.ok(
              reference === undefined || parents.has(reference),
              `${table.name} ${reference} → ${key.table}`,
            )
          }
        }
      }
  })
}

test('a scaled-down sample of two tables takes as many pairs as there is room for', async () => {
  const { plan, findings } = await openSet([path('test/fixtures/keys.json')], { seed: 1, scale: 0.1 })
  assert.deepEqual(findings, [])
  const rows = Object.fromEntries(plan.databases[0]!.tables.map((table) => [table.table.name, table.rows]))
  assert.equal(rows['employee_skill'], rows['employee']! * rows['skill']!)
})

test('another seed gives other data', async () => {
  const of = async (seed: number) =>
    bytes((await openSet([path('bench/users.json')], { seed, scale: 0.001 })).plan.databases[0]!.tables[0]!)
  assert.notEqual(await of(1), await of(2))
  assert.equal(await of(1), await of(1))
})

test('children lie in the order of their parents, and the wanted mean is met', () => {
  for (const distribution of ['uniform', 'geometric', 'poisson', 'zipf'] as const) {
    const count = fanout({ min: 0, max: 9, mean: 2.5, distribution }, drawFor(distribution))
    const layout = childLayout(5000, count)
    assert.ok(Math.abs(layout.rows / 5000 - 2.5) < 0.15, `${distribution}: mean ${layout.rows / 5000}`)
    let row = 0
    for (let parent = 0; parent < 5000; parent++) {
      assert.equal(layout.start(parent), row)
      for (let k = 0; k < count(parent); k++, row++) {
        assert.equal(layout.parent(row), parent)
        assert.equal(layout.ordinal(row), k)
      }
    }
    assert.equal(row, layout.rows)
    // Asked out of order as well.
    assert.equal(layout.parent(layout.start(4321)), firstWithChildren(count, 4321))
  }
})

function firstWithChildren(count: (parent: number) => number, from: number): number {
  let parent = from
  while (count(parent) === 0) parent++
  return parent
}

test('popular parents get half of the children, and no child is older than its parent', async () => {
  const { plan } = await openSet([path('examples/shop.json')], { seed: 1, scale: 0.2 })
  const table = (name: string) => plan.databases[0]!.tables.find((one) => one.table.name === name)!
  const counts = new Map<string, number>()
  for (const { product_id: id } of rowsOf(table('order_lines'))) counts.set(id!, (counts.get(id!) ?? 0) + 1)
  const sorted = [...counts.values()].sort((a, b) => b - a)
  const share =
    sorted.slice(0, table('products').rows / 5).reduce((a, b) => a + b, 0) / table('order_lines').rows
  assert.ok(share > 0.42 && share < 0.65, `top fifth has ${share}`)
  const born = new Map([...rowsOf(table('buyers'))].map((row) => [row['id'], row['created_at']!]))
  for (const order of rowsOf(table('orders')))
    assert.ok((born.get(order['buyer_id']) ?? '') <= order['placed_at']!)
})

test('where both tables are as old as each other, no child begins before its parent, without a word', async () => {
  const id = { type: 'serial', primaryKey: true }
  const created_at = { type: 'timestamptz' }
  const { tables } = await planOf({
    users: { columns: { id, created_at }, rowCount: 300 },
    posts: {
      columns: { id, user_id: { type: 'integer', references: 'users.id' }, placed_at: created_at },
      rowCount: 6000,
    },
    // Told otherwise, or older: nothing is implied.
    notes: {
      columns: {
        id,
        user_id: { type: 'integer', references: 'users.id', distribution: 'uniform' },
        created_at,
      },
      rowCount: 6000,
    },
    visits: {
      columns: {
        id,
        user_id: { type: 'integer', references: 'users.id' },
        created_at: { type: 'timestamptz', generator: { name: 'timestamp', from: '-9 years' } },
      },
      rowCount: 6000,
    },
  })
  const [users, ...children] = tables
  const since = users!.columns[1]!.cell
  const early = children.map(({ columns: [, user, at] }) => {
    const rows = Array.from({ length: 6000 }, (_, row) => row)
    return rows.filter(
      (row) => Number(at!.cell.value(row)) < Number(since.value(Number(user!.cell.value(row)) - 1)),
    ).length
  })
  // Before the second user comes there is only the first one, who may be a little late.
  assert.ok(early[0]! <= 20, `${early[0]}`)
  assert.ok(early[1]! > 1000 && early[2]! > 1000, early.join())
})
