import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Database } from './database.ts'
import { sql } from './sql.ts'

/** The database was made by another version of a migration; nothing was changed. */
export class MigrationError extends Error {
  readonly hint = 'Add a new migration instead of editing one; for demo data, "npm run reset" starts over.'

  constructor(file: string) {
    super(`The data was made by another version of this shop: migration ${file} was changed after it ran.`)
    this.name = 'MigrationError'
  }
}

/**
 * Applies the *.sql files of `folder` that were not applied yet, in order of name, each in one transaction.
 * Refuses to start on a file that was edited after it ran: migrations only go forward.
 */
export async function migrate(db: Database, folder: URL): Promise<string[]> {
  await db.query(sql`create table if not exists migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
  const done = new Map(
    (await db.query<{ name: string; checksum: string }>(sql`select name, checksum from migrations`)).map(
      (row) => [row.name, row.checksum],
    ),
  )
  const applied: string[] = []
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
    const text = await readFile(new URL(name, folder), 'utf8')
    const checksum = createHash('sha256').update(text).digest('hex')
    const known = done.get(name)
    if (known !== undefined && known !== checksum) throw new MigrationError(name)
    if (known !== undefined) continue
    await db.transaction(async (tx) => {
      for (const statement of statements(text)) await tx.query({ text: statement, values: [], name: '' })
      await tx.query(sql`insert into migrations (name, checksum) values (${name}, ${checksum})`)
    })
    applied.push(name)
  }
  return applied
}

/** Splits at semicolons that end a line, outside $$ bodies: enough for our own files, checked by their running. */
export function statements(text: string): string[] {
  const found: string[] = []
  let current = ''
  let inBody = false
  for (const line of text.split('\n')) {
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) inBody = !inBody
    current += `${line}\n`
    if (inBody || !/;\s*(--.*)?$/.test(line)) continue
    found.push(current.trim())
    current = ''
  }
  if (/^(?!\s*--)\s*\S/m.test(current)) found.push(current.trim())
  return found
}
