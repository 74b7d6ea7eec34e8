// Plan and flags → files: one for each database, whole or not at all.

import { join, resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { CommandContext, Result } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { archiveOf, type ArchiveOptions } from '../formats/archive.ts'
import { compressed, SUFFIXES } from '../formats/compression.ts'
import { writeCustom } from '../formats/custom.ts'
import { writeDirectory } from '../formats/directory.ts'
import { plainDump } from '../formats/plain-dump.ts'
import { restoreScript } from '../formats/restore-script.ts'
import { tableFiles } from '../formats/table-files.ts'
import { writeTar } from '../formats/tar.ts'
import type { Piece } from '../formats/table-data.ts'
import type { DatabasePlan, SetPlan } from '../plan/plan-types.ts'
import type { DumpFormat, DumpOptions } from './dump-flags.ts'
import { megabytes } from './megabytes.ts'
import { fillFileAtomic, fillFolderAtomic } from './output-file.ts'

type Context = Pick<CommandContext, 'cwd' | 'signal' | 'progress' | 'say'> & {
  readonly options: { readonly file: string | undefined }
}

/** A string of the runner's result is the limit of what fits into stdout in one piece. */
const STDOUT_LIMIT_BYTES = 400 * 1024 * 1024

export async function writeDumps(
  plan: SetPlan,
  findings: readonly Finding[],
  dump: DumpOptions,
  context: Context,
): Promise<Result> {
  const { file } = context.options
  if (file === undefined) return toStdout(plan, findings, dump, context)
  const several = plan.databases.length > 1 || (/[/\\]$/.test(file) && !FOLDERS.has(dump.format))
  const files: { path: string; bytes: number; rows: number }[] = []
  for (const database of plan.databases) {
    const path = several ? join(file, `${database.model.database}${extension(dump)}`) : file
    const progress = countRows(database, context)
    const bytes = await writeDump(database, plan, dump, resolve(context.cwd, path), progress.add, context)
    progress.finish()
    files.push({ path, bytes, rows: progress.rows() })
  }
  return {
    data: { files },
    findings,
    text: () =>
      files
        .map(({ path, bytes, rows }) => `${path}: ${rows.toLocaleString('en-US')} rows, ${megabytes(bytes)}`)
        .join('\n'),
  }
}

const FOLDERS: ReadonlySet<DumpFormat> = new Set(['directory', 'csv', 'ndjson'])

function extension({ format, compression }: DumpOptions): string {
  if (FOLDERS.has(format)) return ''
  if (format === 'plain') return `.sql${SUFFIXES[compression.method]}`
  return format === 'tar' ? '.tar' : '.dump'
}

async function writeDump(
  database: DatabasePlan,
  { now }: SetPlan,
  dump: DumpOptions,
  path: string,
  onRows: (rows: number) => void,
  { signal }: Context,
): Promise<number> {
  const { format, compression } = dump
  // The instant the data looks back from: an archive's date must not depend on when it was made.
  const options: ArchiveOptions = { ...dump, createdAt: new Date((database.model.now ?? now) / 1000), onRows }
  switch (format) {
    case 'plain':
      return await fillFileAtomic(path, signal, async (out) => {
        const pieces = counted(plainDump(database, dump), onRows)
        for await (const bytes of compressed(pieces, compression, 'gzip')) await out.write(bytes)
      })
    case 'custom':
      return await fillFileAtomic(path, signal, (out) =>
        writeCustom(out, archiveOf(database, format, options)),
      )
    case 'tar':
      return await fillFileAtomic(path, signal, (out) => {
        const archive = archiveOf(database, format, options)
        return writeTar(out, archive, restoreScript(database, archive, options))
      })
    case 'directory':
      return await fillFolderAtomic(path, signal, (file) =>
        writeDirectory(file, archiveOf(database, format, options)),
      )
    case 'csv':
    case 'ndjson':
      return await fillFolderAtomic(path, signal, async (file) => {
        for (const { name, pieces } of tableFiles(database, format, dump))
          await file(`${name}${SUFFIXES[compression.method]}`, async (out) => {
            const chunks = compressed(counted(pieces, onRows), compression, 'gzip')
            for await (const bytes of chunks) await out.write(bytes)
          })
      })
  }
}

function toStdout(plan: SetPlan, findings: readonly Finding[], dump: DumpOptions, context: Context): Result {
  const [database] = plan.databases
  if (plan.databases.length > 1 || !database)
    throw new CliError(
      'several-databases',
      'The set has several databases; stdout takes one.',
      'Give a folder: -f out/',
    )
  if (dump.format !== 'plain' || dump.compression.method !== 'none')
    throw new CliError(
      'file-needed',
      'Only a plain dump without compression goes to stdout.',
      'Give a file: -f shop.dump',
    )
  const progress = countRows(database, context)
  const parts: Buffer[] = []
  let size = 0
  for (const { bytes } of counted(plainDump(database, dump), progress.add)) {
    context.signal.throwIfAborted()
    size += bytes.length
    if (size > STDOUT_LIMIT_BYTES)
      throw new CliError(
        'too-large-for-stdout',
        `The dump is larger than ${megabytes(STDOUT_LIMIT_BYTES)}, too large for stdout.`,
        'Write to a file: -f dump.sql',
      )
    parts.push(Buffer.from(bytes))
  }
  progress.finish()
  const text = Buffer.concat(parts).toString()
  return { data: { dump: text }, findings, text: () => text, raw: true }
}

function countRows({ model, tables }: DatabasePlan, { progress }: Context) {
  const total = tables.reduce((sum, { rows }) => sum + rows, 0)
  const task = progress.start(model.database, total, 'rows')
  let done = 0
  return {
    add: (rows: number) => task.update((done += rows)),
    rows: () => done,
    finish: () => task.finish(),
  }
}

function* counted(pieces: Iterable<Piece>, onRows: (rows: number) => void): Generator<Piece> {
  for (const piece of pieces) {
    yield piece
    onRows(piece.rows)
  }
}
