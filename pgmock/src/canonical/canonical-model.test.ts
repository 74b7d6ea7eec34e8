// What is written by hand in a schema comes out as the server prints it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '@specwright/cli/finding.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'
import { loadSqlParser } from '../constraints/sql-parser.ts'
import type { Model } from '../schema/model.ts'
import { parseSchema } from '../schema/parse-schema.ts'
import { canonicalModel } from './canonical-model.ts'
import { needsCanonical } from './needs-canonical.ts'

const users = {
  columns: {
    id: { type: 'serial', primaryKey: true },
    email: { type: 'varchar(80)', check: "email like '%@%'" },
    mood: { type: 'mood', default: { sql: "'ok'" } },
    low: { type: 'text', generated: 'lower(email)' },
  },
  checks: ['id between 1 and 9'],
  indexes: [{ columns: ['lower(email)', 'id'], where: "mood = 'ok'" }],
}

function parsed(parts: object): { model: ReturnType<typeof parseSchema>; findings: Finding[] } {
  const findings: Finding[] = []
  const given = { version: '1.0', database: { name: 'shop' }, enums: { mood: ['ok', 'bad'] }, ...parts }
  const document = parseDocument(JSON.stringify(given), 'json')
  const model = parseSchema({ file: 'shop.json', document }, (finding) => findings.push(finding))
  return { model, findings }
}

async function canonical(parts: object): Promise<{ model: Model; codes: string[] }> {
  const { model, findings } = parsed(parts)
  assert.equal(findings.length, 0)
  const made = canonicalModel(model!, await loadSqlParser(), (finding) => findings.push(finding))
  return { model: made, codes: findings.map(({ code, file, line }) => `${code} ${file}:${line}`) }
}

test('checks, defaults, generated columns and indexes get their casts and brackets', async () => {
  const { model, codes } = await canonical({ tables: { users } })
  const table = model.tables.get('users')!
  assert.deepEqual(codes, [])
  assert.equal(table.columns.get('mood')!.defaultText, "'ok'::public.mood")
  assert.equal(table.columns.get('low')!.generatedText, 'lower((email)::text)')
  assert.deepEqual(table.checks.map(({ expression }) => expression).toSorted(), [
    "((email)::text ~~ '%@%'::text)",
    '((id >= 1) AND (id <= 9))',
  ])
  assert.deepEqual(table.indexes[0]!.columns, ['lower((email)::text)', 'id'])
  assert.equal(table.indexes[0]!.where, "(mood = 'ok'::public.mood)")
})

test('a view prints its query in lines, and names the table up to 15', async () => {
  const { model } = await canonical({
    tables: { users },
    views: { happy: "select id from users where mood = 'ok'" },
  })
  const view = model.objects.find(({ name }) => name === 'happy')!
  assert.equal(
    view.sql,
    "CREATE VIEW public.happy AS\n SELECT id\n   FROM public.users\n  WHERE (mood = 'ok'::public.mood);",
  )
  assert.match(view.sql15!, /SELECT users\.id\n/)
})

test('a view of a view knows the columns of the first', async () => {
  const { model } = await canonical({
    tables: { users },
    views: { happy: 'select id as number from users', happier: 'select number + 1 as next from happy' },
  })
  assert.match(model.objects.find(({ name }) => name === 'happier')!.sql, /SELECT \(number \+ 1\) AS next/)
})

test('policies, exclusion constraints and defaults of domains get their casts and brackets', async () => {
  const stays = {
    columns: { id: { type: 'int', primaryKey: true }, room: { type: 'text' }, during: { type: 'tsrange' } },
    exclude: [{ elements: { 'lower(room)': '=', during: '&&' }, where: "room <> 'x'" }],
    policies: { own: { using: 'room = current_user', check: 'id > 1' } },
  }
  const { model, codes } = await canonical({
    domains: { price: { type: 'numeric(8,2)', default: { sql: '1 + 2' }, checks: ['value > 0'] } },
    tables: { stays },
  })
  assert.deepEqual(codes, [])
  const [exclude] = model.tables.get('stays')!.excludes
  assert.deepEqual(exclude!.elements[0], { column: 'lower(room)', operator: '=' })
  assert.equal(exclude!.where, "(room <> 'x'::text)")
  assert.equal(model.domains.get('price')!.defaultText, '(1 + 2)')
  const policy = model.objects.find(({ kind }) => kind === 'POLICY')!
  assert.match(policy.sql, /USING \(\(room = CURRENT_USER\)\) WITH CHECK \(\(id > 1\)\)/)
})

test('text that is no SQL is found with its line; text that is too odd to print stays', async () => {
  const bad = await canonical({ tables: { users: { ...users, checks: ['id >'] } } })
  assert.deepEqual(bad.codes, ['bad-expression shop.json:1'])
  const odd = await canonical({ tables: { users: { ...users, checks: ['email IS JSON'] } } })
  assert.deepEqual(odd.codes, [])
  assert.ok(odd.model.tables.get('users')!.checks.some(({ expression }) => expression === 'email IS JSON'))
})

test('a schema of plain columns and defaults needs no parser', () => {
  const columns = {
    id: { type: 'serial', primaryKey: true },
    at: { type: 'timestamptz', default: { sql: 'now()' } },
    name: { type: 'text', default: 'x' },
  }
  assert.equal(needsCanonical(parsed({ tables: { t: { columns } } }).model!), false)
  assert.equal(needsCanonical(parsed({ tables: { users } }).model!), true)
})
