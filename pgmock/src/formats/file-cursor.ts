import type { FileHandle } from 'node:fs/promises'
import { ArchiveEnd } from './archive-bytes.ts'

const BUFFER_BYTES = 256 * 1024

/** Walks through a file from a position on, with one buffer. Throws ArchiveEnd when the file is shorter than asked. */
export class FileCursor {
  readonly #file: FileHandle
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  /** Where the buffer begins in the file, and how much of it is filled. */
  #start: number
  #filled = 0
  #at = 0

  constructor(file: FileHandle, position: number) {
    this.#file = file
    this.#start = position
  }

  /** Good until the next read; at most 64 KiB. */
  async read(length: number): Promise<Buffer> {
    if (this.#at + length > this.#filled) await this.#refill()
    if (this.#at + length > this.#filled) throw new ArchiveEnd()
    this.#at += length
    return this.#buffer.subarray(this.#at - length, this.#at)
  }

  async isAtEnd(): Promise<boolean> {
    if (this.#at === this.#filled) await this.#refill()
    return this.#at === this.#filled
  }

  /** `length` bytes in pieces, each good until the next. */
  async *take(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (await this.isAtEnd()) throw new ArchiveEnd()
      const piece = Math.min(left, this.#filled - this.#at)
      left -= piece
      yield await this.read(piece)
    }
  }

  async #refill(): Promise<void> {
    this.#start += this.#at
    this.#buffer.copyWithin(0, this.#at, this.#filled)
    this.#filled -= this.#at
    this.#at = 0
    while (this.#filled < BUFFER_BYTES) {
      const { bytesRead } = await this.#file.read(
        this.#buffer,
        this.#filled,
        BUFFER_BYTES - this.#filled,
        this.#start + this.#filled,
      )
      if (bytesRead === 0) return
      this.#filled += bytesRead
    }
  }
}
