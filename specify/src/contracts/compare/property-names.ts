import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { SchemaAt } from '../model.ts'
import { branchesOf, resolved } from '../schema-walk.ts'

/** The members schemas list, through references and branches of any kind. */
export function propertyNamesOf(at: SchemaAt, entered: readonly string[] = []): Set<string> {
  const names = new Set<string>()
  const target = resolved(at)
  if (target === undefined || !isRecord(target.schema) || entered.includes(target.pointer)) return names
  if (isRecord(target.schema['properties']))
    for (const name of Object.keys(target.schema['properties'])) names.add(name)
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const)
    for (const branch of branchesOf(target, keyword))
      for (const name of propertyNamesOf(branch, [...entered, target.pointer])) names.add(name)
  return names
}
