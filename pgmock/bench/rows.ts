// Rows per second of one core: our ten-column row as COPY text beside a plain faker loop that joins the same fields.

import { fileURLToPath } from 'node:url'
import { faker } from '@faker-js/faker'
import { Chunk } from '../src/bytes/chunk.ts'
import { openSet } from '../src/generate.ts'
import { copyChunks } from '../src/rows/row-writer.ts'
import type { TablePlan } from '../src/plan/plan-types.ts'

export type Measured = {
  readonly name: string
  readonly rowsPerSecond: number
  readonly bytesPerSecond: number
}

const FAKER_ROWS = 15_000
const ROUNDS = 5

/** Medians of five rounds, taking turns so that a busy moment hits all. */
export async function measureRows(): Promise<Measured[]> {
  const { plan } = await openSet([fileURLToPath(new URL('users.json', import.meta.url))], { seed: 1 })
  const table = plan.databases[0]!.tables[0]!
  const runs = { ours: [] as Measured[], loop: [] as Measured[], faker: [] as Measured[] }
  copied(table, table.rows / 4) // compiled and warm, as after the first second of any real run
  fakerRows(2000)
  for (let round = 0; round < ROUNDS; round++) {
    runs.ours.push(timed('pgmock', () => copied(table, table.rows)))
    runs.loop.push(timed('pgmock, a loop over the columns', () => looped(table, table.rows)))
    runs.faker.push(timed('faker loop', () => fakerRows(FAKER_ROWS)))
  }
  return [median(runs.ours), median(runs.loop), median(runs.faker)]
}

function copied(table: TablePlan, rows: number): { rows: number; bytes: number } {
  let bytes = 0
  for (const chunk of copyChunks(table, 0, rows)) bytes += chunk.bytes.length
  return { rows, bytes }
}

/** The same writers, called one after the other from an array. */
function looped({ columns }: TablePlan, rows: number): { rows: number; bytes: number } {
  const out = new Chunk(256 * 1024)
  const writers = columns.map(({ write }) => write)
  let bytes = 0
  for (let row = 0, at = 0; row < rows; row++) {
    for (const write of writers) {
      at = write(out, at, row)
      out.bytes[at++] = 9
    }
    out.bytes[at - 1] = 10
    if (at < 256 * 1024 && row < rows - 1) continue
    bytes += at
    at = 0
  }
  return { rows, bytes }
}

function fakerRows(rows: number): { rows: number; bytes: number } {
  let bytes = 0
  for (let row = 0; row < rows; row++) {
    const first = faker.person.firstName()
    const last = faker.person.lastName()
    const line = [
      row + 1,
      faker.string.uuid(),
      first,
      last,
      faker.internet.email({ firstName: first, lastName: last }),
      faker.phone.number(),
      faker.location.city(),
      faker.number.float({ min: 0, max: 10_000, fractionDigits: 2 }).toFixed(2),
      faker.datatype.boolean() ? 't' : 'f',
      `${faker.date.past({ years: 2 }).toISOString().replace('T', ' ').replace('Z', '')}+00`,
    ].join('\t')
    bytes += Buffer.byteLength(line) + 1
  }
  return { rows, bytes }
}

function timed(name: string, work: () => { rows: number; bytes: number }): Measured {
  const before = process.cpuUsage()
  const { rows, bytes } = work()
  const { user, system } = process.cpuUsage(before)
  // CPU time, not wall time: the machine is shared.
  const seconds = (user + system) / 1e6
  return { name, rowsPerSecond: rows / seconds, bytesPerSecond: bytes / seconds }
}

function median(runs: readonly Measured[]): Measured {
  return runs.toSorted((a, b) => a.rowsPerSecond - b.rowsPerSecond)[Math.floor(runs.length / 2)]!
}
