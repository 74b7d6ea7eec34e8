import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openDatabase } from '../../platform/db/database.ts'
import { migrate } from '../../platform/db/migrate.ts'
import { sql } from '../../platform/db/sql.ts'
import { freePort, testCluster, type TestCluster } from '../test-database.ts'
import { databaseOf } from '../../platform/environment.ts'
import { startEmbeddedPostgres } from '../../platform/postgres/embedded.ts'

let cluster: TestCluster
let folder: string

before(async () => {
  cluster = await testCluster()
  folder = mkdtempSync(join(tmpdir(), 'specwright-test-'))
})
after(async () => {
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

test("a service's role can open its own database and no other", async () => {
  const own = openDatabase(databaseOf(cluster.environment, 'orders'))
  assert.deepEqual(await own.query(sql`select current_user as me`), [{ me: 'orders' }])
  await own.close()
  const foreign = openDatabase(databaseOf(cluster.environment, 'orders', 'payment'))
  await assert.rejects(foreign.query(sql`select 1`), /permission denied for database "payment"/)
  await foreign.close()
})

test('roles may append to the event log and read it, and change nothing there', async () => {
  const log = openDatabase(databaseOf(cluster.environment, 'cart', 'event_log'))
  assert.deepEqual(await log.query(sql`select * from events`), [])
  await assert.rejects(log.query(sql`delete from events`), /permission denied/)
  await assert.rejects(log.query(sql`update events set key = ''`), /permission denied/)
  await log.close()
})

test('a deadlock is retried and both sides succeed', async () => {
  const db = await cluster.database()
  await db.query(sql`create table t (id int primary key, n int)`)
  await db.query(sql`insert into t values (1, 0), (2, 0)`)
  const bump = (first: number, second: number) =>
    db.transaction(async (tx) => {
      await tx.query(sql`update t set n = n + 1 where id = ${first}`)
      await tx.query(sql`select pg_sleep(0.05)`)
      await tx.query(sql`update t set n = n + 1 where id = ${second}`)
    })
  await Promise.all([bump(1, 2), bump(2, 1)])
  assert.deepEqual(await db.query(sql`select n from t`), [{ n: 2 }, { n: 2 }])
})

test('a migration runs once, and an edited one is refused', async () => {
  const db = await cluster.database()
  const migrations = pathToFileURL(`${mkdtempSync(join(folder, 'm-'))}/`)
  writeFileSync(new URL('001-a.sql', migrations), 'create table a (x int);\n')
  assert.deepEqual(await migrate(db, migrations), ['001-a.sql'])
  assert.deepEqual(await migrate(db, migrations), [])
  writeFileSync(new URL('001-a.sql', migrations), 'create table a (x int, y int);\n')
  await assert.rejects(migrate(db, migrations), /001-a.sql was changed after it ran/)
})

test('data survives a stop, a pulled plug, and a server left behind by a killed run', async () => {
  const port = await freePort()
  const start = () => startEmbeddedPostgres({ folder: join(folder, 'pg'), port, password: 'secret' })
  const query = async (text: string) => {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: 'secret',
      database: 'postgres',
    })
    client.on('error', () => {})
    await client.connect()
    const { rows } = await client.query(text)
    await client.end()
    return rows
  }
  const first = await start()
  await query('create table t as select 1 as x')
  await first.stop()
  const second = await start()
  await query('insert into t values (2)')
  await second.kill()
  const third = await start()
  await query('insert into t values (3)')
  const fourth = await start() // nobody stopped the third
  await third.ended
  assert.deepEqual(await query('select x from t order by x'), [{ x: 1 }, { x: 2 }, { x: 3 }])
  await fourth.stop()
})

test('a taken port is said to be taken', async () => {
  const port = await freePort()
  const squatter: Server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1')
  await assert.rejects(startEmbeddedPostgres({ folder: join(folder, 'pg'), port, password: 'secret' }), {
    hint: /port is taken.*MARKETPLACE_PORT/,
  })
  squatter.close()
})
