// The proof of "indistinguishable": our file → psql → pg_dump of the same version gives our file again, byte for byte.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { EVERYTHING } from '../../src/formats/dump-entries.ts'
import { plainDumpHere, type PlainOptions } from '../../src/formats/plain-dump.ts'
import { parseTarget } from '../../src/formats/targets.ts'
import { openSet } from '../../src/generate.ts'
import { loadSet } from '../../src/load.ts'
import type { DatabasePlan } from '../../src/plan/plan-types.ts'
import { startCluster, suiteForEachPostgres, type Cluster } from '../throwaway-cluster.ts'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

const fixtures = [
  { file: 'test/fixtures/keys.json', scale: 1 },
  // Small: COPY fills pages that a longer row left half empty, so a large table with rows of different lengths comes
  // back in another order, from our file as from pg_dump's own.
  { file: 'test/fixtures/all-types.json', scale: 0.03 },
  { file: 'test/fixtures/ledger.json', scale: 0.2 },
  { file: 'examples/shop.json', scale: 0.01 },
  { file: 'examples/shop-set/shop.set.json', scale: 0.005 },
]

const forms: { name: string; options: Partial<PlainOptions>; flags: string[] }[] = [
  { name: 'a dump without owners', options: { owner: false }, flags: ['--no-owner'] },
  {
    name: 'a dump with INSERTs',
    options: { inserts: { namesColumns: false, rowsPerStatement: 1 } },
    flags: ['--inserts'],
  },
]

suiteForEachPostgres('against a real PostgreSQL', (postgres, isNewest) => {
  let cluster: Cluster
  let folder: string
  let made = 0

  before(async () => {
    cluster = await startCluster(postgres)
    folder = await mkdtemp(join(tmpdir(), 'pgmock-sql-'))
    await cluster.psql('postgres', 'CREATE ROLE "Some Body"')
  })
  after(async () => {
    await cluster?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const dumped = (plan: DatabasePlan, options: Partial<PlainOptions>): string => {
    const parts: Buffer[] = []
    const target = parseTarget(cluster.version)
    for (const { bytes } of plainDumpHere(plan, { ...whole, target, ...options }))
      parts.push(Buffer.from(bytes))
    return Buffer.concat(parts).toString()
  }
  const restored = async (dump: string): Promise<string> => {
    const database = `fixed_point_${made++}`
    const file = join(folder, `${database}.sql`)
    await writeFile(file, dump)
    await cluster.createDatabase(database)
    await cluster.psqlFile(database, file)
    return database
  }

  for (const { file, scale } of fixtures) {
    for (const { name, options, flags } of isNewest ? forms : [])
      test(`${name} of ${file} comes back from pg_dump byte for byte`, async () => {
        const { plan } = await openSet([path(file)], { seed: 8, scale })
        for (const database of plan.databases) {
          const dump = dumped(database, options)
          const again = await cluster.pgDump(await restored(dump), '--restrict-key=k', ...flags)
          assert.equal(again, dump)
        }
      })

    test(`a whole dump of ${file} comes back from pg_dump byte for byte, and so do its schema and data`, async () => {
      const { plan, findings } = await openSet([path(file)], { seed: 7, scale })
      assert.deepEqual(findings, [])
      for (const database of plan.databases) {
        const dump = dumped(database, {})
        const name = await restored(dump)
        assert.equal(await cluster.pgDump(name, '--restrict-key=k'), dump)
        const schema = await cluster.pgDump(name, '--restrict-key=k', '--schema-only')
        assert.equal(dumped(database, { content: 'schema' }), schema)
        const data = await cluster.pgDump(name, '--restrict-key=k', '--data-only')
        assert.equal(dumped(database, { content: 'data' }), data)
      }
    })
  }

  test('many rows of every type come back as the same lines', async () => {
    const { plan } = await openSet([path('test/fixtures/all-types.json')], { seed: 9, scale: 10 })
    const dump = dumped(plan.databases[0]!, {})
    const again = await cluster.pgDump(await restored(dump), '--restrict-key=k')
    assert.deepEqual(again.split('\n').sort(), dump.split('\n').sort())
  })

  test('one table, asked for by name, is what pg_dump --table gives', async () => {
    const { plan } = await openSet([path('test/fixtures/keys.json')], { seed: 1 })
    const name = await restored(dumped(plan.databases[0]!, {}))
    const only = { includes: (table: string) => table === 'project', onlyTables: true }
    assert.equal(
      dumped(plan.databases[0]!, only),
      await cluster.pgDump(name, '--restrict-key=k', '--table=project'),
    )
  })

  test('a set loads into migrated tables, agrees across databases, and ids go on behind it', async () => {
    const files = [path('examples/shop-set/shop.set.json')]
    const { plan } = await openSet(files, { seed: 3, scale: 0.02 })
    for (const database of plan.databases) {
      const file = join(folder, 'migration.sql')
      await writeFile(file, dumped(database, { content: 'schema' }))
      await cluster.createDatabase(database.model.database)
      await cluster.psqlFile(database.model.database, file)
    }
    const connect = (database: string) => ({ host: cluster.socketFolder, user: 'postgres', database })
    const loaded = await loadSet({ files, seed: 3, scale: 0.02, connect })
    assert.deepEqual(
      loaded.map(({ table }) => table),
      ['categories', 'products', 'orders', 'order_lines'],
    )
    const inOrders =
      'SELECT count(*) FROM orders o WHERE total_cents <> (SELECT sum(total_cents) FROM order_lines WHERE order_id = o.id)'
    assert.equal(await cluster.psql('orders', inOrders), '0')
    const products = await cluster.psql('catalog', "SELECT id || ' ' || price_cents FROM products ORDER BY 1")
    const bought = await cluster.psql(
      'orders',
      "SELECT DISTINCT product_id || ' ' || unit_cents FROM order_lines",
    )
    const known = new Set(products.split('\n'))
    assert.deepEqual(
      bought.split('\n').filter((line) => !known.has(line)),
      [],
    )
    const next = "INSERT INTO categories (name, slug) VALUES ('New', 'new') RETURNING id"
    assert.equal(await cluster.psql('catalog', next), String(loaded[0]!.rows + 1))
  })

  test('a load that the server refuses says why and leaves nothing behind', async () => {
    await cluster.createDatabase('ledger')
    await cluster.psql(
      'ledger',
      'CREATE TABLE accounts (id int, opened_at timestamptz, balance numeric, entries int, largest numeric, mean numeric, statement jsonb)',
    )
    await assert.rejects(
      loadSet({
        files: [path('test/fixtures/ledger.json')],
        seed: 1,
        connect: (database) => ({ host: cluster.socketFolder, user: 'postgres', database }),
      }),
      { code: 'load-failed', message: /Table entries of ledger was refused: .*entries.* does not exist/ },
    )
    assert.equal(await cluster.psql('ledger', 'SELECT count(*) FROM accounts'), '0')
  })

  test('totals, counts, means and times of the ledger agree with what SQL computes', async () => {
    const { plan } = await openSet([path('test/fixtures/ledger.json')], { seed: 2 })
    const name = await restored(dumped(plan.databases[0]!, {}))
    const wrong = `SELECT count(*) FROM accounts a
      LEFT JOIN LATERAL (SELECT coalesce(sum(amount), 0) s, count(*) c, max(amount) m, round(avg(amount), 4) v FROM entries WHERE account_id = a.id) e ON true
      WHERE (a.balance, a.entries) IS DISTINCT FROM (e.s, e.c::int) OR a.largest IS DISTINCT FROM e.m OR a.mean IS DISTINCT FROM e.v
         OR jsonb_array_length(a.statement) <> e.c`
    assert.equal(await cluster.psql(name, wrong), '0')
    const early =
      'SELECT count(*) FROM visits v JOIN accounts a ON a.id = v.account_id WHERE v.visited_at < a.opened_at'
    assert.equal(await cluster.psql(name, early), '0')
  })
})

const whole: Omit<PlainOptions, 'target'> = {
  content: 'all',
  owner: true,
  restrictKey: 'k',
  seed: 1,
  inserts: undefined,
  sections: EVERYTHING.sections,
  privileges: true,
  clean: 'no',
  create: false,
  rows: undefined,
  includes: () => true,
  onlyTables: false,
}
