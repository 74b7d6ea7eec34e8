// Requests that programs stumble over: odd values where the contract allows any, and bytes below what it speaks of.

import type { Operation } from '../contracts/model.ts'
import { fullest, named, type Case, type CaseWish, type Expectation } from './case.ts'
import { operationKey } from './check-answer.ts'
import { parameterSchema } from './contract-details.ts'
import { isJson, parameterKey, type Draft } from './draft.ts'
import { freeIntegers, freeTexts, replaced } from './edges.ts'
import { hostileIntegers, hostileTexts, nested } from './hostile-values.ts'
import { isConditional, isIdempotencyKey, isSendable, writableMedia } from './make-draft.ts'

/** Beyond so many texts in a body, each gets only the likeliest to fail. */
const MANY_PLACES = 12

export function* hostileCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  const base = wish.base(operation, `${own} hostile`)
  if (base === undefined) return
  const survived = (
    name: string,
    what: string,
    draft: Draft,
    place: string,
    path: readonly (string | number)[],
  ): Case => ({
    id: `${own} hostile ${name}`,
    draft,
    what,
    expectation: 'survived',
    cause: `hostile ${name.split(' ').at(-1)}`,
    fixed: { place, path },
  })
  for (const parameter of operation.parameters) {
    const key = parameterKey(parameter)
    const schema = parameterSchema(operation.source, parameter)
    const value = base.parameters.get(key)
    if (schema === undefined || isIdempotencyKey(parameter) || isConditional(parameter)) continue
    if (typeof value === 'string' && freeTexts(schema.schema, value, schema.source.root).length > 0)
      for (const [name, what, text] of hostileTexts)
        if (isSendable(operation, parameter, text) && text.length < 4000)
          yield survived(
            `${key} ${name}`,
            `${named(key)} with ${what}`,
            { ...base, parameters: new Map(base.parameters).set(key, text) },
            key,
            [],
          )
    if (typeof value === 'number' && freeIntegers(schema.schema, value, schema.source.root).length > 0)
      for (const [name, what, number] of hostileIntegers)
        yield survived(
          `${key} ${name}`,
          `${named(key)} with ${what}`,
          { ...base, parameters: new Map(base.parameters).set(key, number) },
          key,
          [],
        )
  }
  const media = writableMedia(operation)
  if (media?.schema === undefined || base.body === undefined || !('value' in base.body)) return
  const { schema } = media
  const bodies = [base, fullest(operation, wish)].flatMap((draft) =>
    draft?.body !== undefined && 'value' in draft.body ? [draft.body.value] : [],
  )
  const seen = new Set<string>()
  for (const value of bodies) {
    const places: [readonly (string | number)[], typeof hostileTexts | typeof hostileIntegers][] = [
      ...freeTexts(schema.schema, value, schema.source.root).map(
        (path): [(string | number)[], typeof hostileTexts] => [path, hostileTexts],
      ),
      ...freeIntegers(schema.schema, value, schema.source.root).map(
        (path): [(string | number)[], typeof hostileIntegers] => [path, hostileIntegers],
      ),
    ]
    for (const [i, [path, list]] of places.entries())
      for (const [name, what, odd] of i < MANY_PLACES ? list : list.slice(0, 3)) {
        const id = `body/${path.join('/')} ${name}`
        if (seen.has(id)) continue
        seen.add(id)
        const fresh = wish.base(operation, `${own} hostile ${id}`)
        const whole =
          value === bodies[0] && fresh?.body !== undefined && 'value' in fresh.body ? fresh.body.value : value
        const body = { type: media.type, value: replaced(whole, path, odd) }
        yield survived(
          id,
          `${named(`body/${path.join('/')}`)} with ${what}`,
          { ...(fresh ?? base), body },
          'body',
          path,
        )
      }
  }
}

/** Below the contract: bytes that are no JSON, types nobody named. */
export function* protocolCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  const base = wish.base(operation, `${own} protocol`)
  const media = writableMedia(operation)
  if (base === undefined || media === undefined) return
  const fixed = { place: 'body', path: [] }
  const { required } = operation.requestBody!
  if (isJson(media.type)) {
    const raws: [name: string, what: string, raw: string, expectation: Expectation][] = [
      ['empty', 'an empty body', '', required ? 'refused' : 'survived'],
      ['broken', 'a body that breaks off in the middle', '{"a": ', 'refused'],
      ['no-json', 'a body that is no JSON', 'no json at all', 'refused'],
      ['deep', 'a body nested 2,000 deep', nested(2000), 'survived'],
      [
        'huge',
        'a body of two million characters',
        JSON.stringify({ huge: 'x'.repeat(2_000_000) }),
        'survived',
      ],
    ]
    for (const [name, what, raw, expectation] of raws)
      yield {
        id: `${own} protocol ${name}`,
        draft: { ...base, body: { type: media.type, raw } },
        what,
        expectation,
        cause: `protocol ${name}`,
        fixed,
      }
  }
  const types = operation.requestBody!.content.map(({ type }) => type)
  if (types.some((type) => /\*|xml|text/.test(type)) || base.body === undefined) return
  const draft: Draft = { ...base, body: { type: 'application/xml', raw: '<a>1</a>' } }
  yield {
    id: `${own} protocol media-type`,
    draft,
    what: 'a body of application/xml',
    expectation: 'media-refused',
    cause: 'media type',
    fixed,
  }
}
