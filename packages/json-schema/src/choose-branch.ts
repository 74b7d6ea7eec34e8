// A value that fits no branch of a oneOf gets ajv's complaints about every branch. People meant one of them:
// when type, const and enum leave only one branch standing, its complaints are the true ones.

import type { ErrorObject } from 'ajv'
import { isRecord } from './json-pointer.ts'

/** Errors with the complaints of branches nobody meant removed. `pointerTo` tells where an error's schema came from. */
export function withoutOtherBranches(
  errors: readonly ErrorObject[],
  pointerTo: (schema: unknown) => string | undefined,
): ErrorObject[] {
  const kept: ErrorObject[] = []
  for (const error of errors) {
    if (error.keyword === 'if') continue // says only that then or else failed, which speak for themselves
    if (error.keyword !== 'oneOf' && error.keyword !== 'anyOf') {
      kept.push(error)
      continue
    }
    const branches = branchPointers(error, pointerTo)
    const start = firstInside(kept, error)
    const byBranch = Map.groupBy(kept.slice(start), (inner) => branchOf(inner, branches, pointerTo))
    if (branches === undefined || byBranch.has(-1)) {
      kept.push(error) // some complaint cannot be assigned: show all rather than hide the wrong one
      continue
    }
    kept.length = start
    const meant = [...byBranch.values()].filter((list) => !list.some((inner) => rulesOut(inner, error)))
    if (meant.length === 1) kept.push(...meant[0]!)
    else kept.push(error)
  }
  return kept
}

/** Where each branch came from: two pointers when it is a reference. */
function branchPointers(
  { schema, parentSchema }: ErrorObject,
  pointerTo: (schema: unknown) => string | undefined,
): readonly (readonly string[])[] | undefined {
  if (!Array.isArray(schema)) return undefined
  const parent = pointerTo(parentSchema)
  if (parent === undefined) return undefined
  return schema.map((branch: unknown) => {
    const ref: unknown = isRecord(branch) ? branch['$ref'] : undefined
    const target =
      typeof ref === 'string' && ref.startsWith('#/$defs/')
        ? [decodeURI(ref.slice('#/$defs/'.length)).replaceAll('~1', '/').replaceAll('~0', '~')]
        : []
    return [pointerTo(branch), ...target].filter((pointer) => pointer !== undefined)
  })
}

/** ajv lists the complaints of the branches right before the oneOf's own. */
function firstInside(errors: readonly ErrorObject[], { instancePath }: ErrorObject): number {
  let start = errors.length
  while (start > 0 && isInside(errors[start - 1]!.instancePath, instancePath)) start--
  return start
}

function isInside(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`)
}

function branchOf(
  error: ErrorObject,
  branches: readonly (readonly string[])[] | undefined,
  pointerTo: (schema: unknown) => string | undefined,
): number {
  const at = pointerTo(error.parentSchema)
  if (at === undefined || branches === undefined) return -1
  return branches.findIndex((pointers) => pointers.some((pointer) => isInside(at, pointer)))
}

/** The value, or one of its direct members, is of another kind than this branch is about. */
function rulesOut({ keyword, instancePath }: ErrorObject, { instancePath: outer }: ErrorObject): boolean {
  if (keyword === 'type') return instancePath === outer
  if (keyword !== 'const' && keyword !== 'enum') return false
  return !instancePath.slice(outer.length + 1).includes('/')
}
