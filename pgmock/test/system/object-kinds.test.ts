// Every kind of object: a real server takes it, and its dump is what we print, byte for byte.

import assert from 'node:assert/strict'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'
import { startCluster, suiteForEachPostgres, type Cluster } from '../throwaway-cluster.ts'

const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name)

suiteForEachPostgres('object kinds', (postgres) => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster(postgres)
    await cluster.psql('postgres', 'CREATE ROLE reader')
    await cluster.psql('postgres', 'CREATE ROLE writer')
  })
  after(async () => {
    await cluster?.stop()
  })

  const generated = async (folder: string, ...flags: readonly string[]) => {
    const args = ['generate', 'schema.json', '--target', cluster.version, '--restrict-key', 'k', ...flags]
    const { stdout, stderr, exitCode } = await runPgmock(folder, args)
    assert.equal(exitCode, 0, stderr)
    return stdout
  }
  const restored = async (folder: string, name: string, dump: string) => {
    await writeFile(join(folder, 'dump.sql'), dump)
    await cluster.createDatabase(name)
    await cluster.psqlFile(name, join(folder, 'dump.sql'))
  }

  const sources = [
    'object-kinds',
    'table-kinds',
    'mixed-kinds',
    'changes',
    'renames',
    'migrations',
    'expressions',
    'queries',
    ...(postgres.major >= 18 ? ['kinds-of-18'] : []),
  ]
  for (const name of sources)
    test(`${name}.sql comes out as pg_dump prints it, and restores`, async (t) => {
      const folder = temporaryFolder(t)
      await cluster.createDatabase(name)
      await cluster.psqlFile(name, fixture(`${name}.sql`))
      const real = await cluster.pgDump(name, '--schema-only', '--restrict-key=k')
      const args = ['import', fixture(`${name}.sql`), '-o', 'schema.json', '--row-count', '0']
      const { stdout } = await runPgmock(folder, args)
      assert.doesNotMatch(stdout, /warning/)
      const ours = await generated(folder, '--schema-only')
      assertSame(ours, real)
      await restored(folder, `${name} again`, ours)
      assertSame(ours, await cluster.pgDump(`${name} again`, '--schema-only', '--restrict-key=k'))
    })

  test('every kind written by hand restores with rows, and dumps the same', async (t) => {
    const folder = temporaryFolder(t)
    await copyFile(fixture('written-by-hand.json'), join(folder, 'schema.json'))
    const ours = await generated(folder)
    await restored(folder, 'written', ours)
    assertSame(ours, await cluster.pgDump('written', '--restrict-key=k'))
  })
})

/** Whole dumps are too long to read: the first lines that differ. */
function assertSame(ours: string, theirs: string): void {
  const [left, right] = [ours.split('\n'), theirs.split('\n')]
  const at = right.findIndex((line, i) => line !== left[i])
  if (at >= 0) assert.deepEqual(left.slice(at, at + 5), right.slice(at, at + 5))
  assert.equal(left.length, right.length)
}
