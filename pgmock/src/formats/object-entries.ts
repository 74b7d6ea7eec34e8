// Schemas, types, domains, free sequences, and the objects whose SQL is taken as it is.

import type { Domain, Sequence, TextObject } from '../schema/model.ts'
import { entryKey } from './entry.ts'
import { quoteName, quoteText } from './names.ts'
import { inSchema, localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
import { PRIORITY, type Draft, type Unit } from './sort-units.ts'

export function objectUnits(context: EntryContext): Unit[] {
  const { model } = context
  return [
    ...[...model.schemas].map((name) => schemaUnit(name, context)),
    ...[...model.enums].map(([name, labels]) => enumUnit(name, labels, context)),
    ...[...model.domains].map(([name, domain]) => domainUnit(name, domain, context)),
    ...[...model.sequences].map(([name, sequence]) => freeSequence(name, sequence, context)),
    ...model.objects.map((object) => textUnit(object, context)),
  ]
}

function schemaUnit(name: string, { major }: EntryContext): Unit {
  const quoted = quoteName(name, major)
  return {
    priority: PRIORITY.schema,
    schema: '',
    name,
    tie: 0,
    id: `schema ${name}`,
    needs: [],
    entries: [
      {
        tag: name,
        type: 'SCHEMA',
        section: 'pre-data',
        schema: undefined,
        definition: `CREATE SCHEMA ${quoted};\n`,
        drop: `DROP SCHEMA ${quoted};\n`,
        dependsOn: [],
      },
    ],
  }
}

function enumUnit(name: string, labels: readonly string[], context: EntryContext): Unit {
  const sql = sqlName(context, name)
  const text = labels.map((label) => `    ${quoteText(label)}`).join(',\n')
  return unit(name, PRIORITY.type, context, {
    type: 'TYPE',
    definition: `CREATE TYPE ${sql} AS ENUM (\n${text}\n);\n`,
    drop: `DROP TYPE ${sql};\n`,
  })
}

function domainUnit(name: string, domain: Domain, context: EntryContext): Unit {
  const sql = sqlName(context, name)
  const checks = domain.checks.map(
    (check) => `\n\tCONSTRAINT ${quoteName(check.name, context.major)} CHECK ${bracketed(check.expression)}`,
  )
  const parts = [
    `CREATE DOMAIN ${sql} AS ${domain.base.text}`,
    domain.nullable ? '' : ' NOT NULL',
    domain.defaultText === undefined ? '' : ` DEFAULT ${domain.defaultText}`,
    ...checks,
  ]
  const made = unit(name, PRIORITY.type, context, {
    type: 'DOMAIN',
    definition: `${parts.join('')};\n`,
    drop: `DROP DOMAIN ${sql};\n`,
  })
  return domain.comment === undefined
    ? made
    : {
        ...made,
        entries: [
          ...made.entries,
          comment(
            `DOMAIN ${quoteName(localName(context, name), context.major)}`,
            `DOMAIN ${sql}`,
            domain.comment,
            made.entries[0]!,
          ),
        ],
      }
}

export function comment(tag: string, on: string, text: string, of: Draft): Draft {
  return {
    tag,
    type: 'COMMENT',
    section: of.section,
    schema: of.schema,
    definition: `COMMENT ON ${on} IS ${quoteText(text)};\n`,
    drop: undefined,
    dependsOn: [entryKey(of)],
  }
}

function freeSequence(name: string, sequence: Sequence, context: EntryContext): Unit {
  const sql = sqlName(context, name)
  return unit(name, PRIORITY.table, context, {
    type: 'SEQUENCE',
    definition: `CREATE SEQUENCE ${sql}\n${sequence.as === undefined ? '' : `    AS ${sequence.as}\n`}${counting(sequence)};\n`,
    drop: `DROP SEQUENCE ${sql};\n`,
  })
}

/** START … CYCLE, as CREATE SEQUENCE and identities share it. */
export function counting({ start, increment = 1, min, max, cache = 1, cycle }: Sequence): string {
  return [
    `    START WITH ${start ?? (increment < 0 ? (max ?? -1) : (min ?? 1))}`,
    `    INCREMENT BY ${increment}`,
    min === undefined ? '    NO MINVALUE' : `    MINVALUE ${min}`,
    max === undefined ? '    NO MAXVALUE' : `    MAXVALUE ${max}`,
    `    CACHE ${cache}`,
    ...(cycle ? ['    CYCLE'] : []),
  ].join('\n')
}

const PRIORITIES: Readonly<Record<string, number>> = {
  EXTENSION: PRIORITY.extension,
  TYPE: PRIORITY.type,
  FUNCTION: PRIORITY.function,
  PROCEDURE: PRIORITY.function,
  AGGREGATE: PRIORITY.aggregate,
  VIEW: PRIORITY.table,
  'MATERIALIZED VIEW': PRIORITY.table,
  INDEX: PRIORITY.index,
  RULE: PRIORITY.rule,
  TRIGGER: PRIORITY.trigger,
}

function textUnit(object: TextObject, context: EntryContext): Unit {
  const { kind, name, sql, table, drop } = object
  const isLate = kind === 'TRIGGER' || kind === 'RULE' || kind === 'INDEX'
  const schema = schemaName(context, table ?? name)
  const local = table === undefined ? localName(context, name) : name
  const isMaterialized = kind === 'MATERIALIZED VIEW'
  const entry: Draft = {
    tag: object.tag ?? (table === undefined ? local : `${localName(context, table)} ${name}`),
    type: kind,
    section: isLate ? 'post-data' : 'pre-data',
    schema: kind === 'EXTENSION' ? undefined : schema,
    definition: `${sql}\n`,
    drop: `DROP ${drop ?? `${kind} ${inSchema(context, schema, local)}`};\n`,
    dependsOn:
      table === undefined ? [] : [entryKey({ type: 'TABLE', schema, tag: localName(context, table) })],
    ...(isMaterialized
      ? { inTablespace: true, accessMethod: 'heap', relationKind: 'm' }
      : kind === 'VIEW'
        ? { relationKind: 'v' }
        : kind === 'INDEX'
          ? { inTablespace: true }
          : {}),
  }
  return {
    priority: PRIORITIES[kind] ?? PRIORITY.type,
    schema,
    name: local,
    tie: table === undefined ? (object.tag ?? 0) : localName(context, table),
    id: isLate ? `${kind} ${name}` : name,
    needs: object.uses,
    entries: object.comment === undefined ? [entry] : [entry, objectComment(object, entry, context)],
  }
}

/** `FUNCTION f(integer)` in the heading, with the schema in the statement. */
function objectComment(
  { kind, name, tag, table, drop, comment: text = '' }: TextObject,
  entry: Draft,
  context: EntryContext,
): Draft {
  const quoted = quoteName(localName(context, name), context.major)
  if (table !== undefined)
    return comment(
      `${kind} ${quoted} ON ${quoteName(localName(context, table), context.major)}`,
      `${kind} ${quoted} ON ${sqlName(context, table)}`,
      text,
      entry,
    )
  return comment(`${kind} ${tag ?? quoted}`, drop ?? `${kind} ${sqlName(context, name)}`, text, entry)
}

function unit(
  name: string,
  priority: number,
  context: EntryContext,
  { type, definition, drop }: { type: string; definition: string; drop: string },
): Unit {
  const [schema, local] = [schemaName(context, name), localName(context, name)]
  return {
    priority,
    schema,
    name: local,
    tie: 0,
    id: name,
    needs: [],
    entries: [{ tag: local, type, section: 'pre-data', schema, definition, drop, dependsOn: [] }],
  }
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
