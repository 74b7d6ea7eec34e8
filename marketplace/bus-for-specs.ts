// The event bus of `specify test` ("events.bus" in .speckit.config.json): writes every event that comes into the log as a
// line of JSON, and appends those it reads. MARKETPLACE_ENVIRONMENT names the shop, as for
// the services; without it the one that `npm start` keeps in .data is meant.

import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { databaseOf, readEnvironment } from './platform/environment.ts'
import { openDatabase } from './platform/db/database.ts'
import { logStart, postgresEventLog, type Cursor, type EventEnvelope } from './platform/events/event-log.ts'
import { createLog } from './platform/log.ts'

const SERVICES = new URL('services/', import.meta.url)
const PORTION = 1000
const POLL_MS = 250
// Any role may append and read; this one has no events of its own.
const ROLE = 'notification'

const environment = readEnvironment(
  process.env['MARKETPLACE_ENVIRONMENT'] ?? fileURLToPath(new URL('.data/environment.json', import.meta.url)),
)
const log = createLog('bus-for-specs', 'error')
const connection = databaseOf(environment, ROLE, 'event_log')
const db = openDatabase(connection, { size: 2, log })
const eventLog = postgresEventLog(db, connection, log)
const eventTypes = knownEventTypes()

let cursor: Cursor = logStart
let reading = Promise.resolve()
await readOn(() => {}) // what happened before is not news
const watching = await eventLog.watch(wake)
const timer = setInterval(wake, POLL_MS)
process.stdout.write('{"ready": true}\n')

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue
  // Sound: `specify test` publishes envelopes that fit their contracts.
  const payload = JSON.parse(line) as EventEnvelope
  const { eventId, eventType } = payload
  await eventLog.append([{ eventId, eventType, key: eventId, payload, traceparent: '' }])
}
clearInterval(timer)
await watching.stop()
await reading
await db.close()

/** One reader at a time, so that no event is written twice. */
function wake(): void {
  reading = reading.then(() => readOn((event) => process.stdout.write(`${JSON.stringify(event)}\n`)))
}

async function readOn(tell: (event: EventEnvelope) => void): Promise<void> {
  for (;;) {
    const { events, upTo } = await eventLog.read(cursor, eventTypes, PORTION)
    for (const { payload } of events) tell(payload)
    cursor = upTo
    if (events.length < PORTION) return
  }
}

function knownEventTypes(): string[] {
  return readdirSync(SERVICES).flatMap((service) => {
    const folder = new URL(`${service}/contracts/events/`, SERVICES)
    return listed(folder).flatMap((file) => {
      const { events } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
        events: { eventType: string }[]
      }
      return events.map(({ eventType }) => eventType)
    })
  })
}

function listed(folder: URL): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    return [] // a service without events
  }
}
