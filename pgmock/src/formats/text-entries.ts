// Objects whose SQL is taken as it is: functions, views, triggers, policies and all the rarer kinds.

import type { TextObject } from '../schema/model.ts'
import { comment, privilegeEntries, withDetails, type Described } from './detail-entries.ts'
import { entryKey } from './entry.ts'
import { quoteName } from './names.ts'
import type { PrivilegeKind } from './privileges.ts'
import { inSchema, localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
import { PRIORITY, type Draft, type Unit } from './sort-units.ts'
import { keyOf } from './table-parts.ts'

type Kind = {
  readonly priority: number
  readonly late?: true
  /** It lives in no schema, whatever its name looks like. */
  readonly bare?: true
  readonly privileges?: PrivilegeKind
  /** In GRANT and in its heading, where it differs. */
  readonly grantWord?: string
}

/** The kinds that may stand in `objects`, as behind "Type:" in a dump. */
export const TEXT_KINDS: Readonly<Record<string, Kind>> = {
  'PROCEDURAL LANGUAGE': { priority: PRIORITY.language, bare: true, privileges: 'LANGUAGE' },
  COLLATION: { priority: PRIORITY.collation },
  TRANSFORM: { priority: PRIORITY.transform, bare: true },
  EXTENSION: { priority: PRIORITY.extension, bare: true },
  'SHELL TYPE': { priority: PRIORITY.type },
  TYPE: { priority: PRIORITY.type, privileges: 'TYPE' },
  CAST: { priority: PRIORITY.cast, bare: true },
  FUNCTION: { priority: PRIORITY.function, privileges: 'FUNCTION' },
  PROCEDURE: { priority: PRIORITY.function, privileges: 'FUNCTION', grantWord: 'PROCEDURE' },
  AGGREGATE: { priority: PRIORITY.aggregate, privileges: 'FUNCTION' },
  'ACCESS METHOD': { priority: PRIORITY.accessMethod, bare: true },
  OPERATOR: { priority: PRIORITY.operator },
  'OPERATOR FAMILY': { priority: PRIORITY.operatorFamily },
  'OPERATOR CLASS': { priority: PRIORITY.operatorFamily },
  CONVERSION: { priority: PRIORITY.conversion },
  'TEXT SEARCH PARSER': { priority: PRIORITY.textSearchParser },
  'TEXT SEARCH TEMPLATE': { priority: PRIORITY.textSearchTemplate },
  'TEXT SEARCH DICTIONARY': { priority: PRIORITY.textSearchDictionary },
  'TEXT SEARCH CONFIGURATION': { priority: PRIORITY.textSearchConfiguration },
  'FOREIGN DATA WRAPPER': {
    priority: PRIORITY.foreignDataWrapper,
    bare: true,
    privileges: 'FOREIGN DATA WRAPPER',
  },
  SERVER: { priority: PRIORITY.server, bare: true, privileges: 'FOREIGN SERVER' },
  'USER MAPPING': { priority: PRIORITY.server, bare: true },
  'FOREIGN TABLE': { priority: PRIORITY.table, privileges: 'TABLE' },
  VIEW: { priority: PRIORITY.table, privileges: 'TABLE' },
  'MATERIALIZED VIEW': { priority: PRIORITY.table, privileges: 'TABLE' },
  INDEX: { priority: PRIORITY.index, late: true },
  STATISTICS: { priority: PRIORITY.statistics, late: true },
  RULE: { priority: PRIORITY.rule, late: true },
  TRIGGER: { priority: PRIORITY.trigger, late: true },
  POLICY: { priority: PRIORITY.policy, late: true },
  PUBLICATION: { priority: PRIORITY.publication, late: true, bare: true },
  'PUBLICATION TABLE': { priority: PRIORITY.publicationTable, late: true },
  'PUBLICATION TABLES IN SCHEMA': { priority: PRIORITY.publicationSchema, late: true },
  SUBSCRIPTION: { priority: PRIORITY.subscription, late: true, bare: true },
  'EVENT TRIGGER': { priority: PRIORITY.eventTrigger, late: true, bare: true },
}

/** One, or the two that a view with a placeholder is. */
export function textUnits(object: TextObject, context: EntryContext): Unit[] {
  if (object.placeholder === undefined) return [textUnit(object, context)]
  const head = headOf(object)
  const dummy = `${object.placeholder};`
  const early = { ...object, sql: `${head}${dummy}`, sql15: undefined, uses: [] }
  return [textUnit(early, context), returnRule(object, `${replacing(head)}${dummy}\n`, context)]
}

/** `CREATE VIEW shop.totals AS`, with its options. */
function headOf({ sql }: TextObject): string {
  return sql.slice(0, sql.indexOf(' AS\n') + ' AS\n'.length)
}

function replacing(sql: string): string {
  return sql.replace('CREATE VIEW', 'CREATE OR REPLACE VIEW')
}

/** dumpRule: the view's query, once the keys are there that it leans on. */
function returnRule(view: TextObject, drop: string, context: EntryContext): Unit {
  const { names, model, major } = context
  const [schema, local] = [schemaName(context, view.name), localName(context, view.name)]
  const keyed = view.uses.flatMap((name) => model.tables.get(name) ?? [])
  const entry: Draft = {
    tag: `${local} _RETURN`,
    type: 'RULE',
    section: 'post-data',
    schema,
    owner: view.owner,
    definition: `${replacing(ofVersion(view, major))}\n`,
    drop,
    dependsOn: [
      relationKey(view.name, context),
      ...keyed.flatMap((table) =>
        table.primaryKey.length === 0 ? [] : [keyOf('CONSTRAINT', table, names.primary(table), context)],
      ),
    ],
  }
  const id = `RULE ${view.name} _RETURN`
  return { priority: PRIORITY.rule, schema, name: '_RETURN', tie: local, id, needs: [], entries: [entry] }
}

function textUnit(object: TextObject, context: EntryContext): Unit {
  const { kind, name, table } = object
  const { priority, late, bare }: Kind = kindOf(kind)
  const schema = bare ? undefined : schemaName(context, table ?? name)
  const local = bare || table !== undefined ? name : localName(context, name)
  const described = description(object, local, context)
  const entry: Draft = {
    tag: object.tag ?? (table === undefined ? local : `${localName(context, table)} ${name}`),
    type: kind,
    section: late ? 'post-data' : 'pre-data',
    schema,
    owner: object.owner ?? (table === undefined ? undefined : ownerOf(table, context)),
    definition: `${ofVersion(object, context.major)}\n`,
    drop: object.drop === '' ? undefined : `DROP ${object.drop ?? `${kind} ${described.sql}`};\n`,
    dependsOn: needed(object, context),
    ...storage(kind),
  }
  return {
    priority,
    schema: schema ?? '',
    name: local,
    tie: table === undefined ? (object.tag ?? 0) : localName(context, table),
    id: late || bare || table !== undefined ? `${kind} ${name}` : name,
    needs: object.uses,
    entries: [
      ...withDetails(entry, described, { owner: entry.owner, comment: object.comment }, context),
      ...columnComments(object, entry, context),
      ...privilegeEntries(entry, described, object.grants, context),
    ],
  }
}

/** What must be there before when entries are restored side by side: the table, and the publication it is added to. */
function needed({ kind, name, tag = '', table }: TextObject, context: EntryContext): string[] {
  if (table !== undefined) return [relationKey(table, context)]
  if (!kind.startsWith('PUBLICATION ')) return []
  const isTable = kind === 'PUBLICATION TABLE'
  const local = isTable ? localName(context, name) : name
  const publication = tag.slice(0, -local.length - 1)
  return [
    entryKey({ type: 'PUBLICATION', schema: undefined, tag: publication }),
    isTable ? relationKey(name, context) : entryKey({ type: 'SCHEMA', schema: undefined, tag: name }),
  ]
}

/** What versions print differently: columns of queries, and the options of a foreign table's columns. */
function ofVersion({ kind, sql, sql15 }: TextObject, major: number): string {
  if (major < 16 && sql15 !== undefined) return sql15
  return kind === 'FOREIGN TABLE' && major < 16
    ? sql.replaceAll('\nALTER FOREIGN TABLE ONLY ', '\nALTER FOREIGN TABLE ')
    : sql
}

function ownerOf(relation: string, { model }: EntryContext): string | undefined {
  return (model.tables.get(relation) ?? model.objects.find(({ name }) => name === relation))?.owner
}

function kindOf(kind: string): Kind {
  return TEXT_KINDS[kind] ?? { priority: PRIORITY.type } // the JSON Schema lets no other kind through
}

function storage(kind: string): Partial<Draft> {
  if (kind === 'MATERIALIZED VIEW') return { inTablespace: true, accessMethod: 'heap', relationKind: 'm' }
  if (kind === 'VIEW') return { relationKind: 'v' }
  if (kind === 'FOREIGN TABLE') return { relationKind: 'f' }
  return kind === 'INDEX' ? { inTablespace: true } : {}
}

function relationKey(name: string, context: EntryContext): string {
  const found = context.model.objects.find((one) => one.name === name && one.kind.endsWith('VIEW'))
  return entryKey({
    type: found?.kind ?? 'TABLE',
    schema: schemaName(context, name),
    tag: localName(context, name),
  })
}

/** `FUNCTION f(integer)` in the heading, with the schema in the statement. */
function description(object: TextObject, local: string, context: EntryContext): Described {
  const { kind, name, table, drop } = object
  const { privileges, grantWord, bare }: Kind = kindOf(kind)
  const quoted = quoteName(local, context.major)
  const rights = { privileges, ...(privileges ? { grantWord: grantWord ?? privileges } : {}) }
  if (table !== undefined && kind !== 'INDEX' && kind !== 'STATISTICS')
    return {
      kind,
      tag: `${quoted} ON ${quoteName(localName(context, table), context.major)}`,
      sql: `${quoted} ON ${sqlName(context, table)}`,
    }
  const named = drop?.startsWith(`${kind} `) ? drop.slice(kind.length + 1) : undefined
  const usual = bare ? quoted : inSchema(context, schemaName(context, table ?? name), local)
  // Functions and operators with their arguments, but without their schema.
  const schema = `${quoteName(schemaName(context, name), context.major)}.`
  const shown = named?.startsWith(schema) ? named.slice(schema.length) : named
  return { kind, tag: shown ?? quoted, sql: named ?? usual, ...rights }
}

function columnComments(
  { name, columnComments: texts }: TextObject,
  of: Draft,
  context: EntryContext,
): Draft[] {
  return [...(texts ?? [])].map(([column, text]) => {
    const quoted = quoteName(column, context.major)
    const local = quoteName(localName(context, name), context.major)
    return comment(`COLUMN ${local}.${quoted}`, `COLUMN ${sqlName(context, name)}.${quoted}`, text, of)
  })
}
