// A live server → the SQL of its schema: what pg_dump prints, or, where there is no pg_dump, what the catalog says.
// Reads only, in a session that cannot write.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CliError } from '@specwright/cli/cli-error.ts'
import { catalogSql } from './catalog-sql.ts'

const run = promisify(execFile)

export type Via = 'pg_dump' | 'catalog'

const CONNECT_SECONDS = 10
const MOST_SQL_BYTES = 1 << 30

/** `via` undefined: pg_dump if there is one that can talk to the server, else the catalog. Throws CliError. */
export async function serverSql(
  url: string,
  {
    via,
    signal,
    env,
  }: { via: Via | undefined; signal: AbortSignal; env: Readonly<Record<string, string | undefined>> },
): Promise<{ sql: string; via: Via }> {
  if (via !== 'catalog') {
    const dumped = await dumpedSql(url, signal, env)
    if ('sql' in dumped) return { sql: dumped.sql, via: 'pg_dump' }
    if (via === 'pg_dump' || !dumped.tryCatalog)
      throw new CliError(
        'server-unread',
        `pg_dump could not read the server: ${withoutPassword(dumped.problem, url)}`,
      )
  }
  return { sql: await fromCatalog(url), via: 'catalog' }
}

type Dumped = { readonly sql: string } | { readonly problem: string; readonly tryCatalog: boolean }

async function dumpedSql(
  url: string,
  signal: AbortSignal,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Dumped> {
  const { plain, password } = splitPassword(url)
  try {
    const { stdout } = await run('pg_dump', ['--schema-only', '--dbname', plain], {
      signal,
      maxBuffer: MOST_SQL_BYTES,
      env: {
        ...env,
        // Not on the command line, where everybody on the machine could read it.
        ...(password === undefined ? {} : { PGPASSWORD: password }),
        PGCONNECT_TIMEOUT: String(CONNECT_SECONDS),
        PGOPTIONS: `${env['PGOPTIONS'] ?? ''} -c default_transaction_read_only=on`.trim(),
      },
    })
    return { sql: stdout }
  } catch (error) {
    signal.throwIfAborted()
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string }
    const problem = stderr.trim().split('\n')[0] ?? ''
    return {
      problem: problem || String(code),
      tryCatalog: code === 'ENOENT' || /server version mismatch/.test(stderr),
    }
  }
}

async function fromCatalog(url: string): Promise<string> {
  // Loaded here, since no other command needs a driver.
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_SECONDS * 1000 })
  try {
    await client.connect()
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    return await catalogSql(async (text) => (await client.query<Record<string, unknown>>(text)).rows)
  } catch (error) {
    const { message = String(error) } = error as { message?: string }
    throw new CliError('server-unread', `The server cannot be read: ${withoutPassword(message, url)}`)
  } finally {
    await client.end().catch(() => {}) // what went wrong before is what matters
  }
}

function splitPassword(url: string): { plain: string; password: string | undefined } {
  const parsed = URL.parse(url)
  if (!parsed || parsed.password === '') return { plain: url, password: undefined }
  const password = decodeURIComponent(parsed.password)
  parsed.password = ''
  return { plain: parsed.href, password }
}

function withoutPassword(text: string, url: string): string {
  const { password } = splitPassword(url)
  return password === undefined || password === '' ? text : text.replaceAll(password, '***')
}
