// Every template full of edge cases restores into a real server: whatever the schema promises still holds.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findTemplates } from '../../src/config/templates.ts'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'
import { startCluster, suiteForNewestPostgres, type Cluster } from '../throwaway-cluster.ts'

suiteForNewestPostgres('edge cases restore', (postgres) => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster(postgres)
  })
  after(() => cluster.stop())

  for (const { name, path } of findTemplates(undefined).values())
    test(`of ${name}`, async (t) => {
      const file = join(temporaryFolder(t), 'dump.sql')
      const flags = [
        '--scale',
        '0.05',
        '--edge-cases',
        '10%',
        '--no-owner',
        '--target',
        String(postgres.major),
      ]
      const { exitCode, stderr } = await runPgmock('/', ['generate', path, '-f', file, ...flags])
      assert.equal(exitCode, 0, stderr)
      const database = `edges_${name.replaceAll('-', '_')}`
      await cluster.createDatabase(database)
      await cluster.psqlFile(database, file)
    })
})
