// Which planted faults are found by verify, and by Schemathesis where SCHEMATHESIS names its program. Both get the same
// service, contract, credential, seed and number of examples. Writes the table of verify.md to stdout.

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import { contract, faults, startShelf, TOKEN, type Fault } from '../test/faulty-service.ts'
import { runSpecify } from '../test/run-specify.ts'

const folder = mkdtempSync(join(tmpdir(), 'specify-bench-'))
writeFileSync(join(folder, 'api.yaml'), contract)
const other = process.env['SCHEMATHESIS']

type Outcome = { readonly found: string; readonly seconds: string }

async function ours(url: string): Promise<Outcome> {
  const startedAt = performance.now()
  const { stdout } = await runSpecify(folder, [
    'verify',
    '--contract',
    'api.yaml',
    '--url',
    url,
    '--auth',
    `token=${TOKEN}`,
    '--json',
  ])
  const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string }[] }
  const codes = new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code))
  return {
    found: [...codes].map((code) => code.replace('verify-', '')).join(', '),
    seconds: since(startedAt),
  }
}

async function theirs(program: string, url: string): Promise<Outcome> {
  const startedAt = performance.now()
  const args = [
    'run',
    'api.yaml',
    '--url',
    url,
    '-H',
    `Authorization: Bearer ${TOKEN}`,
    '--checks',
    'all',
    '--max-examples',
    '25',
    '--seed',
    '1',
    '--continue-on-failure',
  ]
  const text = await promisify(execFile)(program, args, {
    cwd: folder,
    timeout: 180_000,
    maxBuffer: 64 << 20,
  }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout ?? '',
  )
  const failures = [...stripVTControlCharacters(text).matchAll(/❌ (?:ST\d+ )?([A-Z][^\n:]+): (\d+)/g)]
  return {
    found: failures.map(([, what, count]) => `${what} ${count}`).join(', '),
    seconds: since(startedAt),
  }
}

function since(startedAt: number): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1)
}

const rows: string[] = []
for (const fault of [undefined, ...(Object.keys(faults) as Fault[])]) {
  const outcomes: Outcome[] = []
  for (const run of [ours, ...(other === undefined ? [] : [(url: string) => theirs(other, url)])]) {
    // Each starts on an empty shelf.
    const shelf = await startShelf(fault)
    outcomes.push(await run(shelf.url))
    await shelf.close()
  }
  rows.push(
    `| ${[fault ?? '(none)', ...outcomes.flatMap(({ found, seconds }) => [found || '–', seconds])].join(' | ')} |`,
  )
  process.stdout.write(`${rows.at(-1)}\n`)
}
rmSync(folder, { recursive: true })
