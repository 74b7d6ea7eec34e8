// DROP, SET SCHEMA and ALTER TYPE … ADD VALUE: files of migrations take back and move what they made.

import type { AlterEnumStmt, AlterObjectSchemaStmt, DropStmt, Node } from 'libpg-query'
import type { Leave } from './attempt.ts'
import { keyOf, type Catalog, type Name } from './catalog.ts'
import { describedObject, namesOf, relationNamed } from './described.ts'
import { full } from './printed-names.ts'
import { relocate, renameLabel } from './renames.ts'

export function drop(
  { objects = [], removeType, behavior, missing_ok: missing }: DropStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  for (const node of objects) {
    const parts = namesOf(node)
    const name = relationNamed(parts, catalog)
    if (removed(String(removeType), node, parts, catalog)) {
      const cascades = behavior === 'DROP_CASCADE'
      if (removeType === 'OBJECT_FUNCTION' && cascades) dropTriggers(name, catalog)
      if (/TABLE|VIEW/.test(String(removeType))) dropDependents(name, cascades, catalog)
      continue
    }
    if (missing) continue
    leave(
      'sql-left-out',
      `DROP ${String(removeType).replace('OBJECT_', '')} ${parts.join('.')} is left out: it is not known`,
    )
  }
}

function removed(type: string, node: Node, parts: readonly string[], catalog: Catalog): boolean {
  const name = relationNamed(parts, catalog)
  const key = keyOf(name)
  switch (type) {
    case 'OBJECT_TABLE': {
      if (!catalog.tables.delete(key)) return false
      for (const one of catalog.tables.values())
        if (one.partitionOf && keyOf(one.partitionOf.table) === key)
          removed(type, node, [one.schema, one.name], catalog)
      for (const [free, one] of catalog.sequences)
        if (one.ownedBy && keyOf(one.ownedBy.table) === key) catalog.sequences.delete(free)
      for (const table of catalog.tables.values())
        table.references = table.references.filter((reference) => keyOf(reference.table) !== key)
      return true
    }
    case 'OBJECT_SEQUENCE':
      return catalog.sequences.delete(key)
    case 'OBJECT_SCHEMA':
      return catalog.schemas.delete(parts.at(-1) ?? '')
    case 'OBJECT_INDEX': {
      const table = [...catalog.tables.values()].find((one) =>
        one.indexes.some((index) => index.name === name.name),
      )
      if (!table) return false
      table.indexes = table.indexes.filter((index) => index.name !== name.name)
      return true
    }
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      if (catalog.enums.delete(key) || catalog.domains.delete(key)) return true
      break
    default:
  }
  const found = describedObject(type as never, node, catalog) // one of the grammar's words
  const before = catalog.objects.length
  keepObjects(catalog, (one) => one !== found)
  return catalog.objects.length < before
}

/** Triggers, policies and indexes go along, with CASCADE also the views over it. */
function dropDependents(name: Name, cascades: boolean, catalog: Catalog): void {
  const key = keyOf(name)
  keepObjects(catalog, (one) => one.table === undefined || keyOf(one.table) !== key)
  if (!cascades) return
  const over = catalog.objects.filter(
    (one) => one.kind.endsWith('VIEW') && one.uses.some((use) => keyOf(use) === key),
  )
  keepObjects(catalog, (one) => !over.includes(one))
  for (const one of over) dropDependents(one, true, catalog)
}

/** The triggers that call a function go with it. */
function dropTriggers(name: Name, catalog: Catalog): void {
  const call = ` FUNCTION ${full(name)}(`
  keepObjects(catalog, (one) => one.kind !== 'TRIGGER' || !one.sql.includes(call))
}

function keepObjects(catalog: Catalog, stays: (one: Catalog['objects'][number]) => boolean): void {
  catalog.objects.splice(0, catalog.objects.length, ...catalog.objects.filter(stays))
}

export function move(
  { objectType, relation, object, newschema = '' }: AlterObjectSchemaStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  const parts = relation
    ? [relation.schemaname, relation.relname].flatMap((part) => part ?? [])
    : namesOf(object)
  const table = catalog.tables.get(keyOf(relationNamed(parts, catalog)))
  if (objectType === 'OBJECT_TABLE' && table)
    relocate(table, { schema: newschema, name: table.name }, catalog)
  else leave('sql-left-out', `SET SCHEMA of ${parts.join('.')} is left out`)
}

export function alterEnum(
  { typeName = [], oldVal, newVal = '', newValNeighbor, newValIsAfter }: AlterEnumStmt,
  catalog: Catalog,
): void {
  const name = relationNamed(namesOf({ List: { items: typeName } }), catalog)
  const labels = catalog.enums.get(keyOf(name))?.labels
  if (!labels) return
  if (oldVal !== undefined) {
    const at = labels.indexOf(oldVal)
    if (at >= 0) labels[at] = newVal
    renameLabel(name, oldVal, newVal, catalog)
  } else if (!labels.includes(newVal)) {
    const at =
      newValNeighbor === undefined ? labels.length : labels.indexOf(newValNeighbor) + (newValIsAfter ? 1 : 0)
    labels.splice(at, 0, newVal)
  }
}
