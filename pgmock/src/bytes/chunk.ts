// The block of bytes rows are written into. Writers take (out, at, row) and return the next free position.

/** Free bytes a writer may use without asking; a longer value calls `reserve` first. */
export const ROW_RESERVE = 32 * 1024

export class Chunk {
  bytes: Buffer
  view: DataView

  constructor(sizeBytes: number) {
    // Not from the pool, which is shared, and not filled with zeros, which nobody would read.
    this.bytes = Buffer.allocUnsafeSlow(sizeBytes + ROW_RESERVE)
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength)
  }

  /** Makes room for `need` bytes at `at` plus the reserve of the columns that follow. */
  reserve(at: number, need: number): void {
    if (at + need + ROW_RESERVE <= this.bytes.length) return
    const larger = new Chunk(Math.max(this.bytes.length * 2, at + need + ROW_RESERVE))
    this.bytes.copy(larger.bytes, 0, 0, at)
    this.bytes = larger.bytes
    this.view = larger.view
  }
}
