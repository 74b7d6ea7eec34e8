// Real schemas, imported and filled: a real server takes every row with all constraints on, and dumps the same again.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { rowsSorted } from '../rows-sorted.ts'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'
import { takenBy } from '../taken-by.ts'
import { startCluster, suiteForEachPostgres, type Cluster } from '../throwaway-cluster.ts'

const SCHEMAS = join(import.meta.dirname, '../../../../shared/peer-cases/sql-schemas')
const peers = existsSync(SCHEMAS) ? false : 'needs ../shared/peer-cases/sql-schemas'
const sources = [
  ...['chinook', 'northwind', 'pagila', 'medusa', 'feature-canon', 'feature-edge', 'feature-rich'].map(
    (name) => ({
      name,
      source: join(SCHEMAS, name, 'source.sql'),
      skip: peers,
    }),
  ),
  ...['hand-written', 'narrow-tables'].map((name) => ({
    name,
    source: join(import.meta.dirname, '../fixtures', `${name}.sql`),
    skip: false,
  })),
]

suiteForEachPostgres('200 rows in every table of an imported schema', (postgres) => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster(postgres)
    await cluster.psql('postgres', 'CREATE ROLE reader')
  })
  after(async () => {
    await cluster?.stop()
  })

  for (const { name, source, skip } of sources)
    test(`${name} restores without an error and dumps the same`, { skip }, async (t) => {
      const folder = temporaryFolder(t)
      const text = takenBy(cluster.major, name, await readFile(source, 'utf8'))
      await writeFile(join(folder, 'source.sql'), text)
      await runPgmock(folder, ['import', 'source.sql', '-o', 'schema.json', '--row-count', '200'])
      const generated = await runPgmock(folder, [
        'generate',
        'schema.json',
        '--target',
        cluster.version,
        '--restrict-key',
        'k',
        '-f',
        'dump.sql',
      ])
      assert.equal(generated.exitCode, 0, generated.stderr)
      await cluster.createDatabase(name)
      await cluster.psqlFile(name, join(folder, 'dump.sql'))
      const ours = await readFile(join(folder, 'dump.sql'), 'utf8')
      assert.equal(rowsSorted(await cluster.pgDump(name, '--restrict-key=k')), rowsSorted(ours))
    })
})
