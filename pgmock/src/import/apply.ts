// Statements → catalog. What has no place in our language is reported and left out; nothing here throws for SQL.

import type {
  AlterTableStmt,
  CommentStmt,
  Constraint,
  CreateDomainStmt,
  CreateSeqStmt,
  CreateStmt,
  DefElem,
  IndexElem,
  IndexStmt,
  Node,
  RangeVar,
} from 'libpg-query'
import {
  expressionText,
  indexExpressionText,
  Unprintable,
  type ExpressionScope,
} from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { freeName, quoteName, quoteText } from '../formats/names.ts'
import type { Sequence } from '../schema/model.ts'
import {
  keyOf,
  type Catalog,
  type Check,
  type Column,
  type Index,
  type Name,
  type Reference,
  type Table,
  type TextObject,
} from './catalog.ts'
import type { Statement } from './read-sql.ts'
import { LeftOut, MAJOR, relationName, scopeOf, typeOf, walk } from './lookup.ts'
import { textObject } from './text-objects.ts'

/** `kind` says what it is about, for the finding's code. */
export type Left = { readonly line: number; readonly code: string; readonly message: string }

export function applyStatement(statement: Statement, catalog: Catalog, leave: (left: Left) => void): void {
  try {
    apply(statement, catalog, (code, message) => leave({ line: statement.line, code, message }))
  } catch (error) {
    if (error instanceof LeftOut) leave({ line: statement.line, code: error.code, message: error.message })
    else if (error instanceof Unprintable)
      leave({
        line: statement.line,
        code: 'sql-expression-left-out',
        message: unprintable(error, 'the statement'),
      })
    else throw error
  }
}

type Leave = (code: string, message: string) => void

/** A part that cannot be taken over leaves the rest of its statement alone. */
function attempt(step: () => void, leave: Leave): void {
  try {
    step()
  } catch (error) {
    if (error instanceof LeftOut) leave(error.code, error.message)
    else if (error instanceof Unprintable) leave('sql-expression-left-out', unprintable(error, 'it'))
    else throw error
  }
}

function unprintable({ message }: Unprintable, what: string): string {
  return `an expression with ${message} cannot be printed yet; ${what} is left out`
}

/** Session settings, data and what a dump without owners does not hold. */
const SILENT: ReadonlySet<string> = new Set(
  `VariableSetStmt SelectStmt InsertStmt CopyStmt DropStmt TransactionStmt GrantStmt GrantRoleStmt CreateRoleStmt
AlterOwnerStmt DeleteStmt UpdateStmt TruncateStmt VacuumStmt RefreshMatViewStmt AlterDefaultPrivilegesStmt
CreatedbStmt AlterRoleStmt AlterDatabaseStmt DropdbStmt ClusterStmt LockStmt`.split(/\s+/),
)

function apply({ node, text }: Statement, catalog: Catalog, leave: Leave): void {
  if ('CreateSchemaStmt' in node) addSchema(node.CreateSchemaStmt.schemaname ?? '', catalog)
  else if ('CreateStmt' in node) createTable(node.CreateStmt, catalog, leave)
  else if ('AlterTableStmt' in node) alterTable(node.AlterTableStmt, catalog, leave)
  else if ('IndexStmt' in node) createIndex(node.IndexStmt, text, catalog)
  else if ('CreateEnumStmt' in node) {
    const name = created(node.CreateEnumStmt.typeName ?? [], catalog)
    catalog.enums.set(keyOf(name), { ...name, labels: (node.CreateEnumStmt.vals ?? []).map(stringOf) })
  } else if ('CreateDomainStmt' in node) createDomain(node.CreateDomainStmt, catalog)
  else if ('CreateSeqStmt' in node) createSequence(node.CreateSeqStmt, catalog)
  else if ('AlterSeqStmt' in node)
    ownSequence(node.AlterSeqStmt.sequence, node.AlterSeqStmt.options ?? [], catalog)
  else if ('CommentStmt' in node) addComment(node.CommentStmt, catalog, leave)
  else if ('VariableSetStmt' in node)
    setPath(node.VariableSetStmt.name, node.VariableSetStmt.args ?? [], catalog)
  else {
    const object = textObject(node, text, catalog, scopeOf(undefined, catalog))
    if (object === 'silent') return
    if (object) catalog.objects.push(object)
    else if (!SILENT.has(Object.keys(node)[0] ?? ''))
      leave(
        'sql-left-out',
        `${text.split(/\s+/).slice(0, 3).join(' ')} … is not part of the schema language and is left out`,
      )
  }
}

function setPath(name: string | undefined, args: readonly Node[], catalog: Catalog): void {
  if (name !== 'search_path') return
  const path = args
    .flatMap((arg) => ('A_Const' in arg ? [arg.A_Const.sval?.sval ?? ''] : []))
    .filter((one) => one !== '')
  catalog.searchPath = path.length === 0 ? ['public'] : path
}

function addSchema(name: string, catalog: Catalog): void {
  if (name !== 'public') catalog.schemas.add(name)
}

function created(parts: readonly Node[], catalog: Catalog): Name {
  const names = parts.map(stringOf)
  return { schema: names.length > 1 ? names.at(-2)! : catalog.searchPath[0]!, name: names.at(-1) ?? '' }
}

// Tables

function createTable(statement: CreateStmt, catalog: Catalog, leave: Leave): void {
  const name: Name = {
    schema: statement.relation?.schemaname ?? catalog.searchPath[0]!,
    name: statement.relation?.relname ?? '',
  }
  if (catalog.tables.has(keyOf(name))) {
    if (!statement.if_not_exists)
      leave('sql-left-out', `${name.name} exists already; the second table is left out`)
    return
  }
  if (statement.relation?.relpersistence === 't') return
  if ((statement.inhRelations ?? []).length > 0 && !statement.partbound)
    throw new LeftOut(
      'sql-left-out',
      `${name.name} inherits from another table, which the schema language has no word for yet`,
    )
  const table: Table = {
    ...name,
    columns: new Map(),
    primaryKey: undefined,
    unique: [],
    references: [],
    checks: [],
    indexes: [],
    partitionBy: partitionKey(statement),
    partitionOf: undefined,
    comment: undefined,
  }
  if (statement.partbound) copyParent(table, statement, catalog)
  const late: (() => void)[] = []
  for (const element of statement.tableElts ?? []) {
    if ('ColumnDef' in element) {
      const { colname = '', typeName, constraints = [], collClause } = element.ColumnDef
      if (!typeName) continue
      const type = typeOf(typeName, catalog)
      const column: Column = { name: colname, type, nullable: true, serial: type.serial }
      if (type.serial) column.nullable = false
      if (collClause) column.collation = collationText((collClause.collname ?? []).map(stringOf))
      table.columns.set(colname, column)
      // Expressions may name columns that come later.
      late.push(() => columnConstraints(table, column, constraints, catalog, leave))
    } else if ('Constraint' in element) {
      const { Constraint: constraint } = element
      late.push(() => tableConstraint(table, constraint, catalog, leave))
    } else leave('sql-left-out', `a part of ${name.name} (LIKE) is left out`)
  }
  for (const step of late) attempt(step, leave)
  catalog.tables.set(keyOf(name), table)
}

function collationText(names: readonly string[]): string {
  const full = names.length > 1 ? names : ['pg_catalog', ...names]
  return full
    .map((name) => (name === 'C' || name === 'POSIX' ? `"${name}"` : quoteName(name, MAJOR)))
    .join('.')
}

function partitionKey({ partspec }: CreateStmt): string | undefined {
  if (!partspec) return undefined
  const strategy = String(partspec.strategy).replace('PARTITION_STRATEGY_', '')
  const columns = (partspec.partParams ?? []).map((param) => {
    if ('PartitionElem' in param && param.PartitionElem.name)
      return quoteName(param.PartitionElem.name, MAJOR)
    throw new LeftOut('sql-left-out', 'a table partitioned by an expression is left out')
  })
  return `${strategy} (${columns.join(', ')})`
}

/** CREATE TABLE … PARTITION OF: columns, checks and keys come from the parent. */
function copyParent(table: Table, { inhRelations = [], partbound }: CreateStmt, catalog: Catalog): void {
  const [range] = inhRelations
  const parentName = relationName(range && 'RangeVar' in range ? range.RangeVar : undefined, catalog)
  const parent = catalog.tables.get(keyOf(parentName))
  if (!parent)
    throw new LeftOut('sql-unknown-table', `the partitioned table ${parentName.name} is not created before`)
  for (const column of parent.columns.values()) table.columns.set(column.name, { ...column })
  table.checks.push(...parent.checks)
  table.references.push(...parent.references)
  const space = indexNames(table.schema, catalog)
  if (parent.primaryKey)
    table.primaryKey = {
      name: freeName(space, table.name, [], 'pkey'),
      columns: [...parent.primaryKey.columns],
    }
  for (const key of parent.unique)
    table.unique.push({ name: freeName(space, table.name, key.columns, 'key'), columns: [...key.columns] })
  for (const index of parent.indexes)
    table.indexes.push({
      ...index,
      name: freeName(space, table.name, index.columns.map(wordOf), 'idx'),
      partOf: index.name,
    })
  table.partitionOf = { table: parentName, bound: boundText(partbound, parent) }
}

function boundText(bound: CreateStmt['partbound'], parent: Table): string {
  if (!bound || bound.is_default) return 'DEFAULT'
  const type = [...parent.columns.values()].find(({ name }) =>
    parent.partitionBy?.includes(`(${quoteName(name, MAJOR)}`),
  )?.type.bare
  const datum = (node: Node): string => {
    if ('ColumnRef' in node) return stringOf(node.ColumnRef.fields![0]!).toUpperCase()
    if ('A_Const' in node && node.A_Const.isnull) return 'NULL'
    const text = expressionText(
      node,
      scopeOf(undefined, { searchPath: [], domains: new Map(), objects: [] } as never),
      type,
    )
    return text.replace(/::[a-z][a-z ]*$/, '')
  }
  if (bound.strategy === 'h')
    return `FOR VALUES WITH (modulus ${bound.modulus ?? 0}, remainder ${bound.remainder ?? 0})`
  if (bound.strategy === 'l') return `FOR VALUES IN (${(bound.listdatums ?? []).map(datum).join(', ')})`
  return `FOR VALUES FROM (${(bound.lowerdatums ?? []).map(datum).join(', ')}) TO (${(bound.upperdatums ?? []).map(datum).join(', ')})`
}

function columnConstraints(
  table: Table,
  column: Column,
  constraints: readonly Node[],
  catalog: Catalog,
  leave: Leave,
): void {
  const deferral: { deferrable?: boolean; initdeferred?: boolean } = {}
  for (const node of constraints) {
    if (!('Constraint' in node)) continue
    if (node.Constraint.contype === 'CONSTR_ATTR_DEFERRABLE') deferral.deferrable = true
    if (node.Constraint.contype === 'CONSTR_ATTR_DEFERRED') deferral.initdeferred = true
  }
  const take = (constraint: Constraint): void => {
    switch (constraint.contype) {
      case 'CONSTR_NOTNULL':
        column.nullable = false
        break
      case 'CONSTR_NULL':
      case 'CONSTR_ATTR_DEFERRABLE':
      case 'CONSTR_ATTR_NOT_DEFERRABLE':
      case 'CONSTR_ATTR_DEFERRED':
      case 'CONSTR_ATTR_IMMEDIATE':
        break
      case 'CONSTR_DEFAULT':
        setDefault(table, column, constraint.raw_expr, catalog)
        break
      case 'CONSTR_GENERATED':
        column.generatedText = expressionText(constraint.raw_expr!, scopeOf(table, catalog), column.type.bare)
        break
      case 'CONSTR_IDENTITY':
        column.identity = constraint.generated_when === 'a' ? 'always' : 'by default'
        column.nullable = false
        column.sequence = sequenceOf(constraint.options ?? [], column.type.text)
        break
      case 'CONSTR_PRIMARY':
        table.primaryKey = { name: constraint.conname, columns: [column.name] }
        break
      case 'CONSTR_UNIQUE':
        refuseDeferrable({ ...constraint, ...deferral }, table)
        table.unique.push({ name: constraint.conname, columns: [column.name] })
        break
      case 'CONSTR_FOREIGN':
        table.references.push(reference({ ...constraint, ...deferral }, [column.name], table, catalog))
        break
      default:
        tableConstraint(table, constraint, catalog, leave)
    }
  }
  for (const node of constraints) if ('Constraint' in node) attempt(() => take(node.Constraint), leave)
}

function refuseDeferrable({ deferrable, nulls_not_distinct: notDistinct }: Constraint, table: Table): void {
  if (deferrable || notDistinct)
    throw new LeftOut(
      'sql-left-out',
      `a deferrable or NULLS NOT DISTINCT key of ${table.name} has no word in the schema language yet`,
    )
}

function setDefault(table: Table, column: Column, node: Node | undefined, catalog: Catalog): void {
  if (!node || ('A_Const' in node && node.A_Const.isnull)) {
    column.defaultText = undefined
    return
  }
  const text = expressionText(node, scopeOf(table, catalog), column.type.bare)
  // DEFAULT NULL of the very type vanishes; with a length to apply it stays.
  column.defaultText = text === `NULL::${column.type.text}` ? undefined : text
}

function tableConstraint(table: Table, constraint: Constraint, catalog: Catalog, leave: Leave): void {
  switch (constraint.contype) {
    case 'CONSTR_PRIMARY':
      table.primaryKey = {
        name: constraint.conname ?? constraint.indexname,
        columns: (constraint.keys ?? []).map(stringOf),
      }
      break
    case 'CONSTR_UNIQUE':
      refuseDeferrable(constraint, table)
      table.unique.push({ name: constraint.conname, columns: (constraint.keys ?? []).map(stringOf) })
      break
    case 'CONSTR_FOREIGN':
      table.references.push(reference(constraint, (constraint.fk_attrs ?? []).map(stringOf), table, catalog))
      break
    case 'CONSTR_CHECK':
      if (constraint.skip_validation)
        leave('sql-left-out', `NOT VALID of a check of ${table.name} is left out: the data will be valid`)
      table.checks.push(check(constraint, table, catalog))
      break
    case 'CONSTR_NOTNULL':
      for (const key of constraint.keys ?? []) {
        const column = table.columns.get(stringOf(key))
        if (column) column.nullable = false
      }
      break
    default:
      leave('sql-left-out', `a constraint of ${table.name} (${String(constraint.contype)}) is left out`)
  }
}

function check({ conname, raw_expr: raw }: Constraint, table: Table, catalog: Catalog): Check {
  const columns = new Set<string>()
  walk(raw!, (node) => {
    if ('ColumnRef' in node) columns.add(stringOf(node.ColumnRef.fields!.at(-1)!))
  })
  return {
    name: conname,
    expression: expressionText(raw!, scopeOf(table, catalog)),
    columns: [...columns],
    node: raw!,
  }
}

const ACTIONS: Readonly<Record<string, string>> = {
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

function reference(constraint: Constraint, columns: string[], table: Table, catalog: Catalog): Reference {
  const target = relationName(constraint.pktable, catalog)
  const parent =
    target.name === table.name && target.schema === table.schema ? table : catalog.tables.get(keyOf(target))
  if (!parent)
    throw new LeftOut(
      'sql-unknown-table',
      `${table.name} references ${target.name}, which is not created before`,
    )
  const named = (constraint.pk_attrs ?? []).map(stringOf)
  const parentColumns = named.length > 0 ? named : (parent.primaryKey?.columns ?? [])
  return {
    name: constraint.conname,
    columns,
    table: target,
    parentColumns,
    onDelete: ACTIONS[constraint.fk_del_action ?? ''],
    onUpdate: ACTIONS[constraint.fk_upd_action ?? ''],
    matchFull: constraint.fk_matchtype === 'f',
    deferrable: constraint.initdeferred ? 'deferred' : constraint.deferrable ? 'immediate' : undefined,
  }
}

function alterTable({ relation, cmds = [] }: AlterTableStmt, catalog: Catalog, leave: Leave): void {
  const name = relationName(relation, catalog)
  const table = catalog.tables.get(keyOf(name))
  for (const node of cmds) {
    if (!('AlterTableCmd' in node)) continue
    const { subtype, def, name: columnName = '' } = node.AlterTableCmd
    if (subtype === 'AT_ChangeOwner') continue
    if (subtype === 'AT_AttachPartition') {
      attach(name, def, catalog)
      continue
    }
    const column = table?.columns.get(columnName)
    if (!table)
      throw new LeftOut('sql-unknown-table', `${name.name} is not created before; its ALTER is left out`)
    if (subtype === 'AT_AddConstraint' && def && 'Constraint' in def)
      tableConstraint(table, def.Constraint, catalog, leave)
    else if (subtype === 'AT_ColumnDefault' && column) setDefault(table, column, def, catalog)
    else if (subtype === 'AT_SetNotNull' && column) column.nullable = false
    else if (subtype === 'AT_DropNotNull' && column) column.nullable = true
    else if (subtype === 'AT_AddIdentity' && column && def && 'Constraint' in def)
      columnConstraints(table, column, [def], catalog, leave)
    else if (subtype === 'AT_AddColumn' && def && 'ColumnDef' in def) {
      const { colname = '', typeName, constraints = [] } = def.ColumnDef
      const type = typeOf(typeName!, catalog)
      const added: Column = { name: colname, type, nullable: !type.serial, serial: type.serial }
      table.columns.set(colname, added)
      columnConstraints(table, added, constraints, catalog, leave)
    } else if (subtype === 'AT_DropColumn') table.columns.delete(columnName)
    else leave('sql-left-out', `ALTER TABLE ${name.name}: ${String(subtype)} is left out`)
  }
}

function attach(name: Name, def: Node | undefined, catalog: Catalog): void {
  if (!def || !('PartitionCmd' in def)) return
  const child = relationName(def.PartitionCmd.name, catalog)
  const parent = catalog.tables.get(keyOf(name))
  const table = catalog.tables.get(keyOf(child))
  if (parent && table && def.PartitionCmd.bound) {
    table.partitionOf = { table: name, bound: boundText(def.PartitionCmd.bound, parent) }
    // ATTACH makes the parent's keys where the child has none.
    if (parent.primaryKey && !table.primaryKey)
      table.primaryKey = { name: undefined, columns: [...parent.primaryKey.columns] }
    return
  }
  // ALTER INDEX … ATTACH PARTITION: keys find each other by their columns, indexes need to be told.
  for (const candidate of catalog.tables.values())
    for (const index of candidate.indexes)
      if (candidate.schema === child.schema && index.name === child.name) index.partOf = name.name
}

// Indexes

function createIndex(statement: IndexStmt, text: string, catalog: Catalog): void {
  const on = relationName(statement.relation, catalog)
  const table = catalog.tables.get(keyOf(on))
  const view = catalog.objects.find(
    (object) => keyOf(object) === keyOf(on) && object.kind === 'MATERIALIZED VIEW',
  )
  if (view && statement.idxname) {
    // The columns of a view have no types here: the text stays as it is.
    const name: Name = { schema: on.schema, name: statement.idxname }
    const drop = `INDEX ${quoteName(name.schema, MAJOR)}.${quoteName(name.name, MAJOR)}`
    const none = { tag: name.name, table: on, uses: [], returns: undefined }
    catalog.objects.push({ ...name, ...none, kind: 'INDEX', sql: `${text};`, drop })
    return
  }
  if (!table)
    throw new LeftOut(
      'sql-unknown-table',
      `the table of index ${statement.idxname} is not created before; the index is left out`,
    )
  if (statement.nulls_not_distinct)
    throw new LeftOut('sql-left-out', `index ${statement.idxname}: NULLS NOT DISTINCT is left out`)
  const scope = scopeOf(table, catalog)
  const columns = (statement.indexParams ?? []).flatMap((node) =>
    'IndexElem' in node ? [indexColumn(node.IndexElem, scope)] : [],
  )
  const include = (statement.indexIncludingParams ?? []).flatMap((node) =>
    'IndexElem' in node && node.IndexElem.name ? [node.IndexElem.name] : [],
  )
  const options = (statement.options ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem] : []))
  const index: Index = {
    name:
      statement.idxname ||
      freeName(indexNames(table.schema, catalog), table.name, [...columns, ...include].map(wordOf), 'idx'),
    columns,
    unique: statement.unique === true,
    method: statement.accessMethod ?? 'btree',
    where: statement.whereClause ? expressionText(statement.whereClause, scope) : undefined,
    include,
    with:
      options.length === 0
        ? undefined
        : options.map((option) => `${option.defname}=${quoteText(optionText(option))}`).join(', '),
    partOf: undefined,
  }
  table.indexes.push(index)
  if (table.partitionBy === undefined || !statement.relation?.inh) return
  // Without ONLY, the partitions that are there get theirs, too.
  for (const part of catalog.tables.values())
    if (part.partitionOf && keyOf(part.partitionOf.table) === keyOf(table)) {
      const words = [...columns, ...include].map(wordOf)
      const name = freeName(indexNames(part.schema, catalog), part.name, words, 'idx')
      part.indexes.push({ ...index, name, partOf: index.name })
    }
}

function indexNames(schema: string, catalog: Catalog): Set<string> {
  const taken = new Set<string>()
  for (const table of catalog.tables.values()) {
    if (table.schema !== schema) continue
    taken.add(table.name)
    for (const { name } of [
      ...table.indexes,
      ...table.unique,
      ...(table.primaryKey ? [table.primaryKey] : []),
    ])
      if (name !== undefined) taken.add(name)
  }
  return taken
}

/** What an index column contributes to the made-up name: an expression gives its function, else `expr`. */
function wordOf(column: string): string {
  if (!column.includes('(')) return column.replace(/\s.*$/, '').replaceAll('"', '')
  return /^(?:\w+\.)?([a-z_][a-z0-9_]*)\(/.exec(column)?.[1] ?? 'expr'
}

function indexColumn(element: IndexElem, scope: ExpressionScope): string {
  const text = element.name ?? indexExpressionText(element.expr!, scope)
  const named = (element.opclass ?? []).map(stringOf).filter((name) => name !== 'pg_catalog')
  const brought = named.length === 1 ? scope.functionSchema(named[0]!) : undefined
  const opclass = brought === undefined ? named : [quoteName(brought, MAJOR), ...named]
  const shown =
    opclass.length === 0 ? text : `${element.name ? quoteName(text, MAJOR) : text} ${opclass.join('.')}`
  const descending = element.ordering === 'SORTBY_DESC'
  const first = element.nulls_ordering === 'SORTBY_NULLS_FIRST'
  const last = element.nulls_ordering === 'SORTBY_NULLS_LAST'
  const nulls = first && !descending ? ' NULLS FIRST' : last && descending ? ' NULLS LAST' : ''
  return `${shown}${descending ? ' DESC' : ''}${nulls}`
}

function optionText({ arg }: DefElem): string {
  if (!arg) return 'true'
  if ('Integer' in arg) return String(arg.Integer.ival ?? 0)
  if ('Float' in arg) return arg.Float.fval ?? '0'
  if ('TypeName' in arg) return (arg.TypeName.names ?? []).map(stringOf).at(-1) ?? ''
  return stringOf(arg)
}

// Domains and sequences

function createDomain(
  { domainname = [], typeName, constraints = [] }: CreateDomainStmt,
  catalog: Catalog,
): void {
  const name = created(domainname, catalog)
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
  catalog.domains.set(keyOf(name), { ...name, type, nullable, defaultText, checks, comment: undefined })
}

function createSequence({ sequence, options = [] }: CreateSeqStmt, catalog: Catalog): void {
  const name: Name = { schema: sequence?.schemaname ?? catalog.searchPath[0]!, name: sequence?.relname ?? '' }
  catalog.sequences.set(keyOf(name), { ...name, sequence: sequenceOf(options, 'bigint'), ownedBy: undefined })
  ownSequence(sequence, options, catalog)
}

/** Only what differs from the defaults of an ascending counter. */
function sequenceOf(options: readonly Node[], type: string): Sequence {
  const given = new Map<string, string | undefined>()
  for (const node of options)
    if ('DefElem' in node)
      given.set(node.DefElem.defname ?? '', node.DefElem.arg ? optionText(node.DefElem) : undefined)
  const number = (option: string, key: string, usual: number | undefined) => {
    const text = given.get(option)
    return text === undefined || Number(text) === usual ? {} : { [key]: Number(text) }
  }
  const as = { int4: 'integer', int2: 'smallint', integer: 'integer', smallint: 'smallint' }[
    given.get('as') ?? ''
  ]
  const least = Number(given.get('minvalue') ?? 1)
  const most = { smallint: 32_767, integer: 2_147_483_647 }[as ?? type]
  const name = options.find((node) => 'DefElem' in node && node.DefElem.defname === 'sequence_name')
  const parts =
    name && 'DefElem' in name && name.DefElem.arg && 'List' in name.DefElem.arg
      ? (name.DefElem.arg.List.items ?? [])
      : []
  return {
    ...(parts.length > 0 ? { name: stringOf(parts.at(-1)!) } : {}),
    ...(as === undefined ? {} : { as }),
    ...number('start', 'start', least),
    ...number('increment', 'increment', 1),
    ...number('minvalue', 'min', 1),
    ...number('maxvalue', 'max', most),
    ...number('cache', 'cache', 1),
    ...(given.has('cycle') && given.get('cycle') !== 'false' ? { cycle: true } : {}),
  }
}

function ownSequence(range: RangeVar | undefined, options: readonly Node[], catalog: Catalog): void {
  const sequence = catalog.sequences.get(keyOf(relationName(range, catalog)))
  for (const node of options) {
    if (!('DefElem' in node) || node.DefElem.defname !== 'owned_by') continue
    const { arg } = node.DefElem
    const parts = arg && 'List' in arg ? (arg.List.items ?? []).map(stringOf) : []
    if (!sequence || parts.length < 2) continue
    const table = relationName({ schemaname: parts.at(-3) ?? '', relname: parts.at(-2)! }, catalog)
    sequence.ownedBy = { table, column: parts.at(-1)! }
  }
}

// Comments

function addComment({ objtype, object, comment = '' }: CommentStmt, catalog: Catalog, leave: Leave): void {
  const parts = object && 'List' in object ? (object.List.items ?? []).map(stringOf) : []
  const tableAt = (names: readonly string[]) =>
    catalog.tables.get(
      keyOf(relationName({ schemaname: names.at(-2) ?? '', relname: names.at(-1) ?? '' }, catalog)),
    )
  if (objtype === 'OBJECT_TABLE') {
    const table = tableAt(parts)
    if (table) table.comment = comment
    return
  }
  if (objtype === 'OBJECT_COLUMN') {
    const column = tableAt(parts.slice(0, -1))?.columns.get(parts.at(-1) ?? '')
    if (column) {
      column.comment = comment
      return
    }
  }
  if (objtype === 'OBJECT_INDEX') {
    const { schema, name } = relationName(
      { schemaname: parts.at(-2) ?? '', relname: parts.at(-1) ?? '' },
      catalog,
    )
    for (const table of catalog.tables.values())
      for (const index of table.indexes)
        if (table.schema === schema && index.name === name) {
          index.comment = comment
          return
        }
  }
  const described = textObjectNamed(objtype, object, parts, catalog)
  if (described) {
    described.comment = comment
    return
  }
  leave('sql-left-out', `COMMENT ON ${String(objtype).replace('OBJECT_', '')} is left out`)
}

const DESCRIBED: Readonly<Record<string, string>> = {
  OBJECT_EXTENSION: 'EXTENSION',
  OBJECT_FUNCTION: 'FUNCTION',
  OBJECT_PROCEDURE: 'PROCEDURE',
  OBJECT_AGGREGATE: 'AGGREGATE',
  OBJECT_VIEW: 'VIEW',
  OBJECT_MATVIEW: 'MATERIALIZED VIEW',
  OBJECT_TYPE: 'TYPE',
  OBJECT_TRIGGER: 'TRIGGER',
}

function textObjectNamed(
  objtype: CommentStmt['objtype'],
  object: Node | undefined,
  parts: readonly string[],
  catalog: Catalog,
): TextObject | undefined {
  const kind = DESCRIBED[String(objtype)]
  if (kind === undefined || !object) return undefined
  const names =
    'ObjectWithArgs' in object
      ? (object.ObjectWithArgs.objname ?? []).map(stringOf)
      : 'TypeName' in object
        ? (object.TypeName.names ?? []).map(stringOf)
        : 'String' in object
          ? [stringOf(object)]
          : parts
  // Functions of one name are told apart by the number of their arguments; that is enough for most files.
  const count = 'ObjectWithArgs' in object ? (object.ObjectWithArgs.objargs ?? []).length : undefined
  const found = catalog.objects.filter((one) => one.kind === kind && one.name === names.at(-1))
  return (
    found.find(({ tag }) => count === undefined || tag === undefined || argumentCount(tag) === count) ??
    found[0]
  )
}

/** `f(integer, text)` → 2. */
function argumentCount(tag: string): number {
  const inside = tag.slice(tag.indexOf('(') + 1, -1).trim()
  return inside === '' || inside === '*' ? 0 : inside.split(',').length
}
