// GRANT and REVOKE as buildACLCommands (dumputils.c) writes them: what differs from the privileges an object starts with.

import type { Grants } from '../schema/model.ts'
import { quoteName } from './names.ts'

export type PrivilegeKind =
  | 'TABLE'
  | 'COLUMN'
  | 'SEQUENCE'
  | 'FUNCTION'
  | 'SCHEMA'
  | 'TYPE'
  | 'LANGUAGE'
  | 'FOREIGN DATA WRAPPER'
  | 'FOREIGN SERVER'

/** In the order parseAclItem looks at them, which is the order they are printed in. */
const PRIVILEGES: Readonly<Record<PrivilegeKind, readonly string[]>> = {
  TABLE: ['SELECT', 'INSERT', 'REFERENCES', 'DELETE', 'TRIGGER', 'TRUNCATE', 'MAINTAIN', 'UPDATE'],
  COLUMN: ['SELECT', 'INSERT', 'REFERENCES', 'UPDATE'],
  SEQUENCE: ['SELECT', 'USAGE', 'UPDATE'],
  FUNCTION: ['EXECUTE'],
  SCHEMA: ['CREATE', 'USAGE'],
  TYPE: ['USAGE'],
  LANGUAGE: ['USAGE'],
  'FOREIGN DATA WRAPPER': ['USAGE'],
  'FOREIGN SERVER': ['USAGE'],
}

/** What everybody may do with a new object of the kind; the owner may do everything. */
const EVERYBODY: ReadonlySet<PrivilegeKind> = new Set(['FUNCTION', 'TYPE', 'LANGUAGE'])

export const PUBLIC = 'PUBLIC'
const OPTION = ' WITH GRANT OPTION'

/** All privileges that an object of the kind knows in some version. */
export function privilegesOf(kind: PrivilegeKind): readonly string[] {
  return PRIVILEGES[kind]
}

export type Granted = {
  readonly kind: PrivilegeKind
  /** What stands behind ON: `TABLE public.users`, `TABLES`. */
  readonly on: string
  readonly grants: Grants
  readonly owner: string
  readonly major: number
  /** Of a column: its name. */
  readonly column?: string
  /** `ALTER DEFAULT PRIVILEGES … ` */
  readonly prefix?: string
  /** Where the roles stand without any GRANT; the usual ones when absent. */
  readonly start?: Grants
}

/** The statements, each with its newline; empty when nothing differs. Grants of the owner come first. */
export function privilegeStatements(given: Granted): string {
  const { kind, grants, owner, major, prefix = '' } = given
  const start = given.start ?? usualPrivileges(kind, owner)
  const revokes = [...start].flatMap(([role, usual]) => {
    const held = grants.get(role)
    if (held === undefined || same(held, usual, given)) return []
    const { plain } = split(usual, given)
    return plain === '' ? [] : [`${prefix}REVOKE ${plain} ON ${on(given)} FROM ${roleName(role, major)};\n`]
  })
  const granted = [...grants].flatMap(([role, held]) => {
    if (same(held, start.get(role) ?? [], given)) return []
    const { plain, option } = split(held, given)
    const to = ` ON ${on(given)} TO ${roleName(role, major)}`
    const text = [
      plain === '' ? '' : `${prefix}GRANT ${plain}${to};\n`,
      option === '' ? '' : `${prefix}GRANT ${option}${to}${OPTION};\n`,
    ].join('')
    return [{ own: role === owner, text }]
  })
  const texts = (own: boolean) => granted.filter((one) => one.own === own).map(({ text }) => text)
  return [...revokes, ...texts(true), ...texts(false)].join('')
}

/** acldefault: the owner everything, everybody the use of functions and types. */
export function usualPrivileges(kind: PrivilegeKind, owner: string): Grants {
  if (kind === 'COLUMN') return new Map()
  return new Map([...(EVERYBODY.has(kind) ? [[PUBLIC, ['ALL']] as const] : []), [owner, ['ALL']] as const])
}

function on({ on: object, major, prefix }: Granted): string {
  // Up to 15 the empty name of "all tables to come" leaves its blank.
  return prefix !== undefined && major < 16 ? `${object} ` : object
}

function roleName(role: string, major: number): string {
  return role === PUBLIC ? PUBLIC : quoteName(role, major)
}

function same(a: readonly string[], b: readonly string[], given: Granted): boolean {
  const [left, right] = [split(a, given), split(b, given)]
  return left.plain === right.plain && left.option === right.option
}

/** `SELECT,INSERT(name)`: those without and those with the right to hand them on. */
function split(
  held: readonly string[],
  { kind, column, major }: Pick<Granted, 'kind' | 'column' | 'major'>,
): { plain: string; option: string } {
  const known = PRIVILEGES[kind].filter((name) => major >= 17 || name !== 'MAINTAIN')
  const words = new Set(held.map((word) => word.toUpperCase()))
  const suffix = column === undefined ? '' : `(${quoteName(column, major)})`
  const listed = (ending: string) => {
    const names = words.has(`ALL${ending}`) ? known : known.filter((name) => words.has(`${name}${ending}`))
    return (names.length === known.length ? ['ALL'] : names).map((name) => `${name}${suffix}`).join(',')
  }
  return { plain: listed(''), option: listed(OPTION) }
}
