// node specify/bench/mock.ts --prism <prism's bin> --autocannon <autocannon's bin>: writes specify/bench/mock.md.
// Our mock and Prism answer the same requests of the same contract in turn, each on one core where taskset is there,
// the load on another. Neither is a dependency of ours: install both in a folder of their own.

import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'

const { values } = parseArgs({
  options: {
    prism: { type: 'string' },
    autocannon: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
  },
})
const { prism, autocannon } = values
if (prism === undefined || autocannon === undefined) throw new Error('Give --prism and --autocannon.')

const CONTRACT = fileURLToPath(
  new URL('../../marketplace/services/order-service/contracts/api-spec.yaml', import.meta.url),
)
const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const PORT = '4719'
const URL_ASKED = `http://127.0.0.1:${PORT}/api/v1/orders?page=1&pageSize=12`
const HEADERS = ['-H', 'authorization=Bearer token', '-H', 'accept=application/json']
const pinned = existsSync('/usr/bin/taskset')

type Case = { readonly tool: string; readonly kind: 'static' | 'dynamic'; readonly argv: readonly string[] }
const cases: readonly Case[] = (['static', 'dynamic'] as const).flatMap((kind) => [
  {
    tool: 'specify mock',
    kind,
    argv: [CLI, 'mock', CONTRACT, '--port', PORT, ...(kind === 'dynamic' ? ['--dynamic'] : [])],
  },
  { tool: 'Prism', kind, argv: [prism, 'mock', '-p', PORT, ...(kind === 'dynamic' ? ['-d'] : []), CONTRACT] },
])

type Run = {
  readonly perSecond: number
  /** Requests for each second of processor time the server took: what it would do with a core of its own. */
  readonly perCpuSecond: number | undefined
  readonly p99: number
  readonly startMs: number
}

const measured = new Map<Case, Run[]>()
for (let round = 0; round < Number(values.rounds); round++)
  for (const each of cases) {
    const list = measured.get(each) ?? []
    list.push(await measure(each))
    measured.set(each, list)
  }

const rows = cases.map((each) => {
  const runs = measured.get(each)!.sort((a, b) => a.perSecond - b.perSecond)
  const { perSecond, p99, startMs } = runs[Math.floor(runs.length / 2)]!
  const byCpu = runs.map((run) => run.perCpuSecond ?? 0).sort((a, b) => a - b)
  const perCpu = byCpu[Math.floor(byCpu.length / 2)]!
  const all = runs.map((run) => run.perSecond.toLocaleString('en')).join(', ')
  return `| ${each.tool} | ${each.kind} | ${perCpu.toLocaleString('en')} | ${perSecond.toLocaleString('en')} | ${all} | ${p99} | ${startMs} |`
})
const date = new Date().toISOString().slice(0, 10)
await writeFile(
  new URL('mock.md', import.meta.url),
  `# Mock server: requests each second

${date}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}. Server and load ${pinned ? 'on a core each' : 'on any core'}; other work ran on the
machine. 32 connections for ${values.seconds} s, after a warm-up of 2 s; ${values.rounds} rounds in turn, the median counts. Where other work takes turns on
the core, the first number says what the server itself needs. The request is
\`GET /api/v1/orders?page=1&pageSize=12\` with a bearer token, of order-service's contract: both tools check its
parameters and credentials. Static: the contract's example; dynamic: new values for each answer (\`--dynamic\`; Prism's \`-d\`).

| tool | answers | requests each second of its processor time | requests/s by the clock | all rounds | p99 ms | start ms |
|---|---|---|---|---|---|---|
${rows.join('\n')}

Again: \`node specify/bench/mock.ts --prism <bin> --autocannon <bin>\`, both installed in a folder of their own.
`,
)

async function measure({ argv }: Case): Promise<Run> {
  const startedAt = performance.now()
  const server = start(argv, '0')
  try {
    while ((await status()) !== 200) await sleep(20)
    const startMs = Math.round(performance.now() - startedAt)
    await load('2')
    const before = await cpuSeconds(server)
    const { requests, latency } = await load(values.seconds)
    const after = await cpuSeconds(server)
    const took = before === undefined || after === undefined ? undefined : after - before
    const perCpuSecond = took === undefined ? undefined : Math.round(requests.total / took)
    return { perSecond: Math.round(requests.average), perCpuSecond, p99: latency.p99, startMs }
  } finally {
    server.kill('SIGINT')
    await once(server, 'exit')
  }
}

function start(argv: readonly string[], core: string): ChildProcess {
  const [program, ...args] = pinned
    ? ['taskset', '-c', core, process.execPath, ...argv]
    : [process.execPath, ...argv]
  return spawn(program, args, { stdio: 'ignore' })
}

/** User and system time of the process (Linux: proc(5), hundredths of a second); undefined elsewhere. */
async function cpuSeconds({ pid }: ChildProcess): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) / 100
}

async function status(): Promise<number> {
  try {
    const answer = await fetch(URL_ASKED, { headers: { authorization: 'Bearer token' } })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 0
  }
}

type Load = {
  readonly requests: { readonly average: number; readonly total: number }
  readonly latency: { readonly p99: number }
}

async function load(seconds: string): Promise<Load> {
  const argv = [autocannon!, '-j', '-c', '32', '-d', seconds, ...HEADERS, URL_ASKED]
  const [program, ...args] = pinned
    ? ['taskset', '-c', '1', process.execPath, ...argv]
    : [process.execPath, ...argv]
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 1e8 })
  const result = JSON.parse(stdout) as Load & { readonly non2xx: number; readonly errors: number }
  if (result.non2xx + result.errors > 0)
    throw new Error(`${result.non2xx} answers were no 2xx, ${result.errors} failed.`)
  return result
}
