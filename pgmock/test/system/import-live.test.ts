// A live server is read by its pg_dump and by its catalog: both give the same schema, and neither changes anything.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findTemplates } from '../../src/config/templates.ts'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'
import { startCluster, suiteForEachPostgres, type Cluster } from '../throwaway-cluster.ts'

const SCHEMA = String.raw`
CREATE SCHEMA sales;
CREATE TYPE mood AS ENUM ('fine', 'so ''so');
CREATE DOMAIN sales.amount AS numeric(12,2) DEFAULT 0 CONSTRAINT positive CHECK (VALUE >= 0);
CREATE FUNCTION double(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE SEQUENCE tickets START 100 INCREMENT 5;
CREATE TABLE people (
  id serial PRIMARY KEY,
  "Full Name" varchar(80) COLLATE "C" NOT NULL,
  email text UNIQUE,
  mood mood DEFAULT 'fine' NOT NULL,
  born date CHECK (born > '1900-01-01'),
  age_twice integer GENERATED ALWAYS AS (public.double(3)) STORED,
  boss integer REFERENCES people ON DELETE SET NULL
);
COMMENT ON TABLE people IS 'Who we know';
COMMENT ON COLUMN people."Full Name" IS 'As on the ''door''';
CREATE TABLE sales.orders (
  id bigint GENERATED ALWAYS AS IDENTITY,
  person integer NOT NULL REFERENCES public.people (id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
  total sales.amount,
  at timestamptz DEFAULT now() NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX recent ON sales.orders (at DESC) WHERE total > 10;
CREATE UNIQUE INDEX ON people (lower(email));
CREATE TABLE events (id bigint, day date NOT NULL, what jsonb) PARTITION BY RANGE (day);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE VIEW grown AS SELECT id, mood FROM people WHERE born < '2000-01-01';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touched BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION touch();
`

suiteForEachPostgres('import of a live server', (postgres, isNewest) => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster(postgres)
  })
  after(() => cluster.stop())

  const env = { HOME: '/nonexistent', PATH: `${postgres.bin}:${process.env['PATH'] ?? ''}` }
  const url = (database: string) =>
    `postgres://postgres@/${database}?host=${encodeURIComponent(cluster.socketFolder)}`

  async function imported(database: string, via: string): Promise<Record<string, unknown>> {
    const { stdout, stderr, exitCode } = await runPgmock(
      '/',
      ['import', url(database), '--via', via],
      undefined,
      env,
    )
    assert.equal(exitCode, 0, stderr)
    return JSON.parse(stdout) as Record<string, unknown>
  }

  test('by pg_dump and by the catalog gives the same tables, and what it gives can be generated', async (t) => {
    const folder = temporaryFolder(t)
    writeFileSync(join(folder, 'schema.sql'), SCHEMA)
    await cluster.createDatabase('small')
    await cluster.psqlFile('small', join(folder, 'schema.sql'))
    const before = await cluster.pgDump('small', '--schema-only')
    const [dumped, read] = [await imported('small', 'pg_dump'), await imported('small', 'catalog')]
    assert.deepEqual(read['tables'], dumped['tables'])
    for (const part of ['enums', 'domains', 'schemas', 'sequences'])
      assert.deepEqual(read[part], dumped[part], part)
    const kinds = (schema: Record<string, unknown>) =>
      (schema['objects'] as { kind: string; name: string }[])
        .map(({ kind, name }) => `${kind} ${name}`)
        .sort()
    assert.deepEqual(kinds(read), kinds(dumped))
    const dump = (at: string) => at.replaceAll(/^\\(un)?restrict.*$/gm, '')
    assert.equal(dump(await cluster.pgDump('small', '--schema-only')), dump(before))

    writeFileSync(join(folder, 'small.json'), JSON.stringify(read))
    const made = await runPgmock(folder, [
      'generate',
      'small.json',
      '-f',
      'out.sql',
      '--target',
      String(cluster.major),
    ])
    assert.equal(made.exitCode, 0, made.stdout)
    await cluster.createDatabase('again')
    await cluster.psqlFile('again', join(folder, 'out.sql'))
  })

  test('of templates gives their tables back', async (t) => {
    const folder = temporaryFolder(t)
    const templates = [...findTemplates(undefined).values()]
    for (const { name, path } of isNewest ? templates : templates.slice(0, 1)) {
      const file = join(folder, `${name}.sql`)
      await runPgmock('/', ['generate', path, '-f', file, '--schema-only', '--target', String(cluster.major)])
      await cluster.createDatabase(name)
      await cluster.psqlFile(name, file)
      const [dumped, read] = [await imported(name, 'pg_dump'), await imported(name, 'catalog')]
      assert.deepEqual(read['tables'], dumped['tables'], name)
      const given = JSON.parse(readFileSync(path, 'utf8')) as { tables: object }
      assert.deepEqual(Object.keys(read['tables'] as object).sort(), Object.keys(given.tables).sort())
    }
  })

  test('without pg_dump the catalog is read; who cannot be reached is told without the password', async () => {
    const bare = { HOME: '/nonexistent', PATH: '/nonexistent' }
    const { exitCode, stdout } = await runPgmock('/', ['import', url('small'), '--dry-run'], undefined, bare)
    assert.equal(stdout.split('\n')[0], '4 tables. Nothing was written.')
    assert.equal(exitCode, 0)
    for (const via of ['pg_dump', 'catalog']) {
      const wrong = 'postgres://me:s3cr3t@127.0.0.1:1/x'
      const failed = await runPgmock('/', ['import', wrong, '--via', via], undefined, env)
      assert.equal(failed.exitCode, 2)
      assert.match(failed.stderr, /^error: (pg_dump could not read the server|The server cannot be read): /)
      assert.doesNotMatch(failed.stderr, /s3cr3t/)
    }
  })
})
