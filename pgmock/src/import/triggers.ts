// CREATE TRIGGER as pg_get_triggerdef prints it.

import type { CreateTrigStmt } from 'libpg-query'
import { triggerConditionText, Unprintable, type ExpressionScope } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { quoteName, quoteText } from '../formats/names.ts'
import { keyOf, type Catalog, type Name, type TextObject } from './catalog.ts'
import { LeftOut, relationName } from './lookup.ts'
import { full } from './printed-names.ts'
import { schemaOf } from './uses.ts'

export function trigger(
  statement: CreateTrigStmt,
  text: string,
  catalog: Catalog,
  scope: ExpressionScope,
): TextObject {
  const { trigname = '', relation } = statement
  const table = relationName(relation, catalog)
  if (!isKnown(table, catalog))
    throw new LeftOut(
      'sql-unknown-table',
      `the table of trigger ${trigname} is not created before; it is left out`,
    )
  const quoted = quoteName(trigname, 18)
  const on = `${quoteName(table.schema, 18)}.${quoteName(table.name, 18)}`
  return {
    schema: table.schema,
    name: trigname,
    kind: 'TRIGGER',
    tag: undefined,
    sql: printedTrigger(statement, on, catalog, scope) ?? `${text};`,
    drop: `TRIGGER ${quoted} ON ${on}`,
    table,
    uses: [],
    returns: undefined,
  }
}

function isKnown(name: Name, { tables, objects }: Catalog): boolean {
  return (
    tables.has(keyOf(name)) ||
    objects.some((one) => keyOf(one) === keyOf(name) && /VIEW|TABLE/.test(one.kind))
  )
}

const TRIGGER_EVENTS = [
  [4, 'INSERT'],
  [8, 'DELETE'],
  [16, 'UPDATE'],
  [32, 'TRUNCATE'],
] as const
const BEFORE = 2
const INSTEAD = 64

/** As pg_get_triggerdef prints it; undefined for a condition that cannot be printed. */
function printedTrigger(
  statement: CreateTrigStmt,
  on: string,
  catalog: Catalog,
  scope: ExpressionScope,
): string | undefined {
  const { trigname = '', timing = 0, events = 0, columns = [], args = [], row, funcname = [] } = statement
  const names = funcname.map(stringOf)
  const schema = names.length > 1 ? names[0] : schemaOf(names[0] ?? '', catalog)
  const called = [...(schema === undefined || schema === 'pg_catalog' ? [] : [schema]), names.at(-1)!]
  const when = timing === BEFORE ? 'BEFORE' : timing === INSTEAD ? 'INSTEAD OF' : 'AFTER'
  const list = columns.map((column) => quoteName(stringOf(column), 18)).join(', ')
  const what = TRIGGER_EVENTS.flatMap(([bit, word]) =>
    (events & bit) === 0 ? [] : [word === 'UPDATE' && list !== '' ? `UPDATE OF ${list}` : word],
  ).join(' OR ')
  const condition = triggerCondition(statement, scope)
  if (statement.whenClause && condition === undefined) return undefined
  const call = `${called.map((name) => quoteName(name, 18)).join('.')}(${args.map((arg) => quoteText(stringOf(arg))).join(', ')})`
  return [
    `CREATE ${statement.isconstraint ? 'CONSTRAINT ' : ''}TRIGGER ${quoteName(trigname, 18)} ${when} ${what} ON ${on} `,
    statement.isconstraint ? deferral(statement, catalog) : '',
    transitions(statement),
    `FOR EACH ${row ? 'ROW' : 'STATEMENT'} `,
    condition === undefined ? '' : `WHEN (${condition}) `,
    `EXECUTE FUNCTION ${call};`,
  ].join('')
}

function deferral({ constrrel, deferrable, initdeferred }: CreateTrigStmt, catalog: Catalog): string {
  const from = constrrel ? `FROM ${full(relationName(constrrel, catalog))} ` : ''
  return `${from}${deferrable ? '' : 'NOT '}DEFERRABLE INITIALLY ${initdeferred ? 'DEFERRED' : 'IMMEDIATE'} `
}

function transitions({ transitionRels = [] }: CreateTrigStmt): string {
  const named = transitionRels.flatMap((node) =>
    'TriggerTransition' in node ? [node.TriggerTransition] : [],
  )
  if (named.length === 0) return ''
  const shown = named
    .toSorted((a, b) => Number(a.isNew === true) - Number(b.isNew === true))
    .map(({ isNew, name = '' }) => `${isNew ? 'NEW' : 'OLD'} TABLE AS ${quoteName(name, 18)} `)
  return `REFERENCING ${shown.join('')}`
}

function triggerCondition(
  { whenClause, relation }: CreateTrigStmt,
  scope: ExpressionScope,
): string | undefined {
  const columns = relation && scope.relation?.(relation.schemaname, relation.relname ?? '')?.columns
  if (!whenClause || !columns) return undefined
  try {
    return triggerConditionText(whenClause, scope, columns)
  } catch (error) {
    if (error instanceof Unprintable) return undefined
    throw error
  }
}
