// From which length on is one native write cheaper than a loop over the characters?

import { Chunk } from '../src/bytes/chunk.ts'
import { copyEscaped } from '../src/formats/copy-text.ts'

export type ByLength = { readonly length: number; readonly loopNs: number; readonly nativeNs: number }

const TEXTS = 64
const WRITES = 400_000

export function measureCopyText(): ByLength[] {
  return [5, 10, 20, 40, 80].map((length) => {
    const texts = Array.from({ length: TEXTS }, (_, i) => `${i}`.padEnd(length, 'lorem ipsum '))
    return { length, loopNs: nsPerWrite(texts, byLoop), nativeNs: nsPerWrite(texts, natively) }
  })
}

function nsPerWrite(
  texts: readonly string[],
  write: (out: Chunk, at: number, text: string) => number,
): number {
  const out = new Chunk(1024)
  let best = Infinity
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage()
    for (let i = 0; i < WRITES; i++) write(out, 0, texts[i % TEXTS]!)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, ((user + system) * 1000) / WRITES)
  }
  return best
}

const special = new Uint8Array(128)
for (const code of [8, 9, 10, 11, 12, 13, 92]) special[code] = 1

function byLoop(out: Chunk, at: number, text: string): number {
  const { bytes } = out
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 127 || special[unit] === 1) return natively(out, at, text)
    bytes[at + i] = unit
  }
  return at + text.length
}

function natively(out: Chunk, at: number, text: string): number {
  return at + out.bytes.write(copyEscaped(text), at)
}
