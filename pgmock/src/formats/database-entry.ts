import type { Model } from '../schema/model.ts'
import type { Entry } from './entry.ts'
import { quoteName } from './names.ts'

/** The database itself: in every archive, and in a plain dump with --create. */
export function databaseEntry({ database, owner }: Model, major: number): Entry {
  const name = quoteName(database, major)
  return {
    tag: database,
    type: 'DATABASE',
    section: 'pre-data',
    schema: undefined,
    owner,
    definition: `CREATE DATABASE ${name} WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'C.UTF-8';\n`,
    drop: `DROP DATABASE ${name};\n`,
    dependsOn: [],
  }
}
