// What a dump of the database consists of, entry by entry, in pg_dump's order (sort-units.ts).

import type { DatabasePlan } from '../plan/plan-types.ts'
import { dataUnits, refreshUnits, sequenceSetUnits } from './data-entries.ts'
import type { Entry, Section } from './entry.ts'
import { indexUnits } from './index-entries.ts'
import { keyUnits } from './key-entries.ts'
import { objectUnits } from './object-entries.ts'
import { foreignKeyUnits } from './reference-entries.ts'
import { relationNames, type EntryContext } from './relation-names.ts'
import { sortedUnits, type Unit } from './sort-units.ts'
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
      ...objects.filter(({ entries }) => entries[0]?.section === 'pre-data'),
      ...(schema ? tables.flatMap((table) => tableUnits(table, context)) : []),
    ]),
    ...(data ? sorted(dataUnits(chosen, context, !schema)) : []),
    ...(data ? sorted(sequenceSetUnits(chosen, context, options.onlyTables)) : []),
    ...sorted([
      ...(schema ? tables.flatMap((table) => keyUnits(table, context)) : []),
      ...(schema ? tables.flatMap((table) => indexUnits(table, context)) : []),
      ...objects.filter(({ entries }) => entries[0]?.section === 'post-data'),
      ...(schema ? tables.flatMap((table) => foreignKeyUnits(table, context)) : []),
      ...(schema ? tables.flatMap((table) => rowSecurityUnits(table, context)) : []),
    ]),
    ...(data && schema && !options.onlyTables ? sorted(refreshUnits(context)) : []),
  ]
  return drafts
    .filter(
      ({ section, type, tag }) =>
        options.sections.has(section) &&
        (options.privileges || !isPrivilege(type)) &&
        (options.owner !== false || type !== 'SCHEMA' || tag !== 'public'),
    )
    .map((draft) => ({ ...draft, owner: isUnowned(draft) ? '' : (draft.owner ?? model.owner) }))
}

function sorted(units: readonly Unit[]): Unit['entries'] {
  return sortedUnits(units).flatMap(({ entries }) => entries)
}

/** Extensions and casts have no owner, and neither have their comments. */
function isUnowned({ type, tag }: { type: string; tag: string }): boolean {
  const kinds = /^(?:EXTENSION|CAST|TRANSFORM|ACCESS METHOD)$/
  return kinds.test(type) || (type === 'COMMENT' && /^(?:EXTENSION|CAST|TRANSFORM|ACCESS METHOD) /.test(tag))
}

function isPrivilege(type: string): boolean {
  return type === 'ACL' || type === 'DEFAULT ACL'
}
