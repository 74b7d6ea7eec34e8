import { LONGEST_NAME } from '../formats/names.ts'
import type { FindingList } from './finding-list.ts'

/** A name PostgreSQL takes: 1 to 63 bytes, no NUL. */
export function checkName(name: string, at: string, what: string, list: FindingList): void {
  if (name === '') list.error('bad-name', at, `a ${what} needs a name`)
  else if (name.includes('\u0000')) list.error('bad-name', at, `a ${what} name cannot hold a NUL character`)
  else if (Buffer.byteLength(name) > LONGEST_NAME)
    list.error(
      'name-too-long',
      at,
      `the ${what} name ${name.slice(0, 20)}… has ${Buffer.byteLength(name)} bytes, PostgreSQL keeps ${LONGEST_NAME}`,
    )
}
