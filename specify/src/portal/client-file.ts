import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file of `client/` as it stands there; in the bundle bundle.ts puts the texts in the place of this. */
export function clientFile(name: string): string {
  return readFileSync(join(import.meta.dirname, 'client', name), 'utf8')
}
