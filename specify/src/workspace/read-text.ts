import { readFileSync, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'

const LARGEST_MB = 50

/** The file as text without its byte order mark; UTF-8, or UTF-16 when the mark says so. Line endings stay. */
export async function readText(path: string): Promise<string> {
  const { size } = await stat(path)
  if (size > LARGEST_MB * 1024 * 1024) throw new RangeError(`it is larger than ${LARGEST_MB} MB`)
  return decodeText(await readFile(path))
}

export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes) // drops a UTF-8 mark by itself
}

/** The file's bytes, for whoever hashes before decoding. Throws RangeError when it is too large. */
export function readBytes(path: string): Uint8Array {
  // Synchronous on purpose: thousands of small files cost a fifth of what as many promises do.
  const { size } = statSync(path)
  if (size > LARGEST_MB * 1024 * 1024) throw new RangeError(`it is larger than ${LARGEST_MB} MB`)
  return readFileSync(path)
}
