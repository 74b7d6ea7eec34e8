// Two workers against one, by the clock: rows of the ten-column table, made and brought into order, written nowhere.

import { openSet } from '../src/generate.ts'
import { rowPool } from '../src/workers/row-pool.ts'

const ROUNDS = 4
const SCALE = '4'

export type Workers = { readonly one: number; readonly two: number }

/** Bytes per second, the best of four rounds that take turns. */
export async function measureWorkers(file: string): Promise<Workers> {
  const { plan } = await openSet([file], { seed: 1, scale: Number(SCALE) })
  const table = plan.databases[0]!.tables[0]!
  const flags = { seed: undefined, scale: SCALE, count: [], now: undefined }
  const pools = [1, 2].map((workers) =>
    rowPool(workers, plan, { files: [file], flags, cwd: import.meta.dirname }),
  )
  const best = [0, 0]
  for (let round = 0; round <= ROUNDS; round++)
    for (const [i, { source }] of pools.entries()) {
      const before = performance.now()
      let bytes = 0
      for await (const piece of source(table, { kind: 'copy' }, { from: 0, to: table.rows }))
        bytes += piece.bytes.length
      const rate = bytes / ((performance.now() - before) / 1000)
      if (round > 0) best[i] = Math.max(best[i]!, rate) // the first starts and warms the workers
    }
  for (const pool of pools) await pool.close()
  return { one: best[0]!, two: best[1]! }
}
