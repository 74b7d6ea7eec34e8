import { resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import type { DataSize } from '../formats/count-rows.ts'
import { openArchive, type OpenedArchive } from '../formats/read-archive.ts'
import { readPlain, type PlainContents } from '../formats/read-plain.ts'
import { NotAnArchive } from '../formats/toc.ts'
import { megabytes } from './megabytes.ts'
import { textTable } from './text-table.ts'

type Contents = {
  readonly format: 'custom' | 'directory' | 'tar' | 'plain'
  /** `1.14`; a plain dump has none. */
  readonly archiveVersion: string | undefined
  readonly compression: string
  readonly createdAt: string | undefined
  readonly database: string | undefined
  readonly serverVersion: string
  readonly dumpVersion: string
  readonly entries: readonly Listed[]
}

type Listed = {
  readonly dumpId: number | undefined
  readonly type: string
  readonly schema: string | undefined
  readonly tag: string
  readonly owner: string | undefined
  readonly rows: number | undefined
  readonly storedBytes: number | undefined
  readonly textBytes: number | undefined
}

const options = {
  'contents-only': {
    type: 'boolean',
    summary: 'Do not read the data: no rows and sizes, at once for any archive',
  },
} as const

export const inspect = command({
  name: 'inspect',
  summary: 'Show what is in a dump: table of contents, rows and sizes',
  description: `Reads custom, directory, tar and plain dumps of pg_dump 9.0 to 18, or of pgmock, without PostgreSQL.
Data is read to its end, so a file that is cut off or damaged is found.`,
  args: '<archive…>',
  options,
  examples: [
    { run: 'pgmock inspect shop.dump', does: 'Lists the entries in the order pg_restore restores them' },
    { run: 'pgmock inspect backups/shop/ --json', does: 'The same of a directory archive, for programs' },
  ],
  async run({ args, cwd, options: flags }) {
    if (args.length === 0)
      throw new CliError('no-archive', 'Give a dump.', 'For example: pgmock inspect shop.dump')
    const findings: Finding[] = []
    const archives: (Contents & { readonly file: string })[] = []
    for (const file of args) {
      const read = await contentsOf(resolve(cwd, file), file, flags['contents-only'])
      archives.push({ file, ...read.contents })
      findings.push(...read.findings)
    }
    return { data: { archives }, findings, text: () => archives.map(asText).join('\n\n') }
  },
})

type Read = { readonly contents: Contents; readonly findings: readonly Finding[] }

async function contentsOf(path: string, file: string, contentsOnly: boolean): Promise<Read> {
  try {
    const archive = await openArchive(path)
    if (archive) return await ofArchive(archive, file, contentsOnly)
    const plain = await readPlain(path)
    if (plain) return ofPlain(plain, file)
    throw new NotAnArchive('It starts neither as an archive nor as a plain dump of pg_dump.')
  } catch (error) {
    if (error instanceof NotAnArchive)
      throw new CliError('not-an-archive', `${file} cannot be read: ${error.message}`)
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new CliError('file-missing', `${file} does not exist.`)
    if (code?.startsWith('Z_') || code?.startsWith('ZSTD_'))
      throw new CliError('not-an-archive', `${file} cannot be decompressed: ${message}.`)
    throw error
  }
}

async function ofArchive(archive: OpenedArchive, file: string, contentsOnly: boolean): Promise<Read> {
  const { format, toc } = archive
  const sizes = new Map<number, DataSize>()
  const damage = contentsOnly ? undefined : await archive.measure((dumpId, size) => sizes.set(dumpId, size))
  const findings: Finding[] = []
  const name = (dumpId: number | undefined) => toc.entries.find((entry) => entry.dumpId === dumpId)?.tag
  if (damage)
    findings.push({
      code: 'archive-damaged',
      severity: 'error',
      file,
      message: `the data${damage.dumpId === undefined ? '' : ` of ${name(damage.dumpId)}`} cannot be read: ${damage.reason}`,
      hint: 'Make the archive again; pg_restore would stop there, too.',
    })
  else if (!contentsOnly)
    for (const { dumpId, hasData, type, tag } of toc.entries)
      if (hasData && type === 'TABLE DATA' && !sizes.has(dumpId))
        findings.push({
          code: 'data-missing',
          severity: 'error',
          file,
          message: `the contents name data of ${tag}, and there is none`,
        })
  const contents: Contents = {
    format,
    archiveVersion: `1.${toc.minor}`,
    compression: toc.compression.method,
    createdAt: toc.createdAt.toISOString().slice(0, 19),
    database: toc.database,
    serverVersion: toc.serverVersion,
    dumpVersion: toc.dumpVersion,
    entries: toc.entries
      .filter(({ type }) => !SETTINGS.has(type))
      .map(({ dumpId, type, schema, tag, owner }) => {
        const { rows, storedBytes, textBytes } = sizes.get(dumpId) ?? NO_SIZE
        return { dumpId, type, schema, tag, owner, rows, storedBytes, textBytes }
      }),
  }
  return { contents, findings }
}

/** pg_restore -l leaves them out as well. */
const SETTINGS = new Set(['ENCODING', 'STDSTRINGS', 'SEARCHPATH', 'DATABASE'])
const NO_SIZE = { rows: undefined, storedBytes: undefined, textBytes: undefined }

function ofPlain(plain: PlainContents, file: string): Read {
  const contents: Contents = {
    format: 'plain',
    archiveVersion: undefined,
    compression: plain.compression,
    createdAt: undefined,
    database: plain.database === '' ? undefined : plain.database,
    serverVersion: plain.serverVersion,
    dumpVersion: plain.dumpVersion,
    entries: plain.entries.map(({ type, schema, tag, owner, rows, textBytes, hasData }) => ({
      dumpId: undefined,
      type,
      schema,
      tag,
      owner,
      rows,
      storedBytes: undefined,
      textBytes: hasData ? textBytes : undefined,
    })),
  }
  if (plain.isComplete) return { contents, findings: [] }
  const message = 'the dump is cut off: its closing comment is missing'
  return { contents, findings: [{ code: 'archive-damaged', severity: 'error', file, message }] }
}

function asText(contents: Contents & { readonly file: string }): string {
  const { file, format, archiveVersion, compression, database, createdAt, entries } = contents
  const kind = archiveVersion === undefined ? 'plain dump' : `${format} archive ${archiveVersion}`
  const packed = compression === 'none' ? '' : `, ${compression}`
  const of = database === undefined ? '' : ` of ${database}`
  const when = createdAt === undefined ? '' : `${createdAt.replace('T', ' ')}, `
  const rows = entries.reduce((sum, entry) => sum + (entry.rows ?? 0), 0)
  const table = textTable(
    ['type', 'schema', 'name', 'owner', 'rows', 'stored', 'text'],
    entries.map((entry) => [
      entry.type,
      entry.schema ?? '-',
      entry.tag,
      entry.owner ?? '-',
      entry.rows?.toLocaleString('en-US') ?? '',
      entry.storedBytes === undefined ? '' : megabytes(entry.storedBytes),
      entry.textBytes === undefined ? '' : megabytes(entry.textBytes),
    ]),
    64,
  )
  return `${file}: ${kind}${packed}${of}
${when}pg_dump ${contents.dumpVersion}, server ${contents.serverVersion}

${table}
${entries.length} entries, ${rows.toLocaleString('en-US')} rows`
}
