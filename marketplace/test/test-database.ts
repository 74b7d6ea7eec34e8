import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { databaseRoles } from '../installation.ts'
import type { Environment } from '../platform/environment.ts'
import { createDatabases } from '../platform/postgres/create-databases.ts'
import { startEmbeddedPostgres } from '../platform/postgres/embedded.ts'
import { openDatabase, type ConnectionConfig, type Database } from '../platform/db/database.ts'
import { migrate } from '../platform/db/migrate.ts'

export type TestCluster = {
  readonly environment: Environment
  /** A fresh database with the platform's tables and, if given, a service's migrations. */
  database(migrations?: URL): Promise<Database & { readonly config: ConnectionConfig }>
  stop(): Promise<void>
}
/** A throw-away embedded PostgreSQL on a free port, with every service's database and role. One per test file. */
export async function testCluster(environment: Partial<Environment> = {}): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'specwright-test-'))
  const port = await freePort()
  const passwords = Object.fromEntries(databaseRoles.map((role) => [role, randomBytes(12).toString('hex')]))
  const server = await startEmbeddedPostgres({
    folder: join(folder, 'data'),
    port,
    password: 'test',
    durable: false,
  })
  await createDatabases({ host: '127.0.0.1', port, user: server.superuser, password: 'test' }, passwords)
  const opened: Database[] = []
  let count = 0
  return {
    environment: testEnvironment({ ...environment, postgres: { host: '127.0.0.1', port, passwords } }),
    async database(migrations) {
      const name = `test_${++count}`
      const config = { host: '127.0.0.1', port, user: server.superuser, password: 'test', database: name }
      const admin = new pg.Client({ ...config, database: 'postgres' })
      await admin.connect()
      await admin.query(`CREATE DATABASE ${name} STRATEGY FILE_COPY`)
      await admin.end()
      const db = openDatabase(config, { size: 16 })
      opened.push(db)
      await migrate(db, new URL('../platform/migrations/', import.meta.url))
      if (migrations) await migrate(db, migrations)
      return { ...db, config }
    },
    async stop() {
      for (const db of opened) await db.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One fresh database on a cluster of its own; `stop` removes both. */
export async function testDatabase(
  migrations?: URL,
): Promise<{ db: Database; environment: Environment; stop(): Promise<void> }> {
  const cluster = await testCluster()
  return {
    db: await cluster.database(migrations),
    environment: cluster.environment,
    stop: () => cluster.stop(),
  }
}

function testEnvironment(given: Partial<Environment> & Pick<Environment, 'postgres'>): Environment {
  return {
    host: '127.0.0.1',
    ports: {},
    serviceSecret: 'a secret of tests',
    authPrivateKey: '',
    authPublicKey: '',
    paymentProvider: { url: '', apiKey: 'sk_test_x', webhookSecret: 'whsec_test', webhookUrl: '' },
    smtp: { host: '127.0.0.1', port: 0 },
    publicUrl: 'http://127.0.0.1',
    logLevel: 'error',
    ...given,
  }
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
