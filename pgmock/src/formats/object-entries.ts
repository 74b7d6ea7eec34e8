// Schemas, enums, domains and free sequences, and with them the objects of text-entries.ts.

import { detailKey, type Details, type Domain, type Sequence, type Table } from '../schema/model.ts'
import { defaultPrivilegeUnits } from './default-privileges.ts'
import { acl, comment, withDetails } from './detail-entries.ts'
import { entryKey } from './entry.ts'
import { quoteName, quoteText } from './names.ts'
import { privilegeStatements, PUBLIC } from './privileges.ts'
import { localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
import { PRIORITY, type Draft, type Unit } from './sort-units.ts'
import { textUnits } from './text-entries.ts'

export function objectUnits(context: EntryContext): Unit[] {
  const { model } = context
  return [
    ...schemaUnits(context),
    ...[...model.enums].map(([name, labels]) => enumUnit(name, labels, context)),
    ...[...model.domains].map(([name, domain]) => domainUnit(name, domain, context)),
    ...[...model.sequences].map(([name, sequence]) => freeSequence(name, sequence, context)),
    ...model.objects.flatMap((object) => textUnits(object, context)),
    ...defaultPrivilegeUnits(context),
  ]
}

/** initdb makes public, and gives it to this role. */
const PUBLIC_OWNER = 'pg_database_owner'

function schemaUnits(context: EntryContext): Unit[] {
  const publicDetails = context.model.details.get(detailKey('SCHEMA', 'public'))
  return [
    ...[...context.model.schemas].map((name) => schemaUnit(name, context)),
    ...(publicDetails ? [publicUnit(publicDetails, context)] : []),
  ]
}

function schemaUnit(name: string, context: EntryContext): Unit {
  const quoted = quoteName(name, context.major)
  const entry: Draft = {
    tag: name,
    type: 'SCHEMA',
    section: 'pre-data',
    schema: undefined,
    definition: `CREATE SCHEMA ${quoted};\n`,
    drop: `DROP SCHEMA ${quoted};\n`,
    dependsOn: [],
  }
  const details = context.model.details.get(detailKey('SCHEMA', name))
  const described = { kind: 'SCHEMA', tag: quoted, sql: quoted, privileges: 'SCHEMA' } as const
  return schemaOf(name, withDetails(entry, described, details, context))
}

/** Only what differs from initdb's: its entry stands there when it has another owner. */
function publicUnit(details: Details, context: EntryContext): Unit {
  const owner = details.owner ?? PUBLIC_OWNER
  const entry: Draft = {
    tag: 'public',
    type: 'SCHEMA',
    section: 'pre-data',
    schema: undefined,
    owner,
    definition: '-- *not* creating schema, since initdb creates it\n',
    drop: 'DROP SCHEMA public;\n',
    dependsOn: [],
  }
  const start = new Map([
    [owner, ['ALL']],
    [PUBLIC, ['USAGE']],
  ])
  const statements = privilegeStatements({
    kind: 'SCHEMA',
    on: 'SCHEMA public',
    grants: details.grants ?? new Map(),
    owner,
    major: context.major,
    start,
  })
  return schemaOf('public', [
    ...(details.owner === undefined || details.owner === PUBLIC_OWNER ? [] : [entry]),
    ...(details.comment === undefined
      ? []
      : [comment('SCHEMA public', 'SCHEMA public', details.comment, entry)]),
    ...(statements === '' ? [] : [acl('SCHEMA public', statements, entry)]),
  ])
}

function schemaOf(name: string, entries: readonly Draft[]): Unit {
  return { priority: PRIORITY.schema, schema: '', name, tie: 0, id: `schema ${name}`, needs: [], entries }
}

function enumUnit(name: string, labels: readonly string[], context: EntryContext): Unit {
  const sql = sqlName(context, name)
  const text = labels.map((label) => `    ${quoteText(label)}`).join(',\n')
  const entry = draft(name, context, {
    type: 'TYPE',
    definition: `CREATE TYPE ${sql} AS ENUM (${text === '' ? '' : `\n${text}`}\n);\n`,
    drop: `DROP TYPE ${sql};\n`,
  })
  const details = context.model.details.get(detailKey('ENUM', name))
  const described = { kind: 'TYPE', tag: quoted(name, context), sql, privileges: 'TYPE' } as const
  return unit(name, PRIORITY.type, context, withDetails(entry, described, details, context))
}

function domainUnit(name: string, domain: Domain, context: EntryContext): Unit {
  const sql = sqlName(context, name)
  const checks = domain.checks.map(
    (check) =>
      `\n\tCONSTRAINT ${quoteName(check.name, context.major)} CHECK ${bracketed(check.expression)}${check.notValid ? ' NOT VALID' : ''}`,
  )
  const parts = [
    `CREATE DOMAIN ${sql} AS ${domain.base.text}`,
    domain.collation === undefined ? '' : ` COLLATE ${domain.collation}`,
    domain.nullable ? '' : ' NOT NULL',
    domain.defaultText === undefined ? '' : ` DEFAULT ${domain.defaultText}`,
    ...checks,
  ]
  const entry = draft(name, context, {
    type: 'DOMAIN',
    definition: `${parts.join('')};\n`,
    drop: `DROP DOMAIN ${sql};\n`,
  })
  const details = { ...context.model.details.get(detailKey('DOMAIN', name)), comment: domain.comment }
  const described = {
    kind: 'DOMAIN',
    tag: quoted(name, context),
    sql,
    privileges: 'TYPE',
    grantWord: 'TYPE',
  } as const
  const checkComments = domain.checks.flatMap((check) => {
    if (!check.comment) return []
    const constraint = `CONSTRAINT ${quoteName(check.name, context.major)} ON DOMAIN`
    return [comment(`${constraint} ${quoted(name, context)}`, `${constraint} ${sql}`, check.comment, entry)]
  })
  return unit(name, PRIORITY.type, context, [
    ...withDetails(entry, described, details, context),
    ...checkComments,
  ])
}

function freeSequence(name: string, sequence: Sequence, context: EntryContext): Unit {
  const sql = sqlName(context, name)
  const entry = draft(name, context, {
    type: 'SEQUENCE',
    definition: `CREATE SEQUENCE ${sql}\n${sequence.as === undefined ? '' : `    AS ${sequence.as}\n`}${counting(sequence)};\n`,
    drop: `DROP SEQUENCE ${sql};\n`,
  })
  const details = context.model.details.get(detailKey('SEQUENCE', name))
  const described = { kind: 'SEQUENCE', tag: quoted(name, context), sql, privileges: 'SEQUENCE' } as const
  const owner = sequence.ownedBy === undefined ? undefined : ownerColumn(sequence.ownedBy, context)
  if (!owner) return unit(name, PRIORITY.table, context, withDetails(entry, described, details, context))
  const [own, ...others] = withDetails(entry, described, { ...details, owner: owner.table.owner }, context)
  const owned: Draft = {
    ...own!,
    type: 'SEQUENCE OWNED BY',
    definition: `ALTER SEQUENCE ${sql} OWNED BY ${sqlName(context, owner.table.name)}.${quoteName(owner.column, context.major)};\n`,
    drop: undefined,
    dependsOn: [entryKey(entry)],
  }
  const made = unit(name, PRIORITY.table, context, [own!, owned, ...others])
  return { ...made, needs: [owner.table.name] }
}

/** `orders.id` → the table and its column; undefined when there is no such table. */
function ownerColumn(
  ownedBy: string,
  { model }: EntryContext,
): { readonly table: Table; readonly column: string } | undefined {
  for (const table of model.tables.values())
    if (ownedBy.startsWith(`${table.name}.`) && table.columns.has(ownedBy.slice(table.name.length + 1)))
      return { table, column: ownedBy.slice(table.name.length + 1) }
  return undefined
}

/** Where it begins: at the lower end, or at the upper one when it counts down. */
export function startOf({ start, increment = 1, min, max }: Sequence): number {
  return start ?? (increment < 0 ? (max ?? -1) : (min ?? 1))
}

/** START … CYCLE, as CREATE SEQUENCE and identities share it. */
export function counting(sequence: Sequence): string {
  const { increment = 1, min, max, cache = 1, cycle } = sequence
  return [
    `    START WITH ${startOf(sequence)}`,
    `    INCREMENT BY ${increment}`,
    min === undefined ? '    NO MINVALUE' : `    MINVALUE ${min}`,
    max === undefined ? '    NO MAXVALUE' : `    MAXVALUE ${max}`,
    `    CACHE ${cache}`,
    ...(cycle ? ['    CYCLE'] : []),
  ].join('\n')
}

function draft(
  name: string,
  context: EntryContext,
  { type, definition, drop }: { type: string; definition: string; drop: string },
): Draft {
  const [schema, tag] = [schemaName(context, name), localName(context, name)]
  return { tag, type, section: 'pre-data', schema, definition, drop, dependsOn: [] }
}

function unit(name: string, priority: number, context: EntryContext, entries: readonly Draft[]): Unit {
  const [schema, local] = [schemaName(context, name), localName(context, name)]
  return { priority, schema, name: local, tie: 0, id: name, needs: [], entries }
}

function quoted(name: string, context: EntryContext): string {
  return quoteName(localName(context, name), context.major)
}

/** CHECK's own brackets around the expression's, unless it is a call, a cast or a CASE, which have none. */
export function bracketed(expression: string): string {
  if (expression.startsWith('\nCASE')) return `(${expression})`
  const text = expression.trim()
  const bare = /^(?:\w+|"[^"]+")(?:\.(?:\w+|"[^"]+"))?(?=\()/.exec(text)?.[0]
  const isCall = bare !== undefined && isBracketed(text.slice(bare.length))
  const cast = /^(\(.*\))::[a-z][\w ."]*$/s.exec(text)
  const isCast = cast !== null && isBracketed(cast[1]!)
  return isCall || isCast || isBracketed(text) || /^\w+$/.test(text) ? `(${text})` : `((${text}))`
}

/** Whether the first bracket closes at the very end. */
function isBracketed(text: string): boolean {
  if (!text.startsWith('(')) return false
  const blanked = text.replaceAll(/'(?:[^']|'')*'/g, (quoted) => '_'.repeat(quoted.length))
  let depth = 0
  for (let i = 0; i < blanked.length; i++) {
    if (blanked[i] === '(') depth++
    else if (blanked[i] === ')' && --depth === 0) return i === blanked.length - 1
  }
  return false
}
