// pg-copy-streams ships no types; this is the part we use.
declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream'
  import type { Submittable } from 'pg'

  /** A stream that sends what is written to it as the data of `COPY … FROM STDIN`. */
  export function from(sql: string): Writable & Submittable
}
