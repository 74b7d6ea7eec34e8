// Constraints of every shape, filled and taken by a real server with all of them on.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'
import { startCluster, suiteForNewestPostgres, type Cluster } from '../throwaway-cluster.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures/constraints')

const files = [
  { name: 'checks', tables: 5, since: 15 },
  { name: 'keys', tables: 18, since: 15 },
  { name: 'tenants', tables: 8, since: 15 },
  { name: 'partitions', tables: 22, since: 15 },
  { name: 'temporal', tables: 5, since: 18 },
]

suiteForNewestPostgres('200 rows keep every constraint', (postgres) => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster(postgres)
  })
  after(async () => {
    await cluster?.stop()
  })

  for (const { name, tables, since } of files)
    test(
      `the ${name} restore without an error, and no row is lost`,
      { skip: postgres.major < since && `needs PostgreSQL ${since}` },
      async (t) => {
        const folder = temporaryFolder(t)
        await runPgmock(folder, [
          'import',
          join(FIXTURES, `${name}.sql`),
          '-o',
          'schema.json',
          '--row-count',
          '200',
        ])
        const generated = await runPgmock(folder, [
          'generate',
          'schema.json',
          '--target',
          cluster.version,
          '-f',
          'dump.sql',
        ])
        assert.equal(generated.exitCode, 0, generated.stderr)
        assert.equal(generated.stderr, '')
        const schema = JSON.parse(await readFile(join(folder, 'schema.json'), 'utf8')) as { tables: object }
        assert.equal(Object.keys(schema.tables).length, tables)
        await cluster.createDatabase(name)
        await cluster.psqlFile(name, join(folder, 'dump.sql'))
        const counts = await cluster.psql(
          name,
          `SELECT c.relname || ' ' || (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM ' || c.oid::regclass, false, true, '')))[1]
             FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
            WHERE s.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
        )
        for (const line of counts.split('\n')) assert.match(line, / 200$/)
      },
    )
})
