// Owners, comments and privileges of the catalog as JSON, and who owns most of it.

import type { PrivilegeKind } from '../formats/privileges.ts'
import type { Catalog, Described } from './catalog.ts'
import { shortened, SUPERUSER } from './privileges.ts'

type Json = Record<string, unknown>

export function compact(given: Json): Json {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

export function listed<T>(items: readonly T[] | undefined): readonly T[] | undefined {
  return items === undefined || items.length === 0 ? undefined : items
}

export function filled(entries: readonly (readonly [string, unknown])[]): Json | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** `usual`: the database's owner, who need not be named. */
export function detailsJson({ owner, comment, grants }: Described, kind: PrivilegeKind, usual: string): Json {
  return compact({
    owner: (owner ?? SUPERUSER) === usual ? undefined : (owner ?? SUPERUSER),
    comment,
    grants: grantsJson(grants, kind),
  })
}

export function grantsJson(
  grants: ReadonlyMap<string, ReadonlySet<string>> | undefined,
  kind: PrivilegeKind,
): Json | undefined {
  return filled([...(grants ?? [])].map(([role, held]) => [role, shortened(held, kind)]))
}

/** The role that owns most; whoever runs the file when nobody is named. */
export function usualOwner(catalog: Catalog): string {
  const counts = new Map<string, number>()
  for (const { owner = SUPERUSER } of owned(catalog)) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? SUPERUSER
}

/** Every role that owns something or may do something, for the list of the file. */
export function rolesOf(catalog: Catalog): string[] {
  const roles = new Set<string>()
  const grants = [
    ...owned(catalog),
    ...catalog.schemaDetails.values(),
    ...[...catalog.tables.values()].flatMap((table) => [...table.columns.values()]),
    ...catalog.defaultPrivileges,
  ].flatMap(({ grants: given }) => [...(given?.keys() ?? [])])
  for (const { owner } of [...owned(catalog), ...catalog.schemaDetails.values()])
    if (owner !== undefined) roles.add(owner)
  for (const role of grants) roles.add(role)
  for (const { role } of catalog.defaultPrivileges) if (role !== undefined) roles.add(role)
  for (const none of [SUPERUSER, 'PUBLIC', 'pg_database_owner']) roles.delete(none)
  return [...roles].toSorted()
}

/** Extensions, casts and the like have no owner that a dump prints. */
const WITHOUT_OWNER =
  /^(?:EXTENSION|CAST|TRANSFORM|USER MAPPING|ACCESS METHOD|TRIGGER|RULE|POLICY|INDEX|PUBLICATION .*)$/

function owned({ tables, sequences, enums, domains, objects, schemas, schemaDetails }: Catalog): Described[] {
  return [
    ...tables.values(),
    ...[...sequences.values()].filter(({ ownedBy }) => ownedBy === undefined),
    ...enums.values(),
    ...domains.values(),
    ...objects.filter(({ kind }) => !WITHOUT_OWNER.test(kind)),
    ...[...schemas].map((name) => schemaDetails.get(name) ?? {}),
  ]
}

export function hasOwner(kind: string): boolean {
  return !WITHOUT_OWNER.test(kind)
}
