// A plain dump, byte for byte as pg_dump of the target version writes it.
//
//   header            SETs of the session
//   -- Name: …        an entry: its statement, two blank lines, then perhaps ALTER … OWNER TO
//   -- Data for Name  COPY … FROM stdin; rows, \. and two blank lines
//   trailer

import { createHash } from 'node:crypto'
import type { DatabasePlan, TablePlan } from '../plan/plan-types.ts'
import { copyChunks } from '../rows/row-writer.ts'
import { dumpEntries, type EntryOptions } from './dump-entries.ts'
import { ownerStatement, type Entry } from './entry.ts'
import { insertChunks } from './insert.ts'
import { quoteName } from './names.ts'
import type { Target } from './targets.ts'

export type PlainOptions = Omit<EntryOptions, 'major'> & {
  readonly target: Target
  readonly owner: boolean
  /** Letters and digits behind \restrict; undefined: made from the seed, so that the same run gives the same bytes. */
  readonly restrictKey: string | undefined
  readonly seed: number
  readonly inserts: boolean
  /** 0-based half-open range of every table's rows. */
  readonly rows: { readonly from: number; readonly to: number } | undefined
}

/** A piece of the file and how many rows it holds. The bytes are only good until the next piece is asked for. */
export type Piece = { readonly bytes: Uint8Array; readonly rows: number; readonly table?: string }

export function* plainDump(plan: DatabasePlan, options: PlainOptions): Generator<Piece> {
  const { target } = options
  const entries = dumpEntries(plan, { ...options, major: target.major })
  const key = options.restrictKey ?? madeKey(options.seed, plan.model.database)
  yield text(header(target, key))
  let [tablespace, accessMethod] = [false, false]
  for (const entry of entries) {
    if (entry.inTablespace && !tablespace) {
      tablespace = true
      yield text("SET default_tablespace = '';\n\n")
    }
    if (entry.accessMethod && !accessMethod) {
      accessMethod = true
      yield text('SET default_table_access_method = heap;\n\n')
    }
    yield* entryPieces(entry, options)
  }
  yield text(`--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict ${key}\n\n`)
}

function* entryPieces(entry: Entry, options: PlainOptions): Generator<Piece> {
  const { tag, type, schema = '-', definition, data, copy } = entry
  const owner = options.owner ? entry.owner : '-'
  const kind = data ? 'Data for Name' : 'Name'
  yield text(
    `--\n-- ${kind}: ${oneLine(tag)}; Type: ${type}; Schema: ${oneLine(schema)}; Owner: ${oneLine(owner)}\n--\n\n`,
  )
  if (data) {
    yield* dataPieces(data, copy!, options)
    return
  }
  yield text(`${definition}\n\n`)
  const statement = options.owner ? ownerStatement(entry, options.target.major) : undefined
  if (statement) yield text(`${statement} ${quoteName(entry.owner, options.target.major)};\n\n`)
}

function* dataPieces(data: TablePlan, copy: string, options: PlainOptions): Generator<Piece> {
  const { from, to } = clipped(options.rows, data.rows)
  const table = data.table.name
  if (options.inserts) {
    for (const piece of insertChunks(data, options.target.major, from, to)) yield { ...piece, table }
    yield text('\n\n')
    return
  }
  yield text(copy)
  for (const { bytes, rows } of copyChunks(data, from, to)) yield { bytes, rows, table }
  yield text('\\.\n\n\n')
}

export function clipped(
  range: { readonly from: number; readonly to: number } | undefined,
  rows: number,
): { from: number; to: number } {
  return range ? { from: Math.min(range.from, rows), to: Math.min(range.to, rows) } : { from: 0, to: rows }
}

function header({ major, version }: Target, key: string): string {
  return `--
-- PostgreSQL database dump
--

\\restrict ${key}

-- Dumped from database version ${version}
-- Dumped by pg_dump version ${version}

SET statement_timeout = 0;
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

/** 63 letters and digits, as pg_dump draws them. */
function madeKey(seed: number, database: string): string {
  const digest = createHash('sha512').update(`restrict ${seed} ${database}`).digest('base64')
  return digest.replaceAll(/[^A-Za-z0-9]/g, 'x').slice(0, 63)
}

/** Names in comments cannot end the line they stand in. */
function oneLine(name: string): string {
  return name.replaceAll(/[\n\r]/g, ' ')
}

function text(content: string): Piece {
  return { bytes: Buffer.from(content), rows: 0 }
}
