import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importSql } from './import-sql.ts'

type Json = { readonly [key: string]: Json }

const imported = async (sql: string): Promise<Json> => {
  const { schema, findings } = await importSql(sql, { file: 'x.sql', database: 'db' })
  assert.deepEqual(findings, [])
  return schema as Json // always an object of objects here
}

test('grants end where the roles stand', async () => {
  const schema = await imported(`CREATE TABLE t (a int, b int);
    GRANT SELECT, UPDATE ON t TO x WITH GRANT OPTION; REVOKE UPDATE ON t FROM x;
    GRANT ALL ON t TO y; REVOKE GRANT OPTION FOR SELECT ON t FROM x;
    GRANT INSERT ON t TO z; REVOKE ALL ON t FROM z; GRANT SELECT (b) ON t TO z;`)
  assert.deepEqual(schema['tables']!['t']!['grants'], { x: ['SELECT'], y: ['ALL'] })
  assert.deepEqual(schema['tables']!['t']!['columns']!['b']!['grants'], { z: ['SELECT'] })
  assert.deepEqual(schema['roles'], ['x', 'y', 'z'])
})

test('a new owner may do what the old one might', async () => {
  const schema = await imported(`CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE TABLE v (a int);
    GRANT SELECT ON t TO boss, x; ALTER TABLE t OWNER TO boss;`)
  assert.equal(schema['tables']!['t']!['owner'], 'boss')
  assert.deepEqual(schema['tables']!['t']!['grants'], { x: ['SELECT'] })
})

test('the role that owns most is the owner of the database', async () => {
  const schema = await imported(`CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE TABLE v (a int);
    ALTER TABLE t OWNER TO app; ALTER TABLE u OWNER TO app;`)
  assert.deepEqual(schema['database'], { name: 'db', owner: 'app' })
  assert.equal(schema['tables']!['v']!['owner'], 'postgres')
})

test('a serial column whose sequence has privileges gets one of its own', async () => {
  const schema = await imported('CREATE TABLE t (id serial); GRANT USAGE ON SEQUENCE t_id_seq TO x;')
  assert.deepEqual(schema['sequences']!['t_id_seq'], {
    as: 'integer',
    ownedBy: 't.id',
    grants: { x: ['USAGE'] },
  })
})
