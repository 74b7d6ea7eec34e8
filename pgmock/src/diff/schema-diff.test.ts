import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runPgmock, temporaryFolder } from '../../test/run-pgmock.ts'
import { schemaDiff } from './schema-diff.ts'

const before = {
  version: '1.0',
  database: { name: 'shop' },
  enums: { state: ['open', 'paid'] },
  tables: {
    users: {
      columns: {
        id: { type: 'serial', primaryKey: true },
        email: { type: 'varchar(255)', unique: true, generator: 'email' },
        age: { type: 'int' },
        team_id: { type: 'integer', references: 'teams.id', nullable: true },
      },
      indexes: [{ name: 'by_age', columns: ['age'] }],
      rowCount: 100,
    },
    teams: { columns: { id: { type: 'serial', primaryKey: true } } },
  },
}

test('the same said in other words is no difference', () => {
  const after = {
    ...before,
    tables: {
      teams: { columns: { id: { type: 'serial' } }, primaryKey: ['id'] },
      users: {
        rowCount: 100,
        primaryKey: ['id'],
        unique: [['email']],
        indexes: [{ columns: ['age'], name: 'by_age' }],
        columns: {
          id: { type: 'serial' },
          email: { type: 'character varying(255)', generator: { name: 'email' } },
          age: { type: 'int4', nullable: false },
          team_id: { type: 'integer', nullable: true, references: { table: 'teams', column: 'id' } },
        },
      },
    },
  }
  assert.deepEqual(schemaDiff(before, after), [])
})

test('tables, columns, types, keys, generators and the rest are told apart by name', () => {
  const after = structuredClone(before) as typeof before & { tables: Record<string, unknown> }
  Object.assign(after.tables.users.columns, {
    age: undefined,
    years: { type: 'smallint' },
    email: { type: 'text', unique: true, generator: { name: 'email', domain: 'x.org' } },
    team_id: { type: 'integer', references: { table: 'teams', column: 'id', onDelete: 'cascade' } },
  })
  Object.assign(after.tables.users, {
    indexes: [{ name: 'by_age', columns: ['age'], unique: true }],
    rowCount: '3 per teams',
  })
  Object.assign(after.tables, { teams: undefined, groups: { columns: {}, primaryKey: ['id'] } })
  Object.assign(after, { enums: { state: ['open'] }, now: '2026-01-01' })
  const told = schemaDiff(before, JSON.parse(JSON.stringify(after)) as typeof after).map(
    ({ change, kind, name, property }) => [change, kind, name, property].filter(Boolean).join(' '),
  )
  assert.deepEqual(told, [
    'changed column users.email type',
    'changed column users.email generator.domain',
    'removed column users.age',
    'changed column users.team_id references',
    'changed column users.team_id nullable',
    'added column users.years',
    'changed index users.by_age unique',
    'changed table users rowCount',
    'removed table teams',
    'added table groups',
    'changed enum state is',
    'changed schema now',
  ])
})

test('pgmock diff prints a line for each change and exits with 1 only when asked', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'a.json'), JSON.stringify(before))
  writeFileSync(
    join(folder, 'b.json'),
    JSON.stringify({
      version: '1.0',
      extends: './a.json',
      tables: { users: { columns: { age: { type: 'bigint' } } } },
    }),
  )
  const { stdout, exitCode } = await runPgmock(folder, ['diff', 'a.json', 'b.json'])
  assert.equal(stdout, '~ column users.age type: integer → bigint\n1 difference\n')
  assert.equal(exitCode, 0)
  assert.equal((await runPgmock(folder, ['diff', 'a.json', 'b.json', '--exit-code'])).exitCode, 1)
  assert.equal((await runPgmock(folder, ['diff', 'a.json', 'a.json', '--exit-code'])).exitCode, 0)
  const { stdout: json } = await runPgmock(folder, ['diff', 'a.json', 'b.json', '--json'])
  assert.deepEqual((JSON.parse(json) as { data: unknown }).data, {
    databases: [
      {
        database: 'shop',
        changes: [
          {
            change: 'changed',
            kind: 'column',
            name: 'users.age',
            property: 'type',
            from: 'integer',
            to: 'bigint',
          },
        ],
      },
    ],
  })
  assert.equal((await runPgmock(folder, ['diff', 'a.json'])).exitCode, 2)
  writeFileSync(
    join(folder, 'c.json'),
    '{ "version": "1.0", "database": { "name": "x" }, "tables": { "t": { "columns": { "a": { "type": "txt" } } } } }',
  )
  assert.equal((await runPgmock(folder, ['diff', 'a.json', 'c.json'])).exitCode, 1)
})
