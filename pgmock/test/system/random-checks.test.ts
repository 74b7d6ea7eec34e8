// Random checks over columns of many types: what our evaluator calls kept, a real server must take.

import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openSet } from '../../src/generate.ts'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'
import { startCluster, suiteForNewestPostgres, type Cluster } from '../throwaway-cluster.ts'

const COLUMNS = {
  i: 'integer',
  k: 'smallint',
  b: 'bigint',
  n: 'numeric(8,2)',
  f: 'double precision',
  t: 'text',
  v: 'varchar(12)',
  d: 'date',
  e: 'date',
  ts: 'timestamp',
  tz: 'timestamptz',
  bo: 'boolean',
  j: 'jsonb',
  a: 'text[]',
  s: 'mood',
  mail: 'text',
  r: 'int4range',
  iv: 'interval',
  tm: 'time',
}
const NUMBERS = [
  'i',
  'k',
  'b',
  'n',
  'i + k',
  'n * 2',
  'abs(i)',
  'coalesce(i, 0)',
  'char_length(t)',
  'i - k',
  'round(n)',
  'i % 10',
]
const PATTERNS = [
  '^[a-z]+$',
  '^[A-Z]{2}-[0-9]{3}$',
  String.raw`^\d+$`,
  '[aeiou]',
  '^[^ ]+$',
  '^[[:alnum:]_]+$',
]
const TABLES = 12
const SEED = 20_261_120

type Chance = { below(size: number): number; of<T>(items: readonly T[]): T }

function chance(seed: number): Chance {
  let state = seed
  const below = (size: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor(((state >>> 8) / 2 ** 24) * size) // the low bits repeat
  }
  return { below, of: (items) => items[below(items.length)]! }
}

function atom({ below, of }: Chance): string {
  const atoms = [
    () => `${of(NUMBERS)} ${of(['<', '<=', '>', '>=', '<>'])} ${of([0, 1, 5, 17, 100, 250])}`,
    () => `${of(NUMBERS)} ${of(['<', '<=', '>', '>=', '<>', '='])} ${of(['i', 'k', 'b', 'n'])}`,
    () => `i BETWEEN ${below(10)} AND ${10 + below(90)}`,
    () => `t ${of(['IN', 'NOT IN'])} ('red', 'green', 'blue')`,
    () => `char_length(${of(['t', 'v', 'mail'])}) ${of(['<=', '>=', '>', '='])} ${3 + below(8)}`,
    () => `t ~ '${of(PATTERNS)}'`,
    () => `${of(['mail', 'v'])} ${of(['LIKE', 'NOT LIKE', 'ILIKE'])} '${of(['a%', '%@%', '%x', '_b%'])}'`,
    () => `d ${of(['<', '<=', '>', '>='])} e`,
    () => `e - d >= ${1 + below(20)}`,
    () => `ts ${of(['<', '>'])} '20${10 + below(20)}-0${1 + below(9)}-01'`,
    () => `(${of(['i', 't', 'd'])} IS NULL) ${of(['=', '<>'])} (${of(['n', 'v', 'e'])} IS NULL)`,
    () => `num_nonnulls(i, t, d) ${of(['=', '>=', '<='])} ${1 + below(2)}`,
    () => of(['lower(mail) = mail', 'upper(v) = v', `btrim(t) <> ''`, 'i + k = b', 'n = round(n, 1)']),
    () => `bo = ${of(['true', 'false'])} OR i > ${below(50)}`,
    () => `jsonb_typeof(j) = '${of(['object', 'array'])}' OR j ? '${of(['name', 'kind'])}'`,
    () => `cardinality(a) ${of(['>', '<=', '>='])} ${1 + below(3)} AND a <@ ARRAY['x', 'y', 'z', 'w']`,
    () => `s ${of(['<>', '=', '<', '>='])} '${of(['ok', 'good'])}'`,
    () => 'CASE WHEN bo THEN i > 3 ELSE n < 50 END',
    () => `tz ${of(['<', '<=', '>'])} now()`,
    () => `lower(r) ${of(['>', '<'])} ${below(100)} OR iv > '1 hour' OR tm < '12:00'`,
  ]
  return atoms[below(atoms.length)]!()
}

function expression(draw: Chance, depth = 0): string {
  const shape = draw.below(10)
  if (depth > 2 || shape < 5) return `(${atom(draw)})`
  const inner = () => expression(draw, depth + 1)
  return shape < 7
    ? `(${inner()} OR ${inner()})`
    : shape < 9
      ? `(${inner()} AND ${inner()})`
      : `(NOT ${inner()})`
}

suiteForNewestPostgres(`random checks, seed ${SEED}`, (postgres) => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster(postgres)
  })
  after(async () => {
    await cluster?.stop()
  })

  test('a server takes every row that we say keeps them', async (t) => {
    const folder = temporaryFolder(t)
    const draw = chance(SEED + postgres.major)
    const file = join(folder, 'schema.json')
    const all = Object.fromEntries(
      Array.from({ length: TABLES }, (_, table) => [
        `t${table}`,
        {
          columns: Object.fromEntries(
            Object.entries(COLUMNS).map(([name, type]) => [name, { type, nullable: draw.below(4) > 0 }]),
          ),
          checks: Array.from({ length: 1 + draw.below(3) }, () => expression(draw)),
          rowCount: 100,
        },
      ]),
    )
    const written = async (tables: Record<string, unknown>) =>
      writeFile(
        file,
        JSON.stringify({
          version: '1.0',
          database: { name: 'x' },
          enums: { mood: ['sad', 'ok', 'good', 'great'] },
          tables,
        }),
      )
    await written(all)
    // Some of them contradict themselves; those are findings, and left out.
    const { findings } = await openSet([file], { seed: 1 })
    const impossible = new Set(findings.map(({ message }) => /^(t\d+), row/.exec(message)?.[1]))
    assert.deepEqual(
      new Set(findings.map(({ code }) => code)),
      new Set(impossible.size > 0 ? ['check-unsatisfiable'] : []),
    )
    assert.ok(impossible.size < TABLES / 2)
    await written(Object.fromEntries(Object.entries(all).filter(([name]) => !impossible.has(name))))
    const made = await runPgmock(folder, [
      'generate',
      file,
      '--seed',
      '1',
      '--target',
      cluster.version,
      '-f',
      'dump.sql',
    ])
    assert.equal(made.exitCode, 0, made.stderr)
    await cluster.createDatabase('random')
    await cluster.psqlFile('random', join(folder, 'dump.sql'))
  })
})
