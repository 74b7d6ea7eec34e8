import type { CreateDomainStmt } from 'libpg-query'
import { expressionText } from '../deparse/expression.ts'
import { freeName } from '../formats/names.ts'
import { keyOf, type Catalog, type Check, type Column } from './catalog.ts'
import { createdName, scopeOf, typeOf } from './lookup.ts'
import { stringOf } from '../deparse/type-name.ts'
import { collationText } from './tables.ts'

export function createDomain(
  { domainname = [], typeName, collClause, constraints = [] }: CreateDomainStmt,
  catalog: Catalog,
): void {
  const name = createdName(domainname, catalog)
  const type = typeOf(typeName!, catalog)
  const value: Column = { name: 'VALUE', type, nullable: true }
  const table = { columns: new Map([['VALUE', value]]) }
  const checks: Check[] = []
  const taken = new Set<string>()
  let nullable = true
  let defaultText: string | undefined
  for (const node of constraints) {
    if (!('Constraint' in node)) continue
    const { contype, raw_expr: raw, conname } = node.Constraint
    if (contype === 'CONSTR_NOTNULL') nullable = false
    if (contype === 'CONSTR_DEFAULT' && raw)
      defaultText = expressionText(raw, scopeOf(table, catalog), type.bare)
    if (contype === 'CONSTR_CHECK' && raw)
      checks.push({
        name: conname ?? freeName(taken, name.name, [], 'check'),
        expression: expressionText(raw, scopeOf(table, catalog)),
        columns: [],
        node: raw,
      })
  }
  const collation = collClause ? collationText((collClause.collname ?? []).map(stringOf), catalog) : undefined
  catalog.domains.set(keyOf(name), { ...name, type, nullable, defaultText, checks, collation })
}
