// The flags of `generate` that say what a dump holds and how it is written: pg_dump's names and meaning.

import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import type { OptionSpecs, OptionValues } from '@specwright/cli/command.ts'
import { NO_COMPRESSION, parseCompression, type Compression } from '../formats/compression.ts'
import type { Section } from '../formats/entry.ts'
import type { InsertForm } from '../formats/insert.ts'
import type { PlainOptions } from '../formats/plain-dump.ts'
import { archiveMinor, parseTarget } from '../formats/targets.ts'
import { matches } from './table-pattern.ts'

const FORMATS = {
  plain: 'plain',
  custom: 'custom',
  directory: 'directory',
  tar: 'tar',
  csv: 'csv',
  ndjson: 'ndjson',
  p: 'plain',
  c: 'custom',
  d: 'directory',
  t: 'tar',
} as const

export type DumpFormat = (typeof FORMATS)[keyof typeof FORMATS]

const SECTIONS = ['pre-data', 'data', 'post-data'] as const

export const dumpFlags = {
  format: {
    type: 'string',
    short: 'F',
    placeholder: 'format',
    default: 'plain',
    choices: Object.keys(FORMATS),
    summary: 'plain, custom, directory or tar as pg_dump’s; csv or ndjson, a file per table',
  },
  compress: {
    type: 'string',
    short: 'Z',
    placeholder: 'method',
    summary: 'none, gzip[:1-9], zstd[:1-22], or a level of gzip; custom and directory have gzip anyway',
  },
  target: {
    type: 'string',
    placeholder: 'version',
    default: '18',
    summary: 'Whose pg_dump: 15 to 18, or a full version text; older pg_restore reads no newer archive',
  },
  'schema-only': { type: 'boolean', short: 's', summary: 'No rows' },
  'data-only': { type: 'boolean', short: 'a', summary: 'Only rows' },
  section: {
    type: 'string',
    placeholder: 'section',
    multiple: true,
    choices: SECTIONS,
    summary: 'Only this section: pre-data, data or post-data; may be given again',
  },
  table: {
    type: 'string',
    short: 't',
    placeholder: 'pattern',
    multiple: true,
    summary: 'Only tables that match; * and ? stand for anything',
  },
  'exclude-table': {
    type: 'string',
    short: 'T',
    placeholder: 'pattern',
    multiple: true,
    summary: 'Not these tables',
  },
  schema: {
    type: 'string',
    short: 'n',
    placeholder: 'pattern',
    multiple: true,
    summary: 'Only what lives in these schemas',
  },
  'exclude-schema': {
    type: 'string',
    short: 'N',
    placeholder: 'pattern',
    multiple: true,
    summary: 'Nothing of these schemas',
  },
  'exclude-table-data': {
    type: 'string',
    placeholder: 'pattern',
    multiple: true,
    summary: 'These tables without their rows',
  },
  'strict-names': { type: 'boolean', summary: 'Stop when a pattern of tables or schemas matches nothing' },
  clean: { type: 'boolean', short: 'c', summary: 'Drop everything first' },
  'if-exists': { type: 'boolean', summary: 'With --clean: DROP … IF EXISTS' },
  create: { type: 'boolean', short: 'C', summary: 'Create the database and connect to it' },
  'no-owner': { type: 'boolean', short: 'O', summary: 'No ALTER … OWNER TO' },
  'no-privileges': { type: 'boolean', short: 'x', summary: 'No GRANT and REVOKE' },
  'no-comments': { type: 'boolean', summary: 'No COMMENT ON' },
  'no-publications': { type: 'boolean', summary: 'No publications' },
  'no-tablespaces': { type: 'boolean', summary: 'No SET default_tablespace' },
  'no-table-access-method': { type: 'boolean', summary: 'No SET default_table_access_method' },
  'no-unlogged-table-data': { type: 'boolean', summary: 'Unlogged tables without their rows' },
  'disable-triggers': {
    type: 'boolean',
    summary: 'With --data-only: no triggers and references while rows come in; for circles of references',
  },
  inserts: { type: 'boolean', summary: 'INSERT statements instead of COPY' },
  'column-inserts': { type: 'boolean', summary: 'INSERT statements that name their columns' },
  'on-conflict-do-nothing': {
    type: 'boolean',
    summary: 'With INSERT statements: pass over rows whose keys are there already',
  },
  'rows-per-insert': {
    type: 'string',
    placeholder: 'rows',
    summary: 'INSERT statements of so many rows',
  },
  rows: { type: 'string', placeholder: 'a..b', summary: 'Only rows a to b of every table, counted from 1' },
  shard: {
    type: 'string',
    placeholder: 'i/n',
    summary: 'The i-th of n parts of every table; "pgmock join" makes one dump of them',
  },
  'restrict-key': { type: 'string', placeholder: 'key', summary: 'Letters and digits behind \\restrict' },
} as const satisfies OptionSpecs

export type DumpFlags = OptionValues<typeof dumpFlags>

export type DumpOptions = PlainOptions & { readonly format: DumpFormat; readonly compression: Compression }

/** Throws CliError when a flag makes no sense, alone or with another. */
export function dumpOptions(
  flags: DumpFlags,
  seed: number,
  includes: (table: string) => boolean,
): DumpOptions {
  checkPairs(flags)
  const format = FORMATS[flags.format as keyof typeof FORMATS]
  const target = parseTarget(flags.target)
  return {
    format,
    target,
    seed,
    includes,
    compression: compressionOf(flags, format, target.major),
    content: flags['schema-only'] ? 'schema' : flags['data-only'] ? 'data' : 'all',
    sections: new Set((flags.section.length > 0 ? flags.section : SECTIONS) as readonly Section[]),
    owner: !flags['no-owner'],
    privileges: !flags['no-privileges'],
    clean: !flags.clean ? 'no' : flags['if-exists'] ? 'drop-if-exists' : 'drop',
    create: flags.create,
    restrictKey: flags['restrict-key'],
    inserts: insertForm(flags),
    rows: parseRows(flags.rows) ?? parseShard(flags.shard),
    onlyTables: flags.table.length > 0,
    hasData: (name, isUnlogged) =>
      !(isUnlogged && flags['no-unlogged-table-data']) &&
      !flags['exclude-table-data'].some((pattern) => matches(pattern, name)),
    inSchema: schemaPattern(flags),
    onlySchemas: flags.schema.length > 0,
    omits: new Set([
      ...(flags['no-comments'] ? ['COMMENT'] : []),
      ...(flags['no-publications'] ? PUBLICATIONS : []),
    ]),
    tablespaces: !flags['no-tablespaces'],
    accessMethods: !flags['no-table-access-method'],
    disablesTriggers: flags['disable-triggers'] && flags['data-only'],
  }
}

const PUBLICATIONS = ['PUBLICATION', 'PUBLICATION TABLE', 'PUBLICATION TABLES IN SCHEMA']

/** undefined: every schema. */
export function schemaPattern(flags: DumpFlags): ((schema: string) => boolean) | undefined {
  const { schema: wanted, 'exclude-schema': unwanted } = flags
  if (wanted.length + unwanted.length === 0) return undefined
  return (schema) =>
    (wanted.length === 0 || wanted.some((pattern) => matches(pattern, schema))) &&
    !unwanted.some((pattern) => matches(pattern, schema))
}

function checkPairs(flags: DumpFlags): void {
  for (const [one, two] of [
    ['schema-only', 'data-only'],
    ['clean', 'data-only'],
    ['rows', 'shard'],
  ] as const)
    if (flags[one] !== undefined && flags[one] !== false && flags[two] !== undefined && flags[two] !== false)
      throw conflict(one, two)
  if (flags['on-conflict-do-nothing'] && !insertForm(flags))
    throw new CliError(
      'flags-conflict',
      '--on-conflict-do-nothing needs --inserts, --column-inserts or --rows-per-insert.',
    )
  if (flags['if-exists'] && !flags.clean) throw new CliError('flags-conflict', '--if-exists needs --clean.')
  if (/^(?:csv|ndjson)$/.test(flags.format) && flags['schema-only'])
    throw new CliError('flags-conflict', `--format ${flags.format} has nothing but rows.`)
  if (flags['restrict-key'] !== undefined && !/^[A-Za-z0-9]+$/.test(flags['restrict-key']))
    throw new CliError('bad-restrict-key', '--restrict-key takes letters and digits only.')
}

export function conflict(one: string, two: string): CliError {
  return new CliError('flags-conflict', `--${one} and --${two} exclude each other.`)
}

function compressionOf({ compress }: DumpFlags, format: DumpFormat, major: number): Compression {
  const usual = format === 'custom' || format === 'directory' ? 'gzip' : 'none'
  const compression = parseCompression(compress ?? usual)
  if (format === 'tar' && compression.method !== 'none')
    throw new CliError(
      'bad-compression',
      'A tar cannot be compressed.',
      'Take --format custom, or compress the file.',
    )
  const isArchive = format === 'custom' || format === 'directory'
  if (isArchive && /^(?:lz4|zstd)$/.test(compression.method) && archiveMinor(major) < 15)
    throw new CliError(
      'bad-compression',
      `pg_restore ${major} reads no ${compression.method}.`,
      'Take --target 16 or later, or gzip.',
    )
  return compression.method === 'none' ? NO_COMPRESSION : compression
}

function insertForm(flags: DumpFlags): InsertForm | undefined {
  const perInsert = flags['rows-per-insert']
  if (!flags.inserts && !flags['column-inserts'] && perInsert === undefined) return undefined
  const rowsPerStatement = wholeNumber(perInsert ?? '1', '--rows-per-insert', { min: 1 })
  const onConflictDoNothing = flags['on-conflict-do-nothing']
  return { namesColumns: flags['column-inserts'], rowsPerStatement, onConflictDoNothing }
}

function parseRows(text: string | undefined): PlainOptions['rows'] {
  if (text === undefined) return undefined
  const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(text) ?? []
  if (first === undefined || last === undefined)
    throw new CliError('bad-rows', `--rows needs a..b, not "${text}".`, 'For example: --rows 1..1000')
  const from = wholeNumber(first, '--rows', { min: 1 }) - 1
  return { kind: 'range', from, to: Math.max(from, wholeNumber(last, '--rows')) }
}

function parseShard(text: string | undefined): PlainOptions['rows'] {
  if (text === undefined) return undefined
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  const [i, n] = [Number(index), Number(count)]
  if (!(n >= 1 && n <= 10_000 && i >= 1 && i <= n))
    throw new CliError('bad-shard', `--shard needs i/n, not "${text}".`, 'For example: --shard 1/4')
  return { kind: 'shard', index: i - 1, count: n }
}
