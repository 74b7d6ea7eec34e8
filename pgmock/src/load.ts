// Straight into servers: COPY … FROM STDIN, tables in the order of their references.

import type pg from 'pg'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { CliError } from '@specwright/cli/cli-error.ts'
import { countFindings, type Finding } from '@specwright/cli/finding.ts'
import { columnList, largestValue } from './formats/data-entries.ts'
import { dumpEntries, EVERYTHING } from './formats/dump-entries.ts'
import type { Entry } from './formats/entry.ts'
import { quoteName } from './formats/names.ts'
import { openSet } from './generate.ts'
import type { DatabasePlan, SetPlan, TablePlan } from './plan/plan-types.ts'
import { tableOrder } from './plan/table-order.ts'
import { copyChunks } from './rows/row-writer.ts'

/** A client that is connected already (we leave it open), or what is needed to connect one. */
export type Connection = pg.ClientBase | pg.ClientConfig | string

export type LoadProgress = {
  readonly database: string
  readonly table: string
  /** Of this table so far. */
  readonly rows: number
  readonly total: number
}

export type LoadOptions = {
  readonly connect: (database: string) => Connection | Promise<Connection>
  /** `data` copies into tables that exist; `all` creates them first and adds the constraints after. Default `data`. */
  readonly content?: 'data' | 'all'
  /** One transaction per database (the default) or one per table. */
  readonly transaction?: 'database' | 'table'
  readonly includes?: (table: string) => boolean
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined
}

export type Loaded = { readonly database: string; readonly table: string; readonly rows: number }

/**
 * Generates a set and loads it. Throws CliError `bad-schema` with the findings in `details` when the files have errors,
 * `load-failed` when a server refuses; what a failed database got is rolled back.
 *
 *     await loadSet({ files: ['data/shop.set.json'], seed: 1, connect: (database) => ({ host: 'localhost', database }) })
 */
export async function loadSet({
  files,
  seed,
  scale = 1,
  now,
  cwd,
  ...options
}: LoadOptions & {
  readonly files: readonly string[]
  readonly seed: number
  /** Multiplies plain row counts; `per` counts follow their parents. */
  readonly scale?: number
  /** The instant the data looks back from; the schema's own by default. */
  readonly now?: Date
  readonly cwd?: string
}): Promise<Loaded[]> {
  const micros = now && now.getTime() * 1000
  const { plan, findings } = await openSet(files, {
    seed,
    scale,
    now: micros,
    ...(cwd !== undefined && { cwd }),
  })
  if (countFindings(findings).errors > 0) throw badSchema(findings)
  return await loadPlan(plan, options)
}

function badSchema(findings: readonly Finding[]): CliError {
  const lines = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`)
  return new CliError(
    'bad-schema',
    `The schema has errors:\n${lines.join('\n')}`,
    'Run "pgmock validate" on it.',
    { findings },
  )
}

/** Loads every database of a plan, one after the other. */
export async function loadPlan(plan: SetPlan, options: LoadOptions): Promise<Loaded[]> {
  // Loaded here, since generating a file needs no driver.
  const [{ default: driver }, { from: copyFrom }] = await Promise.all([
    import('pg'),
    import('pg-copy-streams'),
  ])
  const loaded: Loaded[] = []
  for (const database of plan.databases) {
    const name = database.model.database
    const connection = await options.connect(name)
    const given = typeof connection === 'object' && 'query' in connection
    const client = given ? connection : new driver.Client(connection)
    if (!given)
      await (client as pg.Client)
        .connect()
        .catch((error: unknown) => refused(`Cannot connect to database ${name}`, error))
    try {
      loaded.push(...(await loadDatabase(database, { ...options, client, copyFrom })))
    } finally {
      if (!given) await (client as pg.Client).end().catch(() => {}) // a broken connection was reported already
    }
  }
  return loaded
}

type CopyFrom = typeof import('pg-copy-streams').from
type Work = LoadOptions & { readonly client: pg.ClientBase; readonly copyFrom: CopyFrom }

/** Our statements are for the newest server; names are quoted as 17 and 18 need it, which 15 understands too. */
const MAJOR = 18

async function loadDatabase(database: DatabasePlan, work: Work): Promise<Loaded[]> {
  const { client, content = 'data', transaction = 'database', includes = () => true } = work
  const tables = database.tables.filter(({ table }) => includes(table.name))
  const { order, circular } = tableOrder(tables)
  if (content === 'data' && circular.length > 0)
    throw new CliError(
      'circular-references',
      `The tables ${circular.map(({ table }) => table.name).join(', ')} of ${database.model.database} reference each other in a circle, so their rows cannot be copied one table after the other.`,
      'Load with the schema (constraints come last then), or leave one reference out.',
    )
  const entries = content === 'all' ? schemaEntries(database, includes) : []
  const whole = transaction === 'database'
  const loaded: Loaded[] = []
  if (whole) await client.query('BEGIN')
  try {
    await run(
      entries.filter(({ section }) => section === 'pre-data'),
      client,
    )
    for (const table of order) {
      work.signal?.throwIfAborted()
      if (!whole) await client.query('BEGIN')
      await copyTable(database, table, work)
      await setSequences(table, client)
      if (!whole) await client.query('COMMIT')
      loaded.push({ database: database.model.database, table: table.table.name, rows: table.rows })
    }
    await run(
      entries.filter(({ section }) => section === 'post-data'),
      client,
    )
    if (whole) await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}) // the first error is the one to report
    throw error
  }
  return loaded
}

function schemaEntries(database: DatabasePlan, includes: (table: string) => boolean): Entry[] {
  return dumpEntries(database, { major: MAJOR, content: 'schema', includes, ...EVERYTHING })
}

async function run(entries: readonly Entry[], client: pg.ClientBase): Promise<void> {
  for (const { definition, type, tag } of entries)
    await client.query(definition).catch((error: unknown) => refused(`${type} ${tag} was refused`, error))
}

async function copyTable({ model }: DatabasePlan, plan: TablePlan, work: Work): Promise<void> {
  const { client, copyFrom, onProgress, signal } = work
  const { name } = plan.table
  const sql = `COPY public.${quoteName(name, MAJOR)} ${columnList(plan, MAJOR)}FROM STDIN`
  const progress = (rows: number) =>
    onProgress?.({ database: model.database, table: name, rows, total: plan.rows })
  progress(0)
  await pipeline(
    Readable.from(copied(plan, progress)),
    client.query(copyFrom(sql)),
    ...(signal ? [{ signal }] : []),
  ).catch((error: unknown) => refused(`Table ${name} of ${model.database} was refused`, error))
}

/** Copies of the chunks: the stream may still hold one while the next is made. */
function* copied(plan: TablePlan, progress: (rows: number) => void): Generator<Uint8Array> {
  let done = 0
  for (const { bytes, rows } of copyChunks(plan)) {
    yield Uint8Array.from(bytes)
    done += rows
    progress(done)
  }
}

/** Moves the sequence behind a serial or identity column, whatever its name is there, past the largest id. */
async function setSequences(plan: TablePlan, client: pg.ClientBase): Promise<void> {
  for (const { column } of plan.columns) {
    if (!column.type.serial && !column.identity) continue
    const largest = largestValue(plan, column)
    if (largest === 0) continue
    await client.query(
      'SELECT pg_catalog.setval(sequence, $3) FROM pg_catalog.pg_get_serial_sequence($1, $2) AS sequence WHERE sequence IS NOT NULL',
      [`public.${quoteName(plan.table.name, MAJOR)}`, column.name, largest],
    )
  }
}

function refused(what: string, error: unknown): never {
  if (error instanceof Error && error.name === 'AbortError') throw error
  const {
    message = String(error),
    detail,
    where,
  } = error as { message?: string; detail?: string; where?: string }
  throw new CliError('load-failed', `${what}: ${message}${detail ? ` (${detail})` : ''}`, where, {
    cause: message,
  })
}
