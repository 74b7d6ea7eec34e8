// Triggers, policies, rules and statistics that stand in their table, and publications.

import { didYouMean } from '@specwright/cli/nearest.ts'
import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import { qualifiedName, quoteName, quoteText, splitSchema } from '../formats/names.ts'
import type { TextObject } from './model.ts'
import { MAJOR, textObjectOf, type ObjectContext } from './object-of.ts'
import { text, texts } from './parse-details.ts'

type Json = Record<string, unknown>

export function tableObjects(
  table: string,
  given: unknown,
  at: string,
  context: ObjectContext,
): TextObject[] {
  if (!isRecord(given)) return []
  const on = qualifiedName(table, context.own.schemas, MAJOR)
  const of = (key: string, make: (name: string, one: unknown, place: string) => TextObject) =>
    isRecord(given[key])
      ? Object.entries(given[key]).map(([name, one]) => make(name, one, `${at}/${key}${pointer(name)}`))
      : []
  const object = (kind: string, name: string, one: unknown, place: string, sql: string): TextObject => ({
    ...textObjectOf(kind, name, one, place, context, {
      sql,
      table,
      drop: `${kind} ${quoteName(name, MAJOR)} ON ${on}`,
    }),
    owner: text(given['owner']),
    uses: [],
  })
  return [
    ...of('triggers', (name, one, place) =>
      object('TRIGGER', name, one, place, triggerText(name, one, on, place, context)),
    ),
    ...of('policies', (name, one, place) => object('POLICY', name, one, place, policyText(name, one, on))),
    ...of('rules', (name, one, place) => object('RULE', name, one, place, ruleText(name, one, on))),
    ...of('statistics', (name, one, place) => statistics(table, name, one, place, context)),
  ]
}

/** `"BEFORE UPDATE FOR EACH ROW EXECUTE FUNCTION touch()"`, or its parts. */
function triggerText(name: string, given: unknown, on: string, at: string, context: ObjectContext): string {
  const quoted = quoteName(name, MAJOR)
  const written = isRecord(given) ? text(given['sql']) : text(given)
  if (written !== undefined) {
    // ON stands between the events and the rest.
    const [, events, rest] =
      /^(.*?)\s*((?:FROM|NOT DEFERRABLE|DEFERRABLE|INITIALLY|REFERENCING|FOR EACH|WHEN|EXECUTE)\b.*)$/is.exec(
        written,
      ) ?? []
    if (events !== undefined) return `CREATE TRIGGER ${quoted} ${events} ON ${on} ${rest};`
    context.list.error(
      'bad-trigger',
      at,
      `trigger ${name}: "${written}" cannot be read`,
      'Write "BEFORE UPDATE FOR EACH ROW EXECUTE FUNCTION touch()".',
    )
  }
  const { before, after, insteadOf, each, when, execute } = isRecord(given) ? given : {}
  const events = text(before) ?? text(after) ?? text(insteadOf) ?? 'update'
  const time = insteadOf ? 'INSTEAD OF' : after ? 'AFTER' : 'BEFORE'
  const condition = text(when) === undefined ? '' : ` WHEN (${text(when)})`
  const called = calledName(text(execute) ?? '', context)
  return `CREATE TRIGGER ${quoted} ${time} ${events.toUpperCase()} ON ${on} FOR EACH ${each === 'statement' ? 'STATEMENT' : 'ROW'}${condition} EXECUTE FUNCTION ${called};`
}

/** `touch()` → `public.touch()` when the file has the function. */
function calledName(call: string, { names, own }: ObjectContext): string {
  const [, name = '', rest = '()'] = /^([^(]+)(\(.*\))?$/s.exec(call) ?? []
  return `${names.includes(name) ? qualifiedName(name, own.schemas, MAJOR) : name}${rest}`
}

function policyText(name: string, given: unknown, on: string): string {
  const policy: Json = isRecord(given) ? given : { using: given }
  const command = text(policy['for'])?.toUpperCase()
  const roles = texts(policy['to']).map((role) =>
    /^public$/i.test(role) ? 'PUBLIC' : quoteName(role, MAJOR),
  )
  const using = text(policy['using'])
  const check = text(policy['check'])
  return [
    `CREATE POLICY ${quoteName(name, MAJOR)} ON ${on}`,
    policy['restrictive'] === true ? ' AS RESTRICTIVE' : '',
    command === undefined || command === 'ALL' ? '' : ` FOR ${command}`,
    roles.length === 0 || roles.includes('PUBLIC') ? '' : ` TO ${roles.join(', ')}`,
    using === undefined ? '' : ` USING (${using})`,
    check === undefined ? '' : ` WITH CHECK (${check})`,
    ';',
  ].join('')
}

/** `"ON DELETE DO INSTEAD NOTHING"` */
function ruleText(name: string, given: unknown, on: string): string {
  const written = (isRecord(given) ? text(given['sql']) : text(given)) ?? ''
  const [, event = 'DELETE', where = '', rest = 'DO INSTEAD NOTHING'] =
    /^\s*ON\s+(\w+)\s+(?:(WHERE\s.*?)\s+)?(DO\b.*)$/is.exec(written) ?? []
  const condition = where === '' ? '' : `\n   ${where}`
  return `CREATE RULE ${quoteName(name, MAJOR)} AS\n    ON ${event.toUpperCase()} TO ${on}${condition} ${rest};`
}

/** `{ "columns": ["city", "zip"], "kinds": ["dependencies"] }` */
function statistics(
  table: string,
  name: string,
  given: unknown,
  at: string,
  context: ObjectContext,
): TextObject {
  const { own, list } = context
  const { schema } = splitSchema(table, own.schemas)
  const known = ['ndistinct', 'dependencies', 'mcv']
  const kinds = isRecord(given) ? texts(given['kinds']) : []
  for (const kind of kinds)
    if (!known.includes(kind))
      list.error(
        'unknown-statistics',
        `${at}/kinds`,
        `there are no "${kind}" statistics`,
        didYouMean(kind, known),
      )
  const listed = known.filter((kind) => kinds.includes(kind))
  const shown = listed.length === 0 || listed.length === known.length ? '' : ` (${listed.join(', ')})`
  const columns = texts(isRecord(given) ? given['columns'] : given).map((column) =>
    /^\w+$/.test(column) ? quoteName(column, MAJOR) : column,
  )
  const full = `${quoteName(schema, MAJOR)}.${quoteName(name, MAJOR)}`
  return {
    ...textObjectOf('STATISTICS', schema === 'public' ? name : `${schema}.${name}`, given, at, context, {
      sql: `CREATE STATISTICS ${full}${shown} ON ${columns.join(', ')} FROM ${qualifiedName(table, own.schemas, MAJOR)};`,
    }),
    uses: [],
  }
}

/** `{ "tables": ["orders"] }`, `{ "allTables": true }`, `{ "schemas": ["sales"], "publish": ["insert"] }` */
export function publicationObjects(
  name: string,
  given: unknown,
  at: string,
  context: ObjectContext,
): TextObject[] {
  const publication: Json = isRecord(given) ? given : {}
  const quoted = quoteName(name, MAJOR)
  const published = texts(publication['publish'])
  const actions = ['insert', 'update', 'delete', 'truncate'].filter(
    (action) => published.length === 0 || published.includes(action),
  )
  const root = publication['viaRoot'] === true ? ', publish_via_partition_root = true' : ''
  const owner = text(publication['owner'])
  const member = (kind: string, tag: string, sql: string, of: string): TextObject => ({
    ...textObjectOf(kind, of, {}, at, context, { sql, tag: `${name} ${tag}`, drop: '' }),
    owner,
    uses: [],
  })
  return [
    {
      ...textObjectOf('PUBLICATION', name, given, at, context, {
        sql: `CREATE PUBLICATION ${quoted}${publication['allTables'] === true ? ' FOR ALL TABLES' : ''} WITH (publish = ${quoteText(actions.join(', '))}${root});`,
      }),
      uses: [],
    },
    ...texts(publication['tables']).map((table) => {
      if (!context.names.includes(table))
        context.list.error(
          'unknown-table',
          at,
          `there is no table "${table}" to publish`,
          didYouMean(table, context.names),
        )
      const { local } = splitSchema(table, context.own.schemas)
      return member(
        'PUBLICATION TABLE',
        local,
        `ALTER PUBLICATION ${quoted} ADD TABLE ONLY ${qualifiedName(table, context.own.schemas, MAJOR)};`,
        table,
      )
    }),
    ...texts(publication['schemas']).map((schema) =>
      member(
        'PUBLICATION TABLES IN SCHEMA',
        schema,
        `ALTER PUBLICATION ${quoted} ADD TABLES IN SCHEMA ${quoteName(schema, MAJOR)};`,
        schema,
      ),
    ),
  ]
}
