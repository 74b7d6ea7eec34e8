// Comments, privileges and the owner of an object: what follows its own entry.

import type { Details, Grants } from '../schema/model.ts'
import { entryKey } from './entry.ts'
import { quoteText } from './names.ts'
import { privilegeStatements, type PrivilegeKind } from './privileges.ts'
import type { EntryContext } from './relation-names.ts'
import type { Draft } from './sort-units.ts'

export type Described = {
  /** As in COMMENT ON: `MATERIALIZED VIEW`. */
  readonly kind: string
  /** Its name in the heading, and in the statement. */
  readonly tag: string
  readonly sql: string
  readonly privileges?: PrivilegeKind | undefined
  /** In GRANT … ON, where it is another word than the kind of privileges: PROCEDURE. */
  readonly grantWord?: string
}

/** The entry under its owner, then its comment and its privileges. */
export function withDetails(
  entry: Draft,
  described: Described,
  details: Details | undefined,
  context: EntryContext,
): Draft[] {
  if (!details) return [entry]
  const { kind, tag, sql } = described
  const owned = { ...entry, owner: details.owner }
  return [
    owned,
    ...(details.comment ? [comment(`${kind} ${tag}`, `${kind} ${sql}`, details.comment, owned)] : []),
    ...privilegeEntries(owned, described, details.grants, context),
  ]
}

export function comment(tag: string, on: string, text: string, of: Draft): Draft {
  return {
    tag,
    type: 'COMMENT',
    section: of.section,
    schema: of.schema,
    owner: of.owner,
    definition: `COMMENT ON ${on} IS ${quoteText(text)};\n`,
    drop: undefined,
    dependsOn: [entryKey(of)],
  }
}

export function privilegeEntries(
  of: Draft,
  { tag, sql, privileges, grantWord = privileges }: Described,
  grants: Grants | undefined,
  { model, major }: EntryContext,
): Draft[] {
  if (!grants || !privileges) return []
  const owner = of.owner ?? model.owner
  const definition = privilegeStatements({
    kind: privileges,
    on: `${grantWord} ${sql}`,
    grants,
    owner,
    major,
  })
  return definition === '' ? [] : [acl(`${grantWord} ${tag}`, definition, of)]
}

export function acl(tag: string, definition: string, of: Draft): Draft {
  return {
    tag,
    type: 'ACL',
    section: of.section,
    schema: of.schema,
    owner: of.owner,
    definition,
    drop: undefined,
    dependsOn: [entryKey(of)],
  }
}
