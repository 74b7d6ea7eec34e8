/** Where a file's bytes go, in order, with the chance to come back once a length or position is known. */
export type Sink = {
  /** Bytes written so far. */
  readonly position: number
  /** When it resolves, `bytes` may be used for something else. */
  write(bytes: Uint8Array): Promise<void>
  /** Overwrites what was written at `at`; the position stays. A pipe cannot go back. */
  readonly patch?: (at: number, bytes: Uint8Array) => Promise<void>
}
