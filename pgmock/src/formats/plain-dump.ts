// A plain dump, byte for byte as pg_dump of the target version writes it.
//
//   header            SETs of the session
//   DROP …            with --clean, last entry first
//   -- Name: …        an entry: its statement, two blank lines, then perhaps ALTER … OWNER TO
//   -- Data for Name  COPY … FROM stdin; rows, \. and two blank lines
//   trailer

import { createHash } from 'node:crypto'
import type { DatabasePlan } from '../plan/plan-types.ts'
import { databaseEntry } from './database-entry.ts'
import { dropStatements } from './drop.ts'
import { dumpEntries, type EntryOptions } from './dump-entries.ts'
import { ownerStatement, type Entry } from './entry.ts'
import { quoteName } from './names.ts'
import type { Piece, RowSource } from '../rows/row-form.ts'
import { tableData, tableDataHere, text, type DataOptions } from './table-data.ts'
import type { Target } from './targets.ts'

export type PlainOptions = Omit<EntryOptions, 'major'> &
  DataOptions & {
    readonly target: Target
    readonly owner: boolean
    /** Drop everything first. */
    readonly clean: 'no' | 'drop' | 'drop-if-exists'
    /** Create the database and connect to it. */
    readonly create: boolean
    /** Letters and digits behind \restrict; undefined: made from the seed, so that the same run gives the same bytes. */
    readonly restrictKey: string | undefined
    readonly seed: number
    /** The SET that names the table space, and the one that names the access method. */
    readonly tablespaces?: boolean
    readonly accessMethods?: boolean
    /** Triggers, which are also what keeps references, are off while rows come in. */
    readonly disablesTriggers?: boolean
  }

/** Rows from `source`. */
export async function* plainDump(
  plan: DatabasePlan,
  options: PlainOptions,
  source: RowSource,
): AsyncGenerator<Piece> {
  const { inserts, target } = options
  for (const part of script(plan, options, keyOf(plan, options))) {
    if (!('rowsOf' in part)) yield part
    else {
      if (!inserts) yield text(part.rowsOf.copy!)
      yield* tableData(part.rowsOf.data!, options, target.major, source)
    }
  }
}

/** The same dump, its rows made in this thread. */
export function* plainDumpHere(plan: DatabasePlan, options: PlainOptions): Generator<Piece> {
  const { inserts, target } = options
  for (const part of script(plan, options, keyOf(plan, options))) {
    if (!('rowsOf' in part)) yield part
    else {
      if (!inserts) yield text(part.rowsOf.copy!)
      yield* tableDataHere(part.rowsOf.data!, options, target.major)
    }
  }
}

function keyOf({ model }: DatabasePlan, options: PlainOptions): string {
  return options.restrictKey ?? restrictKey(options.seed, model.database)
}

type ScriptOptions = Omit<PlainOptions, 'restrictKey' | 'seed'>

/** What comes next: text, or the place where the rows of an entry stand. */
export type Part = Piece | { readonly rowsOf: Entry }

/** A dump without its rows; without a key also without the lines that need one. */
export function* script(
  plan: DatabasePlan,
  options: ScriptOptions,
  key: string | undefined,
): Generator<Part> {
  const { target } = options
  const { major } = target
  const entries = dumpEntries(plan, { ...options, major })
  const restrict = (command: string, after: string) =>
    key === undefined ? '' : `\\${command} ${key}\n${after}`
  yield text(`--\n-- PostgreSQL database dump\n--\n\n${restrict('restrict', '\n')}`)
  yield text(versions(target) + sessionSettings(major))
  const database = options.create ? databaseEntry(plan.model, major) : undefined
  if (options.clean !== 'no')
    yield text(dropStatements(database ? [database] : entries, options.clean === 'drop-if-exists'))
  if (database) {
    yield text(entryHead(database, options) + entryText(database, options))
    const connect = `${connectCommand(plan.model.database, major)}\n`
    yield text(
      restrict('unrestrict', '') + connect + restrict('restrict', '') + `\n${sessionSettings(major)}`,
    )
  }
  yield* bodyParts(entries, options)
  yield text(`--\n-- PostgreSQL database dump complete\n--\n\n${restrict('unrestrict', '\n')}`)
}

function* bodyParts(entries: readonly Entry[], options: ScriptOptions): Generator<Part> {
  let [tablespace, accessMethod, superuser] = [false, false, false]
  for (const entry of inPasses(entries)) {
    if (entry.inTablespace && !tablespace && options.tablespaces !== false) {
      tablespace = true
      yield text("SET default_tablespace = '';\n\n")
    }
    if (entry.accessMethod && !accessMethod && options.accessMethods !== false) {
      accessMethod = true
      yield text(`SET default_table_access_method = ${entry.accessMethod};\n\n`)
    }
    yield text(entryHead(entry, options))
    if (entry.data) {
      const table = dataTable(entry, options)
      if (table && !superuser) yield text('SET SESSION AUTHORIZATION DEFAULT;\n\n')
      superuser ||= table !== undefined
      if (table) yield text(`ALTER TABLE ${table} DISABLE TRIGGER ALL;\n\n`)
      yield { rowsOf: entry }
      if (table) yield text(`ALTER TABLE ${table} ENABLE TRIGGER ALL;\n\n`)
    } else yield text(entryText(entry, options))
  }
}

/** As it is written in its COPY; undefined when its triggers are left alone. */
function dataTable({ copy }: Entry, { disablesTriggers }: ScriptOptions): string | undefined {
  return disablesTriggers
    ? /^COPY ((?:"(?:[^"]|"")*"|[^". ])+\.(?:"(?:[^"]|"")*"|[^" ])+) /.exec(copy ?? '')?.[1]
    : undefined
}

/** Privileges come after everything, what depends on them last: an archive keeps the order, its reader makes passes. */
function inPasses(entries: readonly Entry[]): Entry[] {
  const passes: [Entry[], Entry[], Entry[]] = [[], [], []]
  for (const entry of entries)
    passes[/^(?:DEFAULT )?ACL/.test(entry.type) ? 1 : isLast(entry) ? 2 : 0].push(entry)
  return passes.flat()
}

function isLast({ type, tag }: Entry): boolean {
  return LAST.has(type) || (type === 'COMMENT' && tag.startsWith('EVENT TRIGGER '))
}

const LAST: ReadonlySet<string> = new Set(['EVENT TRIGGER', 'MATERIALIZED VIEW DATA'])

/** The comment that stands before an entry. */
function entryHead({ tag, type, schema = '-', owner, data }: Entry, options: { owner: boolean }): string {
  const kind = data ? 'Data for Name' : 'Name'
  const shown = options.owner && (owner !== '' || type === 'COMMENT') ? owner : '-'
  return `--\n-- ${kind}: ${oneLine(tag)}; Type: ${type}; Schema: ${oneLine(schema)}; Owner: ${oneLine(shown)}\n--\n\n`
}

/** The statement of an entry without data, and its owner. */
function entryText(entry: Entry, { owner, target }: Pick<PlainOptions, 'owner' | 'target'>): string {
  const statement = owner ? ownerStatement(entry, target.major) : undefined
  const owned = statement ? `${statement} ${quoteName(entry.owner, target.major)};\n\n` : ''
  return `${entry.definition}\n\n${owned}`
}

function versions({ version }: Target): string {
  return `-- Dumped from database version ${version}\n-- Dumped by pg_dump version ${version}\n\n`
}

function sessionSettings(major: number): string {
  return `SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
${major >= 17 ? 'SET transaction_timeout = 0;\n' : ''}SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

`
}

/** A name of other than plain characters goes into a connection string (appendPsqlMetaConnect). */
function connectCommand(database: string, major: number): string {
  if (/^[A-Za-z0-9_.]+$/.test(database)) return `\\connect ${quoteName(database, major)}`
  const value = database.replaceAll(/['\\]/g, String.raw`\$&`).replaceAll('"', '""')
  return `\\connect -reuse-previous=on "dbname='${value}'"`
}

/** 63 letters and digits, as pg_dump draws them. */
function restrictKey(seed: number, database: string): string {
  const digest = createHash('sha512').update(`restrict ${seed} ${database}`).digest('base64')
  return digest.replaceAll(/[^A-Za-z0-9]/g, 'x').slice(0, 63)
}

/** Names in comments cannot end the line they stand in. */
function oneLine(name: string): string {
  return name.replaceAll(/[\n\r]/g, ' ')
}
