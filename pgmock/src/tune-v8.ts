import { setFlagsFromString } from 'node:v8'

/**
 * Settings of V8 that a short-lived process which makes rows wants. They are process-wide, so the command line asks for
 * them and the library does not.
 */
export function tuneV8(): void {
  // Lets a whole row of writers be inlined into the loop: the default budget ends in the middle of a ten-column row
  // (bench: 1.35x).
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=2500')
  // PostgreSQL's parser is WebAssembly with a function of 100 kB. Optimising it takes 600 MB and half a second of a
  // core, which no schema is long enough to earn back. It needs both: each alone leaves that function to be optimised.
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
}
