import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runPgmock, temporaryFolder } from './run-pgmock.ts'

const ROOT = join(import.meta.dirname, '..')
const set = join(ROOT, 'examples/shop-set/shop.set.json')
const shop = join(ROOT, 'examples/shop.json')
const small = ['--scale', '0.01']

test('a set is written into a folder, one file for each database', async (t) => {
  const folder = temporaryFolder(t)
  const { exitCode, stdout } = await runPgmock(folder, ['generate', set, '-f', 'out', ...small])
  assert.equal(exitCode, 0)
  assert.match(stdout, /^out\/catalog\.sql: 21 rows, .* kB\nout\/orders\.sql: \d+ rows/)
  assert.deepEqual(readdirSync(join(folder, 'out')).sort(), ['catalog.sql', 'orders.sql'])
  assert.match(
    readFileSync(join(folder, 'out/orders.sql'), 'utf8'),
    /^--\n-- PostgreSQL database dump\n--\n\n\\restrict [A-Za-z0-9]{63}\n/,
  )
})

test('stdout gets the same bytes as the file, and twice the same', async (t) => {
  const folder = temporaryFolder(t)
  await runPgmock(folder, ['generate', shop, '-f', 'a.sql', ...small])
  const file = readFileSync(join(folder, 'a.sql'), 'utf8')
  assert.equal((await runPgmock(folder, ['generate', shop, ...small])).stdout, file)
  assert.notEqual((await runPgmock(folder, ['generate', shop, ...small, '--seed', '2'])).stdout, file)
})

test('shards of rows put together are the whole', async (t) => {
  const folder = temporaryFolder(t)
  const rows = async (...more: string[]) => {
    const { stdout } = await runPgmock(folder, [
      'generate',
      shop,
      ...small,
      '--data-only',
      '--table',
      'orders',
      ...more,
    ])
    return stdout.split('FROM stdin;\n')[1]!.split('\\.')[0]!
  }
  assert.equal((await rows('--rows', '1..77')) + (await rows('--rows', '78..100000')), await rows())
})

test('an interrupted run leaves neither the file nor a half one', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'shop.sql'), 'old')
  const cancel = new AbortController()
  cancel.abort()
  const { exitCode, stderr } = await runPgmock(
    folder,
    ['generate', shop, '-f', 'shop.sql', ...small],
    cancel.signal,
  )
  assert.equal(exitCode, 130)
  assert.equal(stderr, 'cancelled\n')
  assert.deepEqual(readdirSync(folder), ['shop.sql'])
  assert.equal(readFileSync(join(folder, 'shop.sql'), 'utf8'), 'old')
})

test('a device is written into, not replaced, and a full disk says so', async (t) => {
  const folder = temporaryFolder(t)
  if (!existsSync('/dev/full')) return t.skip('needs /dev/full')
  for (const form of [['-Fp'], ['-Fc'], ['-Ft'], ['-Fp', '-Z', 'zstd']]) {
    const { exitCode, stderr } = await runPgmock(folder, [
      'generate',
      shop,
      ...small,
      ...form,
      '-f',
      '/dev/full',
    ])
    assert.equal(exitCode, 2)
    assert.match(stderr, /\/dev\/full cannot be written: the disk is full/)
    const whole = await runPgmock(folder, ['generate', shop, ...small, ...form, '-f', '/dev/null'])
    assert.equal(whole.exitCode, 0, whole.stderr)
  }
  assert.ok(statSync('/dev/null').isCharacterDevice())
})

test('several databases as CSV or NDJSON are a folder each', async (t) => {
  const folder = temporaryFolder(t)
  for (const format of ['csv', 'ndjson']) {
    const { exitCode } = await runPgmock(folder, ['generate', set, ...small, '-F', format, '-f', format])
    assert.equal(exitCode, 0)
    assert.deepEqual(readdirSync(join(folder, format)).toSorted(), ['catalog', 'orders'])
    assert.ok(readdirSync(join(folder, format, 'orders')).every((name) => name.endsWith(`.${format}`)))
  }
})

test('a schema with an error writes nothing and exits with 1', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(
    join(folder, 'bad.json'),
    '{ "version": "1.0", "database": { "name": "x" }, "tables": { "t": { "columns": { "a": { "type": "txt" } } } } }',
  )
  const { exitCode, stdout } = await runPgmock(folder, ['generate', 'bad.json', '-f', 'out.sql'])
  assert.equal(exitCode, 1)
  assert.match(stdout, /^bad\.json:1:89: error: there is no type "txt" \[unknown-type\]/m)
  assert.deepEqual(readdirSync(folder), ['bad.json'])
})

test('a set that names a missing file says which, where', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'a.set.json'), '{ "set": ["gone.json"] }')
  const { exitCode, stdout } = await runPgmock(folder, ['validate', 'a.set.json'])
  assert.equal(exitCode, 1)
  assert.match(stdout, /^a\.set\.json:1:\d+: error: gone\.json cannot be read \[file-missing\]/)
  assert.equal((await runPgmock(folder, ['validate', 'gone.json'])).exitCode, 2)
})

test('flags that make no sense are refused with a reason', async (t) => {
  const folder = temporaryFolder(t)
  const cases = [
    [['generate'], /Give a schema file/],
    [['generate', shop, '--seed', 'x'], /--seed needs a whole number/],
    [['generate', shop, '--scale', '0'], /--scale needs a number above 0/],
    [['generate', shop, '--target', '14'], /15, 16, 17 or 18/],
    [['generate', shop, '--rows', '5'], /--rows needs a\.\.b/],
    [['generate', shop, '--schema-only', '--data-only'], /exclude each other/],
    [['generate', shop, '--count', 'userz=5'], /no table "userz"/],
    [['generate', shop, '--count', 'order_lines=5'], /counted per orders/],
    [['generate', shop, '--table', 'nothing*'], /No table matches/],
    [['generate', set], /several databases/],
    [['generate', set, '--load', 'postgres://localhost/x'], /\{database\}/],
    [['generate', shop, '--now', 'today'], /--now needs an instant/],
    [['preview', shop, 'ordrs'], /Did you mean "orders"/],
    [['explain', shop, 'orders.totl'], /Did you mean "total"/],
    [['generators', 'emial'], /Did you mean "email"/],
  ] as const
  for (const [argv, message] of cases) {
    const { exitCode, stderr } = await runPgmock(folder, argv)
    assert.equal(exitCode, 2, argv.join(' '))
    assert.match(stderr, message)
  }
})

test('--json gives one document for every command', async (t) => {
  const folder = temporaryFolder(t)
  for (const argv of [
    ['validate', shop],
    ['preview', shop, 'orders', '--limit', '2'],
    ['explain', shop, 'orders'],
    ['generators', 'email'],
    ['generate', shop, '--dry-run'],
    ['generate', shop, '-f', 'x.sql', ...small],
  ]) {
    const { stdout } = await runPgmock(folder, [...argv, '--json'])
    assert.equal((JSON.parse(stdout) as { ok: boolean }).ok, true, argv.join(' '))
  }
})

test('templates and generators are listed, shown and described', async (t) => {
  const folder = temporaryFolder(t)
  const text = async (...argv: string[]) => (await runPgmock(folder, argv)).stdout
  assert.equal(await text('generators'), await text('generators', 'list'))
  assert.match(
    await text('generators', 'show', 'email'),
    /^email \(person\): .*\n  for text[^]*e\.g\. [^]*e\.g\. /,
  )
  assert.match((await runPgmock(folder, ['generators', 'show'])).stderr, /Say which/)
  assert.equal((JSON.parse(await text('templates', 'show', 'iot')) as { version: string }).version, '1.0')
  const page = await text('templates', 'describe', 'iot')
  assert.match(page, /^# Template iot\n[^]*```mermaid\nerDiagram\n[^]*### devices\n/)
  assert.match((await runPgmock(folder, ['templates', 'describe', 'iott'])).stderr, /Did you mean "iot"/)
})

test('--count and --table pick and size single tables', async (t) => {
  const folder = temporaryFolder(t)
  const { stdout } = await runPgmock(folder, [
    'generate',
    shop,
    '--count',
    'sellers=7',
    '--table',
    'sell*',
    '--exclude-table',
    'x',
    '--data-only',
  ])
  assert.equal(stdout.match(/^COPY /gm)?.length, 1)
  assert.match(stdout, /setval\('public\.sellers_id_seq', 7, true\)/)
})
