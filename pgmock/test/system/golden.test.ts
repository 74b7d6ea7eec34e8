// Real schemas, imported and written again, against what real pg_dump 15, 17 and 18 print for them.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { runPgmock, temporaryFolder } from '../run-pgmock.ts'

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
      const source = join(SCHEMAS, name, 'source.sql')
      const imported = await runPgmock(folder, ['import', source, '-o', 'schema.json', '--row-count', '0'])
      const differing: string[] = []
      for (const major of [15, 17, 18]) {
        const golden = read(`golden${major}.sql`)
        const version = /^-- Dumped by pg_dump version (.*)$/m.exec(golden)![1]!
        // The feature schemas were dumped whole.
        const flags = golden.includes('TABLE DATA') ? [] : ['--schema-only', '--no-owner']
        const { stdout } = await runPgmock(folder, [
          'generate',
          'schema.json',
          '--target',
          version,
          '--restrict-key',
          'k',
          ...flags,
        ])
        if (stdout !== golden) differing.push(`${major}: ${firstDifference(stdout, golden)}`)
      }
      if (gaps.has(name)) assert.notDeepEqual(differing, [], `${name} is equal: take it off known-gaps.txt`)
      else assert.deepEqual(differing, [], imported.stderr)
    })
  }
})

function firstDifference(given: string, wanted: string): string {
  const [ours, theirs] = [given.split('\n'), wanted.split('\n')]
  const at = theirs.findIndex((line, i) => line !== ours[i])
  return `line ${at + 1}: ${JSON.stringify(ours[at])} instead of ${JSON.stringify(theirs[at])}`
}
