// Publications with what they publish, and subscriptions.

import type { AlterPublicationStmt, CreatePublicationStmt, CreateSubscriptionStmt, Node } from 'libpg-query'
import { expressionText } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { quoteText } from '../formats/names.ts'
import type { Catalog, TextObject } from './catalog.ts'
import { LeftOut, scopeOf } from './lookup.ts'
import { optionText } from './options.ts'
import { bare, full, plainObject, quoted, tableOf } from './printed-names.ts'

const ACTIONS = ['insert', 'update', 'delete', 'truncate']

export function publication(statement: CreatePublicationStmt, catalog: Catalog): TextObject[] {
  const { pubname: name = '', options = [], pubobjects = [], for_all_tables: all } = statement
  const given = new Map(
    options.flatMap((node) => ('DefElem' in node ? [[node.DefElem.defname, optionText(node.DefElem)]] : [])),
  )
  const publish = given
    .get('publish')
    ?.split(',')
    .map((one) => one.trim())
  const actions = ACTIONS.filter((action) => publish === undefined || publish.includes(action))
  const root = /^(?:true|on|1)$/.test(given.get('publish_via_partition_root') ?? '')
    ? ', publish_via_partition_root = true'
    : ''
  const generated =
    given.get('publish_generated_columns') === 'stored' ? ', publish_generated_columns = stored' : ''
  const made = plainObject(
    'PUBLICATION',
    bare(name),
    `CREATE PUBLICATION ${quoted(name)}${all ? ' FOR ALL TABLES' : ''} WITH (publish = '${actions.join(', ')}'${generated}${root});`,
    { drop: `PUBLICATION ${quoted(name)}` },
  )
  return [made, ...pubobjects.flatMap((node) => published(node, name, catalog))]
}

/** ALTER PUBLICATION … ADD, as dumps have it; anything else it could change is left out. */
export function addToPublication(
  { pubname: name = '', action, pubobjects = [], options = [] }: AlterPublicationStmt,
  catalog: Catalog,
): TextObject[] {
  const isKnown = catalog.objects.some((one) => one.kind === 'PUBLICATION' && one.name === name)
  if (!isKnown || action !== 'AP_AddObjects' || options.length > 0)
    throw new LeftOut(
      'sql-left-out',
      `ALTER PUBLICATION ${name} is left out: only ADD to one created before is read`,
    )
  return pubobjects.flatMap((node) => published(node, name, catalog))
}

/** What a publication publishes, each an entry of its own. */
function published(node: Node, publicationName: string, catalog: Catalog): TextObject[] {
  if (!('PublicationObjSpec' in node)) return []
  const { pubobjtype: type, name: schema = '', pubtable } = node.PublicationObjSpec
  const alter = `ALTER PUBLICATION ${quoted(publicationName)} ADD`
  if (type === 'PUBLICATIONOBJ_TABLES_IN_SCHEMA')
    return [
      plainObject(
        'PUBLICATION TABLES IN SCHEMA',
        { schema, name: schema },
        `${alter} TABLES IN SCHEMA ${quoted(schema)};`,
        {
          tag: `${publicationName} ${schema}`,
          drop: '',
        },
      ),
    ]
  const { name: on, table } = tableOf(pubtable?.relation, catalog)
  if (!table)
    throw new LeftOut(
      'sql-unknown-table',
      `publication ${publicationName} names ${on.name}, which is not created before`,
    )
  const columns = (pubtable?.columns ?? []).map((column) => quoted(stringOf(column)))
  const where = pubtable?.whereClause
    ? ` WHERE (${expressionText(pubtable.whereClause, scopeOf(table, catalog), 'boolean')})`
    : ''
  const list = columns.length === 0 ? '' : ` (${columns.join(', ')})`
  return [
    plainObject('PUBLICATION TABLE', on, `${alter} TABLE ONLY ${full(on)}${list}${where};`, {
      tag: `${publicationName} ${on.name}`,
      drop: '',
    }),
  ]
}

export function subscription({
  subname: name = '',
  conninfo = '',
  publication: names = [],
  options = [],
}: CreateSubscriptionStmt): TextObject {
  const given = new Map(
    options.flatMap((node) => ('DefElem' in node ? [[node.DefElem.defname, optionText(node.DefElem)]] : [])),
  )
  const slot = given.get('slot_name') ?? name
  const known = new Set(['connect', 'enabled', 'create_slot', 'copy_data', 'slot_name'])
  const other = [...given.keys()].find((key) => !known.has(key ?? ''))
  if (other !== undefined)
    throw new LeftOut('sql-left-out', `option ${other} of subscription ${name} is not known; it is left out`)
  const shown = slot.toLowerCase() === 'none' ? 'NONE' : quoteText(slot)
  return plainObject(
    'SUBSCRIPTION',
    bare(name),
    `CREATE SUBSCRIPTION ${quoted(name)} CONNECTION ${quoteText(conninfo)} PUBLICATION ${names.map((one) => quoted(stringOf(one))).join(', ')} WITH (connect = false, slot_name = ${shown});`,
    { drop: `SUBSCRIPTION ${quoted(name)}` },
  )
}
