// npm run bench -w pgmock: measures, prints, and writes the top of results.md (the notes below it stay).

import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import * as zlib from 'node:zlib'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { tuneV8 } from '../src/tune-v8.ts'
import { openSet } from '../src/generate.ts'
import { copyChunks } from '../src/rows/row-writer.ts'
import { measureCopyText } from './copy-text.ts'
import { measureIngest } from './ingest.ts'
import { measureRows } from './rows.ts'
import { measureTpchgen } from './tpchgen.ts'
import { measureRun, withManyTables, type Run } from './whole-process.ts'
import { measureWorkers } from './workers.ts'

const NOTES = '## Notes'
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

tuneV8() // as the command line does

const load = loadavg()[0]!
const rows = await measureRows()
const [ours] = rows as [(typeof rows)[0]]
const faker = rows.at(-1)!
const { plan } = await openSet([path('users.json')], { seed: 1 })
const table = plan.databases[0]!.tables[0]!
const ingest = await measureIngest(table)
const peers = await measureTpchgen()
const workers = await measureWorkers(path('users.json'))
const compressed = measureZlib()
const copyText = measureCopyText()
const shop = await measureRun(['generate', path('../examples/shop.json')], 5)
const some = await withManyTables(127, (file) => measureRun(['generate', file], 3))
const thousand = await withManyTables(1000, (file) => measureRun(['generate', file], 3))
const large = await measureRun(['generate', path('hundred-million.json')], 1)

const report = `# Results

\`npm run bench -w pgmock\`. ${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores, load ${load.toFixed(1)} before it started;
Node ${process.versions.node}, V8 ${process.versions.v8}, faker ${await fakerVersion()}, PostgreSQL ${ingest?.version ?? 'none'}, ${commit()}.
Rates are of one core by CPU time, medians or best of several rounds, unless the clock is named.

## What was promised

| promise | wanted | measured |
|---|---|---|
| COPY text per core against PostgreSQL's unlogged COPY FROM | 10x | ${ingest ? `${ratio(ours.bytesPerSecond, ingest.bytesPerSecond)} (${mb(ours.bytesPerSecond)} against ${mb(ingest.bytesPerSecond)})` : 'skipped: needs PostgreSQL on Linux'} |
| rows against a faker loop, the same row | 60x | ${ratio(ours.rowsPerSecond, faker.rowsPerSecond)} |
| two workers against one | 1.7x | ${workers.busiest.toFixed(1)}x by processor time of the busiest thread; by the clock ${ratio(workers.two, workers.one)} (${mb(workers.two)} against ${mb(workers.one)}) |
| 100,000,000 rows with references and unique columns, one thread, into a pipe | under 200 MB | ${large.peakMegabytes} MB; ${seconds(large)} |
| 127 tables, 10 rows each, whole process | 1 s | ${seconds(some)} |
| 1,000 tables, 10 rows each, whole process | 3 s | ${seconds(thousand)} |
| first byte of examples/shop.json | 150 ms | ${Math.round(shop.firstByteMs)} ms by the clock |
| whole process of examples/shop.json, 75,000 rows | | ${seconds(shop)} |

${peerLines()}

## A row of ten columns as COPY text

id, uuid, first name, last name, unique e-mail from the name, telephone, city, log-normal numeric(10,2), boolean,
timestamptz with growth, seasons and hours (bench/users.json); faker: the same fields, joined with tabs.

| what | thousand rows/s | MB/s | against faker |
|---|---|---|---|
${rows.map(({ name, rowsPerSecond, bytesPerSecond }) => `| ${name} | ${Math.round(rowsPerSecond / 1000)} | ${Math.round(bytesPerSecond / 1e6)} | ${ratio(rowsPerSecond, faker.rowsPerSecond)} |`).join('\n')}

## The same text compressed

| method | MB/s of text | ratio |
|---|---|---|
${compressed.map(({ name, bytesPerSecond, share }) => `| ${name} | ${Math.round(bytesPerSecond / 1e6)} | ${share.toFixed(2)} |`).join('\n')}

## Text of a length, written by a loop or natively

| characters | loop, ns | native, ns |
|---|---|---|
${copyText.map(({ length, loopNs, nativeNs }) => `| ${length} | ${loopNs.toFixed(0)} | ${nativeNs.toFixed(0)} |`).join('\n')}
`
console.log(report)
const results = path('results.md')
const before = await readFile(results, 'utf8').catch(() => '')
const notes = before.includes(NOTES) ? before.slice(before.indexOf(NOTES)) : `${NOTES}\n`
await writeFileAtomic(results, `${report}\n${notes}`)

function peerLines(): string {
  if (!peers)
    return 'tpchgen-cli: skipped, not installed (pip install tpchgen-cli, or TPCHGEN_CLI=/path/to/it).'
  const lines = peers.map(
    ({ table: name, bytesPerSecond }) =>
      `${ratio(ours.bytesPerSecond, bytesPerSecond)} of its ${name} (${mb(bytesPerSecond)})`,
  )
  return `Against tpchgen-cli on one thread, bytes per CPU second: ${lines.join(', ')}. datagen-cli: skipped, its newest commit does not compile.`
}

/** Of a tenth of the rows, in one piece each: what a block costs. */
function measureZlib(): { name: string; bytesPerSecond: number; share: number }[] {
  const text = Buffer.concat(Array.from(copyChunks(table, 0, 40_000), ({ bytes }) => Buffer.from(bytes)))
  const methods: [string, () => Buffer][] = [
    ['gzip:1', () => zlib.deflateRawSync(text, { level: 1 })],
    ['gzip (6)', () => zlib.deflateRawSync(text)],
    [
      'zstd:1',
      () => zlib.zstdCompressSync(text, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } }),
    ],
    ['zstd (3)', () => zlib.zstdCompressSync(text)],
  ]
  return methods.map(([name, compress]) => {
    let [best, size] = [Infinity, 0]
    for (let round = 0; round < 3; round++) {
      const start = process.cpuUsage()
      size = compress().length
      const { user, system } = process.cpuUsage(start)
      best = Math.min(best, (user + system) / 1e6)
    }
    return { name, bytesPerSecond: text.length / best, share: text.length / size }
  })
}

function ratio(one: number, other: number): string {
  return `${(one / other).toFixed(1)}x`
}

function mb(bytesPerSecond: number): string {
  return `${Math.round(bytesPerSecond / 1e6)} MB/s`
}

function seconds({ ms, cpuMs }: Run): string {
  return `${(ms / 1000).toFixed(2)} s by the clock, ${(cpuMs / 1000).toFixed(2)} s of processor time`
}

function commit(): string {
  try {
    return `commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()}`
  } catch {
    return 'no commit'
  }
}

async function fakerVersion(): Promise<string> {
  const file = new URL(import.meta.resolve('@faker-js/faker/package.json'))
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version
}
