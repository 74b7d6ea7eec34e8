import type { Entry } from './entry.ts'

/** What --clean runs before everything else: drop statements, last entry first, with IF EXISTS when asked. */
export function dropStatements(entries: readonly Entry[], ifExists: boolean): string {
  return entries
    .toReversed()
    .flatMap((entry) => (entry.drop ? [ifExists ? withIfExists(entry.drop, entry.type) : entry.drop] : []))
    .join('')
}

/** As RestoreArchive does it: after ALTER TABLE, and after DROP with the kind of the object or CONSTRAINT. */
function withIfExists(drop: string, type: string): string {
  const altered = drop.replace(/^ALTER TABLE /, 'ALTER TABLE IF EXISTS ')
  const kind = /^(?:CHECK |FK )?CONSTRAINT$/.test(type) ? 'CONSTRAINT' : type
  return altered.replace(`DROP ${kind} `, `DROP ${kind} IF EXISTS `)
}
