// Random schemas that are valid: they must restore with rows and constraints on a real server, and dump the same.

import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'
import { startCluster, suiteForEachPostgres, type Cluster } from '../throwaway-cluster.ts'

const SEED = 20_261_121
const SCHEMAS = 6
const TABLES = 6

type Json = Record<string, unknown>
type Chance = { below(size: number): number; of<T>(items: readonly T[]): T; once(in_: number): boolean }

function chance(seed: number): Chance {
  let state = seed
  const below = (size: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor(((state >>> 8) / 2 ** 24) * size) // the low bits repeat
  }
  return { below, of: (items) => items[below(items.length)]!, once: (in_) => below(in_) === 0 }
}

/** Types with a default that fits, and checks that can be met. */
const TYPES: readonly (readonly [type: string, sql: string | undefined, check: (name: string) => string])[] =
  [
    ['integer', '7', (name) => `${name} between 1 and 5000`],
    ['bigint', "'12'", (name) => `${name} > 0`],
    ['smallint', '-3', (name) => `${name} <> 5`],
    ['numeric(10,2)', '1.5', (name) => `${name} >= 0 and ${name} < 10000`],
    ['text', "'it''s'", (name) => `length(${name}) > 2`],
    ['varchar(30)', 'upper(current_user)', (name) => `${name} <> ''`],
    ['char(4)', undefined, (name) => `${name} is not null`],
    ['boolean', "'t'", (name) => `${name} is not null`],
    ['date', "'2020-1-5'", (name) => `${name} > '1990-01-01'`],
    ['timestamptz', "now() - interval '1 day'", (name) => `${name} > '1990-01-01'`],
    ['time', "'1:02'", (name) => `${name} >= '00:00'`],
    ['interval', "'90 min'", (name) => `${name} is not null`],
    ['uuid', 'gen_random_uuid()', (name) => `${name} is not null`],
    ['jsonb', `'{"b": 1,  "a": 2}'`, (name) => `jsonb_typeof(${name}) = 'object'`],
    ['text[]', "array['x']", (name) => `${name} is not null`],
    ['double precision', '1e3', (name) => `${name} is not null`],
    ['bytea', undefined, (name) => `${name} is not null`],
    ['inet', "'10.0.0.1'", (name) => `${name} is not null`],
    ['int4range', "'[1,5]'", (name) => `not isempty(${name})`],
    ['mood', "'ok'", (name) => `${name} in ('ok', 'good')`],
    ['shop.price', '2', (name) => `${name} < 9000`],
  ]

/** Quoting, keywords and capitals, too. */
const NAMES = [
  'value',
  'user',
  'Order',
  'a b',
  'select',
  'total',
  'note',
  'x1',
  'naïve',
  'select_',
  'end',
  'kind',
]

function schema(seed: number): Json {
  const { below, of, once } = chance(seed)
  const tables: Json = {}
  const parents: { name: string; key: string[]; types: string[] }[] = []
  for (let i = 0; i < TABLES; i++) {
    const name = `${once(3) ? 'shop.' : ''}${of(['Items', 'order', 'people', 'log', 'group'])} ${i}`.replace(
      once(2) ? ' ' : '\0',
      '_',
    )
    const columns: Record<string, Json> = {}
    const plain: string[] = []
    const checks: string[] = []
    const isPair = once(4)
    columns['id'] = once(3)
      ? { type: 'bigint', identity: 'always' }
      : { type: of(['serial', 'uuid', 'integer']) }
    if (isPair) columns['part'] = { type: 'integer' }
    for (const column of NAMES.filter(() => once(2))) {
      const [type, sql, check] = of(TYPES)
      const quoted = `"${column}"`
      columns[column] = {
        type,
        nullable: once(2),
        ...(sql !== undefined && once(2) ? { default: { sql } } : {}),
        ...(once(5) ? { comment: "what's \\ it" } : {}),
      }
      if (once(3)) checks.push(check(quoted))
      plain.push(column)
    }
    const foreignKeys = parents
      .filter(() => once(3))
      .map((parent, nr) => {
        const own = parent.key.map((_, place) => `ref_${nr}_${place}`)
        own.forEach((column, place) => (columns[column] = { type: parent.types[place]!, nullable: once(2) }))
        const onDelete = of([undefined, 'cascade', 'restrict'])
        return {
          columns: own,
          references: { table: parent.name, columns: parent.key, ...(onDelete ? { onDelete } : {}) },
        }
      })
    const indexes = plain
      .filter((column) => once(4) && /text|varchar|int|date|numeric/.test(String(columns[column]!['type'])))
      .filter((column) => !/range|\[\]/.test(String(columns[column]!['type'])))
      .map((column) => ({
        columns: [of([`${column} desc`, column])].map((entry) => (/[ "A-Zï]/.test(column) ? column : entry)),
        ...(once(3) ? { where: `"${column}" is not null` } : {}),
      }))
    const key = isPair ? ['id', 'part'] : ['id']
    tables[name] = {
      columns,
      primaryKey: key,
      rowCount: 5 + below(40),
      ...(checks.length > 0 ? { checks } : {}),
      ...(foreignKeys.length > 0 ? { foreignKeys } : {}),
      ...(indexes.length > 0 ? { indexes } : {}),
    }
    const types = key.map((column) => String(columns[column]!['type']).replace('serial', 'integer'))
    parents.push({ name, key, types })
  }
  return {
    version: '1.0',
    database: { name: 'random' },
    schemas: ['shop'],
    enums: { mood: ['ok', 'bad', 'good'] },
    domains: { 'shop.price': { type: 'numeric(8,2)', checks: ['value > 0'], default: { sql: '1 + 2' } } },
    tables,
  }
}

suiteForEachPostgres('random schemas', (postgres) => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster(postgres)
  })
  after(async () => {
    await cluster?.stop()
  })

  for (let i = 0; i < SCHEMAS; i++) {
    const seed = SEED + i
    test(`seed ${seed} restores without an error and dumps the same`, async (t) => {
      const folder = temporaryFolder(t)
      await writeFile(join(folder, 'schema.json'), JSON.stringify(schema(seed), undefined, 2))
      const flags = ['--target', cluster.version, '--restrict-key', 'k', '-f', 'dump.sql']
      const { exitCode, stderr } = await runPgmock(folder, ['generate', 'schema.json', ...flags])
      assert.equal(exitCode, 0, stderr)
      const database = `random_${i}`
      await cluster.createDatabase(database)
      await cluster.psqlFile(database, join(folder, 'dump.sql'))
      const ours = await readFile(join(folder, 'dump.sql'), 'utf8')
      assert.equal(await cluster.pgDump(database, '--restrict-key=k'), ours)
    })
  }
})
