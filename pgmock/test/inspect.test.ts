import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { decodeToc } from '../src/formats/toc.ts'
import { runPgmock, temporaryFolder } from './run-pgmock.ts'

const shop = join(import.meta.dirname, '../examples/shop.json')
const set = join(import.meta.dirname, '../examples/shop-set/shop.set.json')
const small = ['--scale', '0.01']

type Listed = {
  type: string
  schema?: string
  tag: string
  owner?: string
  rows?: number
  textBytes?: number
}
type Archive = {
  format: string
  archiveVersion?: string
  compression: string
  database?: string
  entries: Listed[]
}

async function inspected(folder: string, file: string, ...flags: string[]) {
  const { exitCode, stdout, stderr } = await runPgmock(folder, ['inspect', file, '--json', ...flags])
  const { data, findings, error } = JSON.parse(stdout) as {
    data?: { archives: Archive[] }
    findings?: { code: string; message: string }[]
    error?: { code: string; message: string }
  }
  return { exitCode, stderr, archive: data?.archives[0], findings, error }
}

test('every format lists the same entries with the same rows', async (t) => {
  const folder = temporaryFolder(t)
  const lists: unknown[] = []
  const forms = ['plain', 'custom', 'directory', 'tar'].flatMap((format) =>
    (format === 'tar' ? ['none'] : ['none', 'gzip:1', 'lz4', 'zstd:1']).map(
      (method) => [format, method] as const,
    ),
  )
  for (const [format, method] of forms) {
    const file = `${format}-${method.slice(0, 4)}`
    const written = await runPgmock(folder, [
      'generate',
      shop,
      ...small,
      '-F',
      format,
      '-Z',
      method,
      '-f',
      file,
    ])
    assert.equal(written.exitCode, 0, written.stderr)
    const { exitCode, archive } = await inspected(folder, file)
    assert.equal(exitCode, 0)
    assert.equal(archive?.format, format)
    assert.equal(archive.compression, method.split(':')[0])
    assert.equal(archive.archiveVersion, format === 'plain' ? undefined : '1.16')
    lists.push(
      archive.entries.map(({ type, schema, tag, owner, rows }) => ({ type, schema, tag, owner, rows })),
    )
  }
  for (const list of lists) assert.deepEqual(list, lists[0])
  assert.deepEqual(
    (lists[0] as Listed[]).find(({ type, tag }) => type === 'TABLE DATA' && tag === 'orders')?.rows,
    200,
  )
})

test('the same run gives the same bytes in every format', async (t) => {
  const folder = temporaryFolder(t)
  for (const format of ['custom', 'tar'])
    for (const method of format === 'tar' ? ['none'] : ['none', 'gzip', 'lz4', 'zstd']) {
      const bytes = []
      for (const file of ['a', 'b']) {
        await runPgmock(folder, ['generate', shop, ...small, '-F', format, '-Z', method, '-f', file])
        bytes.push(readFileSync(join(folder, file)))
      }
      assert.deepEqual(bytes[0], bytes[1])
    }
})

test('--contents-only reads no data', async (t) => {
  const folder = temporaryFolder(t)
  await runPgmock(folder, ['generate', shop, ...small, '-Fc', '-f', 'a'])
  const { archive, findings } = await inspected(folder, 'a', '--contents-only')
  assert.deepEqual(findings, [])
  assert.ok(archive!.entries.length > 10)
  assert.ok(archive!.entries.every(({ rows }) => rows === undefined))
})

test('an archive that is cut off or damaged is found, up to its last byte', async (t) => {
  const folder = temporaryFolder(t)
  for (const form of [['-Fc', '-Z0'], ['-Fc'], ['-Fc', '-Zzstd'], ['-Ft'], ['-Fp']]) {
    await runPgmock(folder, ['generate', shop, ...small, ...form, '-f', 'whole'])
    const whole = readFileSync(join(folder, 'whole'))
    const { findings } = await inspected(folder, 'whole')
    assert.deepEqual(findings, [])
    // The last 1024 bytes of a tar are zeros that nothing needs, the last line of a plain dump is \unrestrict.
    for (const length of [whole.length - (form[0] === '-Fc' ? 1 : 1100), Math.floor(whole.length * 0.7)]) {
      writeFileSync(join(folder, 'cut'), whole.subarray(0, length))
      const cut = await inspected(folder, 'cut')
      assert.equal(cut.exitCode, 1, form.join(' '))
      assert.deepEqual(
        cut.findings!.map(({ code }) => code),
        ['archive-damaged'],
        form.join(' '),
      )
    }
  }
  await runPgmock(folder, ['generate', shop, ...small, '-Fc', '-f', 'flipped'])
  const bytes = readFileSync(join(folder, 'flipped'))
  bytes[bytes.length - 300]! ^= 0xff
  writeFileSync(join(folder, 'flipped'), bytes)
  const { findings } = await inspected(folder, 'flipped')
  assert.match(findings![0]!.message, /^the data of \w+ cannot be read: /)
})

test('a directory without a file, or with an empty one, says which table is hurt', async (t) => {
  const folder = temporaryFolder(t)
  await runPgmock(folder, ['generate', shop, ...small, '-Fd', '-f', 'd'])
  const data = readdirSync(join(folder, 'd')).filter((name) => name.endsWith('.dat.gz'))
  truncateSync(join(folder, 'd', data.at(-1)!), 10)
  assert.match((await inspected(folder, 'd')).findings![0]!.message, /^the data of \w+ cannot be read: /)
  rmSync(join(folder, 'd', data.at(-1)!))
  assert.match(
    (await inspected(folder, 'd')).findings![0]!.message,
    /sellers cannot be read: \d+\.dat is missing$/,
  )
})

test('contents that name data the file does not have are a finding', async (t) => {
  const folder = temporaryFolder(t)
  await runPgmock(folder, ['generate', shop, ...small, '-Fc', '-Z0', '-t', 'sellers', '-f', 'a'])
  const bytes = readFileSync(join(folder, 'a'))
  writeFileSync(join(folder, 'a'), bytes.subarray(0, decodeToc(bytes).length))
  const { exitCode, findings } = await inspected(folder, 'a')
  assert.equal(exitCode, 1)
  assert.deepEqual(
    findings!.map(({ code, message }) => [code, message]),
    [['data-missing', 'the contents name data of sellers, and there is none']],
  )
})

test('what is no dump of pg_dump is refused with a reason', async (t) => {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'empty'))
  writeFileSync(join(folder, 'nothing'), '')
  writeFileSync(join(folder, 'text'), 'SELECT 1;\n'.repeat(200_000))
  writeFileSync(join(folder, 'binary'), Buffer.alloc(3_000_000, 7))
  writeFileSync(join(folder, 'gz'), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))
  writeFileSync(join(folder, 'short'), 'PGDMP\x01\x0e')
  const cases = [
    ['empty', 'not-an-archive', /no toc\.dat/],
    ['nothing', 'not-an-archive', /neither/],
    ['text', 'not-an-archive', /neither/],
    ['binary', 'not-an-archive', /neither/],
    ['gz', 'not-an-archive', /decompressed/],
    ['short', 'not-an-archive', /cut off/],
    ['gone', 'file-missing', /does not exist/],
  ] as const
  for (const [file, code, message] of cases) {
    const { exitCode, error, stderr } = await inspected(folder, file)
    assert.equal(exitCode, 2, `${file} ${stderr}`)
    assert.equal(error?.code, code, file)
    assert.match(error.message, message)
  }
})

test('a folder gets whole archives or nothing', async (t) => {
  const folder = temporaryFolder(t)
  const generate = (...flags: string[]) => runPgmock(folder, ['generate', set, ...small, ...flags])
  assert.equal((await generate('-Fd', '-f', 'out')).exitCode, 0)
  assert.deepEqual(readdirSync(join(folder, 'out')).sort(), ['catalog', 'orders'])
  const again = await generate('-Fd', '-f', 'out')
  assert.equal(again.exitCode, 2)
  assert.match(again.stderr, /catalog is not empty/)
  assert.equal((await generate('-Fc', '-f', 'more')).exitCode, 0)
  assert.deepEqual(readdirSync(join(folder, 'more')).sort(), ['catalog.dump', 'orders.dump'])
  assert.equal((await generate('-F', 'csv', '-Z', 'gzip', '-f', 'rows')).exitCode, 0)
  assert.deepEqual(readdirSync(join(folder, 'rows/catalog')).sort(), ['categories.csv.gz', 'products.csv.gz'])
  const cancel = new AbortController()
  cancel.abort()
  for (const format of ['-Fd', '-Ft', '-Fc']) {
    const argv = ['generate', shop, ...small, format, '-f', 'cancelled']
    assert.equal((await runPgmock(folder, argv, cancel.signal)).exitCode, 130)
  }
  assert.deepEqual(readdirSync(folder).sort(), ['more', 'out', 'rows'])
})

test('flags of archives that make no sense are refused with a reason', async (t) => {
  const folder = temporaryFolder(t)
  const cases = [
    [['-Ft', '-Z', '1', '-f', 'x'], /A tar cannot be compressed/],
    [['-Fc', '-Z', 'zstd', '--target', '15', '-f', 'x'], /pg_restore 15 reads no zstd/],
    [['-Fc', '-Z', 'lz4', '--target', '15', '-f', 'x'], /pg_restore 15 reads no lz4/],
    [['-Fd'], /does not go to stdout/],
    [['-F', 'csv'], /stdout takes one table/],
    [['--shard', '3/2'], /--shard needs i\/n/],
    [['--shard', '1/2', '--rows', '1..2'], /exclude each other/],
    [['--workers', '0'], /--workers needs a whole number from 1/],
    [['-F', 'zip', '-f', 'x'], /--format|-F/],
    [['--if-exists'], /--if-exists needs --clean/],
    [['--clean', '--data-only'], /exclude each other/],
    [['--section', 'middle'], /--section/],
    [['--rows-per-insert', '0'], /--rows-per-insert needs a whole number from 1/],
    [['-F', 'csv', '--schema-only', '-f', 'x'], /nothing but rows/],
    [['--load', 'postgres://x', '--clean'], /exclude each other/],
  ] as const
  for (const [flags, message] of cases) {
    const { exitCode, stderr } = await runPgmock(folder, ['generate', shop, ...small, ...flags])
    assert.equal(exitCode, 2, flags.join(' '))
    assert.match(stderr, message)
  }
  assert.deepEqual(readdirSync(folder), [])
})
