import { open } from 'node:fs/promises'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'

/** Replaces the text of a file in the encoding it has: byte order mark and UTF-16 stay, as `readText` takes them off. */
export async function writeTextAlike(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, encoded(text, await firstBytes(path)))
}

function encoded(text: string, [first, second, third]: Uint8Array): string | Uint8Array {
  if (first === 0xff && second === 0xfe) return Buffer.from(`\ufeff${text}`, 'utf16le')
  if (first === 0xfe && second === 0xff) return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  return first === 0xef && second === 0xbb && third === 0xbf ? `\ufeff${text}` : text
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path).catch(() => undefined)
  if (file === undefined) return new Uint8Array() // a new file is UTF-8
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
