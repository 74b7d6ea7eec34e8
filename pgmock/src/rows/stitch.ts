// Hot: joins writers into one. The generated function calls each by its own name, so every call site sees one target
// and V8 can inline it; a loop over an array of writers has one call site with many targets (bench: 1.3x slower).

import type { Chunk } from '../bytes/chunk.ts'

/** Writes something for `row` at `at` and returns the next free position. */
export type Writer = (out: Chunk, at: number, row: number) => number

/** `ends` are bytes that follow the writer of the same place. */
export function stitch(writers: readonly Writer[], ends: readonly number[] = []): Writer {
  const names = writers.map((_, i) => `w${i}`)
  const calls = names
    .flatMap((name, i) => [
      `at = ${name}(out, at, row)`,
      ...(ends[i] === undefined ? [] : [`out.bytes[at++] = ${ends[i]}`]),
    ])
    .join('\n')
  // No text from outside gets into the source: it holds nothing but these numbered names, and bytes.
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function(...names, `return (out, at, row) => {\n${calls}\nreturn at\n}`) as (
    ...writers: readonly Writer[]
  ) => Writer
  return make(...writers)
}
