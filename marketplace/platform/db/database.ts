import pg from 'pg'
import type { Log } from '../log.ts'
import type { Sql } from './sql.ts'

// int8 (counts, sums of cents) as number: every amount of ours stays below 2^53, and a lossy one must not pass silently.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`)
  return value
})

export type Queryable = { query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]> }
export type Transaction = Queryable & {
  /** Runs once the transaction is durable; never when it is rolled back. */
  afterCommit(action: () => void): void
}
export type Database = Queryable & {
  /** Commits if `work` resolves, rolls back if it throws. Serialization failures and deadlocks are retried whole, three times. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type ConnectionConfig = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

const RETRYABLE = new Set(['40001', '40P01'])
const TRIES = 3

/** A pool of at most `size` connections. Statements longer than 10 s are cancelled by the server. */
export function openDatabase(
  config: ConnectionConfig,
  { size = 6, log }: { size?: number; log?: Log } = {},
): Database {
  const pool = new pg.Pool({
    ...config,
    max: size,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: config.user,
  })
  // An idle connection that PostgreSQL drops (restart) must not end the process; the pool replaces it.
  pool.on('error', (error) => log?.warn('idle database connection lost', { error }))
  return {
    query: (statement) => run(pool, statement),
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await runTransaction(pool, work)
        } catch (error) {
          if (attempt === TRIES || !RETRYABLE.has((error as { code?: string }).code ?? '')) throw error
          log?.warn('transaction retried', { attempt, error: error as Error })
        }
      }
    },
    close: () => pool.end(),
  }
}

async function runTransaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const connection = await pool.connect()
  const afterCommit: (() => void)[] = []
  let broken: Error | undefined
  try {
    await connection.query('BEGIN')
    const result = await work({
      query: (statement) => run(connection, statement),
      afterCommit: (action) => afterCommit.push(action),
    })
    await connection.query('COMMIT')
    for (const action of afterCommit) action()
    return result
  } catch (error) {
    await connection.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError // the connection is gone; the server rolls back by itself
    })
    throw error
  } finally {
    connection.release(broken)
  }
}

async function run<Row>(client: pg.Pool | pg.PoolClient, { text, values, name }: Sql): Promise<Row[]> {
  const { rows } = await client.query({ text, values: [...values], name })
  return rows as Row[]
}
