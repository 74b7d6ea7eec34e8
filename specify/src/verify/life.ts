// What was created can be read, what was changed reads so, what was deleted is gone.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Api, Operation } from '../contracts/model.ts'
import { operationKey } from './check-answer.ts'
import { difference, isRecordOfTime } from './difference.ts'
import { parameterKey, type Draft } from './draft.ts'
import { KnownValues } from './known-values.ts'
import { isConditional } from './make-draft.ts'
import { sequenceFailure, type SequenceFailure, type SequenceWish } from './sequence.ts'
import { isForbidden, isGood, jsonOf, statusOf, type Exchange } from './session.ts'

/** Operations of one kind of thing, found by their paths: a POST on a collection, and what stands at the item. */
type Life = {
  readonly create: Operation
  readonly read: Operation
  readonly updates: readonly Operation[]
  readonly remove: Operation | undefined
}

export function livesOf({ operations }: Api): Life[] {
  return operations.flatMap((create): Life[] => {
    if (create.method !== 'POST') return []
    const items = operations.filter(
      ({ path }) =>
        path.startsWith(`${create.path}/{`) &&
        path.slice(create.path.length + 2).endsWith('}') &&
        !path.slice(create.path.length + 1).includes('/'),
    )
    const read = items.find(({ method }) => method === 'GET')
    if (read === undefined) return []
    return [
      {
        create,
        read,
        updates: items.filter(({ method }) => method === 'PUT' || method === 'PATCH'),
        remove: items.find(({ method }) => method === 'DELETE'),
      },
    ]
  })
}

/** The first round takes a request that worked, the others chance. */
export async function* lifeFailures(
  life: Life,
  round: number,
  api: Api,
  wish: SequenceWish,
): AsyncGenerator<SequenceFailure> {
  const { create, read, updates, remove } = life
  const id = `${operationKey(create)} life ${round}`
  const make = round === 0 ? wish.base : wish.made
  const draft = wish.wanted(id) && wish.succeeded(create) ? make(create, id) : undefined
  if (draft === undefined) return
  const created = await wish.send(draft)
  const item = itemDraft(created, read, api)
  if (item === undefined) return
  const fail = sequenceFailure(id, create)
  const first = await wish.send(item)
  if (isGood(created) && !isGood(first) && !isForbidden(first)) {
    yield fail(
      'verify-not-stored',
      'unreadable',
      `what was created is answered with ${statusOf(first)} when it is read`,
      [created, first],
      ['HTTP 200'],
    )
    return
  }
  // An id of the client's own may name something that was there before.
  const isNew = !JSON.stringify(draft.body ?? null).includes(JSON.stringify(lastPathValue(item)))
  if (isNew) {
    const lost = difference(sent(draft), first, read)
    if (lost !== undefined)
      yield fail(
        'verify-not-stored',
        `create ${lost.path}`,
        `after creating, ${lost.message}`,
        [created, first],
        lost.expected,
      )
  }
  const told = isRecord(jsonOf(created)) ? difference(jsonOf(created), first, read) : undefined
  if (told !== undefined && isNew && !isRecordOfTime(told.path))
    yield fail(
      'verify-not-stored',
      `told ${told.path}`,
      `the answer to creating and the one to reading differ: ${told.message}`,
      [created, first],
      told.expected,
    )
  for (const update of updates) {
    const changed = wish.made(update, `${id} ${update.method}`) ?? wish.base(update, id)
    if (changed === undefined || !wish.succeeded(update)) continue
    const updated = await wish.send(sameItem(changed, item, update))
    if (!isGood(updated)) continue
    const again = await wish.send(item)
    const missed = difference(sent(updated.draft), again, read)
    if (missed !== undefined)
      yield sequenceFailure(id, update)(
        'verify-not-stored',
        `update ${missed.path}`,
        `after changing, ${missed.message}`,
        [created, updated, again],
        missed.expected,
      )
  }
  if (remove === undefined) return
  const removal = wish.base(remove, `${id} remove`)
  const removed = removal === undefined ? undefined : await wish.send(sameItem(removal, item, remove))
  if (removed === undefined || !isGood(removed)) return
  const after = await wish.send(item)
  const speaks = read.responses.some(({ status }) => /^(404|410|4XX)$/.test(status))
  if (isGood(after) && speaks)
    yield sequenceFailure(id, remove)(
      'verify-not-deleted',
      'readable',
      `what was deleted is still answered with ${statusOf(after)}`,
      [created, removed, after],
      ['HTTP 404'],
    )
}

/** A request for the very thing an answer speaks of; undefined when it does not say which. */
function itemDraft(created: Exchange, read: Operation, api: Api): Draft | undefined {
  if (!isGood(created)) return undefined
  const known = new KnownValues()
  known.learn(created, api.operations)
  const parameters = new Map<string, unknown>()
  for (const parameter of read.parameters) {
    if (isConditional(parameter)) continue
    const key = parameterKey(parameter)
    const value =
      parameter.in === 'path'
        ? known.ofParameter(read, parameter.name)[0]
        : parameter.required
          ? known.of(parameter.name)[0]
          : known.of(`${lastWord(read.path)}${parameter.name}`)[0]
    const inherited = parameter.in === 'path' ? created.draft.parameters.get(key) : undefined
    const chosen = inherited ?? value
    if (chosen !== undefined) parameters.set(key, chosen)
    else if (parameter.required) return undefined
  }
  return { operation: read, parameters, body: undefined, credentials: 'valid' }
}

function lastWord(path: string): string {
  return (
    path
      .split('/')
      .findLast((part) => part !== '' && !part.startsWith('{'))
      ?.replace(/s$/, '') ?? ''
  )
}

function sameItem(draft: Draft, item: Draft, operation: Operation): Draft {
  const parameters = new Map(draft.parameters)
  for (const parameter of operation.parameters) {
    const key = parameterKey(parameter)
    if (parameter.in === 'path' && item.parameters.has(key)) parameters.set(key, item.parameters.get(key))
  }
  return { ...draft, parameters }
}

function lastPathValue({ operation, parameters }: Draft): unknown {
  const last = operation.parameters.findLast(({ in: place }) => place === 'path')
  return last === undefined ? undefined : parameters.get(parameterKey(last))
}

function sent(draft: Draft): unknown {
  return draft.body !== undefined && 'value' in draft.body ? draft.body.value : undefined
}
