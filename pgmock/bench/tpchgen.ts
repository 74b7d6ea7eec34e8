// The same machine, the quickest generator of one fixed schema we know of: tpchgen-cli, when it is on the PATH or where
// TPCHGEN_CLI says (pip install tpchgen-cli).

import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Peer = { readonly table: string; readonly bytesPerSecond: number }

/** Bytes per second of CPU, on one thread, by table; undefined when it is not installed. */
export async function measureTpchgen(): Promise<Peer[] | undefined> {
  const tool = process.env['TPCHGEN_CLI'] ?? 'tpchgen-cli'
  const folder = await mkdtemp(join(tmpdir(), 'pgmock-bench-'))
  try {
    const peers: Peer[] = []
    // Large enough that the text pool it makes first does not count.
    for (const [table, scale] of [
      ['customer', 10],
      ['lineitem', 1],
    ] as const) {
      const out = join(folder, table)
      const script = `"$0" -s ${scale} --tables ${table} --num-threads 1 --output-dir "$1" > /dev/null && times`
      const { stdout } = await promisify(execFile)('sh', ['-c', script, tool, out])
      const [name] = await readdir(out)
      const { size } = await stat(join(out, name!))
      peers.push({ table, bytesPerSecond: size / childSeconds(stdout) })
    }
    return peers
  } catch (error) {
    if ((error as { code?: number }).code === 127) return undefined
    throw error
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** `times` prints user and system time of the shell, and below those of its children: 0m1.234s. */
function childSeconds(times: string): number {
  const line = times.trim().split('\n').at(-1) ?? ''
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  )
}
