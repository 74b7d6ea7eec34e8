// How many HTTP scenarios a second `specify test` runs against a trivial server on this machine, as a whole process:
// spec read, blocks held against nothing, requests sent one after the other, report written.
//
//   node scripts/node24.js specify/bench/scenarios.ts [scenarios] [--write]

import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

const COUNT = Number(process.argv.slice(2).find((each) => /^\d+$/.test(each)) ?? 5000)
const RUNS = 5
const BIN = join(import.meta.dirname, '../bin/specify.js')

const SERVER = `
const body = JSON.stringify({ id: 'o-1', state: 'open', lines: [{ sku: 'a', quantity: 2 }], total: 2000 })
const server = require('node:http').createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end(body))
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

const scenario = (i: number) => `
${i}. **Given** a shop, **When** order ${i} is placed, **Then** it is open

   \`\`\`hurl
   POST {{baseUrl}}/api/v1/orders
   Authorization: Bearer abc
   { "sku": "MUG-{{unique}}", "quantity": 2 }
   HTTP 200
   [Captures]
   order: jsonpath "$.id"
   [Asserts]
   jsonpath "$.state" == "open"
   jsonpath "$.lines[0].quantity" == 2
   jsonpath "$.total" >= 1000
   header "Content-Type" contains "json"
   \`\`\`
`

const folder = mkdtempSync(join(tmpdir(), 'specify-bench-'))
const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
try {
  const port = Number(
    await new Promise((resolve) => {
      server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    }),
  )
  const all = writeProject('all', COUNT)
  const one = writeProject('one', 1)
  const whole = fastest(() => timed(all, port))
  const start = fastest(() => timed(one, port))
  const perSecond = (COUNT - 1) / ((whole.ms - start.ms) / 1000)
  const ofCpu = (COUNT - 1) / ((whole.cpuMs - start.cpuMs) / 1000)
  const lines = [
    `${COUNT} scenarios of one request and five checks, the fastest of ${RUNS} runs.`,
    '',
    '| | |',
    '|---|---|',
    `| whole process, one scenario | ${Math.round(start.ms)} ms |`,
    `| whole process, ${COUNT} scenarios | ${Math.round(whole.ms)} ms |`,
    `| scenarios each second | ${Math.round(perSecond)} |`,
    `| scenarios each second of the runner's own processor time | ${Math.round(ofCpu)} |`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  if (process.argv.includes('--write'))
    writeFileSync(
      join(import.meta.dirname, 'scenarios.md'),
      `# Scenarios each second\n\nWritten by \`scenarios.ts\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus()[0]?.model ?? 'an unknown processor'}, ${cpus().length} cores. Goal: 500 each second on one core.\n\n${lines.join('\n')}\n`,
    )
} finally {
  server.kill()
  rmSync(folder, { recursive: true, force: true })
}

function writeProject(name: string, count: number): string {
  const root = join(folder, name)
  mkdirSync(join(root, 'specs/001-orders'), { recursive: true })
  const scenarios = Array.from({ length: count }, (_, i) => scenario(i + 1)).join('')
  writeFileSync(
    join(root, 'specs/001-orders/spec.md'),
    `# Feature Specification: Orders\n\n### User Story 1 - Order (Priority: P1)\n\n**Acceptance Scenarios**:\n${scenarios}`,
  )
  return root
}

function timed(root: string, port: number): { ms: number; cpuMs: number } {
  const script = `process.on('exit', () => { const { user, system } = process.cpuUsage(); require('node:fs').writeFileSync('cpu', String((user + system) / 1000)) })`
  writeFileSync(join(root, 'measure.cjs'), script)
  const startedAt = performance.now()
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--require', './measure.cjs', BIN, 'test', '--base-url', `http://127.0.0.1:${port}`, '--json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 },
  )
  const ms = performance.now() - startedAt
  if (status !== 0) throw new Error(`specify test ended with ${status}: ${stdout.slice(0, 400)}`)
  return { ms, cpuMs: Number(readCpu(root)) }
}

function readCpu(root: string): string {
  return readFileSync(join(root, 'cpu'), 'utf8')
}

function fastest(measure: () => { ms: number; cpuMs: number }): { ms: number; cpuMs: number } {
  const runs = Array.from({ length: RUNS }, measure)
  return { ms: Math.min(...runs.map(({ ms }) => ms)), cpuMs: Math.min(...runs.map(({ cpuMs }) => cpuMs)) }
}
