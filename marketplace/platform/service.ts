import { existsSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { runInBackground, type BackgroundTask, type RunningTask } from './background.ts'
import { loadOperations, readOpenApi } from './contract/load-contract.ts'
import { loadEventSchemas } from './contract/load-events.ts'
import { openDatabase, type Database } from './db/database.ts'
import { migrate } from './db/migrate.ts'
import { sql } from './db/sql.ts'
import { databaseOf, portOf, type Environment } from './environment.ts'
import { createConsumer, type Subscription } from './events/consumer.ts'
import { postgresEventLog, type EventLog } from './events/event-log.ts'
import { createOutbox, relayOutbox, type Outbox } from './events/outbox.ts'
import { authenticator } from './http/caller.ts'
import { idempotencyStore, type IdempotencyStore } from './http/idempotency.ts'
import { addOperations, createServer, type AnyHandlers } from './http/serve.ts'
import { createLog, type Log } from './log.ts'

export type ServiceDefinition = {
  /** The folder's name; decides the port. */
  readonly name: string
  /** Its database and database role. Absent: the service keeps no state. */
  readonly database?: string
  /** The service's folder: contracts/ and src/migrations/ are looked for in it. */
  readonly folder: URL
  start(context: ServiceContext): Promise<ServiceParts> | ServiceParts
}

export type ServiceContext = {
  readonly environment: Environment
  readonly db: Database
  readonly outbox: Outbox
  readonly log: Log
  readonly clock: () => Date
}

export type ServiceParts = {
  /** By operationId: exactly those of contracts/api-spec.yaml but getHealth. */
  readonly handlers?: AnyHandlers
  readonly subscriptions?: readonly Subscription[]
  readonly background?: readonly BackgroundTask[]
  /** Raw routes beside the contract: pages, forwarding. */
  extend?(app: FastifyInstance): void | Promise<void>
  stop?(): Promise<void>
}

export type RunningService = { readonly name: string; readonly url: string; stop(): Promise<void> }

const POLL_MS = 1_000 // between wake-ups, in case one got lost
const EVENT_LOG = 'event_log'

/** Starts one service of this process: its HTTP server, outbox relay, event consumer and background tasks. */
export async function startService(
  definition: ServiceDefinition,
  environment: Environment,
): Promise<RunningService> {
  const { name } = definition
  const log = createLog(name, environment.logLevel)
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    // Backwards: no new requests, then no new work, then no database.
    for (const step of stops.splice(0).reverse()) await step()
  }
  try {
    return { name, url: await start(definition, environment, log, stops), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  definition: ServiceDefinition,
  environment: Environment,
  log: Log,
  stops: (() => Promise<void>)[],
): Promise<string> {
  const { name } = definition
  const db =
    definition.database === undefined
      ? noDatabase(name)
      : openDatabase(databaseOf(environment, definition.database), { log })
  stops.push(() => db.close())

  let relay: RunningTask | undefined
  const checkEvent = await loadEventSchemas(new URL('contracts/events/', definition.folder))
  const outbox = createOutbox({ check: checkEvent, wakeRelay: () => relay?.wake(), clock: () => new Date() })
  const parts = await definition.start({ environment, db, outbox, log, clock: () => new Date() })
  if (parts.stop) stops.push(parts.stop)

  if (definition.database !== undefined) {
    const eventLog = openEventLog(definition.database, environment, log, stops)
    relay = runInBackground(
      { name: 'outbox relay', everyMs: POLL_MS, run: () => relayOutbox(db, eventLog) },
      log,
    )
    stops.push(() => relay!.stop())
    await startConsumer(name, parts.subscriptions ?? [], { db, eventLog, log, stops })
  }
  const idempotency = definition.database === undefined ? undefined : idempotencyStore(db, () => new Date())
  for (const task of [...(parts.background ?? []), ...(idempotency ? [oldKeys(idempotency)] : [])]) {
    const running = runInBackground(task, log)
    stops.push(() => running.stop())
  }
  return await listen(definition, parts, { environment, db, log, stops, idempotency })
}

function oldKeys(store: IdempotencyStore): BackgroundTask {
  return { name: 'old idempotency keys', everyMs: 3_600_000, run: () => store.deleteOld() }
}

async function listen(
  definition: ServiceDefinition,
  parts: ServiceParts,
  context: {
    environment: Environment
    db: Database
    log: Log
    stops: (() => Promise<void>)[]
    idempotency: IdempotencyStore | undefined
  },
): Promise<string> {
  const { environment, db, log, stops, idempotency } = context
  const app = createServer(log)
  const spec = new URL('contracts/api-spec.yaml', definition.folder)
  app.get('/health', () => ({ data: { status: 'ok', service: definition.name } }))
  app.get('/ready', async (_request, reply) => {
    if (definition.database === undefined) return { data: { status: 'ready' } }
    const ready = await db.query(sql`select 1`).then(
      () => true,
      () => false,
    )
    return reply
      .code(ready ? 200 : 503)
      .send({ data: { status: ready ? 'ready' : 'waiting for the database' } })
  })
  if (existsSync(spec)) {
    const operations = loadOperations(await readOpenApi(spec)).filter(
      ({ operationId }) => operationId !== 'getHealth',
    )
    addOperations(app, operations, parts.handlers ?? {}, {
      authenticate: authenticator(environment, definition.name),
      log,
      ...(idempotency && { idempotency }),
    })
  }
  await parts.extend?.(app)
  stops.push(() => closeServer(app))
  return await app.listen({ host: environment.host, port: portOf(environment, definition.name) })
}

/** Ends when the last request under way is answered. */
async function closeServer(app: FastifyInstance): Promise<void> {
  // A connection whose request was still under way when close() looked for idle ones would be kept for its whole
  // keep-alive time, over a minute.
  const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
  try {
    await app.close()
  } finally {
    clearInterval(sweep)
  }
}

async function startConsumer(
  consumer: string,
  subscriptions: readonly Subscription[],
  context: { db: Database; eventLog: EventLog; log: Log; stops: (() => Promise<void>)[] },
): Promise<void> {
  const { db, eventLog, log, stops } = context
  if (subscriptions.length === 0) return
  const { run } = createConsumer({ consumer, db, eventLog, subscriptions, log })
  const task = runInBackground({ name: 'event consumer', everyMs: POLL_MS, run }, log)
  stops.push(() => task.stop())
  const watching = await eventLog.watch(() => task.wake())
  stops.push(() => watching.stop())
}

function openEventLog(
  role: string,
  environment: Environment,
  log: Log,
  stops: (() => Promise<void>)[],
): EventLog {
  const connection = databaseOf(environment, role, EVENT_LOG)
  const db = openDatabase(connection, { size: 2, log })
  stops.push(() => db.close())
  return postgresEventLog(db, connection, log)
}

/** Brings the service's database up to date: the platform's own tables, then those of src/migrations/. */
export async function migrateService(
  definition: ServiceDefinition,
  environment: Environment,
): Promise<string[]> {
  if (definition.database === undefined) return []
  const db = openDatabase(databaseOf(environment, definition.database), { size: 1 })
  try {
    const own = new URL('src/migrations/', definition.folder)
    const first = await migrate(db, new URL('./migrations/', import.meta.url))
    return [...first, ...(existsSync(own) ? await migrate(db, own) : [])]
  } finally {
    await db.close()
  }
}

function noDatabase(name: string): Database {
  const refuse = () => Promise.reject(new Error(`${name} has no database.`))
  return { query: refuse, transaction: refuse, close: () => Promise.resolve() }
}
