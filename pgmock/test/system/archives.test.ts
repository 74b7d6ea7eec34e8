// Archives against the real pg_restore and pg_dump: what they list, print and restore of ours must be what they do of
// their own.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { archiveMinor } from '../../src/formats/targets.ts'
import { decodeToc } from '../../src/formats/toc.ts'
import { runPgmock } from '../run-pgmock.ts'
import { startCluster, suiteForEachPostgres, type Cluster } from '../throwaway-cluster.ts'

const run = promisify(execFile)
const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

const fixtures = [
  [path('test/fixtures/keys.json'), '1'],
  [path('test/fixtures/all-types.json'), '0.03'],
  [path('test/fixtures/ledger.json'), '0.2'],
  [path('examples/shop.json'), '0.01'],
  [path('test/fixtures/partitions.json'), '1'],
] as const
const [keys, types, , shop, partitions] = fixtures

suiteForEachPostgres('archives and the real pg_restore', (postgres, isNewest) => {
  let cluster: Cluster
  let folder: string
  let made = 0
  const databases = new Map<string, string>()

  before(async () => {
    cluster = await startCluster(postgres)
    folder = await mkdtemp(join(tmpdir(), 'pgmock-archives-'))
    await cluster.psql('postgres', 'CREATE ROLE "Some Body"')
  })
  after(async () => {
    await cluster?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** Writes a dump of a fixture and gives its path. */
  const generated = async (
    [file, scale]: readonly [string, string],
    ...flags: readonly string[]
  ): Promise<string> => {
    const name = join(folder, `dump_${made++}`)
    const { exitCode, stderr } = await runPgmock(folder, [
      'generate',
      file,
      `--scale=${scale}`,
      `--target=${cluster.version}`,
      '--restrict-key=k',
      `--file=${name}`,
      ...flags,
    ])
    assert.equal(exitCode, 0, stderr)
    return name
  }
  const tool = async (name: string, ...args: readonly string[]): Promise<string> => {
    const options = { maxBuffer: 1 << 30, env: { ...process.env, PGTZ: 'UTC' } }
    return (await run(join(cluster.bin, name), args, options)).stdout
  }
  const server = (): string[] => ['-h', cluster.socketFolder, '-U', 'postgres']
  const newDatabase = async (): Promise<string> => {
    const database = `archive_${made++}`
    await cluster.createDatabase(database)
    return database
  }
  /** A database that holds a fixture; nobody changes it, so one is enough. */
  const restored = async (fixture: readonly [string, string]): Promise<string> => {
    const known = databases.get(fixture[0])
    if (known !== undefined) return known
    const database = await newDatabase()
    databases.set(fixture[0], database)
    await cluster.psqlFile(database, await generated(fixture))
    return database
  }

  const methods = (): string[] =>
    archiveMinor(cluster.major) >= 15 ? ['none', 'gzip', 'lz4', 'zstd'] : ['none', 'gzip']
  const forms = (): string[][] => [
    ...methods().flatMap((method) => [
      ['-Fc', '-Z', method],
      ['-Fd', '-Z', method],
    ]),
    ['-Ft'],
  ]
  const levels = (): string[][] =>
    methods()
      .filter((method) => method !== 'none')
      .flatMap((method) => ['1', '9'].flatMap((level) => [['-Fc', '-Z', `${method}:${level}`]]))

  for (const fixture of fixtures)
    test(`pg_restore prints every archive of ${basename(fixture[0])} as our plain dump`, async () => {
      const inserts = [['--inserts'], ['--column-inserts', '--rows-per-insert', '7', '--data-only']]
      for (const more of fixture === types || fixture === partitions ? [[], ...inserts] : [[]]) {
        const plain = await readFile(await generated(fixture, ...more), 'utf8')
        for (const form of forms()) {
          const archive = await generated(fixture, ...form, ...more)
          const printed = await tool('pg_restore', '--restrict-key=k', '-f', '-', archive)
          assert.equal(printed, plain, [...form, ...more].join(' '))
        }
      }
    })

  for (const fixture of fixtures)
    test(`the contents of ${basename(fixture[0])} are those of pg_dump, field by field`, async () => {
      const database = await restored(fixture)
      const real = join(folder, `real_${made++}`)
      await tool('pg_dump', ...server(), '-Fc', '-f', real, database)
      const [ours, theirs] = [await comparable(await generated(fixture, '-Fc')), await comparable(real)]
      // Theirs is the database the test made. What comes before the data is restored in order, whatever it depends on.
      const relevant = (entries: typeof ours) =>
        entries
          .filter(({ type }) => type !== 'DATABASE')
          .map((entry) => (entry.section === 'pre-data' ? { ...entry, dependsOn: [] } : entry))
      assert.deepEqual(relevant(ours), relevant(theirs))
      assert.equal(ours.length, theirs.length)
    })

  test('archives name objects of many kinds as pg_dump does', async () => {
    const file = join(folder, 'many-kinds.json')
    const imported = await runPgmock(folder, ['import', path('test/fixtures/many-kinds.sql'), '-o', file])
    assert.ok(imported.exitCode < 2, imported.stderr)
    const database = await newDatabase()
    await cluster.psqlFile(database, await generated([file, '1']))
    const real = join(folder, `real_${made++}`)
    await tool('pg_dump', ...server(), '-Fc', '-f', real, database)
    const [ours, theirs] = [await comparable(await generated([file, '1'], '-Fc')), await comparable(real)]
    // pg_dump also names the functions, types and schemas that were restored before anything could wait for them.
    const relevant = (entries: typeof ours) =>
      entries.filter(({ type }) => type !== 'DATABASE').map((entry) => ({ ...entry, dependsOn: [] }))
    assert.deepEqual(relevant(ours), relevant(theirs))
    const added = ours.find(({ type }) => type === 'PUBLICATION TABLE')
    assert.deepEqual(added?.dependsOn, ['PUBLICATION changes', 'TABLE orders'])
  })

  test('pg_restore -l lists the entries in the order of our plain dump', async () => {
    const plain = await readFile(await generated(keys), 'utf8')
    const names = [...plain.matchAll(/^-- (?:Data for )?Name: (.*); Type: (.*); Schema/gm)].map(
      ([, tag, type]) => `${type} public ${tag} Some Body`,
    )
    for (const form of forms()) {
      const list = await tool('pg_restore', '-l', await generated(keys, ...form))
      const listed = list.split('\n').filter((line) => /^\d/.test(line))
      assert.deepEqual(
        listed.map((line) => line.replace(/^\d+; \d+ \d+ /, '')),
        names,
      )
    }
  })

  test('tables of many compressed blocks come out whole', async () => {
    const large = [shop[0], '0.6'] as const
    const plain = await readFile(await generated(large, '--table=order*'), 'utf8')
    for (const form of isNewest ? [...forms(), ...levels()] : [['-Fc'], ['-Fd']]) {
      const archive = await generated(large, '--table=order*', ...form)
      assert.ok((await tool('pg_restore', '--restrict-key=k', '-f', '-', archive)) === plain, form.join(' '))
    }
  })

  test('archives of older versions are read, too', async () => {
    for (const target of ['15', '16', '17', '18'].filter((major) => Number(major) <= cluster.major)) {
      const [file, scale] = keys
      const name = join(folder, `old_${made++}`)
      const flags = [`--scale=${scale}`, `--target=${target}`, '-Fc', `--file=${name}`]
      assert.equal((await runPgmock(folder, ['generate', file, ...flags])).exitCode, 0)
      assert.match(
        await tool('pg_restore', '-l', name),
        new RegExp(`Dump Version: 1\\.${archiveMinor(Number(target))}-0`),
      )
      assert.match(await tool('pg_restore', '-f', '-', name), /PostgreSQL database dump complete/)
    }
  })

  for (const fixture of [keys, partitions])
    test(`two jobs restore archives of ${basename(fixture[0])} to what we said`, async () => {
      const plain = await readFile(await generated(fixture), 'utf8')
      for (const form of fixture === keys && isNewest
        ? forms().filter(([format]) => format !== '-Ft')
        : [['-Fc'], ['-Fd']]) {
        const database = await newDatabase()
        await tool(
          'pg_restore',
          ...server(),
          '--jobs=2',
          '--exit-on-error',
          `--dbname=${database}`,
          await generated(fixture, ...form),
        )
        assert.equal(await cluster.pgDump(database, '--restrict-key=k'), plain, form.join(' '))
      }
    })

  test('restore.sql of a tar drops, makes and fills the database', async () => {
    const plain = await readFile(await generated(keys), 'utf8')
    await cluster.createDatabase('keys')
    const members = await mkdtemp(join(folder, 'tar-'))
    await run('tar', ['-xf', await generated(keys, '-Ft'), '-C', members])
    // The server reads the members, and runs as somebody else.
    await chmod(folder, 0o755)
    await chmod(members, 0o755)
    await run('chmod', ['-R', 'a+r', members])
    const script = await readFile(join(members, 'restore.sql'), 'utf8')
    await writeFile(
      join(members, 'restore.sql'),
      script.replaceAll('$$PATH$$', () => members),
    )
    await cluster.psqlFile('postgres', join(members, 'restore.sql'))
    assert.equal(await cluster.pgDump('keys', '--restrict-key=k'), plain)
    await cluster.psql('postgres', 'DROP DATABASE keys')
  })

  for (const flags of [
    ['--clean'],
    ['--clean', '--if-exists'],
    ['--section=pre-data'],
    ['--section=data'],
    ['--section=post-data', '--section=pre-data', '--clean'],
    ['--column-inserts'],
    ['--rows-per-insert=4'],
    ['--rows-per-insert=1', '--column-inserts'],
    ['--no-privileges', '--no-owner', '--schema-only'],
    ['--no-comments'],
    ['--exclude-table-data=*'],
    ['--exclude-table-data=p*'],
    ['--no-tablespaces', '--no-table-access-method', '--no-publications'],
    ['--no-unlogged-table-data', '--no-comments', '--clean'],
    ['--data-only', '--disable-triggers', '--strict-names'],
    ['--data-only', '--disable-triggers', '--inserts', '--on-conflict-do-nothing'],
    ['--rows-per-insert=3', '--on-conflict-do-nothing'],
  ])
    test(`${flags.join(' ')} gives what pg_dump gives`, async () => {
      for (const fixture of [keys, types, partitions]) {
        const database = await restored(fixture)
        const ours = await readFile(await generated(fixture, ...flags), 'utf8')
        assert.equal(ours, await cluster.pgDump(database, '--restrict-key=k', ...flags))
      }
    })

  for (const [fixture, ...flags] of [
    [partitions, '--schema=logs'],
    [partitions, '--schema=l*', '--exclude-table-data=ev*'],
    [partitions, '--schema=logs', '--schema-only', '--clean'],
    [keys, '--schema=public'],
    [keys, '--exclude-schema=logs', '--strict-names'],
  ] as const)
    test(`${flags.join(' ')} of ${basename(fixture[0])} gives what pg_dump gives`, async () => {
      const database = await restored(fixture)
      const ours = await readFile(await generated(fixture, ...flags), 'utf8')
      assert.equal(ours, await cluster.pgDump(database, '--restrict-key=k', ...flags))
    })

  test('a plain dump restores in a single transaction, an archive too', async () => {
    const plain = await readFile(await generated(keys), 'utf8')
    for (const [name, ...args] of [
      ['psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '--single-transaction', '-f', await generated(keys)],
      ['pg_restore', '--single-transaction', '--exit-on-error', await generated(keys, '-Fc')],
    ] as const) {
      const database = await newDatabase()
      await tool(name, ...server(), `--dbname=${database}`, ...args)
      assert.equal(await cluster.pgDump(database, '--restrict-key=k'), plain)
    }
  })

  for (const flags of [['--create'], ['--create', '--clean'], ['--create', '--clean', '--if-exists']])
    test(`${flags.join(' ')} makes the database that pg_dump dumps so`, async () => {
      if (flags.includes('--clean')) await cluster.createDatabase('keys')
      const dump = await generated(keys, ...flags)
      await cluster.psqlFile('postgres', dump)
      assert.equal(await readFile(dump, 'utf8'), await cluster.pgDump('keys', '--restrict-key=k', ...flags))
      await cluster.psql('postgres', 'DROP DATABASE keys')
    })

  if (isNewest)
    test('CSV and NDJSON are what COPY and row_to_json print', async () => {
      // row_to_json also prints generated columns, which only a server can compute.
      for (const fixture of fixtures.filter(([file]) => !file.endsWith('partitions.json'))) {
        const database = await restored(fixture)
        const [csv, ndjson] = [
          await generated(fixture, '-F', 'csv'),
          await generated(fixture, '-F', 'ndjson'),
        ]
        const tables = await cluster.psql(
          database,
          "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
        )
        for (const table of tables.split('\n')) {
          const name = `public."${table.replaceAll('"', '""')}"`
          const copied = await tool(
            'psql',
            ...server(),
            `--dbname=${database}`,
            '-XAtc',
            `COPY ${name} TO STDOUT WITH (FORMAT csv, HEADER)`,
          )
          const file = table.replaceAll(/[ "]/g, '_')
          assert.equal(await readFile(join(csv, `${file}.csv`), 'utf8'), copied)
          const rows = await tool(
            'psql',
            ...server(),
            `--dbname=${database}`,
            '-XAtc',
            `SELECT row_to_json(t) FROM ${name} AS t`,
          )
          assert.equal(await readFile(join(ndjson, `${file}.ndjson`), 'utf8'), rows)
        }
      }
    })

  test('our reader finds the rows that the server counts, in pg_dump’s archives as in ours', async () => {
    const database = await restored(keys)
    const expected = Number(await cluster.psql(database, COUNT_ALL))
    for (const form of ['-Fc', '-Fd', '-Ft', '-Fp'])
      for (const more of isNewest ? [[], ['--inserts'], ['--rows-per-insert=9']] : [[]]) {
        const real = join(folder, `real_${made++}`)
        await tool('pg_dump', ...server(), form, ...more, '-f', real, database)
        for (const file of [real, await generated(keys, form, ...more)]) {
          const { stdout } = await runPgmock(folder, ['inspect', file, '--json'])
          const { data } = JSON.parse(stdout) as { data: { archives: { entries: { rows?: number }[] }[] } }
          const rows = data.archives[0]!.entries.reduce((sum, entry) => sum + (entry.rows ?? 0), 0)
          assert.equal(rows, expected, `${form} ${more.join(' ')}`)
        }
      }
  })
})

const COUNT_ALL = `SELECT sum((xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM ' || tablename::regclass, false, true, '')))[1]::text::int)
  FROM pg_tables WHERE schemaname = 'public'`

/** Entries with what differs by nature taken out: numbers of their own, and dependencies said twice. */
async function comparable(file: string) {
  const { toc } = decodeToc(await readFile(file))
  const names = new Map(toc.entries.map(({ dumpId, type, tag }) => [dumpId, `${type} ${tag}`]))
  return toc.entries.map(({ oid, position, dependsOn, ...entry }) => ({
    ...entry,
    dumpId: 0,
    oid: oid === '0' ? '0' : 'some',
    hasPosition: position !== undefined,
    dependsOn: [...new Set(dependsOn.flatMap((id) => names.get(id) ?? []))].toSorted(),
  }))
}
