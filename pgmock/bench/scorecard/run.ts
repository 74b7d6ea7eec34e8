// npm run scorecard -w pgmock: fills the same tables by pgmock, a faker loop and drizzle-seed, restores them into a real
// server, computes the nine parts in SQL, prints them side by side and writes scorecard.md.

import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { installedPostgres, startCluster, type Cluster } from '../../test/throwaway-cluster.ts'
import { countries, places } from '../../src/values/words/places.ts'
import { fakerShop } from './faker-shop.ts'
import { parts, type Part } from './parts.ts'

const run = promisify(execFile)
const PGMOCK = join(import.meta.dirname, '../../bin/pgmock.js')
const SCHEMA = join(import.meta.dirname, 'shop.json')
const NOW = '2026-01-01T00:00:00Z'
const COUNTS = {
  categories: 12,
  customers: 4000,
  products: 600,
  orders: 12_000,
  order_lines: 26_000,
  reviews: 3000,
  accounts: 800,
  entries: 6000,
}

const ALL: readonly Pick<Part, 'name' | 'weight'>[] = [{ name: 'Validity', weight: 20 }, ...parts]

/** What a schema says about values besides names and types. */
const HINTS = ['generator', 'derive', 'context', 'since', 'existingAt', 'nullRate', '$schema']

type Contender = { readonly name: string; readonly note: string; fill(database: string): Promise<void> }
type Scored = {
  readonly part: string
  readonly measure: string
  readonly value: number
  readonly points: number
}

const postgres = installedPostgres().at(-1)
if (!postgres) {
  console.error('Skipped: the scorecard needs PostgreSQL 15, 17 or 18 (or POSTGRES_BINS).')
  process.exit(0)
}
const folder = await mkdtemp(join(tmpdir(), 'pgmock-scorecard-'))
const cluster = await startCluster(postgres)
try {
  await main(cluster)
} finally {
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
}

async function main(server: Cluster): Promise<void> {
  const plain = join(folder, 'plain.json')
  const bare = join(folder, 'bare.json')
  const schema: unknown = JSON.parse(await readFile(SCHEMA, 'utf8'))
  await writeFile(plain, JSON.stringify(without(HINTS, schema)))
  // Checks are tried afterwards, like keys and references: who breaks one shall not fail to load.
  await writeFile(bare, JSON.stringify(without([...HINTS, 'check'], schema)))
  const contenders: Contender[] = [
    {
      name: 'pgmock',
      note: 'bench/scorecard/shop.json',
      fill: (database) => fillByPgmock(server, database, SCHEMA),
    },
    {
      name: 'pgmock, types alone',
      note: 'the same file without generators, expressions and contexts: what names and types give by themselves',
      fill: (database) => fillByPgmock(server, database, plain),
    },
    { name: 'faker loop', note: 'faker-shop.ts', fill: (database) => fillByFaker(server, database) },
    {
      name: 'drizzle-seed',
      note: 'drizzle-shop.mjs, its own generators',
      fill: (database) => fillByDrizzle(server, database),
    },
  ]
  const columns: { name: string; scores: readonly Scored[]; total: number }[] = []
  const skipped: string[] = []
  for (const [i, contender] of contenders.entries()) {
    const database = `contender${i}`
    await server.createDatabase(database)
    await restore(server, database, ['--section', 'pre-data'], bare)
    try {
      await contender.fill(database)
    } catch (error) {
      skipped.push(`${contender.name}: skipped, ${(error as Error).message.split('\n')[0]}`)
      continue
    }
    const validity = await constraintsThatHold(server, database)
    await server.psql(database, gazetteer())
    const scores = [...validity, ...(await scored(server, database))]
    columns.push({ name: contender.name, scores, total: totalOf(scores) })
  }
  const report = pageOf(columns, skipped, contenders, server)
  console.log(report)
  await writeFileAtomic(join(import.meta.dirname, '../scorecard.md'), report)
}

async function restore(
  server: Cluster,
  database: string,
  flags: readonly string[],
  schema = SCHEMA,
): Promise<void> {
  const file = join(folder, `${database}.sql`)
  await run(process.execPath, [
    PGMOCK,
    'generate',
    schema,
    '-f',
    file,
    '--no-owner',
    ...flags,
    '--target',
    String(server.major),
  ])
  await server.psqlFile(database, file)
}

async function fillByPgmock(server: Cluster, database: string, schema: string): Promise<void> {
  await restore(server, database, ['--section', 'data'], schema)
}

async function fillByFaker(server: Cluster, database: string): Promise<void> {
  const file = join(folder, 'faker.sql')
  await writeFile(file, fakerShop(COUNTS, new Date(NOW)))
  await server.psqlFile(database, file)
}

/** In a scratch folder, so that a peer we measure once is no dependency of ours. */
async function fillByDrizzle(server: Cluster, database: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  await run('npm', ['install', '--no-audit', '--no-fund', 'drizzle-orm', 'drizzle-seed', 'pg'], {
    cwd: folder,
  })
  const script = join(folder, 'drizzle-shop.mjs')
  await copyFile(join(import.meta.dirname, 'drizzle-shop.mjs'), script)
  await run(process.execPath, [script, server.socketFolder, database, JSON.stringify(COUNTS)], {
    cwd: folder,
  })
}

/** Part 1: each key, reference and check is added to the filled tables; those that are refused do not hold. */
async function constraintsThatHold(server: Cluster, database: string): Promise<Scored[]> {
  const file = join(folder, 'post.sql')
  await run(process.execPath, [
    PGMOCK,
    'generate',
    SCHEMA,
    '-f',
    file,
    '--no-owner',
    '--section',
    'post-data',
  ])
  const text = await readFile(file, 'utf8')
  const statements = [...text.matchAll(/^ALTER TABLE ONLY [^;]*;/gm)].map(([statement]) => statement)
  const checks = Object.entries({
    products: 'price > 0',
    order_lines: 'quantity > 0',
    reviews: 'rating BETWEEN 1 AND 5',
  }).map(([table, check]) => `ALTER TABLE public.${table} ADD CHECK (${check})`)
  let held = 0
  for (const statement of [...statements, ...checks])
    held += await server.psql(database, statement).then(
      () => 1,
      () => 0,
    )
  const all = statements.length + checks.length
  const past = await server.psql(
    database,
    Object.keys(COUNTS)
      .filter((table) => table !== 'order_lines')
      .map(
        (table) =>
          `SELECT (SELECT last_value FROM public.${table}_id_seq) >= (SELECT max(id) FROM public.${table})`,
      )
      .join(' UNION ALL '),
  )
  const sequences = past.split('\n')
  const right = sequences.filter((line) => line === 't').length
  await server.psql(database, 'ANALYZE')
  return [
    { part: 'Validity', measure: `constraints that hold, of ${all}`, value: held, points: held / all },
    {
      part: 'Validity',
      measure: `sequences past the largest id, of ${sequences.length}`,
      value: right,
      points: right / sequences.length,
    },
  ]
}

/** What is true about countries and places, from our own list: an invented city is no city. */
function gazetteer(): string {
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`
  const rows = places.map(({ city, region, country, phone }) => {
    const currency = countries.find(({ code }) => code === country)?.currency ?? ''
    return `(${[city, region, country, phone.split(' ')[0]!, currency].map(text).join(', ')})`
  })
  return `CREATE TABLE gazetteer(city text, region text, country text, prefix text, currency text);
    INSERT INTO gazetteer VALUES ${rows.join(', ')};
    CREATE VIEW clock AS SELECT timestamptz '${NOW}' AS now;`
}

async function scored(server: Cluster, database: string): Promise<Scored[]> {
  const all: Scored[] = []
  for (const { name: part, measures } of parts)
    for (const { name: measure, sql, good } of measures) {
      const value = Number(await server.psql(database, sql))
      all.push({ part, measure, value, points: good(value) })
    }
  return all
}

function partScore(scores: readonly Scored[], part: string): number {
  const own = scores.filter((one) => one.part === part)
  return (100 * own.reduce((sum, { points }) => sum + points, 0)) / own.length
}

function totalOf(scores: readonly Scored[]): number {
  const weights = ALL.reduce((sum, { weight }) => sum + weight, 0)
  return ALL.reduce((sum, { name, weight }) => sum + weight * partScore(scores, name), 0) / weights
}

function pageOf(
  columns: readonly { name: string; scores: readonly Scored[]; total: number }[],
  skipped: readonly string[],
  contenders: readonly Contender[],
  server: Cluster,
): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const head = (first: string[]) => [
    row([...first, ...columns.map(({ name }) => name)]),
    `|${'---|'.repeat(first.length + columns.length)}`,
  ]
  const shown = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(3))
  const measures = columns[0]?.scores ?? []
  return `# Realism scorecard

\`npm run scorecard -w pgmock\`. ${new Date().toISOString().slice(0, 10)}, PostgreSQL ${server.version}, Node ${process.versions.node}. The same eight tables
(${Object.values(COUNTS)
    .reduce((a, b) => a + b, 0)
    .toLocaleString(
      'en-US',
    )} rows), filled in four ways, restored into a real server, measured by SQL there. 0 to 100, higher is better.

${contenders.map(({ name, note }) => `- **${name}**: ${note}`).join('\n')}
${skipped.map((one) => `- ${one}\n`).join('')}
Cities, regions, prefixes and currencies count as right when our own list of places knows them together; the curves of hours,
weekdays and stars are those our generators aim at, so a contender that aims at others loses there.

${head(['part', 'weight']).join('\n')}
${ALL.map(({ name, weight }) => row([name, String(weight), ...columns.map(({ scores }) => partScore(scores, name).toFixed(0))])).join('\n')}
${row(['**all**', '100', ...columns.map(({ total }) => `**${total.toFixed(0)}**`)])}

## Every measure

The number that SQL gives, and in brackets how much of a point it is worth.

${head(['part', 'measure']).join('\n')}
${measures.map(({ part, measure }, i) => row([part, measure, ...columns.map(({ scores }) => `${shown(scores[i]!.value)} (${scores[i]!.points.toFixed(2)})`)])).join('\n')}
`
}

function without(words: readonly string[], value: unknown, path: readonly string[] = []): unknown {
  if (!isRecord(value)) return value
  const areNames = ['columns', 'tables', 'database'].includes(path.at(-1) ?? '')
  const kept = Object.entries(value).filter(([key]) => areNames || !words.includes(key))
  return Object.fromEntries(kept.map(([key, item]) => [key, without(words, item, [...path, key])]))
}
