// Plan and flags → files: one for each database, whole or not at all. Without a file: stdout, piece by piece.

import { join, resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { CommandContext, Result } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import type { ArchiveOptions } from '../formats/archive.ts'
import { compressed, SUFFIXES } from '../formats/compression.ts'
import { plainDump } from '../formats/plain-dump.ts'
import type { Sink } from '../formats/sink.ts'
import { tableFiles } from '../formats/table-files.ts'
import type { DatabasePlan, SetPlan } from '../plan/plan-types.ts'
import type { Piece, Pieces, RowSource } from '../rows/row-form.ts'
import type { DumpFormat, DumpOptions } from './dump-flags.ts'
import { megabytes } from './megabytes.ts'
import { fillFileAtomic, fillFolderAtomic, type Interruption } from './output-file.ts'

type Context = Pick<CommandContext, 'progress'> &
  Interruption & {
    readonly cwd: string
    readonly file: string | undefined
    readonly source: RowSource
    /** Called once, when all is written or has failed. */
    readonly finish: () => Promise<void>
  }

export async function writeDumps(
  plan: SetPlan,
  findings: readonly Finding[],
  dump: DumpOptions,
  context: Context,
): Promise<Result> {
  const { file } = context
  if (file === undefined) return toStdout(plan, findings, dump, context)
  const several = plan.databases.length > 1 || (/[/\\]$/.test(file) && !FOLDERS.has(dump.format))
  const files: { path: string; bytes: number; rows: number }[] = []
  try {
    for (const database of plan.databases) {
      const path = several ? join(file, `${database.model.database}${extension(dump)}`) : file
      const count = rowCounter(database, dump, context)
      const writing = { ...dumpWork(database, plan, dump, context), onRows: count.add }
      const bytes = await writeFile(writing, resolve(context.cwd, path), context).finally(count.finish)
      files.push({ path, bytes, rows: count.rows() })
    }
  } finally {
    await context.finish()
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

type Work = ArchiveOptions & {
  readonly database: DatabasePlan
  readonly dump: DumpOptions
  readonly source: RowSource
}

function dumpWork(database: DatabasePlan, { now }: SetPlan, dump: DumpOptions, { source }: Context): Work {
  // The instant the data looks back from: an archive's date must not depend on when it was made.
  const createdAt = new Date((database.model.now ?? now) / 1000)
  return { ...dump, database, dump, createdAt, source, onRows: () => {} }
}

async function writeFile(work: Work, path: string, interruption: Interruption): Promise<number> {
  const { database, dump } = work
  switch (dump.format) {
    case 'directory':
      return await fillFolderAtomic(path, interruption, async (file) => {
        const { archiveOf, writeDirectory } = await archives()
        await writeDirectory(file, archiveOf(database, 'directory', work))
      })
    case 'csv':
    case 'ndjson':
      return await fillFolderAtomic(path, interruption, async (file) => {
        for (const { name, pieces } of tableFiles(
          database,
          dump.format as 'csv' | 'ndjson',
          dump,
          work.source,
        ))
          await file(`${name}${SUFFIXES[dump.compression.method]}`, (out) => writePieces(out, pieces, work))
      })
    default:
      return await fillFileAtomic(path, interruption, (out) => writeSingle(work, out))
  }
}

/** Formats that are one file. */
async function writeSingle(work: Work, out: Sink): Promise<void> {
  const { database, dump, source } = work
  switch (dump.format) {
    case 'plain':
      return await writePieces(out, plainDump(database, dump, source), work)
    case 'custom': {
      const { archiveOf, writeCustom } = await archives()
      return await writeCustom(out, archiveOf(database, 'custom', work))
    }
    case 'tar': {
      const { archiveOf, restoreScript, writeTar } = await archives()
      const archive = archiveOf(database, 'tar', work)
      return await writeTar(out, archive, restoreScript(database, archive, work))
    }
    default: {
      const files = tableFiles(database, dump.format as 'csv' | 'ndjson', dump, source)
      for (const { pieces } of files) await writePieces(out, pieces, work)
    }
  }
}

/** Not loaded for plain dumps: the first byte of a small one would wait for it. */
async function archives() {
  return {
    ...(await import('../formats/archive.ts')),
    ...(await import('../formats/custom.ts')),
    ...(await import('../formats/directory.ts')),
    ...(await import('../formats/tar.ts')),
    ...(await import('../formats/restore-script.ts')),
  }
}

async function writePieces(out: Sink, pieces: Pieces, { compression, onRows }: Work): Promise<void> {
  const counted = async function* () {
    for await (const piece of pieces) {
      yield piece
      onRows(piece)
    }
  }
  for await (const bytes of compressed(counted(), compression, 'gzip')) await out.write(bytes)
}

function toStdout(plan: SetPlan, findings: readonly Finding[], dump: DumpOptions, context: Context): Result {
  const [database] = plan.databases
  if (plan.databases.length > 1 || !database)
    throw new CliError(
      'several-databases',
      'The set has several databases; stdout takes one.',
      'Give a folder: -f out/',
    )
  checkSingle(database, dump)
  return {
    data: null,
    findings,
    text: () => '',
    async stream(stdout) {
      const count = rowCounter(database, dump, context)
      let position = 0
      const out: Sink = {
        get position() {
          return position
        },
        async write(bytes) {
          context.signal.throwIfAborted()
          position += bytes.length
          await stdout.write(bytes)
        },
      }
      try {
        await writeSingle({ ...dumpWork(database, plan, dump, context), onRows: count.add }, out)
      } finally {
        count.finish()
        await context.finish()
      }
    },
  }
}

function checkSingle({ tables }: DatabasePlan, { format, includes }: DumpOptions): void {
  if (!FOLDERS.has(format)) return
  const isTable = format !== 'directory' && tables.filter(({ table }) => includes(table.name)).length === 1
  if (!isTable)
    throw new CliError(
      'file-needed',
      format === 'directory'
        ? 'A directory archive does not go to stdout.'
        : `--format ${format} writes a file per table; stdout takes one table.`,
      format === 'directory'
        ? 'Give a folder: -f shop/'
        : 'Give a folder, -f shop/, or one table, -t orders.',
    )
}

function rowCounter({ model, tables }: DatabasePlan, { rows, includes }: DumpOptions, { progress }: Context) {
  const total = tables.reduce((sum, table) => sum + (includes(table.table.name) ? table.rows : 0), 0)
  const task = progress.start(model.database, rows === undefined ? total : undefined, 'rows')
  let [done, bytes] = [0, 0]
  return {
    add(piece: Piece) {
      done += piece.rows
      bytes += piece.bytes.length
      task.update(done, bytes)
    },
    rows: () => done,
    finish: () => task.finish(),
  }
}
