// What a dump of the database consists of, entry by entry, in pg_dump's order (sort-units.ts).

import type { DatabasePlan } from '../plan/plan-types.ts'
import type { Table } from '../schema/model.ts'
import { dataUnits, refreshUnits, sequenceSetUnits } from './data-entries.ts'
import { entryKey, type Entry, type Section } from './entry.ts'
import { indexUnits } from './index-entries.ts'
import { keyUnits } from './key-entries.ts'
import { objectUnits } from './object-entries.ts'
import { foreignKeyUnits } from './reference-entries.ts'
import { relationNames, type EntryContext } from './relation-names.ts'
import { PRIORITY, sortedUnits, type Unit } from './sort-units.ts'
import { rowSecurityUnits, tableUnits } from './table-entries.ts'

export type EntryOptions = {
  readonly major: number
  readonly content: 'all' | 'schema' | 'data'
  /** Only tables that pass; their sequences and constraints go with them. */
  readonly includes: (table: string) => boolean
  readonly sections: ReadonlySet<Section>
  /** GRANT and REVOKE. */
  readonly privileges: boolean
  /** Enum types are left out when single tables were asked for, as pg_dump does. */
  readonly onlyTables: boolean
  /** false: owners are not restored, so that nothing is left to say of the schema public but comments. */
  readonly owner?: boolean
  /** Tables and sequences whose content is written, by their names in the file; undefined: all that are included. */
  readonly hasData?: (name: string, isUnlogged: boolean) => boolean
  /** Schemas that are dumped; undefined: all, and what lives in none. */
  readonly inSchema?: ((schema: string) => boolean) | undefined
  /** With single schemas asked for, nothing that lives in none of them. */
  readonly onlySchemas?: boolean
  /** Types of entries that are left out, such as COMMENT. */
  readonly omits?: ReadonlySet<string>
}

export const EVERYTHING = {
  sections: new Set<Section>(['pre-data', 'data', 'post-data']),
  privileges: true,
  onlyTables: false,
} as const

export function dumpEntries(plan: DatabasePlan, options: EntryOptions): Entry[] {
  const { model } = plan
  const chosen = plan.tables.filter(({ table }) => options.includes(table.name))
  const context: EntryContext = { model, names: relationNames(model), major: options.major }
  const schema = options.content !== 'data'
  const data = options.content !== 'schema'
  const tables = chosen.map(({ table }) => table)
  const objects = schema && !options.onlyTables ? objectUnits(context) : []
  const drafts = [
    ...sorted([
      ...(schema ? publicSchema(objects, options) : []),
      ...objects.filter(({ entries }) => entries[0]?.section === 'pre-data'),
      ...(schema ? tables.flatMap((table) => owned(table, tableUnits(table, context))) : []),
    ]),
    ...(data ? sorted(dataUnits(chosen, context, !schema)) : []),
    ...(data ? sorted(sequenceSetUnits(chosen, context, options.onlyTables)) : []),
    ...sorted([
      ...(schema ? tables.flatMap((table) => owned(table, keyUnits(table, context))) : []),
      ...(schema ? tables.flatMap((table) => owned(table, indexUnits(table, context))) : []),
      ...objects.filter(({ entries }) => entries[0]?.section === 'post-data'),
      ...(schema ? tables.flatMap((table) => owned(table, foreignKeyUnits(table, context))) : []),
      ...(schema ? tables.flatMap((table) => owned(table, rowSecurityUnits(table, context))) : []),
    ]),
    ...(data && schema && !options.onlyTables ? sorted(refreshUnits(context)) : []),
  ]
  return drafts
    .filter((draft) => isOfSchemas(draft, options) && isFilled(draft, options))
    .filter(
      ({ section, type, tag }) =>
        options.sections.has(section) &&
        !options.omits?.has(type) &&
        (options.privileges || !isPrivilege(type)) &&
        (options.owner !== false || type !== 'SCHEMA' || tag !== 'public'),
    )
    .map((draft) => ({ ...draft, owner: isUnowned(draft) ? '' : (draft.owner ?? model.owner) }))
}

/** Nobody needs to make `public`, unless schemas are asked for by name and it is among them: then pg_dump does. */
function publicSchema(objects: readonly Unit[], { inSchema, onlySchemas }: EntryOptions): Unit[] {
  const isKnown = objects.some(({ entries }) => entries[0]?.type === 'SCHEMA' && entries[0].tag === 'public')
  if (!onlySchemas || !inSchema?.('public') || isKnown) return []
  const own = { section: 'pre-data', schema: undefined, owner: 'pg_database_owner' } as const
  return [
    {
      priority: PRIORITY.schema,
      schema: '',
      name: 'public',
      tie: 0,
      id: 'SCHEMA public',
      needs: [],
      entries: [
        {
          ...own,
          tag: 'public',
          type: 'SCHEMA',
          definition: 'CREATE SCHEMA public;\n',
          drop: 'DROP SCHEMA public;\n',
          dependsOn: [],
        },
        {
          ...own,
          tag: 'SCHEMA public',
          type: 'COMMENT',
          definition: "COMMENT ON SCHEMA public IS 'standard public schema';\n",
          drop: undefined,
          dependsOn: [entryKey({ type: 'SCHEMA', schema: undefined, tag: 'public' })],
        },
      ],
    },
  ]
}

/** All that a table becomes is its owner's. */
function owned({ owner }: Table, units: readonly Unit[]): Unit[] {
  if (owner === undefined) return [...units]
  return units.map((unit) => ({ ...unit, entries: unit.entries.map((entry) => ({ ...entry, owner })) }))
}

function sorted(units: readonly Unit[]): Unit['entries'] {
  return sortedUnits(units).flatMap(({ entries }) => entries)
}

/** A schema belongs to itself; what belongs to a schema names it in its tag. */
function isOfSchemas(
  { schema, type, tag }: { schema: string | undefined; type: string; tag: string },
  { inSchema, onlySchemas }: EntryOptions,
): boolean {
  if (!inSchema) return true
  if (schema !== undefined) return inSchema(schema)
  const own = type === 'SCHEMA' ? tag : /^SCHEMA (.*)$/s.exec(tag)?.[1]
  return own === undefined ? onlySchemas !== true : inSchema(own)
}

function isFilled({ type, schema, tag, data }: Unit['entries'][number], { hasData }: EntryOptions): boolean {
  if (!hasData || (type !== 'TABLE DATA' && type !== 'SEQUENCE SET')) return true
  return hasData(schema === 'public' ? tag : `${schema}.${tag}`, data?.table.unlogged ?? false)
}

/** Extensions and casts have no owner, and neither have their comments. */
function isUnowned({ type, tag }: { type: string; tag: string }): boolean {
  const kinds = /^(?:EXTENSION|CAST|TRANSFORM|ACCESS METHOD)$/
  return kinds.test(type) || (type === 'COMMENT' && /^(?:EXTENSION|CAST|TRANSFORM|ACCESS METHOD) /.test(tag))
}

function isPrivilege(type: string): boolean {
  return type === 'ACL' || type === 'DEFAULT ACL'
}
