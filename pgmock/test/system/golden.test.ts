// Real schemas, imported and written again, against what real pg_dump 15, 17 and 18 print for them.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'
import { takenBy } from '../taken-by.ts'

const SCHEMAS = join(import.meta.dirname, '../../../../shared/peer-cases/sql-schemas')
const skip = existsSync(SCHEMAS) ? false : 'needs ../shared/peer-cases/sql-schemas'

const gaps = new Map(
  readFileSync(join(import.meta.dirname, '../../conformance/known-gaps.txt'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name, reason] = /^([\w-]+)\s+(\S.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name, reason] as const]
    }),
)

suite('import and generate give what pg_dump prints', { skip }, () => {
  for (const name of skip ? [] : readdirSync(SCHEMAS)) {
    const read = (file: string) => readFileSync(join(SCHEMAS, name, file), 'utf8')
    test(`${name}, on 15, 17 and 18`, async (t) => {
      const folder = temporaryFolder(t)
      const differing: string[] = []
      let imported: { source: string; stderr: string } | undefined
      for (const major of [15, 17, 18]) {
        const source = takenBy(major, name, read('source.sql'))
        if (source !== imported?.source) {
          writeFileSync(join(folder, 'source.sql'), source)
          const args = ['import', 'source.sql', '-o', 'schema.json', '--row-count', '0']
          imported = { source, stderr: (await runPgmock(folder, args)).stderr }
        }
        const golden = read(`golden${major}.sql`)
        const version = /^-- Dumped by pg_dump version (.*)$/m.exec(golden)![1]!
        // The feature schemas were dumped whole, the others as the files of a project are: without roles.
        const flags = golden.includes('TABLE DATA') ? [] : ['--no-owner', '--no-privileges']
        const { stdout } = await runPgmock(folder, [
          'generate',
          'schema.json',
          '--schema-only',
          '--target',
          version,
          '--restrict-key',
          'k',
          ...flags,
        ])
        const wanted = withoutData(golden)
        if (stdout !== wanted) differing.push(`${major}: ${firstDifference(stdout, wanted)}`)
      }
      if (gaps.has(name)) assert.notDeepEqual(differing, [], `${name} is equal: take it off known-gaps.txt`)
      else assert.deepEqual(differing, [], imported?.stderr)
    })
  }
})

/** What --schema-only leaves of a whole dump. */
function withoutData(dump: string): string {
  const [head, ...entries] = dump.split(
    /^(?=--\n-- (?:Name|Data for Name|PostgreSQL database dump complete))/m,
  )
  const isData = (entry: string) =>
    /^--\n-- Data for Name|; Type: (?:SEQUENCE SET|BLOB|BLOBS|BLOB METADATA|MATERIALIZED VIEW DATA);/.test(
      entry.split('\n', 2).join('\n'),
    )
  return [head, ...entries.filter((entry) => !isData(entry))].join('')
}

function firstDifference(given: string, wanted: string): string {
  const [ours, theirs] = [given.split('\n'), wanted.split('\n')]
  const at = theirs.findIndex((line, i) => line !== ours[i])
  return `line ${at + 1}: ${JSON.stringify(ours[at])} instead of ${JSON.stringify(theirs[at])}`
}
