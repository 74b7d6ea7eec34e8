import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { testCluster, type TestCluster } from '../test-database.ts'
import { createConsumer } from '../../platform/events/consumer.ts'
import { logStart, postgresEventLog, type EventLog } from '../../platform/events/event-log.ts'
import { createOutbox, relayOutbox } from '../../platform/events/outbox.ts'
import { createLog } from '../../platform/log.ts'
import { event, eventLogContract } from '../event-log-contract.ts'

const quiet = createLog('test', 'error', () => {})
let cluster: TestCluster

before(async () => {
  cluster = await testCluster()
})
after(() => cluster.stop())

async function openLog(): Promise<EventLog> {
  const db = await cluster.database()
  await db.query({
    text: await readFile(new URL('../../platform/events/event-log.sql', import.meta.url), 'utf8'),
    values: [],
    name: '',
  })
  return postgresEventLog(db, db.config, quiet)
}

eventLogContract(openLog)

const never = new AbortController().signal
const outboxOf = () => createOutbox({ check: () => {}, wakeRelay: () => {}, clock: () => new Date() })

test('an event of a rolled back transaction is never published', async () => {
  const [db, log] = [await cluster.database(), await openLog()]
  const outbox = outboxOf()
  await assert.rejects(
    db.transaction(async (tx) => {
      await outbox.publish(tx, { eventType: 'a.b.c', key: 'k', data: {} })
      throw new Error('changed my mind')
    }),
    /changed my mind/,
  )
  await db.transaction((tx) => outbox.publish(tx, { eventType: 'a.b.c', key: 'kept', data: { n: 1 } }))
  await relayOutbox(db, log)
  const { events } = await log.read(logStart, ['a.b.c'], 10)
  assert.deepEqual(
    events.map(({ key, payload }) => [key, payload.data]),
    [['kept', { n: 1 }]],
  )
})

test('a relay that dies after the append sends nothing twice', async () => {
  const [db, log] = [await cluster.database(), await openLog()]
  await db.transaction((tx) => outboxOf().publish(tx, { eventType: 'a.b.c', key: 'k', data: {} }))
  const dying: EventLog = {
    ...log,
    async append(events) {
      await log.append(events)
      throw new Error('power cut')
    },
  }
  await assert.rejects(relayOutbox(db, dying), /power cut/)
  await relayOutbox(db, log)
  assert.equal((await log.read(logStart, ['a.b.c'], 10)).events.length, 1)
  assert.deepEqual(await db.query(sql`select * from outbox`), [])
})

async function consumerOf(log: EventLog, db: Database, handle: (key: unknown) => void) {
  await db.query(sql`create table if not exists effects (key text)`)
  return createConsumer({
    consumer: 'order-service',
    db,
    eventLog: log,
    log: quiet,
    subscriptions: [
      {
        eventType: 'a.b.c',
        async handle({ data }, tx) {
          await tx.query(sql`insert into effects values (${data['key']})`)
          handle(data['key'])
        },
      },
    ],
  })
}

const effects = async (db: Database) =>
  (await db.query<{ key: string }>(sql`select key from effects`)).map(({ key }) => key)

test('a consumer that dies and comes back applies every event once', async () => {
  const [db, log] = [await cluster.database(), await openLog()]
  await log.append([event('a.b.c', 'one'), event('a.b.c', 'two'), event('a.b.c', 'three')])
  const stopAfterTwo = new AbortController()
  const first = await consumerOf(log, db, (key) => key === 'two' && stopAfterTwo.abort())
  await first.run(stopAfterTwo.signal)
  assert.deepEqual(await effects(db), ['one', 'two'])
  const second = await consumerOf(log, db, () => {})
  await second.run(never)
  assert.deepEqual(await effects(db), ['one', 'two', 'three'])
})

test('an event that was delivered before has no second effect, even if the cursor is lost', async () => {
  const [db, log] = [await cluster.database(), await openLog()]
  await log.append([event('a.b.c', 'one')])
  await (await consumerOf(log, db, () => {})).run(never)
  await db.query(sql`delete from event_cursor`)
  await (await consumerOf(log, db, () => {})).run(never)
  assert.deepEqual(await effects(db), ['one'])
})

test('an event that cannot be handled goes to the dead letters and the next one is handled', async () => {
  const [db, log] = [await cluster.database(), await openLog()]
  await log.append([event('a.b.c', 'poison'), event('a.b.c', 'fine')])
  const consumer = await consumerOf(log, db, (key) => {
    if (key === 'poison') throw new Error('cannot swallow this')
  })
  await consumer.run(never)
  assert.deepEqual(await effects(db), ['fine'])
  const [letter] = await db.query<{ error: string; event: { data: { key: string } } }>(
    sql`select * from dead_letters`,
  )
  assert.equal(letter?.error, 'cannot swallow this')
  assert.equal(letter?.event.data.key, 'poison')
})

test('a failure that passes is retried until it does', async () => {
  const [db, log] = [await cluster.database(), await openLog()]
  await log.append([event('a.b.c', 'stubborn')])
  let tries = 0
  const consumer = await consumerOf(log, db, () => {
    if (++tries < 3) throw new Error('not yet')
  })
  await consumer.run(never)
  assert.deepEqual([tries, await effects(db)], [3, ['stubborn']])
})
