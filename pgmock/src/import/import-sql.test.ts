import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importSql } from './import-sql.ts'

type Json = Record<string, any> // oxlint-disable-line typescript/no-explicit-any -- a schema, picked apart

async function imported(sql: string): Promise<{ schema: Json; codes: string[] }> {
  const { schema, findings } = await importSql(sql, { file: 'x.sql', database: 'x' })
  return { schema: schema ?? {}, codes: findings.map(({ code, line }) => `${code}:${line}`) }
}

test('a table keeps its types, keys, defaults and checks, printed as PostgreSQL prints them', async () => {
  const { schema, codes } = await imported(`
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TABLE "Users" (
      id serial PRIMARY KEY,
      email varchar(80) NOT NULL UNIQUE CHECK (email <> ''),
      m mood DEFAULT 'ok',
      born date DEFAULT '2000-1-1',
      low int, high int,
      twice int GENERATED ALWAYS AS (low * 2) STORED,
      CONSTRAINT ordered CHECK (low < high),
      CHECK (low > 0 AND high BETWEEN 1 AND 9)
    );`)
  assert.deepEqual(codes, [])
  const { columns, checks, unique } = schema['tables'].Users
  assert.deepEqual(columns.id, { type: 'serial', primaryKey: true })
  assert.deepEqual(columns.email, { type: 'character varying(80)' })
  assert.deepEqual(columns.m, { type: 'mood', nullable: true, default: { sql: "'ok'::public.mood" } })
  assert.equal(columns.born.default.sql, "'2000-01-01'::date")
  assert.equal(columns.twice.generated, '(low * 2)')
  assert.deepEqual(unique, [['email']])
  assert.deepEqual(checks, [
    { name: 'Users_email_check', expression: "((email)::text <> ''::text)" },
    { name: 'ordered', expression: '(low < high)' },
    { name: 'Users_check', expression: '((low > 0) AND ((high >= 1) AND (high <= 9)))' },
  ])
})

test('a reference keeps its actions and finds the parent key it does not name', async () => {
  const { schema } = await imported(`
    CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
    CREATE TABLE b (x int, y int, a_own int UNIQUE REFERENCES b (a_own),
      CONSTRAINT up FOREIGN KEY (x, y) REFERENCES a MATCH FULL ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED);`)
  assert.deepEqual(schema['tables'].b.foreignKeys[1], {
    name: 'up',
    columns: ['x', 'y'],
    references: { table: 'a', columns: ['x', 'y'], onDelete: 'set null' },
    match: 'full',
    deferrable: 'deferred',
  })
})

test('indexes keep expressions, order, operator classes, INCLUDE, WITH and WHERE', async () => {
  const { schema } = await imported(`
    CREATE TABLE t (a text, b int, c varchar);
    CREATE UNIQUE INDEX i ON t (lower(c), (b + 1) DESC, a text_pattern_ops NULLS FIRST) INCLUDE (b) WITH (fillfactor = 50) WHERE b > 0;
    CREATE INDEX ON t USING hash (a);`)
  assert.deepEqual(schema['tables'].t.indexes, [
    {
      name: 'i',
      columns: ['lower((c)::text)', '((b + 1)) DESC', 'a text_pattern_ops NULLS FIRST'],
      unique: true,
      include: ['b'],
      with: "fillfactor='50'",
      where: '(b > 0)',
    },
    { name: 't_a_idx', columns: ['a'], method: 'hash' },
  ])
})

test("a dump's sequence that a column owns makes it serial; others stay free", async () => {
  const { schema } = await imported(`
    CREATE SEQUENCE free START WITH 100 INCREMENT BY 5;
    CREATE TABLE t (id integer NOT NULL, other bigint DEFAULT nextval('free'));
    CREATE SEQUENCE t_id_seq AS integer;
    ALTER SEQUENCE t_id_seq OWNED BY t.id;
    ALTER TABLE ONLY t ALTER COLUMN id SET DEFAULT nextval('t_id_seq'::regclass);`)
  assert.equal(schema['tables'].t.columns.id.type, 'serial')
  assert.equal(schema['tables'].t.columns.other.default.sql, "nextval('public.free'::regclass)")
  assert.deepEqual(schema['sequences'], { free: { start: 100, increment: 5 } })
})

test('a partition gets the columns and keys of its parent', async () => {
  const { schema } = await imported(`
    CREATE TABLE p (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
    CREATE INDEX ON p (at);
    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-1-1') TO (MAXVALUE);`)
  const { p, p1 } = schema['tables']
  assert.equal(p.partitionBy, 'RANGE (at)')
  assert.deepEqual(p1.partitionOf, { table: 'p', bound: "FOR VALUES FROM ('2024-01-01') TO (MAXVALUE)" })
  assert.deepEqual(p1.primaryKey, ['id', 'at'])
  assert.deepEqual(p1.indexes, [{ name: 'p1_at_idx', columns: ['at'], partOf: 'p_at_idx' }])
})

test('names of other schemas carry them, and the schemas are listed', async () => {
  const { schema } = await imported(`
    CREATE SCHEMA sales; SET search_path = sales;
    CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE public.u (t int REFERENCES t);`)
  assert.deepEqual(schema['schemas'], ['sales'])
  assert.equal(schema['tables'].u.foreignKeys[0].references.table, 'sales.t')
})

test('functions come out in the form of pg_dump, with what they use before them', async () => {
  const { schema } = await imported(`
    CREATE TABLE t (id int);
    create or replace function f(a int, out b text) returns setof text as 'select $1' immutable language sql;
    CREATE FUNCTION g() RETURNS t LANGUAGE plpgsql STRICT AS $x$ begin end $x$;
    CREATE VIEW v AS SELECT id FROM t;
    CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();`)
  const [f, g, v, trigger] = schema['objects']
  assert.equal(
    f.sql,
    'CREATE FUNCTION public.f(a integer, OUT b text) RETURNS SETOF text\n    LANGUAGE sql IMMUTABLE\n    AS $_$select $1$_$;',
  )
  assert.equal(f.tag, 'f(integer)')
  assert.deepEqual(g.uses, ['t'])
  assert.equal(
    g.sql,
    'CREATE FUNCTION public.g() RETURNS public.t\n    LANGUAGE plpgsql STRICT\n    AS $$ begin end $$;',
  )
  assert.deepEqual(v.uses, ['t'])
  assert.equal(trigger.table, 't')
})

test('extensions bring types, functions and operator classes, each with its schema', async () => {
  const { schema, codes } = await imported(`
    CREATE EXTENSION citext; CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION pg_trgm; CREATE EXTENSION postgis;
    CREATE TABLE t (id uuid DEFAULT uuid_generate_v4(), email citext, at geometry);
    CREATE INDEX i ON t USING gin (email gin_trgm_ops);
    COMMENT ON INDEX i IS 'finds parts';`)
  assert.deepEqual(codes, [])
  const { columns, indexes } = schema['tables'].t
  assert.equal(columns.id.default.sql, 'public.uuid_generate_v4()')
  assert.equal(columns.email.type, 'citext')
  assert.equal(columns.at.type, 'geometry')
  assert.deepEqual(indexes[0].columns, ['email public.gin_trgm_ops'])
  assert.equal(indexes[0].comment, 'finds parts')
  assert.equal(schema['objects'][0].comment, 'data type for case-insensitive character strings')
})

test('a part that cannot be read leaves the rest alone', async () => {
  const { schema, codes } = await imported(`CREATE TABLE t (
      a int CHECK (a IN (SELECT 1)) NOT NULL, b text, CHECK (a > 0)
    ) TABLESPACE fast;
    CREATE TABEL u (';' int);
    CREATE TABLE v (a int);`)
  assert.deepEqual(Object.keys(schema['tables']), ['t', 'v'])
  assert.deepEqual(schema['tables'].t.columns.a, { type: 'integer' })
  assert.deepEqual(codes.toSorted(), ['sql-expression-left-out:1', 'sql-left-out:1', 'sql-syntax:4'])
})

// Every finding code: what triggers it, and its neighbour that just does not.
const table = 'CREATE TABLE t (a int);'
for (const { code, bad, good } of [
  { code: 'sql-syntax', bad: `${table}\nCREATE TABEL u (a int);`, good: table },
  { code: 'sql-no-tables', bad: 'SELECT 1;', good: table },
  { code: 'sql-left-out', bad: `${table}\nSECURITY LABEL ON TABLE t IS 'x';`, good: `${table}\nSELECT 1;` },
  {
    code: 'sql-unknown-type',
    bad: `${table}\nCREATE TABLE u (a hstore);`,
    good: `${table}\nCREATE TABLE u (a xml);`,
  },
  {
    code: 'sql-unknown-table',
    bad: `${table}\nCREATE INDEX i ON u (a);`,
    good: `${table}\nCREATE INDEX i ON t (a);`,
  },
  {
    code: 'sql-expression-left-out',
    bad: `${table}\nALTER TABLE t ADD CHECK (a IN (SELECT 1));`,
    good: `${table}\nALTER TABLE t ADD CHECK (a IN (1));`,
  },
])
  test(`${code} is found with its line, and only there`, async () => {
    const { codes } = await imported(bad)
    assert.ok(
      codes.some((found) => found.startsWith(`${code}:`)),
      codes.join(),
    )
    if (code !== 'sql-no-tables') assert.ok(codes.includes(`${code}:2`), codes.join())
    assert.deepEqual((await imported(good)).codes, [])
  })
