import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logStart, type Cursor, type EventLog, type StoredEvent } from '../platform/events/event-log.ts'
import { newId } from '../platform/ids.ts'

/** What every event log must do. Each implementation runs this suite; `open` gives an empty log. */
export function eventLogContract(open: () => Promise<EventLog>): void {
  test('events come back in order, whole and once', async () => {
    const log = await open()
    const events = [event('a.b.c', 'first'), event('a.b.c', 'second'), event('a.b.d', 'third')]
    await log.append(events.slice(0, 2))
    await log.append(events.slice(2))
    const { events: read } = await log.read(logStart, ['a.b.c', 'a.b.d'], 10)
    assert.deepEqual(
      read.map(({ cursor, ...rest }) => (assert.ok(cursor), rest)),
      events,
    )
  })

  test('appending an event id again changes nothing', async () => {
    const log = await open()
    const one = event('a.b.c', 'once')
    await log.append([one])
    await log.append([one, event('a.b.c', 'other')])
    const { events } = await log.read(logStart, ['a.b.c'], 10)
    assert.deepEqual(
      events.map(({ key }) => key),
      ['once', 'other'],
    )
  })

  test('a reader gets its types only, page by page, and nothing twice', async () => {
    const log = await open()
    for (let i = 0; i < 25; i++) await log.append([event(i % 2 === 0 ? 'even.n.x' : 'odd.n.x', String(i))])
    const keys: string[] = []
    let cursor: Cursor = logStart
    for (let page = 0; page < 6; page++) {
      const { events, upTo } = await log.read(cursor, ['even.n.x'], 4)
      keys.push(...events.map(({ key }) => key))
      cursor = upTo
    }
    assert.deepEqual(keys, ['0', '2', '4', '6', '8', '10', '12', '14', '16', '18', '20', '22', '24'])
  })

  test('what is appended later is found from the cursor of an empty read', async () => {
    const log = await open()
    await log.append([event('other.n.x', 'noise')])
    const { events, upTo } = await log.read(logStart, ['a.b.c'], 10)
    assert.equal(events.length, 0)
    await log.append([event('a.b.c', 'late')])
    assert.deepEqual(
      (await log.read(upTo, ['a.b.c'], 10)).events.map(({ key }) => key),
      ['late'],
    )
  })

  test('many writers at once: a reader that follows them misses nothing', async () => {
    const log = await open()
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; i < 20; i++) await log.append([event('a.b.c', `${writer}-${i}`)])
    })
    const seen = new Set<string>()
    let cursor: Cursor = logStart
    const follow = async () => {
      const { events, upTo } = await log.read(cursor, ['a.b.c'], 10)
      for (const { key } of events) seen.add(key)
      cursor = upTo
      return events.length
    }
    const writing = { done: false }
    const done = Promise.all(writers).then(() => (writing.done = true))
    while (!writing.done) await follow()
    await done
    while ((await follow()) > 0);
    assert.equal(seen.size, 160)
  })

  test('a watcher is told of an append', async () => {
    const log = await open()
    let told = () => {}
    const watching = await log.watch(() => told())
    const heard = new Promise<void>((resolve) => (told = resolve))
    await log.append([event('a.b.c', 'news')])
    await heard
    await watching.stop()
  })
}

export function event(eventType: string, key: string): StoredEvent {
  const eventId = newId()
  const timestamp = '2026-01-01T00:00:00.000Z'
  return {
    eventId,
    eventType,
    key,
    payload: { eventId, eventType, eventVersion: 'v1', timestamp, data: { key } },
    traceparent: `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-01`,
  }
}
