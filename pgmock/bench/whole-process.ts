// The command line as somebody runs it: a new process, its output into a pipe that is read and forgotten.

import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Run = {
  readonly firstByteMs: number
  readonly ms: number
  /** Processor time: on a busy machine the clock says more about the others. */
  readonly cpuMs: number
  readonly bytes: number
  readonly peakMegabytes: number
}

const PGMOCK = fileURLToPath(new URL('../bin/pgmock.js', import.meta.url))

/** The best of `rounds`: whatever else the machine does only makes it slower. */
export async function measureRun(args: readonly string[], rounds: number): Promise<Run> {
  const runs: Run[] = []
  for (let i = 0; i < rounds; i++) runs.push(await once(args))
  const least = (key: keyof Run) => Math.min(...runs.map((run) => run[key]))
  return {
    firstByteMs: least('firstByteMs'),
    ms: least('ms'),
    cpuMs: least('cpuMs'),
    bytes: least('bytes'),
    peakMegabytes: least('peakMegabytes'),
  }
}

async function once(args: readonly string[]): Promise<Run> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [PGMOCK, ...args, '--profile'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [firstByteMs, bytes, said] = [0, 0, '']
  child.stdout.on('data', (chunk: Buffer) => {
    firstByteMs ||= performance.now() - startedAt
    bytes += chunk.length
  })
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`pgmock ${args.join(' ')} failed: ${said}`)
  const peak = Number(/^peak memory +([\d.]+) MB/m.exec(said)?.[1])
  const cpuMs = Number(/^processor time, all threads +(\d+) ms/m.exec(said)?.[1])
  return { firstByteMs, cpuMs, ms: performance.now() - startedAt, bytes, peakMegabytes: peak }
}

/** A schema of many tables, as an import of a large application gives: twelve columns, two references, an index each. */
export async function withManyTables<T>(count: number, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pgmock-bench-'))
  try {
    const file = join(folder, 'many.json')
    const tables = Object.fromEntries(Array.from({ length: count }, (_, i) => [`table_${i}`, manyTable(i)]))
    await writeFile(file, JSON.stringify({ version: '1.0', database: { name: 'many' }, tables }))
    return await use(file)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function manyTable(i: number) {
  const parent = (j: number) => ({ type: 'bigint', references: `table_${Math.floor(i / j)}.id` })
  const references = i < 2 ? {} : { parent_id: parent(2), owner_id: parent(3) }
  const names = [
    'name',
    'email',
    'description',
    'status',
    'city',
    'price',
    'created_at',
    'updated_at',
    'is_active',
  ]
  const types: Readonly<Record<string, string>> = {
    price: 'numeric(12,2)',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
    is_active: 'boolean',
  }
  const plain = Object.fromEntries(names.map((name) => [name, { type: types[name] ?? 'text' }]))
  return {
    columns: { id: { type: 'bigserial', primaryKey: true }, ...references, ...plain },
    indexes: [{ columns: ['status'] }],
    rowCount: 10,
  }
}
