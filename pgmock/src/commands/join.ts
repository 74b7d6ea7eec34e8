import { resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { compressed, parseCompression, type Compression } from '../formats/compression.ts'
import { writeCustom } from '../formats/custom.ts'
import { writeDirectory } from '../formats/directory.ts'
import { joinedArchive, joinedPlain } from '../formats/join.ts'
import { openArchive } from '../formats/read-archive.ts'
import { methodOf } from '../formats/read-plain.ts'
import { writeTar } from '../formats/tar.ts'
import { NotAnArchive } from '../formats/toc.ts'
import { megabytes } from './megabytes.ts'
import { fillFileAtomic, fillFolderAtomic, type Interruption } from './output-file.ts'

const options = {
  file: { type: 'string', short: 'f', placeholder: 'path', file: true, summary: 'Write the whole dump here' },
  compress: {
    type: 'string',
    short: 'Z',
    placeholder: 'method',
    summary: 'none, gzip, lz4 or zstd, with a level as in zstd:9; default: that of the first shard',
  },
} as const

export const join = command({
  name: 'join',
  summary: 'Put the shards of a dump together',
  description: `Takes what "pgmock generate --shard 1/n" to n/n wrote, in that order: plain dumps or archives, all of one
format. The result has the bytes that generate writes without --shard.`,
  args: '<shard…>',
  options,
  examples: [
    { run: 'pgmock join a.dump b.dump -f shop.dump', does: 'Writes one archive with the rows of both' },
  ],
  async run({ args, cwd, options: flags, signal }) {
    if (args.length === 0)
      throw new CliError(
        'no-shards',
        'Give the shards.',
        'For example: pgmock join a.dump b.dump -f shop.dump',
      )
    if (flags.file === undefined)
      throw new CliError('file-needed', 'The whole dump needs a file.', 'Give one: -f shop.dump')
    const compression = flags.compress === undefined ? undefined : parseCompression(flags.compress)
    const bytes = await joinShards(args, cwd, resolve(cwd, flags.file), compression, {
      signal,
      keepPartial: false,
    })
    return {
      data: { path: flags.file, shards: args.length, bytes },
      findings: [],
      text: () => `${flags.file}: ${args.length} shards, ${megabytes(bytes)}`,
    }
  },
})

async function joinShards(
  names: readonly string[],
  cwd: string,
  to: string,
  compression: Compression | undefined,
  interruption: Interruption,
): Promise<number> {
  const paths = names.map((name) => resolve(cwd, name))
  const opened = await Promise.all(paths.map(async (path, i) => readable(names[i]!, () => openArchive(path))))
  const archives = opened.filter((archive) => archive !== undefined)
  if (archives.length === 0) {
    const method = await methodOf(paths[0]!)
    const pieces = joinedPlain(paths, names)
    return await fillFileAtomic(to, interruption, async (out) => {
      for await (const bytes of compressed(pieces, compression ?? { method, level: undefined }, 'gzip'))
        await out.write(bytes)
    })
  }
  if (archives.length < opened.length)
    throw new CliError('shards-differ', 'Some of the shards are archives and some are plain dumps.')
  const archive = joinedArchive(archives, names, compression)
  const [{ format, restoreScript }] = archives as [(typeof archives)[0]]
  if (format === 'directory')
    return await fillFolderAtomic(to, interruption, (file) => writeDirectory(file, archive))
  return await fillFileAtomic(to, interruption, async (out) => {
    if (format === 'custom') await writeCustom(out, archive)
    else await writeTar(out, archive, await restoreScript())
  })
}

async function readable<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof NotAnArchive)
      throw new CliError('not-an-archive', `${name} cannot be read: ${error.message}`)
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new CliError('file-missing', `${name} does not exist.`)
    throw error
  }
}
