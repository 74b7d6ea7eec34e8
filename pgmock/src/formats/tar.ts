// The tar format (-Ft): toc.dat, a member for every table in the order of the contents, restore.sql. Never compressed.
//
// A member is a header of 512 bytes, its bytes, and zeros up to the next multiple of 512; two blocks of zeros end it:
//
//      0 name[100]  100 mode[8]  108 uid[8]  116 gid[8]  124 size[12]  136 mtime[12]  148 checksum[8]  156 type
//    257 "ustar\0" "00"  265 user[32]  297 group[32]  329 major[8]  337 minor[8]

import type { Archive } from './archive.ts'
import type { Sink } from './sink.ts'
import { encodeToc } from './toc.ts'

const BLOCK = 512

export async function writeTar(out: Sink, { toc, blocks }: Archive, restoreScript: string): Promise<void> {
  const mtime = Math.floor(toc.createdAt.getTime() / 1000)
  await member(out, 'toc.dat', mtime, (to) => to.write(encodeToc(toc)))
  for (const { dumpId, pieces } of blocks)
    await member(out, `${dumpId}.dat`, mtime, async (to) => {
      for await (const { bytes } of pieces()) await to.write(bytes)
    })
  await member(out, 'restore.sql', mtime, (to) => to.write(Buffer.from(restoreScript)))
  await out.write(Buffer.alloc(2 * BLOCK))
}

type Fill = (out: Sink) => Promise<void>

/**
 * The size is patched in once the bytes are written: nobody knows it before. A pipe cannot be patched, so there the
 * bytes are made twice, first to be counted.
 */
async function member(out: Sink, name: string, mtime: number, fill: Fill): Promise<void> {
  const start = out.position
  await out.write(out.patch ? Buffer.alloc(BLOCK) : tarHeader(name, await sizeOf(fill), mtime))
  await fill(out)
  const size = out.position - start - BLOCK
  await out.write(Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK))
  await out.patch?.(start, tarHeader(name, size, mtime))
}

async function sizeOf(fill: Fill): Promise<number> {
  let position = 0
  await fill({
    get position() {
      return position
    },
    async write(bytes) {
      position += bytes.length
    },
  })
  return position
}

/** As tarCreateHeader of PostgreSQL fills it in. */
export function tarHeader(name: string, size: number, mtime: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0, 99)
  number(header, 100, 8, 0o600)
  number(header, 108, 8, 0o4000)
  number(header, 116, 8, 0o2000)
  number(header, 124, 12, size)
  number(header, 136, 12, mtime)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write('postgres', 265)
  header.write('postgres', 297)
  number(header, 329, 8, 0)
  number(header, 337, 8, 0)
  number(header, 148, 8, tarChecksum(header))
  return header
}

/** The sum of all bytes, its own eight counted as blanks. */
export function tarChecksum(header: Uint8Array): number {
  let sum = 8 * 0x20
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += header[i]!
  return sum
}

/** Octal digits and a blank; what does not fit is written in base 256 behind a set top bit. */
function number(header: Buffer, at: number, width: number, value: number): void {
  if (value < 8 ** (width - 1)) {
    header.write(`${value.toString(8).padStart(width - 1, '0')} `, at)
    return
  }
  header[at] = 0x80
  header.writeBigUInt64BE(BigInt(value), at + width - 8)
}
