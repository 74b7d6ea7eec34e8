const NEWLINE = 0x0a

/** Lines with their newlines, each good until the next is read; the last may have none. */
export class LineReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  #held = Buffer.alloc(0)
  #at = 0
  /** Where the next line ends, once somebody has looked. */
  #end = -1

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next line, which stays the next. */
  async peek(): Promise<Buffer | undefined> {
    if (this.#end < 0) this.#end = await this.#lineEnd()
    return this.#end === this.#at ? undefined : this.#held.subarray(this.#at, this.#end)
  }

  async line(): Promise<Buffer | undefined> {
    const line = await this.peek()
    this.#at = this.#end
    this.#end = -1
    return line
  }

  async #lineEnd(): Promise<number> {
    let from = this.#at
    for (;;) {
      const found = this.#held.indexOf(NEWLINE, from)
      if (found >= 0) return found + 1
      const next = await this.#chunks.next()
      if (next.done) return this.#held.length
      const rest = this.#held.subarray(this.#at)
      from = rest.length
      this.#held = Buffer.concat([rest, next.value])
      this.#at = 0
    }
  }
}
