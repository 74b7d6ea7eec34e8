// However rows are divided among threads, machines and pipes, the bytes are those of one run.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'

const ROOT = join(import.meta.dirname, '../..')
const shop = join(ROOT, 'examples/shop.json')
const small = ['--scale', '0.05']
/** Several ranges for each worker: their size is about a megabyte. */
const large = ['--scale', '0.5', '--table', 'order*']

const FORMS: readonly (readonly string[])[] = [
  ['-Fp'],
  ['-Fp', '-Z', 'gzip'],
  ['-Fp', '--inserts'],
  ['-Fp', '--column-inserts', '--rows-per-insert', '7'],
  ['-Fc'],
  ['-Fc', '-Z', 'none', '--inserts'],
  ['-Fc', '-Z', 'zstd', '--target', '17'],
  ['-Fd', '-Z', 'lz4', '--target', '18'],
  ['-Fd'],
  ['-Ft'],
]

test('two and three workers write the bytes that one writes', async (t) => {
  const folder = temporaryFolder(t)
  for (const form of [['-Fp'], ['-Fc', '--rows-per-insert', '7'], ['-Fc', '-Z0'], ['-F', 'ndjson']])
    for (const workers of form[0] === '-Fp' ? ['1', '2', '3'] : ['1', '2']) {
      const made = await runPgmock(folder, [
        'generate',
        shop,
        ...large,
        ...form,
        '--workers',
        workers,
        '-f',
        `x${form.join('')}${workers}`,
      ])
      assert.equal(made.exitCode, 0, made.stderr)
      assertSame(join(folder, `x${form.join('')}1`), join(folder, `x${form.join('')}${workers}`))
    }
})

test('joined shards are the whole, whatever the format and their number', async (t) => {
  const folder = temporaryFolder(t)
  for (const form of FORMS)
    for (const count of [1, 2, 5]) {
      const name = `x${form.join('')}_${count}`
      const whole = await runPgmock(folder, ['generate', shop, ...small, ...form, '-f', `${name}_whole`])
      assert.equal(whole.exitCode, 0, whole.stderr)
      const shards = Array.from({ length: count }, (_, i) => `${name}_${i + 1}`)
      for (const [i, shard] of shards.entries())
        await runPgmock(folder, [
          'generate',
          shop,
          ...small,
          ...form,
          `--shard=${i + 1}/${count}`,
          '-f',
          shard,
        ])
      const joined = await runPgmock(folder, ['join', ...shards, '-f', `${name}_joined`])
      assert.equal(joined.exitCode, 0, joined.stderr)
      assertSame(join(folder, `${name}_whole`), join(folder, `${name}_joined`))
    }
})

test('shards of other dumps, or of other formats, are not joined', async (t) => {
  const folder = temporaryFolder(t)
  const make = async (name: string, ...more: string[]) =>
    runPgmock(folder, ['generate', shop, ...small, '-f', name, ...more])
  await make('a.sql', '--shard', '1/2', '--target', '15')
  await make('b.sql', '--shard', '2/2', '--target', '18')
  await make('a.dump', '-Fc', '--shard', '1/2', '--target', '15')
  await make('b.dump', '-Fc', '--shard', '2/2', '--no-privileges', '-t', 'orders')
  await make('c.tar', '-Ft')
  writeFileSync(join(folder, 'text'), 'no dump')
  for (const [argv, code] of [
    [['a.sql', 'b.sql', '-f', 'x'], /are not shards of one dump/],
    [['a.dump', 'b.dump', '-f', 'x'], /are not shards of one dump/],
    [['a.sql', 'a.dump', '-f', 'x'], /some are plain dumps/],
    [['a.dump', 'c.tar', '-f', 'x'], /are not shards of one dump/],
    [['c.tar', '-Z', 'gzip', '-f', 'x'], /A tar cannot be compressed/],
    [['a.dump', '-Z', 'zstd', '-f', 'x'], /1\.14 knows no zstd/],
    [['gone', '-f', 'x'], /gone does not exist/],
    [['a.sql'], /needs a file/],
    [['-f', 'x'], /Give the shards/],
  ] as const) {
    const { exitCode, stderr } = await runPgmock(folder, ['join', ...argv])
    assert.equal(exitCode, 2, argv.join(' '))
    assert.match(stderr, code)
  }
  assert.ok(!readdirSync(folder).includes('x'))
})

test('a pipe gets what a file gets; an archive only without its positions', async (t) => {
  const folder = temporaryFolder(t)
  for (const [form, isSame] of [
    [['-Fp'], true],
    [['-Fp', '-Z', 'zstd'], true],
    [['-Ft'], true],
    [['-Fc'], false],
    [['-F', 'csv', '-t', 'orders'], true],
  ] as const) {
    const name = `x${form.join('')}`
    const { bytes, exitCode } = await runPgmock(folder, ['generate', shop, ...small, ...form])
    assert.equal(exitCode, 0)
    await runPgmock(folder, ['generate', shop, ...small, ...form, '-f', name])
    const path = join(folder, name)
    const file = readFileSync(form[1] === 'csv' ? join(path, 'orders.csv') : path)
    assert.equal(bytes.length, file.length)
    assert.equal(bytes.equals(file), isSame, name)
  }
  const { bytes } = await runPgmock(folder, ['generate', shop, ...small, '-Fc'])
  writeFileSync(join(folder, 'piped.dump'), bytes)
  assert.deepEqual(await inspected(folder, 'piped.dump'), await inspected(folder, 'x-Fc'))
  await runPgmock(folder, ['join', 'piped.dump', '-f', 'again.dump'])
  assertSame(join(folder, 'again.dump'), join(folder, 'x-Fc'))
})

test('--keep-partial keeps what was written until Ctrl-C, beside the old file', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'x.sql'), 'old')
  const whole = await runPgmock(folder, ['generate', shop, '--scale', '3', '-f', 'whole.sql'])
  assert.equal(whole.exitCode, 0)
  const cancel = new AbortController()
  const run = runPgmock(
    folder,
    ['generate', shop, '--scale', '3', '--keep-partial', '-f', 'x.sql'],
    cancel.signal,
  )
  const temporary = await appears(folder, /^\.x\.sql\./)
  assert.ok(temporary)
  cancel.abort()
  assert.equal((await run).exitCode, 130)
  assert.deepEqual(readdirSync(folder).toSorted(), ['whole.sql', 'x.sql', 'x.sql.partial'])
  const partial = readFileSync(join(folder, 'x.sql.partial'))
  assert.ok(readFileSync(join(folder, 'whole.sql')).subarray(0, partial.length).equals(partial))
  assert.equal(readFileSync(join(folder, 'x.sql'), 'utf8'), 'old')
})

test('--profile says on stderr where the time went', async (t) => {
  const folder = temporaryFolder(t)
  const { stderr } = await runPgmock(folder, ['generate', shop, ...small, '--profile', '-f', 'x.sql'])
  assert.match(stderr, /^reading and planning +\d+ ms$/m)
  assert.match(stderr, /^ {2}shop\.orders +\d+ ms {2}[\d,]+ rows\/s {2}[\d.]+ MB\/s$/m)
  assert.match(stderr, /^peak memory +[\d.]+ MB$/m)
})

test('--dry-run comes within 3 % of the size', async (t) => {
  const folder = temporaryFolder(t)
  for (const flags of [
    ['--scale', '0.2'],
    ['--scale', '0.2', '--shard', '2/3'],
  ]) {
    const { stdout } = await runPgmock(folder, ['generate', shop, ...flags, '--dry-run', '--json'])
    const { bytes } = (JSON.parse(stdout) as { data: { bytes: number } }).data
    await runPgmock(folder, ['generate', shop, ...flags, '-Fd', '-Z0', '-f', `d${flags.length}`])
    const names = readdirSync(join(folder, `d${flags.length}`)).filter((name) => name !== 'toc.dat')
    const size = names.reduce((sum, name) => sum + statSync(join(folder, `d${flags.length}`, name)).size, 0)
    assert.ok(Math.abs(bytes / size - 1) < 0.03, `${bytes} for ${size}`)
  }
})

/** Files, or folders of files. */
function assertSame(one: string, other: string): void {
  if (!statSync(one).isDirectory()) return assert.ok(readFileSync(one).equals(readFileSync(other)), other)
  assert.deepEqual(readdirSync(one).toSorted(), readdirSync(other).toSorted())
  for (const name of readdirSync(one)) assertSame(join(one, name), join(other, name))
}

async function inspected(folder: string, file: string): Promise<unknown> {
  const { stdout } = await runPgmock(folder, ['inspect', file, '--json'])
  const { data } = JSON.parse(stdout) as { data: { archives: { entries: unknown }[] } }
  return data.archives[0]!.entries
}

async function appears(folder: string, pattern: RegExp): Promise<string | undefined> {
  for (let tries = 0; tries < 10_000; tries++) {
    const name = readdirSync(folder).find((one) => pattern.test(one))
    if (name !== undefined && statSync(join(folder, name)).size > 0) return name
    await new Promise((resolve) => setImmediate(resolve))
  }
  return undefined
}
