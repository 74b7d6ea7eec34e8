import { setFlagsFromString } from 'node:v8'

/**
 * Settings of V8 that a short-lived process which makes rows wants. They are process-wide, so the command line asks for
 * them and the library does not.
 */
export function tuneV8(): void {
  // Lets five columns' writers be inlined into the function that joins them: the default budget of 920 ends in the
  // middle (bench: 1.5x).
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=5000')
  // PostgreSQL's parser is WebAssembly with a function of 100 kB. Optimising it takes 600 MB and half a second of a
  // core, which no schema is long enough to earn back. It needs both: each alone leaves that function to be optimised.
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
}
