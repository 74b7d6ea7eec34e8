// A failing request made smaller while it fails in the same way. It works on the request itself, not on the way it was
// made: whatever made it, what is left out must leave a request that fits the contract, or breaks it at the same place.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Case } from './case.ts'
import type { Draft } from './draft.ts'
import { replaced } from './edges.ts'
import { faultsOf, withNewKey } from './make-draft.ts'

type Path = readonly (string | number)[]

/** `fails` asks the service; at most `budget` times. */
export async function shrink(
  own: Case,
  fails: (smaller: Case) => Promise<boolean>,
  budget: number,
): Promise<Case> {
  const faults = signature(own.draft)
  let best = own
  let left = budget
  for (let progress = true; progress && left > 0;) {
    progress = false
    for (const draft of smallerDrafts(best)) {
      if (left <= 0) break
      if (signature(draft) !== faults) continue
      left--
      const candidate = { ...best, draft: withNewKey(draft) }
      if (!(await fails(candidate))) continue
      best = candidate
      progress = true
      break
    }
  }
  return best
}

function signature(draft: Draft): string {
  return faultsOf(draft)
    .map(({ place, pointer, keyword }) => `${place}${pointer} ${keyword}`)
    .sort()
    .join('|')
}

/** Largest steps first. */
function* smallerDrafts({ draft, fixed }: Case): Generator<Draft> {
  for (const parameter of draft.operation.parameters) {
    const key = [...draft.parameters.keys()].find(
      (each) => each.endsWith(` ${parameter.name}`) || each.endsWith(` ${parameter.name.toLowerCase()}`),
    )
    if (key === undefined || parameter.required || fixed?.place === key) continue
    const parameters = new Map(draft.parameters)
    parameters.delete(key)
    yield { ...draft, parameters }
  }
  const { body } = draft
  if (body === undefined || !('value' in body)) return
  const kept = fixed?.place === 'body' ? fixed.path : undefined
  for (const value of smallerValues(body.value, [], body.value, kept))
    yield { ...draft, body: { type: body.type, value } }
}

function* smallerValues(whole: unknown, path: Path, value: unknown, kept: Path | undefined): Generator {
  const isOnWay = kept?.every((name, i) => i >= path.length || String(name) === String(path[i])) === true
  const isKept = kept !== undefined && isOnWay && path.length >= kept.length
  if (isKept) return
  const put = (smaller: unknown) => replaced(whole, path, smaller)
  const next = isOnWay ? kept?.[path.length] : undefined
  if (Array.isArray(value)) {
    const list = value as unknown[]
    if (!isOnWay && list.length > 1) yield put([])
    for (const [i] of list.entries())
      if (next === undefined || i > Number(next)) yield put(list.filter((_, at) => at !== i))
    for (const [i, each] of list.entries()) yield* smallerValues(whole, [...path, i], each, kept)
  } else if (isRecord(value)) {
    const names = Object.keys(value)
    for (const name of names)
      if (name !== next)
        yield put(Object.fromEntries(Object.entries(value).filter(([each]) => each !== name)))
    for (const name of names) yield* smallerValues(whole, [...path, name], value[name], kept)
  } else if (typeof value === 'string') {
    if (value.length > 1) yield put('a')
    if (value.length > 8) yield put(value.slice(0, Math.ceil(value.length / 2)))
  } else if (typeof value === 'number') {
    for (const simple of [0, 1]) if (value > simple) yield put(simple)
  } else if (value === true) yield put(false)
}
