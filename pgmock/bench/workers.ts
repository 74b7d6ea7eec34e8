// Two workers against one, by the clock: rows of the ten-column table, made and brought into order, written nowhere.

import { openSet } from '../src/generate.ts'
import { rowPool } from '../src/workers/row-pool.ts'

const ROUNDS = 4
const SCALE = '4'

export type Workers = {
  /** Bytes per second by the clock, the best of the rounds. */
  readonly one: number
  readonly two: number
  /** How much less the busiest thread works with two: what the clock would say on a machine with nothing else to do. */
  readonly busiest: number
}

/** Rounds take turns, so that a busy moment hits both. */
export async function measureWorkers(file: string): Promise<Workers> {
  const { plan } = await openSet([file], { seed: 1, scale: Number(SCALE) })
  const table = plan.databases[0]!.tables[0]!
  const flags = { seed: undefined, scale: SCALE, count: [], now: undefined }
  const pools = [1, 2].map((workers) =>
    rowPool(workers, plan, { files: [file], flags, cwd: import.meta.dirname }),
  )
  const best = [0, 0]
  const busiest = [Infinity, Infinity]
  for (let round = 0; round <= ROUNDS; round++)
    for (const [i, { source }] of pools.entries()) {
      const before = performance.now()
      const [all, main] = [process.cpuUsage(), process.threadCpuUsage()]
      let bytes = 0
      for await (const piece of source(table, { kind: 'copy' }, { from: 0, to: table.rows }))
        bytes += piece.bytes.length
      const rate = bytes / ((performance.now() - before) / 1000)
      const [allMs, mainMs] = [
        milliseconds(process.cpuUsage(all)),
        milliseconds(process.threadCpuUsage(main)),
      ]
      // Workers get ranges in turn, so they share evenly what is not of this thread.
      const most = Math.max(mainMs, (allMs - mainMs) / (i + 1))
      if (round > 0) busiest[i] = Math.min(busiest[i]!, most)
      if (round > 0) best[i] = Math.max(best[i]!, rate) // the first starts and warms the workers
    }
  for (const pool of pools) await pool.close()
  return { one: best[0]!, two: best[1]!, busiest: busiest[0]! / busiest[1]! }
}

function milliseconds({ user, system }: { user: number; system: number }): number {
  return (user + system) / 1000
}
