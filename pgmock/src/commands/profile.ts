// Where the time of a run went, for --profile.

import type { RowSource } from '../rows/row-form.ts'
import { megabytes } from './megabytes.ts'

export type Profile = {
  timed<T>(what: string, work: () => Promise<T>): Promise<T>
  /** The same rows; the time until they come is counted by table. */
  source(rows: RowSource): RowSource
  lines(): string[]
}

type Spent = { ms: number; rows: number; bytes: number }

const MOST_TABLES = 10

export function startProfile(now: () => number = performance.now.bind(performance)): Profile {
  const startedAt = now()
  const steps: [string, number][] = []
  const tables = new Map<string, Spent>()
  return {
    async timed(what, work) {
      const from = now()
      const result = await work()
      steps.push([what, now() - from])
      return result
    },
    source: (rows) =>
      async function* (plan, form, range) {
        const key = `${plan.model.database}.${plan.table.name}`
        const spent = tables.get(key) ?? { ms: 0, rows: 0, bytes: 0 }
        tables.set(key, spent)
        let from = now()
        for await (const piece of rows(plan, form, range)) {
          spent.ms += now() - from
          spent.rows += piece.rows
          spent.bytes += piece.bytes.length
          yield piece
          from = now()
        }
        spent.ms += now() - from
      },
    lines() {
      const total = now() - startedAt
      const spent = [...tables].toSorted(([, a], [, b]) => b.ms - a.ms)
      const rows = spent.reduce((sum, [, one]) => sum + one.ms, 0)
      const planned = steps.reduce((sum, [, ms]) => sum + ms, 0)
      return [
        ...steps.map(([what, ms]) => line(what, ms)),
        line('making rows', rows),
        ...spent.slice(0, MOST_TABLES).map(([name, one]) => line(`  ${name}`, one.ms, one)),
        line('compressing and writing', total - rows - planned),
        line('all', total),
        line('processor time, all threads', processorMs()),
        `${'peak memory'.padEnd(40)}${megabytes(process.resourceUsage().maxRSS * 1024).padStart(12)}`,
      ]
    },
  }
}

/** Since the process started, which reading and planning did not. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function line(what: string, ms: number, spent?: Spent): string {
  const perSecond = spent && ms > 0 ? (n: number) => (n / ms) * 1000 : undefined
  const rate = perSecond
    ? `  ${Math.round(perSecond(spent!.rows)).toLocaleString('en-US')} rows/s  ${megabytes(perSecond(spent!.bytes))}/s`
    : ''
  return `${what.padEnd(40)}${`${Math.round(ms)} ms`.padStart(12)}${rate}`
}
