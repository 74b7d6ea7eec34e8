import type { AlterDomainStmt, Constraint, CreateDomainStmt } from 'libpg-query'
import { expressionText } from '../deparse/expression.ts'
import { stringOf, type NamedType } from '../deparse/type-name.ts'
import { freeName } from '../formats/names.ts'
import { keyOf, type Catalog, type Check, type Column, type Domain } from './catalog.ts'
import { createdName, LeftOut, scopeOf, typeOf } from './lookup.ts'
import { collationText } from './tables.ts'

export function createDomain(
  { domainname = [], typeName, collClause, constraints = [] }: CreateDomainStmt,
  catalog: Catalog,
): void {
  const name = createdName(domainname, catalog)
  const domain: Domain = {
    ...name,
    type: typeOf(typeName!, catalog),
    nullable: true,
    defaultText: undefined,
    checks: [],
    collation: collClause ? collationText((collClause.collname ?? []).map(stringOf), catalog) : undefined,
  }
  // The default of a domain below is this one's, too.
  const { own } = domain.type
  if (own)
    domain.defaultText = catalog.domains.get(keyOf({ schema: own.schema ?? '', name: own.name }))?.defaultText
  for (const node of constraints) if ('Constraint' in node) constrain(domain, node.Constraint, catalog)
  catalog.domains.set(keyOf(name), domain)
}

function constrain(domain: Domain, constraint: Constraint, catalog: Catalog): void {
  const { contype, raw_expr: raw, conname, skip_validation: unchecked } = constraint
  const scope = scopeOf({ columns: new Map([['VALUE', valueOf(domain.type)]]) }, catalog)
  if (contype === 'CONSTR_NOTNULL') domain.nullable = false
  if (contype === 'CONSTR_DEFAULT' && raw) domain.defaultText = expressionText(raw, scope, domain.type.bare)
  if (contype !== 'CONSTR_CHECK' || !raw) return
  const taken = new Set(domain.checks.flatMap(({ name }) => name ?? []))
  const check: Check = {
    name: conname ?? freeName(taken, domain.name, [], 'check'),
    expression: expressionText(raw, scope),
    columns: [],
    node: raw,
    notValid: unchecked === true,
  }
  domain.checks.push(check)
}

function valueOf(type: NamedType): Column {
  return { name: 'VALUE', type, nullable: true }
}

/** One letter says what changes: the default, NOT NULL, or a constraint. */
export function alterDomain({ subtype, typeName = [], name, def }: AlterDomainStmt, catalog: Catalog): void {
  const parts = typeName.map(stringOf)
  const schemas = parts.length > 1 ? [parts.at(-2)!] : [...catalog.searchPath, 'public']
  const domain = schemas
    .map((schema) => catalog.domains.get(keyOf({ schema, name: parts.at(-1) ?? '' })))
    .find((one) => one !== undefined)
  if (!domain) throw new LeftOut('sql-unknown-type', `the domain ${parts.join('.')} is not created before`)
  if (subtype === 'T')
    domain.defaultText = def
      ? expressionText(
          def,
          scopeOf({ columns: new Map([['VALUE', valueOf(domain.type)]]) }, catalog),
          domain.type.bare,
        )
      : undefined
  else if (subtype === 'N') domain.nullable = true
  else if (subtype === 'O') domain.nullable = false
  else if (subtype === 'C' && def && 'Constraint' in def) constrain(domain, def.Constraint, catalog)
  else if (subtype === 'X') {
    const at = domain.checks.findIndex((check) => check.name === name)
    if (at >= 0) domain.checks.splice(at, 1)
  } else if (subtype === 'V')
    for (const check of domain.checks) if (check.name === name) check.notValid = false
}
