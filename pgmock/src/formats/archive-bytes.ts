// The few primitives every archive header is made of (pg_backup_archiver.c):
//
//   int      sign byte (0, or 1 for negative), then 4 bytes, little-endian magnitude
//   string   int length, bytes; NULL is length -1, which differs from empty
//   offset   flag byte (1 position unknown, 2 position set, 3 no data), then 8 bytes, little-endian

export const INT_BYTES = 4
export const OFFSET_BYTES = 8

export class ArchiveWriter {
  #bytes = Buffer.alloc(4096)
  #at = 0

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#at++] = value
  }

  int(value: number): void {
    this.#reserve(1 + INT_BYTES)
    this.#bytes[this.#at] = value < 0 ? 1 : 0
    this.#bytes.writeUInt32LE(Math.abs(value), this.#at + 1)
    this.#at += 1 + INT_BYTES
  }

  string(text: string | undefined): void {
    if (text === undefined) return this.int(-1)
    const length = Buffer.byteLength(text)
    this.int(length)
    this.#reserve(length)
    this.#at += this.#bytes.write(text, this.#at)
  }

  ascii(text: string): void {
    this.#reserve(text.length)
    this.#at += this.#bytes.write(text, this.#at, 'latin1')
  }

  /** undefined: the entry has data, wherever it may be. */
  offset(position: number | 'no-data' | undefined): void {
    this.byte(position === undefined ? 1 : position === 'no-data' ? 3 : 2)
    this.#reserve(OFFSET_BYTES)
    this.#bytes.writeBigUInt64LE(BigInt(typeof position === 'number' ? position : 0), this.#at)
    this.#at += OFFSET_BYTES
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  #reserve(need: number): void {
    if (this.#at + need <= this.#bytes.length) return
    const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#at + need))
    this.#bytes.copy(larger)
    this.#bytes = larger
  }
}

/** Reads past the end of what is there: the archive is cut off, or more of it must be read first. */
export class ArchiveEnd extends Error {}

export class ArchiveReader {
  readonly #bytes: Buffer
  /** Of the archive at hand: written in its header, others than ours exist. */
  intBytes = INT_BYTES
  offsetBytes = OFFSET_BYTES
  at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  byte(): number {
    return this.#take(1)[0]!
  }

  int(): number {
    const bytes = this.#take(1 + this.intBytes)
    const magnitude = bytes.readUIntLE(1, Math.min(this.intBytes, 6))
    return bytes[0] === 0 ? magnitude : -magnitude
  }

  string(): string | undefined {
    const length = this.int()
    return length < 0 ? undefined : this.#take(length).toString()
  }

  ascii(length: number): string {
    return this.#take(length).toString('latin1')
  }

  offset(): number | 'no-data' | undefined {
    const flag = this.byte()
    const position = this.#take(this.offsetBytes).readUIntLE(0, Math.min(this.offsetBytes, 6))
    return flag === 2 ? position : flag === 3 ? 'no-data' : undefined
  }

  #take(length: number): Buffer {
    if (this.at + length > this.#bytes.length) throw new ArchiveEnd()
    this.at += length
    return this.#bytes.subarray(this.at - length, this.at)
  }
}
