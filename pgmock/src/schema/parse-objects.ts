// What a database has beside tables: domains, free sequences, and objects whose SQL is taken as it is.

import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import type { PrivilegeKind } from '../formats/privileges.ts'
import { splitSchema } from '../formats/names.ts'
import { TEXT_KINDS } from '../formats/text-entries.ts'
import { checkName } from './check-name.ts'
import type { FindingList } from './finding-list.ts'
import {
  detailKey,
  type DefaultPrivileges,
  type Details,
  type Domain,
  type Sequence,
  type TextObject,
} from './model.ts'
import { parseDefault, parseType } from './parse-column.ts'
import { parseDetails, parseGrants, text, texts } from './parse-details.ts'
import { parseSequence } from './parse-sequence.ts'
import { parseChecks } from './parse-checks.ts'
import type { OwnTypes, PgType } from './pg-type.ts'

export function parseDomains(given: unknown, types: OwnTypes, list: FindingList): Map<string, Domain> {
  const domains = new Map<string, Domain>()
  if (!isRecord(given)) return domains
  // A domain may stand on another one: that first.
  const bases = new Map<string, PgType>()
  const own = { ...types, domains: bases }
  for (const name of inOrder(given)) {
    const domain = given[name]
    if (!isRecord(domain)) continue
    const at = pointer('domains', name)
    checkName(name, at, 'domain', list)
    const base = parseType(domain['type'], at, own, list)
    if (!base) continue
    bases.set(name, base)
    domains.set(name, {
      base,
      nullable: domain['nullable'] !== false,
      defaultText: parseDefault(name, domain['default'], base, at, list),
      checks: parseChecks(splitSchema(name, own.schemas).local, new Map(), [], domain['checks'], new Set()),
      comment: text(domain['comment']),
      collation: text(domain['collation']),
    })
  }
  return domains
}

function inOrder(domains: Record<string, unknown>): string[] {
  const order: string[] = []
  const add = (name: string, path: readonly string[]): void => {
    if (order.includes(name) || path.includes(name)) return
    const domain = domains[name]
    const base = isRecord(domain) ? text(domain['type'])?.replace(/\[\]$/, '') : undefined
    if (base !== undefined && Object.hasOwn(domains, base)) add(base, [...path, name])
    order.push(name)
  }
  for (const name of Object.keys(domains)) add(name, [])
  return order
}

export function parseSequences(given: unknown): Map<string, Sequence> {
  if (!isRecord(given)) return new Map()
  return new Map(Object.entries(given).map(([name, sequence]) => [name, parseSequence(sequence)]))
}

/** Owners, comments and privileges of what has no place for them in the model. */
export function parseAllDetails(root: Record<string, unknown>, list: FindingList): Map<string, Details> {
  const found = new Map<string, Details>()
  const kinds = [
    ['schemas', 'SCHEMA', 'SCHEMA'],
    ['enums', 'ENUM', 'TYPE'],
    ['domains', 'DOMAIN', 'TYPE'],
    ['sequences', 'SEQUENCE', 'SEQUENCE'],
  ] as const
  for (const [key, kind, privileges] of kinds) {
    const members = root[key]
    if (!isRecord(members)) continue
    for (const [name, given] of Object.entries(members))
      if (isRecord(given))
        found.set(detailKey(kind, name), parseDetails(given, pointer(key, name), privileges, list))
  }
  return found
}

/** `[{ "on": "tables", "schema": "app", "grants": { "reader": ["SELECT"] } }]` */
export function parseDefaultPrivileges(given: unknown, list: FindingList): DefaultPrivileges[] {
  if (!Array.isArray(given)) return []
  return given.flatMap((one: unknown, i): DefaultPrivileges[] => {
    if (!isRecord(one) || typeof one['on'] !== 'string') return []
    const on = one['on'].toUpperCase() as DefaultPrivileges['on'] // checked by the JSON Schema
    const kind = on.replace(/S$/, '') as PrivilegeKind // each is the plural of one
    const grants = parseGrants(one['grants'], `/defaultPrivileges/${i}/grants`, kind, list) ?? new Map()
    return [{ role: text(one['role']), schema: text(one['schema']), on, grants }]
  })
}

export function parseObjects(given: unknown, list: FindingList): TextObject[] {
  if (!Array.isArray(given)) return []
  return given.flatMap((object: unknown, i) => {
    if (!isRecord(object)) return []
    const { kind, name, sql, tag, drop, table } = object
    if (typeof kind !== 'string' || typeof name !== 'string' || typeof sql !== 'string') return []
    return [
      {
        kind,
        name,
        sql,
        sql15: text(object['sql15']),
        placeholder: text(object['placeholder']),
        tag: text(tag),
        drop: text(drop),
        table: text(table),
        uses: texts(object['uses']),
        provides: texts(object['provides']),
        comment: text(object['comment']),
        owner: text(object['owner']),
        grants: parseGrants(
          object['grants'],
          `/objects/${i}/grants`,
          TEXT_KINDS[kind]?.privileges ?? 'TABLE',
          list,
        ),
        columnComments: isRecord(object['columnComments'])
          ? new Map(
              Object.entries(object['columnComments']).flatMap(([column, one]) =>
                typeof one === 'string' ? [[column, one] as const] : [],
              ),
            )
          : undefined,
      },
    ]
  })
}
