// Catalog → a schema of our language, as plain JSON.

import { TEXT_KINDS } from '../formats/text-entries.ts'
import { keyOf, type Catalog, type TextObject } from './catalog.ts'
import {
  compact,
  detailsJson,
  filled,
  grantsJson,
  hasOwner,
  listed,
  rolesOf,
  usualOwner,
} from './details-json.ts'
import { fileName } from './file-name.ts'
import { SUPERUSER } from './privileges.ts'
import { checkJson, tableJson, typeText } from './table-json.ts'

type Json = Record<string, unknown>

/** Names in `public` stand alone, others as `schema.name`, their schemas being listed. */
export function toSchema(catalog: Catalog, database: string, rowCount: number | undefined): Json {
  const usual = usualOwner(catalog)
  const owned = new Set<string>()
  const tables = Object.fromEntries(
    [...catalog.tables.values()].map((table) => [
      fileName(table),
      tableJson(table, { catalog, owned, rowCount, usualOwner: usual }),
    ]),
  )
  const sequences = [...catalog.sequences.values()].filter((sequence) => !owned.has(keyOf(sequence)))
  return compact({
    version: '1.0',
    database: { name: database, ...(usual === SUPERUSER ? {} : { owner: usual }) },
    roles: listed(rolesOf(catalog)),
    schemas: schemasJson(catalog, usual),
    enums: filled(
      [...catalog.enums.values()].map((one) => {
        const details = detailsJson(one, 'TYPE', usual)
        return [
          fileName(one),
          Object.keys(details).length === 0 ? one.labels : { labels: one.labels, ...details },
        ]
      }),
    ),
    domains: filled(
      [...catalog.domains.values()].map((domain) => [
        fileName(domain),
        compact({
          type: typeText(domain.type),
          nullable: domain.nullable ? undefined : false,
          default: domain.defaultText === undefined ? undefined : { sql: domain.defaultText },
          collation: domain.collation,
          checks: listed(domain.checks.map(checkJson)),
          ...detailsJson(domain, 'TYPE', usual),
        }),
      ]),
    ),
    sequences: filled(
      sequences.map((one) => [
        fileName(one),
        {
          ...one.sequence,
          ...(one.ownedBy ? { ownedBy: `${fileName(one.ownedBy.table)}.${one.ownedBy.column}` } : {}),
          ...detailsJson(one.ownedBy ? { ...one, owner: usual } : one, 'SEQUENCE', usual),
        },
      ]),
    ),
    tables,
    objects: listed(catalog.objects.map((object) => objectJson(object, usual))),
    defaultPrivileges: listed(
      catalog.defaultPrivileges.map(({ role, schema, on, grants }) =>
        compact({
          on,
          schema,
          role: role ?? (usual === SUPERUSER ? undefined : SUPERUSER),
          grants: grantsJson(grants, PRIVILEGES_ON[on]) ?? {},
        }),
      ),
    ),
  })
}

const PRIVILEGES_ON = {
  tables: 'TABLE',
  sequences: 'SEQUENCE',
  functions: 'FUNCTION',
  types: 'TYPE',
  schemas: 'SCHEMA',
} as const

/** A list of names, unless one has more to say. */
function schemasJson(catalog: Catalog, usual: string): unknown {
  const names = new Set(catalog.schemas)
  for (const { schema } of [
    ...catalog.tables.values(),
    ...catalog.enums.values(),
    ...catalog.domains.values(),
    ...catalog.sequences.values(),
    ...catalog.objects,
  ])
    if (schema !== 'public') names.add(schema)
  const details = new Map(
    [...names].map((name) => [name, detailsJson(catalog.schemaDetails.get(name) ?? {}, 'SCHEMA', usual)]),
  )
  const known = catalog.schemaDetails.get('public')
  // Its owner is not the database's.
  const ofPublic = known && compact({ ...detailsJson(known, 'SCHEMA', usual), owner: known.owner })
  if (ofPublic && Object.keys(ofPublic).length > 0) details.set('public', ofPublic)
  if (details.size === 0) return undefined
  const isPlain = [...details.values()].every((one) => Object.keys(one).length === 0)
  return isPlain ? [...details.keys()] : Object.fromEntries(details)
}

function objectJson(object: TextObject, usual: string): Json {
  const { owner, comment, grants } = detailsJson(
    object,
    TEXT_KINDS[object.kind]?.privileges ?? 'TABLE',
    usual,
  )
  return compact({
    kind: object.kind,
    name: object.table ? object.name : fileName(object),
    tag: object.tag,
    table: object.table && fileName(object.table),
    drop: object.drop,
    uses: listed(object.uses.map(fileName)),
    provides: listed((object.provides ?? []).map(fileName)),
    owner: hasOwner(object.kind) ? owner : undefined,
    comment,
    columnComments: object.columnComments && Object.fromEntries(object.columnComments),
    grants,
    sql: object.sql,
    sql15: object.sql15,
    placeholder: object.placeholder,
  })
}
