// DO blocks of migrations: what they run when nothing went wrong, and when what they ask for is, or is not, there.

import { parsePlPgSQLSync } from 'libpg-query'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Leave } from './attempt.ts'
import type { Catalog, Table } from './catalog.ts'

export type Block = {
  /** One statement of SQL; `guarded`: a duplicate is caught, and so of no account. */
  readonly run: (sql: string, guarded: boolean) => void
  readonly catalog: Catalog
  readonly leave: Leave
}

export function doBlock(text: string, block: Block): void {
  let parsed: unknown
  try {
    parsed = parsePlPgSQLSync(text)
  } catch {
    block.leave('sql-left-out', 'a DO block that is no PL/pgSQL is left out')
    return
  }
  const functions = isRecord(parsed) ? listOf(parsed['plpgsql_funcs']) : []
  for (const one of functions) statement(member(one, 'PLpgSQL_function')?.['action'], false, block)
}

/** Statements that change no schema. */
const SILENT = /^PLpgSQL_stmt_(?:return|raise|perform|assign|assert|null|getdiag|commit|rollback|exit)$/

function statement(node: unknown, guarded: boolean, block: Block): void {
  const each = (nodes: unknown, isGuarded = guarded) => {
    for (const one of listOf(nodes)) statement(one, isGuarded, block)
  }
  const inner = member(node, 'PLpgSQL_stmt_block')
  if (inner) return each(inner['body'], guarded || inner['exceptions'] !== undefined)
  const sql = member(node, 'PLpgSQL_stmt_execsql')
  if (sql) return block.run(queryOf(sql['sqlstmt']), guarded)
  const choice = member(node, 'PLpgSQL_stmt_if')
  if (choice) {
    const condition = queryOf(choice['cond'])
    const isMet = holds(condition, block.catalog)
    if (isMet === undefined)
      block.leave('sql-left-out', `what a DO block does if ${condition.replaceAll(/\s+/g, ' ')} is left out`)
    else if (isMet) each(choice['then_body'])
    else if (!Array.isArray(choice['elsif_list'])) each(choice['else_body'])
    return
  }
  const dynamic = member(node, 'PLpgSQL_stmt_dynexecute')
  const text = dynamic && /^\s*'((?:[^']|'')*)'\s*$/.exec(queryOf(dynamic['query']))?.[1]
  if (text !== undefined) return block.run(text.replaceAll("''", "'"), guarded)
  const [kind = ''] = isRecord(node) ? Object.keys(node) : []
  if (kind !== '' && !SILENT.test(kind))
    block.leave('sql-left-out', `a DO block with ${kind.replace('PLpgSQL_stmt_', '')} is left out there`)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function member(node: unknown, key: string): Record<string, unknown> | undefined {
  const found = isRecord(node) ? node[key] : undefined
  return isRecord(found) ? found : undefined
}

function queryOf(node: unknown): string {
  const query = member(node, 'PLpgSQL_expr')?.['query']
  return typeof query === 'string' ? query : ''
}

/** `NOT EXISTS (SELECT … WHERE typname = 'mood')`; undefined for what is not of this kind. */
export function holds(condition: string, catalog: Catalog): boolean | undefined {
  const [, not = '', query] = /^\s*\(*\s*(?:SELECT\s+)?(NOT\s+)?EXISTS\s*\((.*)\)\s*$/is.exec(condition) ?? []
  if (query !== undefined) {
    const found = isThere(query, catalog)
    return found === undefined ? undefined : found === (not === '')
  }
  const [, name, isNot] =
    /to_regclass\('(?:\w+\.)?"?(\w+)"?'[^)]*\)\s+IS\s+(NOT\s+)?NULL/i.exec(condition) ?? []
  return name === undefined ? undefined : hasRelation(name, catalog) === (isNot !== undefined)
}

function isThere(query: string, catalog: Catalog): boolean | undefined {
  const value = (...columns: readonly string[]): string | undefined =>
    new RegExp(`\\b(?:${columns.join('|')})\\s*=\\s*'([^']*)'`, 'i').exec(query)?.[1]
  const column = value('column_name', 'attname')
  const table = value('table_name', 'tablename') ?? /'(?:\w+\.)?"?(\w+)"?'::regclass/.exec(query)?.[1]
  const tables = [...catalog.tables.values()].filter(({ name }) => table === undefined || name === table)
  if (column !== undefined) return tables.some(({ columns }) => columns.has(column))
  const constraint = value('conname', 'constraint_name')
  if (constraint !== undefined) return tables.some((one) => constraintNames(one).includes(constraint))
  const type = value('typname')
  if (type !== undefined) return hasType(type, catalog)
  const object = value(
    'proname',
    'routine_name',
    'tgname',
    'trigger_name',
    'policyname',
    'polname',
    'extname',
    'viewname',
  )
  if (object !== undefined) return catalog.objects.some(({ name }) => name === object)
  const schema = value('nspname', 'schema_name')
  const relation = table ?? value('relname', 'indexname', 'sequencename')
  if (relation !== undefined) return hasRelation(relation, catalog)
  if (schema !== undefined) return schema === 'public' || catalog.schemas.has(schema)
  return value('rolname', 'usename', 'datname') === undefined ? undefined : false
}

function hasType(type: string, { enums, domains, objects }: Catalog): boolean {
  return [...enums.values(), ...domains.values(), ...objects.filter(({ kind }) => kind === 'TYPE')].some(
    ({ name }) => name === type,
  )
}

function hasRelation(name: string, catalog: Catalog): boolean {
  return (
    [...catalog.tables.values(), ...catalog.sequences.values(), ...catalog.objects].some(
      (one) => one.name === name,
    ) || [...catalog.tables.values()].some(({ indexes }) => indexes.some((index) => index.name === name))
  )
}

/** Those that were given by name: a second one of the same name is refused. */
export function constraintNames({ primaryKey, unique, references, checks, excludes }: Table): string[] {
  return [...(primaryKey ? [primaryKey] : []), ...unique, ...references, ...checks, ...excludes].flatMap(
    ({ name }) => name ?? [],
  )
}
