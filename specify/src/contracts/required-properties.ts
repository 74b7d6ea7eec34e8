import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { SchemaAt } from './model.ts'
import { branchesOf, resolved } from './schema-walk.ts'

/** The properties every value of the schema has: its own `required` and that of all `allOf` branches. */
export function requiredOf(at: SchemaAt, entered: readonly string[] = []): Set<string> {
  const target = resolved(at)
  if (target === undefined || !isRecord(target.schema) || entered.includes(target.pointer)) return new Set()
  const own = Array.isArray(target.schema['required']) ? (target.schema['required'] as unknown[]) : []
  const names = own.filter((name) => typeof name === 'string')
  return new Set([
    ...names,
    ...branchesOf(target, 'allOf').flatMap((branch) => [...requiredOf(branch, [...entered, target.pointer])]),
  ])
}
