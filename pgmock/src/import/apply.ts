// Statements → catalog. What has no place in our language is reported and left out; nothing here throws for SQL.

import type { Node } from 'libpg-query'
import { Unprintable } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { unprintable, type Leave } from './attempt.ts'
import { keyOf, type Catalog } from './catalog.ts'
import { addComment } from './comments.ts'
import { createDomain } from './domains.ts'
import { createIndex } from './indexes.ts'
import { createdName, LeftOut, scopeOf } from './lookup.ts'
import type { Statement } from './read-sql.ts'
import { createSequence, ownSequence } from './sequences.ts'
import { alterTable, createTable } from './tables.ts'
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
    const name = createdName(node.CreateEnumStmt.typeName ?? [], catalog)
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
