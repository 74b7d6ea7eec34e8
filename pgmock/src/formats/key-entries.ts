// Primary keys, unique and exclusion constraints, and the checks that come after the data.

import type { Check, Exclude, KeyParts, Table } from '../schema/model.ts'
import { checkText, isLate } from './column-text.ts'
import { quoteName } from './names.ts'
import { bracketed } from './object-entries.ts'
import { localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
import { PRIORITY, type Draft, type Unit } from './sort-units.ts'
import { constraintComment } from './table-entries.ts'
import { indexAttachUnit, indexRoles, isWritten, keyOf, nameList, tableKey } from './table-parts.ts'

export function keyUnits(table: Table, context: EntryContext): Unit[] {
  const { names, major } = context
  const parent = table.partitionOf && context.model.tables.get(table.partitionOf.table)
  const key = (
    name: string,
    kind: string,
    columns: readonly string[],
    parts: KeyParts,
    parentName?: string,
  ) => [
    constraintUnit(table, { name, text: keyText(kind, columns, parts, major), parts, parentName }, context),
    ...(parent && parentName !== undefined
      ? [indexAttachUnit('CONSTRAINT', table, name, parent, parentName, context)]
      : []),
  ]
  const units: Unit[] = []
  if (table.primaryKey.some((name) => !table.columns.get(name)?.hidden)) {
    const parentName = parent && parent.primaryKey.length > 0 ? names.primary(parent) : undefined
    units.push(
      ...key(names.primary(table), 'PRIMARY KEY', table.primaryKey, table.primaryKeyParts, parentName),
    )
  }
  for (const [i, columns] of table.unique.entries()) {
    if (!isWritten(table, columns)) continue
    const same = parent?.unique.findIndex((other) => other.join('\0') === columns.join('\0')) ?? -1
    const parentName = same >= 0 ? names.key(parent!, same) : undefined
    units.push(...key(names.key(table, i), 'UNIQUE', columns, table.uniqueParts[i] ?? {}, parentName))
  }
  for (const exclude of table.excludes) {
    const text = excludeText(exclude, table, major)
    units.push(
      constraintUnit(
        table,
        { name: names.exclude(exclude), text, parts: exclude, parentName: undefined },
        context,
      ),
    )
  }
  return [...units, ...table.checks.filter(isLate).map((check) => checkUnit(table, check, context))]
}

/** In the order dumpConstraint writes the parts. */
function keyText(kind: string, columns: readonly string[], parts: KeyParts, major: number): string {
  return [
    kind,
    parts.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '',
    ` (${nameList(columns, major)}${parts.withoutOverlaps ? ' WITHOUT OVERLAPS' : ''})`,
    (parts.include ?? []).length === 0 ? '' : ` INCLUDE (${nameList(parts.include!, major)})`,
    parts.with === undefined ? '' : ` WITH (${parts.with})`,
    deferrability(parts),
  ].join('')
}

/** As pg_get_constraintdef prints it. */
function excludeText(exclude: Exclude, table: Table, major: number): string {
  const elements = exclude.elements.map(
    ({ column, operator }) =>
      `${table.columns.has(column) ? quoteName(column, major) : column} WITH ${operator}`,
  )
  return [
    `EXCLUDE USING ${exclude.method} (${elements.join(', ')})`,
    exclude.include.length === 0 ? '' : ` INCLUDE (${nameList(exclude.include, major)})`,
    exclude.with === undefined ? '' : ` WITH (${exclude.with})`,
    exclude.where === undefined ? '' : ` WHERE (${bracketed(exclude.where).slice(1, -1)})`,
    deferrability(exclude),
  ].join('')
}

function deferrability({ deferrable }: Pick<KeyParts, 'deferrable'>): string {
  return deferrable ? ` DEFERRABLE${deferrable === 'deferred' ? ' INITIALLY DEFERRED' : ''}` : ''
}

type Named = {
  readonly name: string
  readonly text: string
  readonly parts: Pick<KeyParts, 'comment'>
  readonly parentName: string | undefined
}

function constraintUnit(table: Table, { name, text, parts, parentName }: Named, context: EntryContext): Unit {
  const [schema, local, sql] = [
    schemaName(context, table.name),
    localName(context, table.name),
    sqlName(context, table.name),
  ]
  const parent = table.partitionOf && context.model.tables.get(table.partitionOf.table)
  const quoted = quoteName(name, context.major)
  const entry: Draft = {
    tag: `${local} ${name}`,
    type: 'CONSTRAINT',
    section: 'post-data',
    schema,
    owner: table.owner,
    definition: `ALTER TABLE ONLY ${sql}\n    ADD CONSTRAINT ${quoted} ${text};\n${indexRoles(table, name, context)}`,
    drop: `ALTER TABLE ONLY ${sql} DROP CONSTRAINT ${quoted};\n`,
    dependsOn: [
      tableKey(table.name, context),
      ...(parent && parentName !== undefined ? [keyOf('CONSTRAINT', parent, parentName, context)] : []),
    ],
    inTablespace: true,
  }
  return {
    priority: PRIORITY.constraint,
    schema,
    name,
    tie: local,
    id: `constraint ${name}`,
    needs: parentName === undefined ? [] : [`constraint ${parentName}`],
    entries: [entry, ...constraintComment(table, name, parts.comment, entry, context)],
  }
}

function checkUnit(table: Table, check: Check, context: EntryContext): Unit {
  const [schema, local, sql] = [
    schemaName(context, table.name),
    localName(context, table.name),
    sqlName(context, table.name),
  ]
  const quoted = quoteName(check.name, context.major)
  const entry: Draft = {
    tag: `${local} ${check.name}`,
    type: 'CHECK CONSTRAINT',
    section: 'post-data',
    schema,
    definition: `ALTER TABLE ${sql}\n    ADD CONSTRAINT ${quoted} ${checkText(check)};\n`,
    drop: `ALTER TABLE ${sql} DROP CONSTRAINT ${quoted};\n`,
    dependsOn: [tableKey(table.name, context)],
  }
  return {
    priority: PRIORITY.constraint,
    schema,
    name: check.name,
    tie: local,
    id: `check ${local} ${check.name}`,
    needs: [],
    entries: [entry, ...constraintComment(table, check.name, check.comment, entry, context)],
  }
}
