// npm run bench -w pgmock: measures, prints, and writes the top of results.md (the notes below it stay).

import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { allowMoreInlining } from '../src/more-inlining.ts'
import { measureCopyText } from './copy-text.ts'
import { measureRows } from './rows.ts'

const NOTES = '## Notes'

allowMoreInlining() // as the command line does

const rows = await measureRows()
const faker = rows.at(-1)!
const copyText = measureCopyText()
const versions = `Node ${process.versions.node}, V8 ${process.versions.v8}, faker ${await fakerVersion()}`
const machine = `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`

const report = `# Results

\`npm run bench -w pgmock\`. ${new Date().toISOString().slice(0, 10)}, ${machine}; ${versions}. One core, CPU time, medians
of five alternating rounds.

## A row of ten columns as COPY text

id, uuid, first name, last name, unique e-mail from the name, telephone, city, log-normal numeric(10,2), boolean,
timestamptz with growth, seasons and hours (bench/users.json); faker: the same fields, joined with tabs.

| what | thousand rows/s | MB/s | against faker |
|---|---|---|---|
${rows.map(({ name, rowsPerSecond, bytesPerSecond }) => `| ${name} | ${Math.round(rowsPerSecond / 1000)} | ${Math.round(bytesPerSecond / 1e6)} | ${(rowsPerSecond / faker.rowsPerSecond).toFixed(1)}x |`).join('\n')}

## Text of a length, written by a loop or natively

| characters | loop, ns | native, ns |
|---|---|---|
${copyText.map(({ length, loopNs, nativeNs }) => `| ${length} | ${loopNs.toFixed(0)} | ${nativeNs.toFixed(0)} |`).join('\n')}
`
console.log(report)
const path = fileURLToPath(new URL('results.md', import.meta.url))
const before = await readFile(path, 'utf8').catch(() => '')
const notes = before.includes(NOTES) ? before.slice(before.indexOf(NOTES)) : `${NOTES}\n`
await writeFileAtomic(path, `${report}\n${notes}`)

async function fakerVersion(): Promise<string> {
  const file = new URL(import.meta.resolve('@faker-js/faker/package.json'))
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version
}
