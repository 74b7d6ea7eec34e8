import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { refOf, resolveRef } from '@specwright/json-schema/resolve-ref.ts'
import type { Source } from '../model.ts'
import type { ContractRule, Problem } from './rule.ts'

export const unresolvedRef: ContractRule = {
  code: 'unresolved-ref',
  severity: 'error',
  about: 'system',
  why: 'A reference to nothing makes the schema around it mean anything.',
  example: { wrong: "$ref: '#/components/schemas/Ordr'", right: "$ref: '#/components/schemas/Order'" },
  check: ({ apis, eventFiles }) =>
    [...apis, ...eventFiles].flatMap(({ source }) => [...problemsOf(source, source.root, '', new WeakSet())]),
}

function* problemsOf(
  source: Source,
  value: unknown,
  pointer: string,
  seen: WeakSet<object>,
): Generator<Problem> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value) // what several YAML aliases share is looked at once, however often it is used
  const ref = refOf(value)
  if (ref !== undefined) {
    const problem = problemOf(source.root, ref)
    if (problem !== undefined)
      yield { file: source.file, line: source.lineOf(`${pointer}/$ref`), service: source.service, ...problem }
  }
  if (Array.isArray(value))
    for (const [i, item] of value.entries()) yield* problemsOf(source, item, `${pointer}/${i}`, seen)
  else if (isRecord(value))
    // What stands in an example is data, whatever it looks like.
    for (const [name, item] of Object.entries(value))
      if (name !== 'example' && name !== 'examples')
        yield* problemsOf(source, item, `${pointer}${pointerOf(name)}`, seen)
}

function problemOf(root: unknown, ref: string): { message: string; hint?: string } | undefined {
  const resolved = resolveRef(root, ref)
  switch (resolved.outcome) {
    case 'found':
      return undefined
    case 'missing':
      return { message: `"${ref}" leads to nothing: there is no ${resolved.pointer}.` }
    case 'circular':
      return { message: `"${ref}" leads back to itself without ever reaching a schema.` }
    case 'external':
      return {
        message: `"${ref}" leads out of this file; specify follows references inside the file only and fetches nothing.`,
        hint: 'Copy what it leads to into this file, under components.',
      }
  }
}
