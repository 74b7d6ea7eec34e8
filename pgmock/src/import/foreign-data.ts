// Foreign data wrappers, servers and user mappings.

import type { CreateFdwStmt, CreateForeignServerStmt, CreateUserMappingStmt, Node } from 'libpg-query'
import { quoteText } from '../formats/names.ts'
import { PUBLIC } from '../formats/privileges.ts'
import { byBytes } from '../formats/sort-units.ts'
import type { Catalog, TextObject } from './catalog.ts'
import { optionText } from './options.ts'
import { bare, calledFunction, plainObject, quoted } from './printed-names.ts'
import { roleName, SUPERUSER } from './privileges.ts'

/** `OPTIONS (\n    host 'x'\n)`, sorted by name as pg_dump asks for them. */
export function foreignOptions(options: readonly Node[]): string {
  const shown = options
    .flatMap((node) => ('DefElem' in node ? [node.DefElem] : []))
    .toSorted((a, b) => byBytes(a.defname ?? '', b.defname ?? ''))
    .map((option) => `    ${quoted(option.defname ?? '')} ${quoteText(optionText(option))}`)
  return shown.length === 0 ? '' : ` OPTIONS (\n${shown.join(',\n')}\n)`
}

export function foreignDataWrapper(
  { fdwname: name = '', func_options: functions = [], options = [] }: CreateFdwStmt,
  catalog: Catalog,
): TextObject {
  const shown = functions.flatMap((node) => {
    if (!('DefElem' in node) || !node.DefElem.arg || !('List' in node.DefElem.arg)) return []
    return [
      ` ${(node.DefElem.defname ?? '').toUpperCase()} ${calledFunction(node.DefElem.arg.List.items ?? [], catalog)}`,
    ]
  })
  return plainObject(
    'FOREIGN DATA WRAPPER',
    bare(name),
    `CREATE FOREIGN DATA WRAPPER ${quoted(name)}${shown.join('')}${foreignOptions(options)};`,
    { drop: `FOREIGN DATA WRAPPER ${quoted(name)}` },
  )
}

export function foreignServer({
  servername: name = '',
  servertype: type,
  version,
  fdwname = '',
  options = [],
}: CreateForeignServerStmt): TextObject {
  const parts = [
    `CREATE SERVER ${quoted(name)}`,
    type ? ` TYPE ${quoteText(type)}` : '',
    version ? ` VERSION ${quoteText(version)}` : '',
    ` FOREIGN DATA WRAPPER ${quoted(fdwname)}`,
    foreignOptions(options),
    ';',
  ]
  return plainObject('SERVER', bare(name), parts.join(''), { drop: `SERVER ${quoted(name)}` })
}

export function userMapping({
  user,
  servername: server = '',
  options = [],
}: CreateUserMappingStmt): TextObject {
  const role = roleName(user) ?? SUPERUSER
  const shown = role === PUBLIC ? PUBLIC : quoted(role)
  return plainObject(
    'USER MAPPING',
    bare(`${server} ${role}`),
    `CREATE USER MAPPING FOR ${shown} SERVER ${quoted(server)}${foreignOptions(options)};`,
    {
      tag: `USER MAPPING ${role === PUBLIC ? 'public' : role} SERVER ${server}`,
      drop: `USER MAPPING FOR ${shown} SERVER ${quoted(server)}`,
    },
  )
}
