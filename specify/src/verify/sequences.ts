// Requests that depend on each other: what was created can be read, what was changed reads so, what was deleted is gone;
// the same idempotency key does nothing twice; conditions are looked at.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Api, Operation } from '../contracts/model.ts'
import { operationKey, type Violation } from './check-answer.ts'
import { parameterKey, type Draft } from './draft.ts'
import { KnownValues } from './known-values.ts'
import { isConditional, isIdempotencyKey } from './make-draft.ts'
import { propertiesOf, shapesOf } from './schema-shape.ts'
import type { Answer, Exchange } from './session.ts'
import type { VerifyCode } from './verify-codes.ts'

export type SequenceFailure = {
  readonly id: string
  readonly operation: Operation
  readonly violation: Violation
  readonly what: string
  readonly exchanges: readonly Exchange[]
}

export type SequenceWish = {
  readonly send: (draft: Draft) => Promise<Exchange>
  /** A request that was carried out before, made anew where that is needed. */
  readonly base: (operation: Operation, name: string) => Draft | undefined
  /** Made anew by chance. */
  readonly made: (operation: Operation, name: string) => Draft | undefined
  readonly succeeded: (operation: Operation) => boolean
  readonly wanted: (id: string) => boolean
}

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
  const fail = failure(id, create)
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
  const told = isRecord(json(created)) ? difference(json(created), first, read) : undefined
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
      yield failure(id, update)(
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
    yield failure(id, remove)(
      'verify-not-deleted',
      'readable',
      `what was deleted is still answered with ${statusOf(after)}`,
      [created, removed, after],
      ['HTTP 404'],
    )
}

function failure(id: string, operation: Operation) {
  return (
    code: VerifyCode,
    cause: string,
    message: string,
    exchanges: readonly Exchange[],
    expected: readonly string[],
  ): SequenceFailure => ({
    id,
    operation,
    what: 'create, read, change, delete',
    exchanges,
    violation: { code, message, cause: `${operationKey(operation)} ${cause}`, expected },
  })
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

type Difference = { readonly path: string; readonly message: string; readonly expected: readonly string[] }

const SECRET = /passw|secret|token|code$/i

/** The first member that is read otherwise than it was written; members the answer does not speak of are left out. */
export function difference(written: unknown, read: Exchange, operation: Operation): Difference | undefined {
  const body = json(read)
  if (!isRecord(written) || body === undefined) return undefined
  const inner =
    Object.keys(written).length === 1 && isRecord(Object.values(written)[0])
      ? Object.values(written)[0]
      : undefined
  const [expected, at] = [inner, written].flatMap((each): [Record<string, unknown>, string[]][] => {
    const found = isRecord(each) ? envelopeOf(body, each) : undefined
    return found === undefined || !isRecord(each) ? [] : [[each, found]]
  })[0] ?? [undefined, undefined]
  if (expected === undefined || at === undefined) return undefined
  const actual = at.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], body)
  if (!isRecord(actual)) return undefined
  const declared = declaredNames(operation, at)
  for (const [name, value] of Object.entries(expected)) {
    if (SECRET.test(name) || value === null) continue
    const path = ['$', ...at, name].join('.')
    if (!Object.hasOwn(actual, name)) {
      if (!declared.has(name)) continue
      return {
        path,
        message: `${name} is ${shown(value)} when written and missing when read`,
        expected: ['HTTP 200', '[Asserts]', `jsonpath ${JSON.stringify(path)} exists`],
      }
    }
    if (isSame(value, actual[name])) continue
    return {
      path,
      message: `${name} is ${shown(value)} when written and ${shown(actual[name])} when read`,
      expected: [
        'HTTP 200',
        '[Asserts]',
        `jsonpath ${JSON.stringify(path)} == ${typeof value === 'object' ? 'null' : JSON.stringify(value)}`,
      ],
    }
  }
  return undefined
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Where in the answer the thing itself stands: `data` of an envelope, the answer itself. */
function envelopeOf(body: unknown, written: Record<string, unknown>, depth = 0): string[] | undefined {
  if (!isRecord(body)) return undefined
  const names = Object.keys(written)
  const shared = names.filter((name) => Object.hasOwn(body, name)).length
  if (shared > 0 && shared * 2 >= names.length) return []
  if (depth >= 2) return shared > 0 ? [] : undefined
  for (const [name, inner] of Object.entries(body)) {
    const found = envelopeOf(inner, written, depth + 1)
    if (found !== undefined) return [name, ...found]
  }
  return shared > 0 ? [] : undefined
}

function declaredNames(operation: Operation, at: readonly string[]): Set<string> {
  const schema = operation.responses.find(({ status }) => status.startsWith('2'))?.content[0]?.schema
  if (schema === undefined) return new Set()
  const { root } = schema.source
  let own: unknown = schema.schema
  for (const name of at) own = shapesOf(own, root).map((shape) => propertiesOf(shape)[name])[0]
  return new Set(
    shapesOf(own, root).flatMap((shape) =>
      Object.entries(propertiesOf(shape)).flatMap(([name, property]) =>
        shapesOf(property, root).some((each) => each['writeOnly'] === true) ? [] : [name],
      ),
    ),
  )
}

/** The same for a reader: instants by their time, numbers by their value; of another type it is another thing. */
function isSame(written: unknown, read: unknown): boolean {
  if (typeof written !== typeof read || Array.isArray(written) !== Array.isArray(read)) return true
  if (typeof written === 'string' && typeof read === 'string') {
    if (written === read || written.trim() === read.trim()) return true
    return isInstant(written) && isInstant(read) && Date.parse(written) === Date.parse(read)
  }
  if (Array.isArray(written) && Array.isArray(read))
    return (
      written.length === read.length &&
      [...written].every(
        (each: unknown, i) => isSame(each, read[i]) || read.some((other) => isSame(each, other)),
      )
    )
  if (isRecord(written) && isRecord(read))
    return Object.entries(written).every(
      ([name, value]) => !Object.hasOwn(read, name) || isSame(value, read[name]),
    )
  return written === read
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text))
}

/** Things that move on by themselves. */
function isRecordOfTime(path: string): boolean {
  return /(at|time|date|version|etag|expires|age|status|state)[^.]*$/i.test(path)
}

function sent(draft: Draft): unknown {
  return draft.body !== undefined && 'value' in draft.body ? draft.body.value : undefined
}

function json({ answer }: Exchange): unknown {
  return 'none' in answer ? undefined : answer.json?.value
}

function statusOf({ answer }: Exchange): string {
  return 'none' in answer ? answer.none : String(answer.status)
}

export function isGood({ answer }: Exchange): boolean {
  return !('none' in answer) && answer.status >= 200 && answer.status <= 299
}

function isForbidden({ answer }: Exchange): boolean {
  return !('none' in answer) && (answer.status === 401 || answer.status === 403)
}

/** The same key with the same request: the first answer again, whatever the request did. */
export async function* idempotencyFailures(
  operation: Operation,
  wish: SequenceWish,
): AsyncGenerator<SequenceFailure> {
  const id = `${operationKey(operation)} idempotency`
  if (!operation.parameters.some(isIdempotencyKey) || !wish.wanted(id) || !wish.succeeded(operation)) return
  const draft = wish.base(operation, id)
  if (draft === undefined) return
  const first = await wish.send(draft)
  if (!isGood(first)) return
  const second = await wish.send(draft)
  const [a, b] = [identity(json(first)), identity(json(second))]
  if (isGood(second) && a === b) return
  if (!isGood(second) && 'status' in second.answer && second.answer.status === 409) return
  const fail = failure(id, operation)
  const message = isGood(second)
    ? `the same request with the same idempotency key is answered with another ${differentMember(json(first), json(second))}`
    : `the same request with the same idempotency key is answered with ${statusOf(second)}`
  yield {
    ...fail('verify-idempotency', 'repeated', message, [first, second], [`HTTP ${statusOf(first)}`]),
    what: 'the same request twice',
  }
}

/** The members that say which thing an answer is about. */
function identity(value: unknown): string {
  const found: string[] = []
  const visit = (part: unknown, path: string, depth: number): void => {
    if (!isRecord(part) || depth > 2) return
    for (const [name, each] of Object.entries(part)) {
      if (/id$|^number$/i.test(name) && !/trace|request/i.test(name) && typeof each !== 'object')
        found.push(`${path}/${name}=${JSON.stringify(each)}`)
      visit(each, `${path}/${name}`, depth + 1)
    }
  }
  visit(value, '', 0)
  return found.join(' ')
}

function differentMember(a: unknown, b: unknown): string {
  const [left, right] = [identity(a).split(' '), identity(b).split(' ')]
  return (
    left
      .find((each, i) => each !== right[i])
      ?.split('=')[0]
      ?.split('/')
      .at(-1) ?? 'body'
  )
}

/** 304 for what the client has already, 412 for a change of what it has not: where the contract speaks of them. */
export async function* conditionalFailures(
  operation: Operation,
  wish: SequenceWish,
): AsyncGenerator<SequenceFailure> {
  const id = `${operationKey(operation)} conditional`
  if (!wish.wanted(id) || !wish.succeeded(operation)) return
  const has = (status: string) => operation.responses.some((each) => each.status === status)
  const draft = wish.base(operation, id)
  if (draft === undefined) return
  const fail = failure(id, operation)
  if (operation.method === 'GET' && has('304')) {
    const first = await wish.send(draft)
    const etag = 'none' in first.answer ? undefined : first.answer.headers.get('etag')
    if (!isGood(first)) return
    if (etag === undefined) {
      yield {
        ...fail(
          'verify-conditional',
          'etag',
          'the contract has 304, but the answer carries no ETag',
          [first],
          ['HTTP 200', '[Asserts]', 'header "ETag" exists'],
        ),
        what: 'a read',
      }
      return
    }
    const second = await wish.send({ ...draft, headers: { ...draft.headers, 'If-None-Match': etag } })
    if (!('none' in second.answer) && second.answer.status !== 304 && isSameVersion(second.answer, etag))
      yield {
        ...fail(
          'verify-conditional',
          '304',
          `answers ${second.answer.status} to If-None-Match with its own ETag, not 304`,
          [first, second],
          ['HTTP 304'],
        ),
        what: 'If-None-Match',
      }
  }
  if (
    (operation.method === 'PUT' || operation.method === 'PATCH' || operation.method === 'DELETE') &&
    has('412')
  ) {
    const answer = await wish.send({
      ...draft,
      headers: { ...draft.headers, 'If-Match': '"no-such-version"' },
    })
    if (isGood(answer))
      yield {
        ...fail(
          'verify-conditional',
          '412',
          `carries out (${statusOf(answer)}) a request whose If-Match does not match`,
          [answer],
          ['HTTP 412'],
        ),
        what: 'If-Match',
      }
  }
}

function isSameVersion({ headers }: Answer, etag: string): boolean {
  return headers.get('etag') === etag
}

/** The JSONPath of a value in an answer, to capture it in a Hurl block. */
export function pathOfValue(body: unknown, value: unknown, path = '$'): string | undefined {
  if (body === value) return path
  if (Array.isArray(body) || !isRecord(body)) return undefined
  for (const [name, each] of Object.entries(body)) {
    const found = pathOfValue(each, value, /^\w+$/.test(name) ? `${path}.${name}` : `${path}['${name}']`)
    if (found !== undefined) return found
  }
  return undefined
}
