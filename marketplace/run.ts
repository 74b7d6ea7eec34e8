// npm start: PostgreSQL, databases, demo data, services, shop. The only file of the marketplace that prints.

import { fork } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import {
  checkPorts,
  databaseRoles,
  InstallationError,
  lockInstallation,
  openInstallation,
  type Installation,
} from './installation.ts'
import { serviceUrl, type Environment } from './platform/environment.ts'
import { createDatabases } from './platform/postgres/create-databases.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './platform/postgres/embedded.ts'
import { demoAccounts } from './demo-accounts.ts'
import type { Prepared } from './prepare.ts'
import { services } from './services.ts'
import { supervise, type Supervised } from './supervisor.ts'
import { buildWeb } from './web/build.ts'

const HELP = `npm start: run the whole marketplace on this machine

Usage: npm start [-- options]

Options:
  --split             every service in a process of its own (default: services in one, web in another)
  --services <a,b>    only these services, beside PostgreSQL
  --data <folder>     where the data lives (default marketplace/.data, or MARKETPLACE_DATA)
  --port <number>     first port of the block we use (default 4000, or MARKETPLACE_PORT)
  --scale <number>    size of the demo data, 1 is 2,000 products and 20,000 past orders (only when it is made)
  --log <level>       debug, info, warn, error (default info); logs go to <data>/marketplace.log
  --reset             delete the data and stop; the next start makes it anew
  -h, --help          this text

Examples:
  $ npm start
  $ npm start -- --port 5000 --data /tmp/second-shop
  $ npm run reset
`

const options = readOptions()
const PREPARE = fileURLToPath(new URL('./prepare.ts', import.meta.url))
const startedAt = performance.now()
const stops: (() => Promise<void> | void)[] = []
let stopping: Promise<void> | undefined

if (options.help) process.stdout.write(HELP)
else if (options.reset) reset(resolve(options.data))
else {
  process.on('SIGINT', () => interrupt(130))
  process.on('SIGTERM', () => interrupt(0))
  process.on('SIGHUP', () => interrupt(0))
  try {
    await run()
  } catch (error) {
    if (stopping === undefined) {
      explain(error as Error)
      await stopAll()
      process.exit(2)
    }
  }
}

async function run(): Promise<void> {
  const wanted = wantedServices(options.services)
  const folder = resolve(options.data)
  if (!(Number(options.scale) > 0))
    throw new InstallationError(`"${options.scale}" is no size.`, 'Give a number above 0: --scale 0.1')
  const { unlock } = lockInstallation(folder)
  stops.push(unlock)
  const installation = openInstallation(
    folder,
    wholePort(options.port),
    options.log as Environment['logLevel'],
  )
  await checkPorts(installation.environment)

  // The build needs a second core while PostgreSQL initialises; a failure must not wait for the database.
  const webReady = wanted.includes('web') ? timed('shop pages built', buildWeb()) : Promise.resolve()
  webReady.catch(() => {})
  await timed('PostgreSQL is up', startPostgres(installation))
  await timed('databases are up to date', prepareDatabases(installation))
  if (!existsSync(seededFile(installation))) {
    say('  making demo data …')
    const rows = await timed('demo data loaded', prepare(installation, 'seed', options.scale))
    say(`  ${rows.toLocaleString('en-US')} rows`)
    writeFileSync(seededFile(installation), JSON.stringify({ at: new Date().toISOString(), rows }))
  }
  await webReady
  await timed('services are up', startServices(installation, wanted))
  announce(installation.environment, wanted)
  process.send?.({ ready: true })
}

async function startPostgres(installation: Installation): Promise<void> {
  const { clusterFolder, superuserPassword, environment } = installation
  const start = () =>
    startEmbeddedPostgres({
      folder: clusterFolder,
      port: environment.postgres.port,
      password: superuserPassword,
      say: (line) => say(`  ${line}`),
    })
  let server: EmbeddedPostgres = await start()
  stops.push(() => server.stop())
  void keepAlive()

  async function keepAlive(): Promise<void> {
    for (;;) {
      await server.ended
      if (stopping) return
      say('! PostgreSQL ended; starting it again')
      await sleep(200)
      if (stopping) return
      server = await start()
    }
  }
}

async function prepareDatabases(installation: Installation): Promise<void> {
  const { environment, superuserPassword } = installation
  const { host, port, passwords } = environment.postgres
  const superuser = { host, port, user: 'postgres', password: superuserPassword }
  // Demo data is all or nothing: what a killed first start left half-way is dropped.
  if (!existsSync(seededFile(installation))) await dropDatabases(superuser)
  await createDatabases(superuser, passwords)
  await prepare(installation, 'migrate')
}

async function prepare(installation: Installation, ...args: string[]): Promise<number> {
  const child = fork(PREPARE, args, {
    env: { ...process.env, MARKETPLACE_ENVIRONMENT: installation.environmentFile },
  })
  stops.push(() => void child.kill('SIGKILL')) // Ctrl-C meanwhile: the next start begins these databases anew
  const prepared = await new Promise<Prepared>((resolve, reject) => {
    child.once('message', (message: Prepared) => {
      resolve(message)
    })
    child.once('exit', () => {
      reject(new Error(`Preparing the databases (${args[0]}) was cut short.`))
    })
  })
  if ('error' in prepared) throw Object.assign(new Error(prepared.error.message), prepared.error)
  return prepared.rows
}

async function dropDatabases(superuser: {
  host: string
  port: number
  user: string
  password: string
}): Promise<void> {
  const client = new pg.Client({ ...superuser, database: 'postgres' })
  await client.connect()
  try {
    for (const name of [...databaseRoles, 'event_log'])
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  } finally {
    await client.end()
  }
}

async function startServices(installation: Installation, wanted: readonly string[]): Promise<void> {
  const backend = wanted.filter((name) => name !== 'web')
  const groups = options.split
    ? wanted.map((name) => [name])
    : [backend, wanted.filter((name) => name === 'web')].filter((group) => group.length > 0)
  const logFile = join(installation.folder, 'marketplace.log')
  const { environmentFile } = installation
  const started: Supervised[] = await Promise.all(
    groups.map(async (group) => {
      const supervised = await supervise({
        services: group,
        environmentFile,
        logFile,
        isStopping: () => stopping !== undefined,
        say: (line) => say(`! ${line}`),
      })
      stops.push(() => supervised.stop())
      return supervised
    }),
  )
  process.send?.({ processes: started.map(({ services: names, pid }) => ({ services: names, pid: pid() })) })
}

function announce(environment: Environment, wanted: readonly string[]): void {
  const at = (name: string) => serviceUrl(environment, name)
  const rows = [
    ['web', 'Shop', at('web')],
    ['mailbox', 'Inbox', `${at('mailbox')}  every e-mail the shop sends`],
    ['payment-provider', 'Payments', `${at('payment-provider')}  the provider simulator's own view`],
    ['gateway', 'API', `${at('gateway')}  (/openapi.json)`],
  ].filter(([name]) => wanted.includes(name!))
  say(`
Ready after ${seconds()}.

${rows.map(([, label, text]) => `  ${label!.padEnd(9)} ${text}`).join('\n')}

  Sign in as  ${demoAccounts.map(({ email, password }) => `${email}  ${password}`).join('\n              ')}
  Or buy as a guest. Cards are test cards; nothing is charged.

  Data and log: ${options.data}   Ctrl-C stops, "npm run reset" starts over.
`)
}

function interrupt(code: number): void {
  if (stopping) {
    say('stopping at once')
    process.exit(130)
  }
  say('\nstopping …')
  void stopAll().then(() => process.exit(code))
}

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  })()
  return stopping
}

function reset(folder: string): void {
  try {
    lockInstallation(folder)
  } catch (error) {
    explain(error as Error)
    process.exitCode = 2
    return
  }
  rmSync(folder, { recursive: true, force: true })
  say(`Deleted ${folder}. "npm start" makes new demo data.`)
}

function seededFile({ folder }: Installation): string {
  mkdirSync(folder, { recursive: true })
  return join(folder, 'seeded.json')
}

function wantedServices(list: string | undefined): readonly string[] {
  const known = Object.keys(services)
  if (list === undefined) return known
  const unknown = list.split(',').filter((name) => !known.includes(name))
  if (unknown.length === 0) return list.split(',')
  throw new InstallationError(`There is no service "${unknown[0]}".`, `Services are ${known.join(', ')}.`)
}

function wholePort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1024 && port <= 65_000) return port
  throw new InstallationError(`"${text}" is no port we can use.`, 'Give a whole number from 1024 to 65000.')
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        split: { type: 'boolean', default: false },
        services: { type: 'string' },
        data: {
          type: 'string',
          default: process.env['MARKETPLACE_DATA'] ?? fileURLToPath(new URL('.data', import.meta.url)),
        },
        port: { type: 'string', default: process.env['MARKETPLACE_PORT'] ?? '4000' },
        scale: { type: 'string', default: '1' },
        log: { type: 'string', default: 'info' },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    process.stderr.write(
      `error: ${(error as Error).message}\nhint:  "npm start -- --help" lists the options.\n`,
    )
    return process.exit(2)
  }
}

async function timed<T>(label: string, work: Promise<T>): Promise<T> {
  const from = performance.now()
  const result = await work
  if (!stopping) say(`✓ ${label} (${((performance.now() - from) / 1000).toFixed(1)} s)`)
  return result
}

function explain(error: Error): void {
  const { message, hint } = explained(error)
  process.stderr.write(
    hint === undefined ? `\n${error.stack ?? message}\n` : `\nerror: ${message}\nhint:  ${hint}\n`,
  )
}

/** Errors made for people bring their hint; of the others, those that a machine can have any day. */
function explained(error: Error & { hint?: string; code?: string; port?: number }): {
  message: string
  hint?: string
} {
  const { message, hint, code, port } = error
  if (hint !== undefined) return { message, hint }
  if (code === 'EADDRINUSE')
    return {
      message: `Port ${port ?? 'of a service'} was taken while we started.`,
      hint: 'Stop what uses it, or set MARKETPLACE_PORT to another base port.',
    }
  if (code === 'ENOSPC' || /No space left on device|could not extend file/.test(message))
    return {
      message: 'The disk is full.',
      hint: 'Free some space and start again; nothing half-made is used.',
    }
  if (code === 'EACCES')
    return { message, hint: 'Choose a folder that we may write to: MARKETPLACE_DATA=/path npm start' }
  return { message }
}

function seconds(): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
