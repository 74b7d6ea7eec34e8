// Every finding code: a schema that triggers it, and its neighbour that just does not.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Finding } from '@specwright/cli/finding.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'
import { loadSqlParser } from '../constraints/sql-parser.ts'
import { planSet } from '../plan/plan-set.ts'
import { parseSchema } from './parse-schema.ts'

const sql = await loadSqlParser()

type Json = Record<string, unknown>

const users = {
  columns: {
    id: { type: 'serial', primaryKey: true },
    email: { type: 'text', unique: true },
    age: { type: 'integer' },
  },
  rowCount: 10,
}

const schema = (tables: Json, more: Json = {}): Json => ({
  version: '1.0',
  database: { name: 'db' },
  tables,
  ...more,
})
/** The users table with one more column, or other keys of the table. */
const withColumn = (column: Json, table: Json = {}): Json =>
  schema({ users: { ...users, ...table, columns: { ...users.columns, extra: column } } })
/** A child of users. */
const withChild = (column: Json, table: Json = {}): Json =>
  schema({
    users,
    child: { columns: { id: { type: 'serial', primaryKey: true }, user_id: column }, rowCount: 5, ...table },
  })
const toUsers = { type: 'integer', references: 'users.id' }

/** A partitioned table of ten rows and its partitions. */
const partitioned = (columns: Json, partitionBy: string, bounds: readonly string[]): Json =>
  schema({
    p: { columns, partitionBy, rowCount: 10 },
    ...Object.fromEntries(
      bounds.map((bound, i) => [`p${i}`, { columns, partitionOf: { table: 'p', bound }, rowCount: 0 }]),
    ),
  })

type Case = { code: string; bad: Json | Json[]; good: Json | Json[]; message?: RegExp; hint?: RegExp }

const cases: Case[] = [
  {
    code: 'exclusion-not-understood',
    bad: withColumn({ type: 'integer' }, { exclude: [{ elements: { extra: '<' } }] }),
    good: withColumn({ type: 'int4range' }, { exclude: [{ elements: { extra: '&&' } }] }),
  },
  {
    code: 'partition-not-understood',
    bad: partitioned({ at: { type: 'numeric' } }, 'HASH (at)', ['FOR VALUES WITH (modulus 1, remainder 0)']),
    good: partitioned({ at: { type: 'uuid' } }, 'HASH (at)', ['FOR VALUES WITH (modulus 1, remainder 0)']),
    message: /does not know the hash of numeric/,
    hint: /rowCount/,
  },
  {
    code: 'row-without-partition',
    bad: partitioned({ at: { type: 'uuid' } }, 'HASH (at)', ['FOR VALUES WITH (modulus 2, remainder 0)']),
    good: partitioned({ at: { type: 'integer' } }, 'RANGE (at)', ['FOR VALUES FROM (3) TO (5)']),
    message: /rows of p belong to none of its partitions/,
    hint: /DEFAULT/,
  },
  {
    code: 'check-unsatisfiable',
    bad: withColumn({ type: 'integer' }, { checks: ['extra > 5 AND extra < 6'] }),
    good: withColumn({ type: 'integer' }, { checks: ['extra > 5 AND extra < 7'] }),
    message: /no values of extra were found that users_extra_check takes/,
    hint: /pin extra/,
  },
  {
    code: 'check-not-understood',
    bad: withColumn({ type: 'text' }, { checks: ['is_iban(extra)'] }),
    good: withColumn({ type: 'text', generator: 'iban' }, { checks: ['is_iban(extra)'] }),
    message: /is_iban\(\)/,
    hint: /Pin extra/,
  },
  {
    code: 'schema-invalid',
    bad: withColumn({ type: 5 }),
    good: withColumn({ type: 'text' }),
    message: /type must be text, not 5/,
  },
  {
    code: 'unknown-property',
    bad: withColumn({ type: 'text', uniqe: true }),
    good: withColumn({ type: 'text', unique: true }),
    message: /did you mean "unique"/,
  },
  { code: 'no-tables', bad: schema({}), good: schema({ users }) },
  { code: 'bad-name', bad: schema({ '': users }), good: schema({ ' ': users }) },
  {
    code: 'name-too-long',
    bad: schema({ ['x'.repeat(64)]: users }),
    good: schema({ ['x'.repeat(63)]: users }),
  },
  {
    code: 'duplicate-label',
    bad: schema({ users }, { enums: { e: ['a', 'a'] } }),
    good: schema({ users }, { enums: { e: ['a', 'A'] } }),
  },
  {
    code: 'inherits-itself',
    bad: schema({ a: { ...users, inherits: ['b'] }, b: { ...users, inherits: ['a'] } }),
    good: schema({ a: { ...users, inherits: ['b'] }, b: users }),
    message: /inherits/,
  },
  {
    code: 'unknown-table',
    bad: schema({ users, child: { columns: {}, inherits: ['user'] } }),
    good: schema({ users, child: { columns: {}, inherits: ['users'] } }),
    hint: /"users"/,
  },
  {
    code: 'unknown-privilege',
    bad: withColumn({ type: 'text' }, { grants: { reader: ['SELCT'] } }),
    good: withColumn({ type: 'text' }, { grants: { reader: 'SELECT, UPDATE WITH GRANT OPTION' } }),
    hint: /"SELECT"/,
  },
  {
    code: 'unknown-role',
    bad: schema({ users: { ...users, owner: 'aps' } }, { roles: ['app'] }),
    good: schema({ users: { ...users, owner: 'app', grants: { public: 'ALL' } } }, { roles: ['app'] }),
    hint: /"app"/,
  },
  {
    code: 'bad-trigger',
    bad: withColumn({ type: 'text' }, { triggers: { touch: 'before update touch()' } }),
    good: withColumn({ type: 'text' }, { triggers: { touch: 'before update execute function touch()' } }),
    hint: /EXECUTE FUNCTION/,
  },
  {
    code: 'unknown-statistics',
    bad: withColumn({ type: 'text' }, { statistics: { s: { columns: ['id', 'age'], kinds: ['mvc'] } } }),
    good: withColumn({ type: 'text' }, { statistics: { s: { columns: ['id', 'age'], kinds: ['mcv'] } } }),
    hint: /"mcv"/,
  },
  {
    code: 'unknown-type',
    bad: withColumn({ type: 'strng' }),
    good: withColumn({ type: 'real' }),
    message: /no type "strng"/,
  },
  {
    code: 'unknown-type',
    bad: withColumn({ type: 'timestmap' }),
    good: withColumn({ type: 'timestamp' }),
    hint: /Did you mean "timestamp"/,
  },
  {
    code: 'type-without-values',
    bad: withColumn({ type: 'polygon' }),
    good: withColumn({ type: 'polygon', nullable: true }),
  },
  {
    code: 'bad-identity',
    bad: withColumn({ type: 'text', identity: 'always' }),
    good: withColumn({ type: 'bigint', identity: 'always' }),
  },
  {
    code: 'bad-default',
    bad: withColumn({ type: 'integer', default: 'now()' }),
    good: withColumn({ type: 'integer', default: { sql: 'now()' } }),
    hint: /"sql"/,
  },
  {
    code: 'two-sources',
    bad: withColumn({ type: 'text', derive: 'email', generator: 'word' }),
    good: withColumn({ type: 'text', derive: 'email' }),
  },
  {
    code: 'bad-reference',
    bad: withChild({ type: 'integer', references: 'users' }),
    good: withChild(toUsers),
    hint: /"users.id"/,
  },
  {
    code: 'bad-row-count',
    bad: withColumn({ type: 'text' }, { rowCount: -1 }),
    good: withColumn({ type: 'text' }, { rowCount: 0 }),
  },
  {
    code: 'bad-row-count',
    bad: withChild(toUsers, { rowCount: '3 of users' }),
    good: withChild(toUsers, { rowCount: '3 per users' }),
    hint: /"3 per orders"/,
  },
  {
    code: 'bad-row-count',
    bad: withChild(toUsers, { rowCount: { per: 'users', min: 3, max: 2 } }),
    good: withChild(toUsers, { rowCount: { per: 'users', min: 2, max: 2 } }),
  },
  {
    code: 'two-primary-keys',
    bad: withColumn({ type: 'integer', primaryKey: true }),
    good: withColumn({ type: 'integer', unique: true }),
    hint: /\["id","extra"\]/,
  },
  {
    code: 'nullable-key',
    bad: schema({ t: { columns: { id: { type: 'int', primaryKey: true, nullable: true } } } }),
    good: schema({ t: { columns: { id: { type: 'int', primaryKey: true } } } }),
  },
  {
    code: 'unknown-column',
    bad: withColumn({ type: 'text' }, { unique: [['email', 'agee']] }),
    good: withColumn({ type: 'text' }, { unique: [['email', 'age']] }),
    hint: /"age"/,
  },
  {
    code: 'expression-syntax',
    bad: withColumn({ type: 'text', derive: 'email ||' }),
    good: withColumn({ type: 'text', derive: "email || ''" }),
  },
  {
    code: 'expression-type',
    bad: withColumn({ type: 'integer', derive: 'email' }),
    good: withColumn({ type: 'text', derive: 'age' }),
  },
  {
    code: 'unknown-name',
    bad: withColumn({ type: 'text', derive: 'emial' }),
    good: withColumn({ type: 'text', derive: 'email' }),
    hint: /"email"/,
  },
  {
    code: 'unknown-function',
    bad: withColumn({ type: 'text', derive: 'uper(email)' }),
    good: withColumn({ type: 'text', derive: 'upper(email)' }),
    hint: /"upper"/,
  },
  {
    code: 'not-a-reference',
    bad: withColumn({ type: 'text', derive: 'age.email' }),
    good: withChild(toUsers),
  },
  {
    code: 'no-children',
    bad: withColumn({ type: 'integer', derive: 'count(orders)' }),
    good: schema({
      users: { ...users, columns: { ...users.columns, n: { type: 'int', derive: 'count(child)' } } },
      child: { columns: { u: toUsers } },
    }),
  },
  {
    code: 'unknown-database',
    bad: withChild({ type: 'integer', references: 'other:users.id' }),
    good: withChild({ type: 'integer', references: 'db:users.id' }),
  },
  {
    code: 'unknown-table',
    bad: withChild({ type: 'integer', references: 'user.id' }),
    good: withChild(toUsers),
    hint: /"users"/,
  },
  {
    code: 'reference-type-mismatch',
    bad: withChild({ type: 'text', references: 'users.id' }),
    good: withChild({ type: 'bigint', references: 'users.id' }),
  },
  {
    code: 'reference-not-unique',
    bad: withChild({ type: 'integer', references: 'users.age' }),
    good: withChild({ type: 'text', references: 'users.email' }),
  },
  {
    code: 'per-without-reference',
    bad: withChild({ type: 'integer' }, { rowCount: '2 per users' }),
    good: withChild(toUsers, { rowCount: '2 per users' }),
    hint: /"references": "users.id"/,
  },
  {
    code: 'per-itself',
    bad: withChild(toUsers, { rowCount: '2 per child' }),
    good: withChild(toUsers, { rowCount: '2 per users' }),
  },
  {
    code: 'duplicate-database',
    bad: [schema({ users }), schema({ users })],
    good: [schema({ users }), schema({ users }, { database: { name: 'db2' } })],
  },
  {
    code: 'derive-cycle',
    bad: schema({
      t: {
        columns: {
          a: { type: 'int', derive: 'b + 1' },
          b: { type: 'int', derive: 'c' },
          c: { type: 'int', derive: 'a' },
        },
      },
    }),
    good: schema({
      t: {
        columns: { a: { type: 'int', derive: 'b + 1' }, b: { type: 'int', derive: 'c' }, c: { type: 'int' } },
      },
    }),
    message: /t\.a → t\.b → t\.c → t\.a/,
  },
  {
    code: 'unknown-generator',
    bad: withColumn({ type: 'text', generator: 'emial' }),
    good: withColumn({ type: 'text', generator: 'email' }),
    hint: /"email"/,
  },
  {
    code: 'generator-type-mismatch',
    bad: withColumn({ type: 'integer', generator: 'email' }),
    good: withColumn({ type: 'varchar', generator: 'email' }),
  },
  {
    code: 'generator-not-unique',
    bad: withColumn({ type: 'text', unique: true, generator: 'city' }),
    good: withColumn({ type: 'text', unique: true, generator: 'city' }, { rowCount: 1 }),
  },
  {
    code: 'unique-space-too-small',
    bad: withColumn({ type: 'boolean', unique: true }, { rowCount: 3 }),
    good: withColumn({ type: 'boolean', unique: true }, { rowCount: 2 }),
    message: /2 different values/,
  },
  {
    code: 'unique-space-too-small',
    bad: withColumn({ type: 'char(1)', unique: true }, { rowCount: 33 }),
    good: withColumn({ type: 'char(1)', unique: true }, { rowCount: 32 }),
    message: /32 different values/,
  },
  {
    code: 'unique-space-too-small',
    bad: withColumn({ type: 'integer', unique: true, min: 1, max: 9 }),
    good: withColumn({ type: 'integer', unique: true, min: 1, max: 10 }),
    message: /9 different values .* 10 unique rows/,
  },
  {
    code: 'unique-space-too-small',
    bad: withChild({ ...toUsers, unique: true }, { rowCount: 11 }),
    good: withChild({ ...toUsers, unique: true }, { rowCount: 10 }),
  },
  {
    code: 'unique-space-too-small',
    bad: withColumn({ type: 'varchar(20)', unique: true, generator: 'email' }),
    good: withColumn({ type: 'varchar(80)', unique: true, generator: 'email' }),
  },
  {
    code: 'unique-space-too-small',
    bad: withColumn({ type: 'text', unique: true, pattern: '[a-c]{2}' }),
    good: withColumn({ type: 'text', unique: true, pattern: '[a-d]{2}' }),
  },
  {
    code: 'unique-unproven',
    bad: withColumn({ type: 'text', unique: true, derive: "'x' || age" }),
    good: withColumn({ type: 'text', unique: true, derive: "'x' || id" }),
  },
  {
    code: 'empty-parent',
    bad: schema({ users: { ...users, rowCount: 0 }, child: { columns: { u: toUsers }, rowCount: 1 } }),
    good: schema({
      users: { ...users, rowCount: 0 },
      child: { columns: { u: { ...toUsers, nullable: true } }, rowCount: 1 },
    }),
  },
  {
    code: 'unknown-option',
    bad: withColumn({ type: 'timestamp', generator: { name: 'timestamp', form: '-1 year' } }),
    good: withColumn({ type: 'timestamp', generator: { name: 'timestamp', from: '-1 year' } }),
    hint: /"from"/,
  },
  {
    code: 'bad-option',
    bad: withColumn({ type: 'timestamp', generator: { name: 'timestamp', from: 'last year' } }),
    good: withColumn({ type: 'timestamp', generator: { name: 'timestamp', from: 'now' } }),
  },
  {
    code: 'setting-unused',
    bad: withColumn({ type: 'text', generator: 'email', min: 1 }),
    good: withColumn({ type: 'integer', min: 1 }),
  },
  {
    code: 'bad-value',
    bad: withColumn({ type: 'integer', values: [1, 'two'] }),
    good: withColumn({ type: 'integer', values: [1, 2] }),
  },
  {
    code: 'bad-value',
    bad: schema({ users }, { now: 'today' }),
    good: schema({ users }, { now: '2026-06-01T00:00:00Z' }),
  },
  {
    code: 'bad-weights',
    bad: withColumn({ type: 'integer', values: [1, 2], weights: [1] }),
    good: withColumn({ type: 'integer', values: [1, 2], weights: [1, 0] }),
  },
  {
    code: 'bad-pattern',
    bad: withColumn({ type: 'text', pattern: '(a' }),
    good: withColumn({ type: 'text', pattern: '(a)' }),
  },
  {
    code: 'bad-range',
    bad: withColumn({ type: 'integer', min: 5, max: 4 }),
    good: withColumn({ type: 'integer', min: 5, max: 5 }),
  },
]

for (const [i, { code, bad, good, message, hint }] of cases.entries()) {
  test(`${code} is found where it is, and only there (${i + 1})`, () => {
    const found = findingsOf(bad).find((finding) => finding.code === code)
    assert.ok(found, `expected ${code}, got ${JSON.stringify(findingsOf(bad))}`)
    assert.ok(found.line !== undefined && found.line >= 1 && found.column !== undefined)
    if (message) assert.match(found.message, message)
    if (hint) assert.match(found.hint ?? '', hint)
    assert.deepEqual(findingsOf(good), [])
  })
}

test('every code in the source has a case here', () => {
  const known = new Set(cases.map(({ code }) => code))
  // Reading a set and a file that is missing: read-schemas.test.ts.
  known.add('file-missing')
  const source = new URL('..', import.meta.url)
  const codes = new Set<string>()
  for (const folder of ['schema', 'plan', 'values', 'derive'])
    for (const file of readdirSync(new URL(`${folder}/`, source)).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    ))
      for (const [, code] of readFileSync(new URL(`${folder}/${file}`, source), 'utf8').matchAll(
        /(?:error|warning|refuse|inText|Refusal|PlanProblem|ExpressionError)\(\s*'([a-z]+(?:-[a-z]+)+)'/g,
      ))
        codes.add(code!)
  assert.ok(codes.size > 35)
  assert.deepEqual(
    [...codes].filter((code) => !known.has(code)),
    [],
  )
})

test('all that is wrong is said at once, at line and column', () => {
  const text = `{
  "version": "1.0",
  "database": { "name": "db" },
  "tables": {
    "users": {
      "columns": {
        "id": { "type": "serail", "primaryKey": true },
        "email": { "type": "text", "generator": "emial" },
        "total": { "type": "numeric(10,2)", "derive": "1 + amuont" }
      },
      "rowCont": 5
    }
  }
}
`
  const places = findingsIn([text]).map(({ code, line, column }) => `${code} ${line}:${column}`)
  assert.deepEqual(places.sort(), [
    'unknown-generator 8:36',
    'unknown-name 9:60',
    'unknown-property 11:7',
    'unknown-type 7:17',
  ])
})

test('comments and trailing commas are findings, not stack traces', () => {
  assert.ok(findingsIn(['{ // no\n "version": "1.0", }']).length > 0)
  assert.ok(findingsIn(['']).length > 0)
  assert.ok(findingsIn(['[]']).length > 0)
  assert.ok(
    findingsIn([
      '{"version": "1.0", "database": {"name": "x"}, "tables": {"t": 5, "u": {"columns": {"a": null}}}}',
    ]).length > 0,
  )
})

function findingsOf(schemas: Json | Json[]): Finding[] {
  return findingsIn((Array.isArray(schemas) ? schemas : [schemas]).map((one) => JSON.stringify(one, null, 2)))
}

function findingsIn(texts: readonly string[]): Finding[] {
  const findings: Finding[] = []
  const models = texts.flatMap((text, i) => {
    const document = parseDocument(text, 'json')
    for (const problem of document.problems) findings.push({ severity: 'error', ...problem })
    return parseSchema({ file: `${i}.json`, document }, (finding) => findings.push(finding)) ?? []
  })
  findings.push(...planSet(models, { seed: 1, sql }).findings)
  return findings
}
