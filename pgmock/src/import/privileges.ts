// Owners, GRANT, REVOKE and ALTER DEFAULT PRIVILEGES.

import type { AlterDefaultPrivilegesStmt, AlterOwnerStmt, GrantStmt, Node, RoleSpec } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import { privilegesOf, PUBLIC, usualPrivileges, type PrivilegeKind } from '../formats/privileges.ts'
import type { Leave } from './attempt.ts'
import { keyOf, type Catalog, type DefaultPrivileges, type Described } from './catalog.ts'
import { ownSequences } from './serial-sequences.ts'
import { describedObject, namesOf, relationNamed, schemaDetails } from './described.ts'

/** Who runs a file, as long as nobody else is named. */
export const SUPERUSER = 'postgres'
const OPTION = ' WITH GRANT OPTION'

type Grants = Map<string, Set<string>>

const KINDS: Readonly<Record<string, PrivilegeKind>> = {
  OBJECT_TABLE: 'TABLE',
  OBJECT_SEQUENCE: 'SEQUENCE',
  OBJECT_FUNCTION: 'FUNCTION',
  OBJECT_PROCEDURE: 'FUNCTION',
  OBJECT_ROUTINE: 'FUNCTION',
  OBJECT_SCHEMA: 'SCHEMA',
  OBJECT_TYPE: 'TYPE',
  OBJECT_DOMAIN: 'TYPE',
  OBJECT_LANGUAGE: 'LANGUAGE',
  OBJECT_FDW: 'FOREIGN DATA WRAPPER',
  OBJECT_FOREIGN_SERVER: 'FOREIGN SERVER',
}

export function roleName(role: RoleSpec | undefined): string | undefined {
  if (role?.roletype === 'ROLESPEC_PUBLIC') return PUBLIC
  return role?.roletype === 'ROLESPEC_CSTRING' ? role.rolename : undefined
}

export function changeOwner(
  { objectType, relation, object, newowner }: AlterOwnerStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  const target = object ?? (relation ? { RangeVar: relation } : undefined)
  if (objectType === 'OBJECT_DATABASE' || objectType === 'OBJECT_LARGEOBJECT') return
  const found = describedObject(objectType, target, catalog)
  if (found) setOwner(found, roleName(newowner) ?? SUPERUSER)
  else leave('sql-left-out', `OWNER TO of ${namesOf(target).join('.')} is left out: it is not known`)
}

/** The new owner may do what the old one might, beside what it could do before (aclnewowner). */
export function setOwner(object: Described, owner: string): void {
  const before = object.owner ?? SUPERUSER
  object.owner = owner
  const { grants } = object
  if (!grants || before === owner) return
  const held = grants.get(before)
  if (!held) grants.delete(owner)
  else {
    grants.set(owner, new Set([...held, ...(grants.get(owner) ?? [])]))
    grants.delete(before)
  }
}

export function grant(statement: GrantStmt, catalog: Catalog, leave: Leave): void {
  const { objtype, targtype, objects = [] } = statement
  if (objtype === 'OBJECT_DATABASE' || objtype === 'OBJECT_TABLESPACE' || objtype === 'OBJECT_PARAMETER_ACL')
    return
  const kind = KINDS[String(objtype)]
  if (kind === undefined) {
    leave('sql-left-out', `privileges of ${String(objtype).replace('OBJECT_', '')} are left out`)
    return
  }
  if (targtype === 'ACL_TARGET_ALL_IN_SCHEMA') {
    const schemas = new Set(objects.map(stringOf))
    for (const one of allIn(kind, schemas, catalog)) change(one, kind, statement)
    return
  }
  for (const object of objects) {
    const found = describedObject(objtype, object, catalog)
    if (!found) {
      leave('sql-left-out', `privileges of ${namesOf(object).join('.')} are left out: it is not known`)
      continue
    }
    const isSequence = kind === 'TABLE' && [...catalog.sequences.values()].includes(found as never)
    const isPublic = kind === 'SCHEMA' && stringOf(object) === 'public'
    change(found, isSequence ? 'SEQUENCE' : kind, statement, isPublic ? IN_PUBLIC : undefined)
    if (kind === 'TABLE') changeColumns(object, statement, catalog, leave)
  }
}

/** What initdb allows in the schema public. */
const IN_PUBLIC: ReadonlyMap<string, readonly string[]> = new Map([
  ['pg_database_owner', ['ALL']],
  [PUBLIC, ['USAGE']],
])

function allIn(kind: PrivilegeKind, schemas: ReadonlySet<string>, catalog: Catalog): Described[] {
  if (kind === 'SEQUENCE')
    for (const table of catalog.tables.values()) if (schemas.has(table.schema)) ownSequences(table, catalog)
  const relations = /VIEW|FOREIGN TABLE/
  const functions = /^(?:FUNCTION|PROCEDURE|AGGREGATE)$/
  const all =
    kind === 'SEQUENCE'
      ? [...catalog.sequences.values()]
      : kind === 'TABLE'
        ? [...catalog.tables.values(), ...catalog.objects.filter((one) => relations.test(one.kind))]
        : catalog.objects.filter((one) => functions.test(one.kind))
  return all.filter(({ schema }) => schemas.has(schema))
}

function change(
  object: Described,
  kind: PrivilegeKind,
  { privileges = [], ...statement }: GrantStmt,
  usual?: ReadonlyMap<string, readonly string[]>,
): void {
  const words = privileges.flatMap((node) =>
    'AccessPriv' in node && (node.AccessPriv.cols ?? []).length === 0
      ? [(node.AccessPriv.priv_name ?? '').toUpperCase()]
      : [],
  )
  // None at all means ALL; only those of columns mean none here.
  if (words.length === 0 && privileges.length > 0) return
  object.grants ??= new Map()
  const owner = object.owner ?? SUPERUSER
  apply(object.grants, kind, words, statement, owner, usual ?? usualPrivileges(kind, owner))
}

function changeColumns(
  object: Node,
  { privileges = [], ...statement }: GrantStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  const name = relationNamed(namesOf(object), catalog)
  const table = catalog.tables.get(keyOf(name))
  for (const node of privileges) {
    if (!('AccessPriv' in node)) continue
    if (!table && (node.AccessPriv.cols ?? []).length > 0)
      leave('sql-left-out', `privileges of columns of ${name.name}, which is no table, are left out`)
    for (const name of (node.AccessPriv.cols ?? []).map(stringOf)) {
      const column = table?.columns.get(name)
      if (!column) continue
      column.grants ??= new Map()
      const word = node.AccessPriv.priv_name?.toUpperCase()
      apply(column.grants, 'COLUMN', word === undefined ? [] : [word], statement, table?.owner ?? SUPERUSER)
    }
  }
}

/** Moves the roles to where they stand after the statement. */
function apply(
  grants: Grants,
  kind: PrivilegeKind,
  words: readonly string[],
  { is_grant: isGrant, grant_option: option, grantees = [] }: Omit<GrantStmt, 'privileges'>,
  owner: string,
  usual = usualPrivileges(kind, owner),
): void {
  const all = privilegesOf(kind)
  const named = words.length === 0 || words.includes('ALL') ? all : words
  for (const node of grantees) {
    const role = 'RoleSpec' in node ? (roleName(node.RoleSpec) ?? owner) : owner
    const held = grants.get(role) ?? expanded(usual.get(role) ?? [], all)
    for (const word of named) {
      const withOption = `${word}${OPTION}`
      if (isGrant) {
        // The option includes the privilege, and a plain GRANT does not take it away.
        if (option || held.has(withOption)) {
          held.delete(word)
          held.add(withOption)
        } else held.add(word)
      } else {
        if (option && held.has(withOption)) held.add(word)
        if (!option) held.delete(word)
        held.delete(withOption)
      }
    }
    if (held.size === 0 && !usual.has(role)) grants.delete(role)
    else grants.set(role, held)
  }
}

function expanded(held: readonly string[], all: readonly string[]): Set<string> {
  return new Set(held.includes('ALL') ? all : held)
}

/** `ALL` again, when everything is held. */
export function shortened(held: ReadonlySet<string>, kind: PrivilegeKind): string[] {
  const all = privilegesOf(kind)
  if (held.size !== all.length) return [...held]
  if (all.every((word) => held.has(word))) return ['ALL']
  return all.every((word) => held.has(`${word}${OPTION}`)) ? [`ALL${OPTION}`] : [...held]
}

const ON: Readonly<Record<string, readonly [DefaultPrivileges['on'], PrivilegeKind]>> = {
  OBJECT_TABLE: ['tables', 'TABLE'],
  OBJECT_SEQUENCE: ['sequences', 'SEQUENCE'],
  OBJECT_FUNCTION: ['functions', 'FUNCTION'],
  OBJECT_ROUTINE: ['functions', 'FUNCTION'],
  OBJECT_TYPE: ['types', 'TYPE'],
  OBJECT_SCHEMA: ['schemas', 'SCHEMA'],
}

export function alterDefaultPrivileges(
  { options = [], action }: AlterDefaultPrivilegesStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  const named = (option: string) =>
    options.flatMap((node) => {
      if (!('DefElem' in node) || node.DefElem.defname !== option) return []
      const { arg } = node.DefElem
      return arg && 'List' in arg ? (arg.List.items ?? []) : []
    })
  const [on, kind] = ON[String(action?.objtype)] ?? []
  if (!action || on === undefined || kind === undefined) {
    leave('sql-left-out', 'ALTER DEFAULT PRIVILEGES of this kind of object is left out')
    return
  }
  const schemas = named('schemas').map(stringOf)
  const roles = named('roles').map((node) => ('RoleSpec' in node ? roleName(node.RoleSpec) : undefined))
  const words = (action.privileges ?? []).flatMap((node) =>
    'AccessPriv' in node ? [(node.AccessPriv.priv_name ?? '').toUpperCase()] : [],
  )
  for (const role of roles.length === 0 ? [undefined] : roles)
    for (const schema of schemas.length === 0 ? [undefined] : schemas) {
      if (schema !== undefined) schemaDetails(schema, catalog)
      const same = catalog.defaultPrivileges.find(
        (one) => one.role === role && one.schema === schema && one.on === on,
      )
      const entry = same ?? { role, schema, on, grants: new Map() }
      if (!same) catalog.defaultPrivileges.push(entry)
      const owner = role ?? SUPERUSER
      apply(
        entry.grants,
        kind,
        words,
        action,
        owner,
        schema === undefined ? usualPrivileges(kind, owner) : new Map(),
      )
    }
}
