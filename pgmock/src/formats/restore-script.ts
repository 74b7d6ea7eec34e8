// restore.sql of a tar: the plain dump with --clean and --create, its data read from the members under $$PATH$$.

import type { DatabasePlan } from '../plan/plan-types.ts'
import type { Archive, ArchiveOptions } from './archive.ts'
import type { Entry } from './entry.ts'
import { script } from './plain-dump.ts'
import { text } from './table-data.ts'

const NOTE = `--
-- NOTE:
--
-- File paths need to be edited. Search for $$PATH$$ and
-- replace it with the path to the directory containing
-- the extracted data files.
--
`

/** As pg_dump's, but without the \restrict lines around \connect: pg_dump writes "(null)" as their key. */
export function restoreScript(plan: DatabasePlan, { blocks }: Archive, options: ArchiveOptions): string {
  const dumpIds = blocks.map(({ dumpId }) => dumpId) // in the order in which the script comes to them
  const dataOf = (entry: Entry) => {
    const file = `$$PATH$$/${dumpIds.shift()}.dat`
    if (options.inserts) return text(`\\i ${file}\n\n`)
    const fromFile = entry.copy!.replace(/FROM stdin;\n$/, () => `FROM '${file}';\n`)
    return text(`${entry.copy!}\\.\n${fromFile}\n`)
  }
  const form = { ...options, clean: 'drop', create: true } as const
  const parts = [...script(plan, form, undefined)]
  const pieces = parts.map((part) => ('rowsOf' in part ? dataOf(part.rowsOf) : part))
  return NOTE + Buffer.concat(pieces.map(({ bytes }) => bytes)).toString()
}
