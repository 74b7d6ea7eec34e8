import { pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { refOf, resolveRef } from '@specwright/json-schema/resolve-ref.ts'
import { isAddress, pathOfRef } from '../linked-files.ts'
import { placeOf, type Source } from '../model.ts'
import type { ContractRule, Problem } from './rule.ts'

export const unresolvedRef: ContractRule = {
  code: 'unresolved-ref',
  severity: 'error',
  about: 'system',
  scope: 'file',
  why: 'A reference to nothing makes the schema around it mean anything.',
  example: { wrong: "$ref: '#/components/schemas/Ordr'", right: "$ref: '#/components/schemas/Order'" },
  check: ({ apis, eventFiles }) => [...apis, ...eventFiles].flatMap(({ source }) => problemsOf(source)),
}

function problemsOf(source: Source): Problem[] {
  const problems: Problem[] = []
  const seen = new Set<object>()
  const good = new Set<string>()
  const path: string[] = []
  const visit = (value: object): void => {
    if (seen.has(value)) return
    seen.add(value) // what several YAML aliases share is looked at once, however often it is used
    const ref = refOf(value)
    if (ref !== undefined && !good.has(ref)) {
      // Hardly any reference is wrong: only then somebody asks where it stands.
      if (resolveRef(source.root, ref).outcome === 'found') good.add(ref)
      else {
        const place = placeOf(source, pointerOf(...path, '$ref'))
        const problem = problemOf(source.root, ref, place.file)
        if (problem !== undefined) problems.push({ ...place, service: source.service, ...problem })
      }
    }
    // Half a million values in a large document: no list of entries is made for each.
    for (const name in value) {
      const item = (value as Record<string, unknown>)[name]
      if (typeof item !== 'object' || item === null) continue
      // What stands in an example is data, whatever it looks like.
      if (name === 'example' || name === 'examples') continue
      path.push(name)
      visit(item)
      path.pop()
    }
  }
  if (typeof source.root === 'object' && source.root !== null) visit(source.root)
  return problems
}

function problemOf(root: unknown, ref: string, file: string): { message: string; hint?: string } | undefined {
  const resolved = resolveRef(root, ref)
  switch (resolved.outcome) {
    case 'found':
      return undefined
    case 'missing':
      return { message: `"${ref}" leads to nothing: there is no ${resolved.pointer}.` }
    case 'circular':
      return { message: `"${ref}" leads back to itself without ever reaching a schema.` }
    case 'external':
      return elsewhere(ref, file)
  }
}

function elsewhere(ref: string, file: string): { message: string; hint?: string } {
  if (isAddress(ref))
    return {
      message: `"${ref}" is an address: specify fetches nothing.`,
      hint: 'Put a copy into the workspace and refer to that.',
    }
  if (ref.startsWith('#')) return { message: `"${ref}" leads to nothing: there is no such $anchor.` }
  const path = pathOfRef(ref, file)
  if (path === undefined)
    return {
      message: `"${ref}" leaves the workspace and is not followed.`,
      hint: 'Put a copy into the workspace and refer to that.',
    }
  const fragment = ref.split('#')[1] ?? ''
  return fragment === '' || fragment.startsWith('/')
    ? { message: `"${ref}" leads to nothing: there is no readable file ${path}.` }
    : { message: `"${ref}" leads to nothing: ${path} has no such $anchor.` }
}
