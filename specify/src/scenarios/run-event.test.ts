import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { memoryBus, type EventBus } from './events/event-feed.ts'
import { openBus } from './events/open-bus.ts'
import { runEventBlock } from './run-event.ts'
import type { HurlValue } from './hurl/value.ts'

const block = (text: string) => ({ language: 'event' as const, text, line: 10, column: 1 })

function run(text: string, bus: EventBus, variables: Record<string, HurlValue> = {}) {
  return runEventBlock(block(text), {
    bus,
    from: 0,
    taken: new Set(),
    variables: new Map(Object.entries(variables)),
    signal: AbortSignal.timeout(20_000),
    versionOf: () => '2.0',
  })
}

const placed = (data: HurlValue) => ({
  eventType: 'order.placed',
  payload: { eventType: 'order.placed', data },
})

test('what is published in short goes out in an envelope, with the variables filled in', async () => {
  const bus = memoryBus()
  assert.deepEqual(await run('publish order.placed { "id": "{{id}}", "total": 2.0 }', bus, { id: 'o-1' }), [])
  const [event] = bus.feed.since(0)
  const { eventId, timestamp, data, ...rest } = event!.payload as Record<string, HurlValue> & {
    eventId: string
    timestamp: string
  }
  assert.match(eventId, /^[0-9a-f-]{36}$/)
  assert.ok(!Number.isNaN(Date.parse(timestamp)))
  assert.deepEqual(rest, { eventType: 'order.placed', eventVersion: '2.0' })
  assert.equal((data as { id: string }).id, 'o-1')
})

test('an expectation holds for an event that has its members, and others, too', async () => {
  const bus = memoryBus()
  await bus.publish(placed({ id: 'o-1', lines: [{ sku: 'a', quantity: 1 }], total: 3 }))
  assert.deepEqual(await run('expect order.placed { "id": "o-1", "lines": [{ "sku": "a" }] }', bus), [])
  assert.deepEqual(await run('expect order.placed', bus), [])
  assert.deepEqual(await run('expect order.placed { "data": { "total": 3.0 } }', bus), [])
})

test('an event that comes later is waited for', async () => {
  const bus = memoryBus()
  setTimeout(() => void bus.publish(placed({ id: 'late' })), 30)
  assert.deepEqual(await run('expect order.placed { "id": "late" }', bus), [])
})

test('one event satisfies one expectation', async () => {
  const bus = memoryBus()
  await bus.publish(placed({ id: 1 }))
  const failures = await run('expect order.placed\nexpect order.placed within 20ms', bus)
  assert.deepEqual(
    failures.map(({ message, line }) => [message, line]),
    [['no such event order.placed within 20 ms', 11]],
  )
})

test('an event that does not come fails at its line, with what was seen instead', async () => {
  const bus = memoryBus()
  await bus.publish(placed({ id: 'o-2', total: 3 }))
  await bus.publish({ eventType: 'order.paid', payload: {} })
  const [failure] = await run(
    '# first\nexpect order.placed { "id": "o-1", "total": 3, "note": "x" } within 20ms',
    bus,
  )
  assert.equal(failure?.line, 11)
  assert.equal(failure?.message, 'no such event order.placed within 20 ms')
  assert.equal(failure?.expected, '{"id":"o-1","total":3,"note":"x"}')
  assert.equal(
    failure?.actual,
    [
      '$.id: expected string <o-1>, actual string <o-2>',
      '$.note: expected string <x>, actual nothing',
      '{"eventType":"order.placed","data":{"id":"o-2","total":3}}',
      'others: 1 × order.paid',
    ].join('\n'),
  )
  const [nothing] = await run('expect order.placed within 1ms', memoryBus())
  assert.equal(nothing?.actual, 'no event at all')
})

test('a variable nobody set fails the step', async () => {
  const [failure] = await run('publish order.placed { "id": "{{nobody}}" }', memoryBus())
  assert.match(failure?.message ?? '', /there is no variable \{\{nobody\}\}/)
})

test('times are read, and words that are none are refused at their place', async () => {
  const [failure] = await run('expect order.placed within soon', memoryBus())
  assert.deepEqual([failure?.line, failure?.column], [10, 21])
  assert.match(failure?.message ?? '', /expected a time such as 500ms/)
})

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'specify-bus-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const options = (root: string) => ({
  root,
  env: { PATH: process.env['PATH'] },
  signal: AbortSignal.timeout(20_000),
  readyTimeoutMs: 5000,
})

test('a file of JSON lines is a bus: what is appended is seen, what is published is appended', async (t) => {
  const root = folder(t)
  const file = join(root, 'events.ndjson')
  writeFileSync(file, '{"eventType":"order.placed","data":{"id":"old"}}\n')
  const bus = await openBus('events.ndjson', options(root))
  t.after(() => bus.close())
  appendFileSync(file, '{"eventType":"order.placed","da')
  appendFileSync(file, 'ta":{"id":"new"}}\nno event\n')
  assert.deepEqual(await run('expect order.placed { "id": "new" }', bus), [])
  assert.equal(bus.feed.length, 1)
  await run('publish order.paid { "id": 7 }', bus)
  assert.match(
    readFileSync(file, 'utf8'),
    /\n\{"eventId":"[^"]+","eventType":"order.paid".*"data":\{"id":7\}\}\n$/,
  )
})

const ECHO = `
process.stdout.write('{"ready": true}\\n')
process.stdin.on('data', (chunk) => process.stdout.write(chunk))
process.stdin.on('end', () => process.exit(0))
`

test('a program is a bus: it publishes the lines it reads and writes the events it sees', async (t) => {
  const root = folder(t)
  writeFileSync(join(root, 'bus.mjs'), ECHO)
  const bus = await openBus(`${process.execPath} bus.mjs`, options(root))
  t.after(() => bus.close())
  assert.deepEqual(await run('publish a.b { "n": 1 }\nexpect a.b { "n": 1 }', bus), [])
})

const broken: readonly (readonly [title: string, program: string, message: RegExp])[] = [
  ['ends at once', "console.error('no broker'); process.exit(3)", /ended \(exit code 3\)[^]*no broker/],
  ['never says it is ready', 'setInterval(() => {}, 1000)', /did not say \{"ready": true\} within 0\.3 s/],
]
for (const [title, program, message] of broken)
  test(`a bus that ${title} is an error with its log`, async (t) => {
    const root = folder(t)
    writeFileSync(join(root, 'bus.mjs'), program)
    await assert.rejects(
      openBus(`${process.execPath} bus.mjs`, {
        ...options(root),
        readyTimeoutMs: title.startsWith('never') ? 300 : 10_000,
      }),
      message,
    )
  })

test('a bus that ends while an event is awaited ends the waiting with an error', async (t) => {
  const root = folder(t)
  writeFileSync(
    join(root, 'bus.mjs'),
    `process.stdout.write('{"ready": true}\\n'); setTimeout(() => process.exit(1), 100)`,
  )
  const bus = await openBus(`${process.execPath} bus.mjs`, options(root))
  t.after(() => bus.close())
  await assert.rejects(run('expect a.b within 10s', bus), /The event bus .* ended \(exit code 1\)/)
})
