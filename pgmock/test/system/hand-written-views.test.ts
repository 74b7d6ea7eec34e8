// Views, triggers and indexes as people write them: what we print for them is what a real server prints when it dumps
// what it read from us.

import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'
import { startCluster, suiteForEachPostgres, type Cluster } from '../throwaway-cluster.ts'

const SOURCE = join(import.meta.dirname, '../fixtures/hand-written-views.sql')

const handWritten = {
  version: '1.0',
  database: { name: 'hand' },
  enums: { mood: ['ok', 'bad'] },
  tables: {
    users: {
      columns: {
        id: { type: 'serial', primaryKey: true },
        email: { type: 'varchar(80)', check: "email LIKE '%@%'" },
        mood: { type: 'mood', default: { sql: "'ok'" } },
        born: { type: 'date', default: { sql: 'current_date - 7' }, check: "born > '2000-1-1'" },
        low: { type: 'text', generated: 'lower(email)' },
        amount: { type: 'numeric(10,2)', default: { sql: '1' } },
      },
      checks: ['amount >= 0 and amount <> 7'],
      indexes: [{ columns: ['lower(email)', '(amount * 2) desc'], where: "mood = 'ok'" }],
      rowCount: 20,
    },
  },
  views: {
    born: 'select id, email, count(*) over (partition by mood) from users where born < now() order by id',
    total: 'select sum(amount) as total from users group by mood having count(*) > 1',
  },
}

suiteForEachPostgres('what people write comes back from the server as we print it', (postgres) => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster(postgres)
  })
  after(async () => {
    await cluster?.stop()
  })

  const restoredAndDumped = async (database: string, folder: string): Promise<void> => {
    const flags = ['--schema-only', '--target', cluster.version, '--restrict-key', 'k']
    const { exitCode, stderr } = await runPgmock(folder, [
      'generate',
      'schema.json',
      ...flags,
      '-f',
      'dump.sql',
    ])
    assert.equal(exitCode, 0, stderr)
    await cluster.createDatabase(database)
    await cluster.psqlFile(database, join(folder, 'dump.sql'))
    const ours = await readFile(join(folder, 'dump.sql'), 'utf8')
    assert.equal(await cluster.pgDump(database, '--schema-only', '--restrict-key=k'), ours)
  }

  test('imported from SQL', async (t) => {
    const folder = temporaryFolder(t)
    const imported = await runPgmock(folder, ['import', SOURCE, '-o', 'schema.json'])
    assert.equal(imported.stderr.includes('left out'), false, imported.stderr)
    await restoredAndDumped('views', folder)
  })

  test('written in a schema file', async (t) => {
    const folder = temporaryFolder(t)
    await writeFile(join(folder, 'schema.json'), JSON.stringify(handWritten))
    await restoredAndDumped('hand', folder)
  })
})
