import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, rmdir, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Sink } from '../formats/sink.ts'

const BUFFER_BYTES = 4 * 1024 * 1024

export type Interruption = {
  readonly signal: AbortSignal
  /** What was written until then stays, as `<path>.partial`. */
  readonly keepPartial: boolean
}

/**
 * Lets `fill` write a file that appears whole or not at all: a hidden sibling is renamed over it at the end, and removed
 * when anything fails or `signal` aborts. Resolves to the bytes written. Throws CliError `cannot-write`.
 */
export async function fillFileAtomic(
  path: string,
  { signal, keepPartial }: Interruption,
  fill: (out: Sink) => Promise<void>,
): Promise<number> {
  const temporary = temporaryName(path)
  try {
    if (await isDevice(path)) return await fillDevice(path, signal, fill)
    await mkdir(dirname(path), { recursive: true })
    const bytes = await fillFile(temporary, signal, fill)
    await rename(temporary, path)
    return bytes
  } catch (error) {
    await putAway(temporary, path, keepPartial)
    throw readable(path, error)
  }
}

/** /dev/null, a named pipe: to be written into, and by no means to be replaced. */
async function isDevice(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && !found.isFile() && !found.isDirectory()
}

async function fillDevice(
  path: string,
  signal: AbortSignal,
  fill: (out: Sink) => Promise<void>,
): Promise<number> {
  const file = await open(path, 'w')
  let position = 0
  try {
    await fill({
      get position() {
        return position
      },
      async write(bytes) {
        signal.throwIfAborted()
        for (let done = 0; done < bytes.length;)
          done += (await file.write(bytes, done, bytes.length - done, null)).bytesWritten
        position += bytes.length
      },
    })
    return position
  } finally {
    await file.close()
  }
}

async function putAway(temporary: string, path: string, keepPartial: boolean): Promise<void> {
  const partial = `${path}.partial`
  try {
    if (!keepPartial) return await rm(temporary, { recursive: true, force: true })
    await rm(partial, { recursive: true, force: true })
    await rename(temporary, partial)
  } catch {
    // There may be nothing to keep yet, and the error that brought us here says more.
  }
}

/**
 * The same for a folder of files, written one after the other. The folder must not be there yet, or be empty: throws
 * CliError `folder-not-empty`. Resolves to the bytes of all files.
 */
export async function fillFolderAtomic(
  path: string,
  { signal, keepPartial }: Interruption,
  fill: (file: (name: string, fill: (out: Sink) => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<number> {
  const temporary = temporaryName(path)
  let bytes = 0
  try {
    await removeEmpty(path)
    await mkdir(temporary, { recursive: true })
    await fill(async (name, fillOne) => {
      bytes += await fillFile(join(temporary, name), signal, fillOne)
    })
    await rename(temporary, path)
    return bytes
  } catch (error) {
    await putAway(temporary, path, keepPartial)
    throw readable(path, error)
  }
}

function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
}

async function removeEmpty(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (names === undefined) return
  if (names.length > 0)
    throw new CliError(
      'folder-not-empty',
      `${path} is not empty.`,
      'Give another folder, or remove this one.',
    )
  await rmdir(path)
}

async function fillFile(
  path: string,
  signal: AbortSignal,
  fill: (out: Sink) => Promise<void>,
): Promise<number> {
  const file = await open(path, 'wx')
  const out = new FileSink(file, signal)
  try {
    await fill(out)
    signal.throwIfAborted()
    await out.flush()
    await file.sync()
    return out.position
  } catch (error) {
    await out.flush().catch(() => {}) // for --keep-partial; on a full disk there is no more to be had
    throw error
  } finally {
    await file.close()
  }
}

/** One buffer for many small pieces: a write call costs more than copying a page. */
class FileSink implements Sink {
  readonly #file: FileHandle
  readonly #signal: AbortSignal
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  #buffered = 0
  #written = 0

  constructor(file: FileHandle, signal: AbortSignal) {
    this.#file = file
    this.#signal = signal
  }

  get position(): number {
    return this.#written + this.#buffered
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#signal.throwIfAborted()
    if (this.#buffered + bytes.length > BUFFER_BYTES) await this.flush()
    if (bytes.length > BUFFER_BYTES) {
      await writeAll(this.#file, bytes, this.#written)
      this.#written += bytes.length
    } else {
      this.#buffer.set(bytes, this.#buffered)
      this.#buffered += bytes.length
    }
  }

  async patch(at: number, bytes: Uint8Array): Promise<void> {
    await this.flush()
    await writeAll(this.#file, bytes, at)
  }

  async flush(): Promise<void> {
    await writeAll(this.#file, this.#buffer.subarray(0, this.#buffered), this.#written)
    this.#written += this.#buffered
    this.#buffered = 0
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  EISDIR: 'there is a folder of that name',
  ENOTDIR: 'there is a file where a folder should be',
}

function readable(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  const reason = code === undefined ? undefined : REASONS[code]
  return reason === undefined ? error : new CliError('cannot-write', `${path} cannot be written: ${reason}.`)
}
