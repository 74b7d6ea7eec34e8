import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from './sql.ts'

test('values become parameters, never text', () => {
  const statement = sql`select * from users where name = ${"Robert'); drop table users;--"} and age > ${3}`
  assert.equal(statement.text, 'select * from users where name = $1 and age > $2')
  assert.deepEqual(statement.values, ["Robert'); drop table users;--", 3])
})

test('fragments are spliced in and renumbered', () => {
  const where = sql`where a = ${1} and b = ${2}`
  const page = sql`limit ${10}`
  const statement = sql`select ${'x'} from t ${where} ${page}`
  assert.equal(statement.text, 'select $1 from t where a = $2 and b = $3 limit $4')
  assert.deepEqual(statement.values, ['x', 1, 2, 10])
})

test('equal texts share a statement name, different ones do not', () => {
  const byId = (id: number) => sql`select ${id}`
  assert.equal(byId(1).name, byId(2).name)
  assert.notEqual(byId(1).name, sql`select ${1}, 2`.name)
})
