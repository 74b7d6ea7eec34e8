import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Workspace } from '../workspace/model.ts'
import { comparisons } from './breaking-change.ts'
import { compareContracts } from './compare-contracts.ts'
import { compareRevisions } from './compare-events.ts'
import { eventOf, fixture } from './contract-fixture.ts'
import { MODES, modeOf, type Mode } from './event-modes.ts'
import { buildGraph } from './graph.ts'
import { loadContractFiles } from './load-contracts.ts'
import type { Contracts } from './model.ts'

const object = (properties: object, required: string[] = [], more: object = {}) => ({
  type: 'object',
  properties,
  required,
  ...more,
})
const S = { type: 'string' }

async function contracts(schema: object, over: object = {}): Promise<Contracts> {
  return (
    await fixture({ 'user-service': { events: [eventOf('user.profile.created', { schema, ...over })] } })
  ).contracts
}

const NOBODY = buildGraph({ services: [], files: [] } as unknown as Workspace, [], {
  apis: [],
  eventFiles: [],
  findings: [],
})

async function codes(
  versions: readonly object[],
  mode: Mode,
  isStrict = false,
  over: object = {},
): Promise<string[]> {
  const [now, last, ...older] = await Promise.all(versions.map((schema) => contracts(schema, over)))
  const history = [last!, ...older].map((each, i) => ({
    name: `v${versions.length - 1 - i}`,
    contracts: each,
  }))
  return compareContracts(last!, now!, NOBODY, { mode, history, isStrict }).map(
    ({ code, message }) => `${code}${/\(since .*\)/.exec(message)?.[0] ?? ''}`,
  )
}

describe('the seven modes', () => {
  const added = [object({ a: S, b: S }, ['a', 'b']), object({ a: S }, ['a'])]
  const dropped = [object({ a: S }), object({ a: S }, ['a'])]
  const expected: Record<Mode, [added: boolean, dropped: boolean]> = {
    NONE: [false, false],
    BACKWARD: [true, false],
    BACKWARD_TRANSITIVE: [true, false],
    FORWARD: [false, true],
    FORWARD_TRANSITIVE: [false, true],
    FULL: [true, true],
    FULL_TRANSITIVE: [true, true],
  }
  for (const mode of MODES)
    test(`${mode}: a new required field ${expected[mode][0] ? 'breaks' : 'is fine'}, a promise less ${expected[mode][1] ? 'breaks' : 'is fine'}`, async () => {
      assert.deepEqual(
        [(await codes(added, mode)).length > 0, (await codes(dropped, mode)).length > 0],
        expected[mode],
      )
    })
})

test('a transitive mode looks at every version, the others at the last', async () => {
  // Each step is fine, for nobody declared b in between; from the first to the last it is not.
  const versions = [object({ a: S, b: { type: 'integer' } }), object({ a: S }), object({ a: S, b: S })]
  assert.deepEqual(await codes(versions, 'BACKWARD'), [])
  assert.deepEqual(await codes(versions, 'BACKWARD_TRANSITIVE'), ['type-narrowed(since v1)'])
})

test('an event names its own mode, and so does its file', async () => {
  const versions = [object({ a: S }), object({ a: S }, ['a'])]
  assert.deepEqual(await codes(versions, 'FORWARD', false, { compatibility: 'none' }), [])
  assert.deepEqual(await codes(versions, 'NONE', false, { compatibility: 'full-transitive' }), [
    'response-field-optional',
  ])
  assert.equal(modeOf('sideways'), undefined)
})

test('a strict writer may send what it does not declare', async () => {
  const versions = [object({ a: S, b: S }), object({ a: S })]
  assert.deepEqual(await codes(versions, 'BACKWARD'), [])
  assert.deepEqual(await codes(versions, 'BACKWARD', true), ['constraint-tightened'])
})

test('what is taken in is judged as requests are', async () => {
  const asyncApi = (required: string) =>
    loadContractFiles(
      ['a.yaml'],
      async () => `asyncapi: 3.0.0
info: { title: a, version: b }
channels: { c: { messages: { order.pay: { payload: { type: object, required: [${required}], properties: { a: {}, b: {} } } } } } }
operations: { hear: { action: receive, channel: { $ref: '#/channels/c' } } }
`,
    )
  const [one, two] = [await asyncApi('a'), await asyncApi('a, b')]
  assert.deepEqual(
    compareContracts(one, two, NOBODY).map(({ code }) => code),
    ['required-field-added'],
  )
  assert.deepEqual(
    compareContracts(two, one, NOBODY).map(({ code }) => code),
    [],
  )
})

test('an event that goes through another channel is lost to who listens at the old one', async () => {
  const load = (address: string) =>
    loadContractFiles(
      ['a.yaml'],
      async () => `asyncapi: 3.0.0
info: { title: a, version: b }
channels:
  c: { address: ${address}, messages: { event: { payload: { type: object } } } }
  d: { messages: { event: { payload: { type: string } } } }
operations:
  c: { action: send, channel: { $ref: '#/channels/c' } }
  d: { action: send, channel: { $ref: '#/channels/d' } }
`,
    )
  const [one, two] = [await load('orders.placed'), await load('orders.put')]
  assert.deepEqual(
    one.eventFiles[0]!.events.map(({ eventType, addresses }) => [eventType, addresses]),
    [
      ['event in orders.placed', ['orders.placed']],
      ['event in d', ['d']],
    ],
  )
  const only = (contracts: Contracts) => ({
    ...contracts,
    eventFiles: contracts.eventFiles.map((file) => ({
      ...file,
      events: file.events.slice(0, 1).map((event) => ({ ...event, eventType: 'event' })),
    })),
  })
  const changes = compareContracts(only(one), only(two), NOBODY)
  assert.deepEqual(
    changes.map(({ code, before, after }) => [code, before, after]),
    [['event-moved', 'orders.placed', 'orders.put']],
  )
  assert.deepEqual(compareContracts(only(one), only(one), NOBODY), [])
})

describe('Avro', () => {
  const record = (fields: readonly object[], over: object = {}) => ({
    type: 'record',
    name: 'Placed',
    namespace: 'order',
    fields,
    ...over,
  })
  const field = (type: unknown, over: object = {}) => ({ name: 'a', type, ...over })
  const rows: [name: string, writer: object, reader: object, expected: string][] = [
    ['the same', record([field('string')]), record([field('string')]), 'ok'],
    ['int is read as long', record([field('int')]), record([field('long')]), 'ok'],
    ['long is not read as int', record([field('long')]), record([field('int')]), 'type'],
    ['float is read as double', record([field('float')]), record([field('double')]), 'ok'],
    ['bytes are read as string', record([field('bytes')]), record([field('string')]), 'ok'],
    ['a new field with a default', record([]), record([field('int', { default: 0 })]), 'ok'],
    ['a new field without', record([]), record([field('int')]), 'field'],
    ['a field the reader does not know', record([field('int')]), record([]), 'ok'],
    [
      'an alias of a field',
      record([field('int')]),
      record([{ name: 'b', aliases: ['a'], type: 'int' }]),
      'ok',
    ],
    ['an alias of the record', record([]), record([], { name: 'Put', aliases: ['order.Placed'] }), 'ok'],
    ['another name', record([]), record([], { name: 'Put' }), 'type'],
    ['another namespace', record([]), record([], { namespace: 'other' }), 'ok'],
    ['into a union', record([field('int')]), record([field(['null', 'long'])]), 'ok'],
    ['out of a union', record([field(['null', 'int'])]), record([field('int')]), 'type'],
    ['a symbol less', record([field(symbols('X', 'Y'))]), record([field(symbols('X'))]), 'enum'],
    [
      'a symbol less, with a default',
      record([field(symbols('X', 'Y'))]),
      record([field({ ...symbols('X'), default: 'X' })]),
      'ok',
    ],
    ['a symbol more', record([field(symbols('X'))]), record([field(symbols('X', 'Y'))]), 'ok'],
    [
      'items',
      record([field({ type: 'array', items: 'long' })]),
      record([field({ type: 'array', items: 'int' })]),
      'type',
    ],
    [
      'values of a map',
      record([field({ type: 'map', values: 'int' })]),
      record([field({ type: 'map', values: 'double' })]),
      'ok',
    ],
    ['another size', record([field(fixed(4))]), record([field(fixed(8))]), 'type'],
    [
      'a record in itself',
      record([field(['null', 'Placed'])]),
      record([field(['null', 'order.Placed'])]),
      'ok',
    ],
    ['another decimal', record([field(decimal(9, 2))]), record([field(decimal(9, 3))]), 'type'],
    [
      'another unit of time',
      record([field(time('timestamp-millis'))]),
      record([field(time('timestamp-micros'))]),
      'logical',
    ],
  ]
  for (const [name, writer, reader, expected] of rows)
    test(`${name}: ${expected}`, async () => {
      const load = (schema: object) => loadContractFiles(['a.avsc'], async () => JSON.stringify(schema))
      const [old, now] = [await load(writer), await load(reader)]
      const named = (contracts: Contracts) => ({
        ...contracts,
        eventFiles: contracts.eventFiles.map((file) => ({
          ...file,
          events: file.events.map((each) => ({ ...each, eventType: 'x' })),
        })),
      })
      const backward = compareContracts(named(old), named(now), NOBODY, { mode: 'BACKWARD' })
      const forward = compareContracts(named(now), named(old), NOBODY, { mode: 'FORWARD' })
      for (const changes of [backward, forward])
        assert.deepEqual(
          changes.map(({ code }) =>
            code.split('-').find((word) => ['type', 'enum', 'field', 'logical'].includes(word)),
          ),
          expected === 'ok' ? [] : [expected],
        )
      for (const { verdict, ...change } of backward) assert.equal('witness' in change, verdict === 'breaking')
    })
})

function symbols(...list: string[]) {
  return { type: 'enum', name: 'Kind', symbols: list }
}

function fixed(size: number) {
  return { type: 'fixed', name: 'Hash', size }
}

function decimal(precision: number, scale: number) {
  return { type: 'bytes', logicalType: 'decimal', precision, scale }
}

function time(logicalType: string) {
  return { type: 'long', logicalType }
}

test('versions of one schema in files beside each other are compared, too', async () => {
  const file = (type: string, more = '') =>
    `{ "type": "record", "name": "Placed", "fields": [{ "name": "a", "type": "${type}"${more} }] }`
  const texts: Record<string, string> = {
    'events/placed.v1.avsc': file('string'),
    'events/placed.v2.avsc': file('int'),
    'events/placed.v10.avsc': file('long'),
  }
  const loaded = await loadContractFiles(Object.keys(texts), async (name) => texts[name])
  const found = (mode: Mode) =>
    compareRevisions(loaded, NOBODY, comparisons(false), mode).map(
      ({ message, file }) => `${file}: ${message}`,
    )
  assert.deepEqual(found('BACKWARD'), [])
  assert.deepEqual(found('BACKWARD_TRANSITIVE'), [
    "events/placed.v10.avsc: 'a' has another type (since version 1)",
  ])
  assert.deepEqual(found('NONE'), [])
})
