// Statements → catalog. What has no place in our language is reported and left out; nothing here throws for SQL.

import type { ClusterStmt, CreateSchemaStmt, Node } from 'libpg-query'
import { Unprintable } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { alterTable } from './alter-table.ts'
import { attempt, unprintable, type Leave } from './attempt.ts'
import { keyOf, type Catalog, type Described, type Name, type TextObject } from './catalog.ts'
import { alterEnum, drop, move } from './changes.ts'
import { addComment } from './comments.ts'
import { definedObject } from './defined-objects.ts'
import { schemaDetails } from './described.ts'
import { createTableAs } from './create-table-as.ts'
import { constraintNames, doBlock } from './do-blocks.ts'
import { alterDomain, createDomain } from './domains.ts'
import { foreignTable } from './foreign-tables.ts'
import { createIndex } from './indexes.ts'
import { createdName, LeftOut, relationName, scopeOf } from './lookup.ts'
import { alterDefaultPrivileges, changeOwner, grant, roleName } from './privileges.ts'
import { rarerObject } from './rarer-objects.ts'
import { statementsOf, type Statement } from './read-sql.ts'
import { rename } from './renames.ts'
import { alterSequence, createSequence } from './sequences.ts'
import { createTable } from './tables.ts'
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

/** Session settings, data, and what belongs to the server rather than to the database. */
const SILENT: ReadonlySet<string> = new Set(
  `VariableSetStmt InsertStmt CopyStmt TransactionStmt GrantRoleStmt CreateRoleStmt DropRoleStmt DeleteStmt UpdateStmt
TruncateStmt VacuumStmt RefreshMatViewStmt CreatedbStmt AlterRoleStmt AlterRoleSetStmt AlterDatabaseStmt
AlterDatabaseSetStmt DropdbStmt LockStmt CheckPointStmt DiscardStmt ReindexStmt ExplainStmt
ConstraintsSetStmt`.split(/\s+/),
)

function apply({ node, text }: Statement, catalog: Catalog, leave: Leave): void {
  if ('CreateSchemaStmt' in node) createSchema(node.CreateSchemaStmt, catalog, leave)
  else if ('CreateStmt' in node) createTable(node.CreateStmt, catalog, leave)
  else if ('AlterTableStmt' in node) alterTable(node.AlterTableStmt, catalog, leave)
  else if ('IndexStmt' in node) createIndex(node.IndexStmt, text, catalog)
  else if ('CreateEnumStmt' in node) {
    const name = createdName(node.CreateEnumStmt.typeName ?? [], catalog)
    catalog.enums.set(keyOf(name), { ...name, labels: (node.CreateEnumStmt.vals ?? []).map(stringOf) })
  } else if ('CreateDomainStmt' in node) createDomain(node.CreateDomainStmt, catalog)
  else if ('CreateSeqStmt' in node) createSequence(node.CreateSeqStmt, catalog)
  else if ('AlterSeqStmt' in node) alterSequence(node.AlterSeqStmt, catalog)
  else if ('CommentStmt' in node) addComment(node.CommentStmt, catalog, leave)
  else if ('GrantStmt' in node) grant(node.GrantStmt, catalog, leave)
  else if ('AlterOwnerStmt' in node) changeOwner(node.AlterOwnerStmt, catalog, leave)
  else if ('AlterDefaultPrivilegesStmt' in node)
    alterDefaultPrivileges(node.AlterDefaultPrivilegesStmt, catalog, leave)
  else if ('DropStmt' in node) drop(node.DropStmt, catalog, leave)
  else if ('RenameStmt' in node) rename(node.RenameStmt, catalog, leave)
  else if ('AlterObjectSchemaStmt' in node) move(node.AlterObjectSchemaStmt, catalog, leave)
  else if ('AlterDomainStmt' in node) alterDomain(node.AlterDomainStmt, catalog)
  else if ('AlterEnumStmt' in node) alterEnum(node.AlterEnumStmt, catalog)
  else if ('VariableSetStmt' in node)
    setPath(node.VariableSetStmt.name, node.VariableSetStmt.args ?? [], catalog)
  else if ('CreateTableAsStmt' in node && node.CreateTableAsStmt.objtype === 'OBJECT_TABLE')
    createTableAs(node.CreateTableAsStmt, catalog)
  else if ('DoStmt' in node)
    doBlock(text, {
      catalog,
      leave,
      run: (sql, guarded) => runInBlock(sql, guarded, catalog, leave),
    })
  else if ('ClusterStmt' in node) cluster(node.ClusterStmt, catalog)
  else if ('SelectStmt' in node) select(text, catalog, leave)
  else other({ node, text }, catalog, leave)
}

function other({ node, text }: Pick<Statement, 'node' | 'text'>, catalog: Catalog, leave: Leave): void {
  const rarer =
    'CreateForeignTableStmt' in node
      ? [foreignTable(node.CreateForeignTableStmt, catalog, leave)]
      : (rarerObject(node, text, catalog) ?? definedObject(node, catalog))
  if (rarer) {
    catalog.objects.push(...rarer)
    return
  }
  const object = textObject(node, text, catalog, scopeOf(undefined, catalog))
  if (object === 'silent') return
  if (object && 'unprinted' in object && typeof object.unprinted === 'string')
    leave(
      'sql-expression-left-out',
      `the query of ${object.name} has ${object.unprinted}, which cannot be printed yet; it stays as it is written`,
    )
  if (object) addText(withOlderText(object, node, text, catalog), node, catalog)
  else if (!SILENT.has(Object.keys(node)[0] ?? ''))
    leave(
      'sql-left-out',
      `${text.split(/\s+/).slice(0, 3).join(' ')} … is not part of the schema language and is left out`,
    )
}

/** Queries print otherwise up to 15: every column with its table. */
function withOlderText(object: TextObject, node: Node, text: string, catalog: Catalog): TextObject {
  if (!object.kind.endsWith('VIEW')) return object
  const older = textObject(node, text, catalog, { ...scopeOf(undefined, catalog), major: 15 })
  return older === 'silent' || !older || older.sql === object.sql ? object : { ...object, sql15: older.sql }
}

/** CREATE OR REPLACE: the newer text under the older's owner and privileges. */
function addText(object: TextObject, node: Node, catalog: Catalog): void {
  const [statement] = Object.values(node) as { replace?: boolean; if_not_exists?: boolean }[]
  const at = catalog.objects.findIndex(
    (one) =>
      one.kind === object.kind &&
      keyOf(one) === keyOf(object) &&
      one.tag === object.tag &&
      sameTable(one, object),
  )
  if (at < 0) catalog.objects.push(object)
  else if (statement?.replace) {
    const { owner, comment, grants } = catalog.objects[at]!
    catalog.objects[at] = { ...object, owner, comment, grants }
  } else if (!statement?.if_not_exists) catalog.objects.push(object)
}

function sameTable(a: TextObject, b: TextObject): boolean {
  return (a.table && keyOf(a.table)) === (b.table && keyOf(b.table))
}

function runInBlock(sql: string, guarded: boolean, catalog: Catalog, leave: Leave): void {
  for (const { node, text } of statementsOf(sql))
    if (!(guarded && isDuplicate(node, catalog)))
      attempt(() => apply({ node, text, line: 0 }, catalog, leave), leave)
}

/** What a block with EXCEPTION WHEN duplicate_object passes over. */
function isDuplicate(node: Node, catalog: Catalog): boolean {
  const isKnown = (name: Name) => catalog.enums.has(keyOf(name)) || catalog.domains.has(keyOf(name))
  if ('CreateEnumStmt' in node) return isKnown(createdName(node.CreateEnumStmt.typeName ?? [], catalog))
  if ('CreateDomainStmt' in node) return isKnown(createdName(node.CreateDomainStmt.domainname ?? [], catalog))
  if ('CreateStmt' in node)
    return (
      node.CreateStmt.relation !== undefined &&
      catalog.tables.has(keyOf(relationName(node.CreateStmt.relation, catalog)))
    )
  if (!('AlterTableStmt' in node)) return false
  const table = catalog.tables.get(keyOf(relationName(node.AlterTableStmt.relation, catalog)))
  return (node.AlterTableStmt.cmds ?? []).some((one) => {
    if (!('AlterTableCmd' in one) || !table) return false
    const { subtype, def } = one.AlterTableCmd
    if (subtype === 'AT_AddColumn')
      return def !== undefined && 'ColumnDef' in def && table.columns.has(def.ColumnDef.colname ?? '')
    return (
      subtype === 'AT_AddConstraint' &&
      def !== undefined &&
      'Constraint' in def &&
      constraintNames(table).includes(def.Constraint.conname ?? '')
    )
  })
}

/** CLUSTER … USING marks the index, as ALTER TABLE … CLUSTER ON does. */
function cluster({ relation, indexname }: ClusterStmt, catalog: Catalog): void {
  const table = relation && catalog.tables.get(keyOf(relationName(relation, catalog)))
  if (table && indexname) table.clusterOn = indexname
}

/** A query changes no schema, unless it calls what does; pg_dump sets its search path so. */
function select(text: string, catalog: Catalog, leave: Leave): void {
  const path = /^SELECT\s+(?:pg_catalog\.)?set_config\('search_path',\s*'([^']*)'/i.exec(text)?.[1]
  if (path !== undefined)
    catalog.searchPath =
      path.trim() === '' ? ['public'] : path.split(',').map((one) => one.trim().replaceAll('"', ''))
  if (/\blo_(?:create|from_bytea|import|creat)\b/.test(text))
    leave('sql-left-out', 'large objects are left out: they are data of their own')
}

function setPath(name: string | undefined, args: readonly Node[], catalog: Catalog): void {
  if (name !== 'search_path') return
  const path = args
    .flatMap((arg) => ('A_Const' in arg ? [arg.A_Const.sval?.sval ?? ''] : []))
    .filter((one) => one !== '')
  catalog.searchPath = path.length === 0 ? ['public'] : path
}

function createSchema(
  { schemaname, authrole, schemaElts = [] }: CreateSchemaStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  const owner = roleName(authrole)
  const name = schemaname ?? owner ?? ''
  if (name !== 'public') catalog.schemas.add(name)
  const details = schemaDetails(name, catalog)
  if (details && owner !== undefined) details.owner = owner
  const path = catalog.searchPath
  catalog.searchPath = [name, ...path]
  const before = new Set(relations(catalog))
  for (const node of schemaElts) attempt(() => apply({ node, text: '', line: 0 }, catalog, leave), leave)
  // Whose schema it is, his are the tables made with it.
  if (owner !== undefined) for (const one of relations(catalog)) if (!before.has(one)) one.owner = owner
  catalog.searchPath = path
}

function relations({ tables, sequences, objects }: Catalog): Described[] {
  return [...tables.values(), ...sequences.values(), ...objects]
}
