import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'

const WRITE_BYTES = 4 * 1024 * 1024

/**
 * Writes pieces to a file that appears whole or not at all: a hidden sibling is renamed over it at the end, and removed
 * when anything fails or `signal` aborts. Resolves to the bytes written.
 */
export async function writePiecesAtomic(
  path: string,
  pieces: Iterable<{ readonly bytes: Uint8Array }>,
  signal: AbortSignal,
): Promise<number> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(temporary, 'wx')
    let written = 0
    try {
      // One buffer for many small pieces: a write call costs more than copying a page.
      const buffer = Buffer.allocUnsafe(WRITE_BYTES)
      let at = 0
      for (const { bytes } of pieces) {
        if (at + bytes.length > buffer.length) {
          signal.throwIfAborted()
          await writeAll(file, buffer.subarray(0, at))
          written += at
          at = 0
        }
        if (bytes.length > buffer.length) {
          await writeAll(file, bytes)
          written += bytes.length
        } else {
          buffer.set(bytes, at)
          at += bytes.length
        }
      }
      signal.throwIfAborted()
      await writeAll(file, buffer.subarray(0, at))
      written += at
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    return written
  } catch (error) {
    await rm(temporary, { force: true })
    throw readable(path, error)
  }
}

async function writeAll(
  file: { write(bytes: Uint8Array): Promise<{ bytesWritten: number }> },
  bytes: Uint8Array,
): Promise<void> {
  let rest = bytes
  while (rest.length > 0) {
    const { bytesWritten } = await file.write(rest)
    rest = rest.subarray(bytesWritten)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  EISDIR: 'there is a folder of that name',
  ENOTDIR: 'a part of the path is a file',
}

function readable(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  const reason = code === undefined ? undefined : REASONS[code]
  return reason === undefined ? error : new CliError('cannot-write', `${path} cannot be written: ${reason}.`)
}
