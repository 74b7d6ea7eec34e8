// Owner, comment and privileges, which most objects can have.

import { didYouMean } from '@specwright/cli/nearest.ts'
import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import { privilegesOf, PUBLIC, type PrivilegeKind } from '../formats/privileges.ts'
import type { FindingList } from './finding-list.ts'
import type { Details, Grants } from './model.ts'

export function text(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined
}

export function texts(given: unknown): string[] {
  return Array.isArray(given) ? given.filter((item) => typeof item === 'string') : []
}

export function parseDetails(
  given: Record<string, unknown>,
  at: string,
  kind: PrivilegeKind,
  list: FindingList,
): Details {
  return {
    owner: text(given['owner']),
    comment: text(given['comment']),
    grants: parseGrants(given['grants'], `${at}/grants`, kind, list),
  }
}

/** `{ "reader": ["SELECT", "UPDATE WITH GRANT OPTION"], "PUBLIC": [] }` */
export function parseGrants(
  given: unknown,
  at: string,
  kind: PrivilegeKind,
  list: FindingList,
): Grants | undefined {
  if (!isRecord(given)) return undefined
  const known = ['ALL', ...privilegesOf(kind)]
  return new Map(
    Object.entries(given).map(([role, privileges]) => {
      const held = (typeof privileges === 'string' ? privileges.split(',') : texts(privileges)).map((one) =>
        one.trim().toUpperCase(),
      )
      for (const one of held) {
        const name = one.replace(/ WITH GRANT OPTION$/, '')
        if (known.includes(name)) continue
        list.error(
          'unknown-privilege',
          `${at}${pointer(role)}`,
          `${kind.toLowerCase()} has no privilege "${name}"`,
          didYouMean(name, known) ?? `It has ${known.join(', ')}.`,
        )
      }
      return [role.toLowerCase() === 'public' ? PUBLIC : role, held] as const
    }),
  )
}

/** Owners and grantees must be listed when the file lists its roles at all: a typing error would fail only at restore. */
export function checkRoles(root: Record<string, unknown>, list: FindingList): void {
  if (!Array.isArray(root['roles'])) return
  const known = new Set([...texts(root['roles']), 'postgres', 'pg_database_owner', PUBLIC])
  const check = (role: string, at: string) => {
    if (known.has(role) || role.toLowerCase() === 'public') return
    list.error('unknown-role', at, `"${role}" is not listed in "roles"`, didYouMean(role, known))
  }
  const visit = (value: unknown, at: string): void => {
    if (Array.isArray(value)) for (const [i, item] of value.entries()) visit(item, `${at}/${i}`)
    if (!isRecord(value)) return
    for (const [key, member] of Object.entries(value)) {
      const place = `${at}${pointer(key)}`
      if (key === 'owner' && typeof member === 'string') check(member, place)
      else if (key === 'grants' && isRecord(member))
        for (const role of Object.keys(member)) check(role, `${place}${pointer(role)}`)
      else visit(member, place)
    }
  }
  visit(root, '')
}
