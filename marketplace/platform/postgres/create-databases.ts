import { readFile } from 'node:fs/promises'
import pg from 'pg'
import type { ConnectionConfig } from '../db/database.ts'

const EVENT_LOG = 'event_log'

/**
 * One database and one role per service, nobody else allowed in, and the event log that all may append to and read.
 * Running it again changes only what is missing and sets the passwords.
 */
export async function createDatabases(
  superuser: Omit<ConnectionConfig, 'database'>,
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  const roles = Object.keys(passwords)
  await withClient({ ...superuser, database: 'postgres' }, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select rolname as name from pg_roles union select datname from pg_database',
    )
    const existing = new Set(rows.map(({ name }) => name))
    for (const role of roles) {
      const verb = existing.has(role) ? 'ALTER' : 'CREATE'
      await client.query(
        `${verb} ROLE ${quoted(role)} LOGIN PASSWORD ${client.escapeLiteral(passwords[role]!)}`,
      )
    }
    const databases = new Set(
      (await client.query<{ name: string }>('select datname as name from pg_database')).rows.map(
        ({ name }) => name,
      ),
    )
    for (const database of [...roles, EVENT_LOG]) {
      if (databases.has(database)) continue
      // FILE_COPY skips the WAL for the template's files: half the time on a cluster without standbys.
      const owner = database === EVENT_LOG ? '' : ` OWNER ${quoted(database)}`
      await client.query(`CREATE DATABASE ${quoted(database)}${owner} STRATEGY FILE_COPY`)
      await client.query(`REVOKE ALL ON DATABASE ${quoted(database)} FROM PUBLIC`)
    }
  })
  await withClient({ ...superuser, database: EVENT_LOG }, async (client) => {
    await client.query(await readFile(new URL('../events/event-log.sql', import.meta.url), 'utf8'))
    const all = roles.map(quoted).join(', ')
    await client.query(`GRANT CONNECT ON DATABASE ${EVENT_LOG} TO ${all}`)
    await client.query(`GRANT SELECT, INSERT ON events TO ${all}`)
  })
}

async function withClient(
  config: ConnectionConfig,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
