// What PostgreSQL takes in: COPY of the same rows from a file into an unlogged table without keys, CPU time of the backend.

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { copyChunks } from '../src/rows/row-writer.ts'
import type { TablePlan } from '../src/plan/plan-types.ts'
import { installedPostgres, startCluster } from '../test/throwaway-cluster.ts'

export type Ingest = { readonly version: string; readonly bytesPerSecond: number }

const ROWS = 300_000
const ROUNDS = 3
/** Of the clock that /proc/<pid>/stat counts in: USER_HZ of Linux. */
const TICKS_PER_SECOND = 100

/** undefined without a PostgreSQL, or off Linux, where nobody says what the backend used. */
export async function measureIngest(table: TablePlan): Promise<Ingest | undefined> {
  const postgres = installedPostgres().at(-1)
  if (!postgres || process.platform !== 'linux') return undefined
  const cluster = await startCluster(postgres)
  const client = new pg.Client({ host: cluster.socketFolder, user: 'postgres', database: 'postgres' })
  const folder = await mkdtemp(join(tmpdir(), 'pgmock-bench-'))
  try {
    await chmod(folder, 0o755)
    const file = join(folder, 'rows')
    const text = Buffer.concat(Array.from(copyChunks(table, 0, ROWS), ({ bytes }) => Buffer.from(bytes)))
    await writeFile(file, text, { mode: 0o644 })
    await client.connect()
    const columns = [...table.table.columns.values()].map(
      ({ name, type }) => `${name} ${type.serial ? 'bigint' : type.text}`,
    )
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    let best = Infinity
    for (let round = 0; round < ROUNDS; round++) {
      await client.query(`DROP TABLE IF EXISTS t; CREATE UNLOGGED TABLE t (${columns.join(', ')})`)
      const before = await ticks(rows[0]!.pid)
      await client.query(`COPY t FROM '${file}'`)
      best = Math.min(best, (await ticks(rows[0]!.pid)) - before)
    }
    return { version: cluster.version, bytesPerSecond: text.length / (best / TICKS_PER_SECOND) }
  } finally {
    await client.end()
    await cluster.stop()
    await rm(folder, { recursive: true })
  }
}

/** utime and stime, fields 14 and 15; the second field may hold blanks, so it is counted from its end. */
async function ticks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}
