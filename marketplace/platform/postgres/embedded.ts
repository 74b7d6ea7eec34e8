import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  chmodSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { embeddedBinaries } from './binaries.ts'
import { PostgresError } from './postgres-error.ts'
import { chooseRunAs, type RunAs } from './run-as.ts'

export type EmbeddedPostgres = {
  readonly port: number
  readonly superuser: string
  readonly password: string
  readonly runsAs: string
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** Asks for a fast shutdown and waits for it. */
  stop(): Promise<void>
  /** Pulls the plug, as a power cut would. */
  kill(): Promise<void>
}

const SUPERUSER = 'postgres'
const START_TIMEOUT_MS = 60_000
const LEFTOVER_TIMEOUT_MS = 15_000
const SETTINGS = {
  max_connections: '200',
  shared_buffers: '128MB',
  // Autovacuum on small demo tables gains little and costs start-up time; it stays on for what really grows.
  autovacuum_naptime: '5min',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  timezone: 'UTC',
  lc_messages: 'C',
  jit: 'off',
}

/** Starts the PostgreSQL that came with npm on `port`, creating its cluster in `folder` the first time. */
export async function startEmbeddedPostgres(options: {
  folder: string
  port: number
  password: string
  /** Off for throw-away clusters in tests: faster, and nothing to lose. */
  durable?: boolean
  say?: (line: string) => void
}): Promise<EmbeddedPostgres> {
  const { folder, port, password, durable = true, say = () => {} } = options
  const binaries = embeddedBinaries()
  if (binaries === undefined)
    throw new PostgresError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}.`,
      'Run "npm ci" without --omit=optional, or use Linux (glibc), macOS or Windows on x64 or arm64.',
    )
  const runAs = chooseRunAs(binaries, folder)
  if (await endLeftover(runAs.dataFolder, password))
    say('stopped the PostgreSQL that an earlier run left behind')
  if (!existsSync(join(runAs.dataFolder, 'PG_VERSION'))) {
    say(`creating the database cluster (as ${runAs.description})`)
    createCluster(runAs, password)
  }
  const server = spawnServer(runAs, { port, durable })
  await waitUntilReady(server, { port, password })
  const ended = new Promise<void>((resolve) => server.process.once('exit', () => resolve()))
  return {
    port,
    superuser: SUPERUSER,
    password,
    runsAs: runAs.description,
    ended,
    async stop() {
      if (server.process.exitCode === null) server.process.kill('SIGINT') // "fast": ends sessions, then a clean stop
      await ended
      rmSync(server.socketFolder, { recursive: true, force: true })
    },
    async kill() {
      server.process.kill('SIGQUIT') // "immediate": no checkpoint; the next start recovers from the log
      await ended
    },
  }
}

function createCluster(runAs: RunAs, password: string): void {
  const { dataFolder } = runAs
  rmSync(dataFolder, { recursive: true, force: true })
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const secrets = mkdtempSync(join(tmpdir(), 'specwright-initdb-'))
  const passwordFile = join(secrets, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  for (const path of [dataFolder, secrets, passwordFile]) giveTo(runAs, path)
  const [program, ...prefix] = [...runAs.prefix, join(runAs.binaries.bin, 'initdb')]
  const result = spawnSync(
    program,
    [
      ...prefix,
      `--pgdata=${dataFolder}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    { encoding: 'utf8', cwd: '/', ...identity(runAs), env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } },
  )
  rmSync(secrets, { recursive: true, force: true })
  if (result.status === 0) return
  rmSync(dataFolder, { recursive: true, force: true })
  throw startError(`${result.stderr ?? ''}${result.error?.message ?? ''}`, 'could not create its cluster')
}

type Server = { readonly process: ChildProcess; readonly socketFolder: string; tail(): string }

function spawnServer(runAs: RunAs, { port, durable }: { port: number; durable: boolean }): Server {
  // The socket's path must stay short (107 bytes), so it does not live with the data.
  const socketFolder = mkdtempSync(join(tmpdir(), 'specwright-pg-'))
  chmodSync(socketFolder, 0o700)
  giveTo(runAs, socketFolder)
  const settings = {
    ...SETTINGS,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: process.platform === 'win32' ? '' : socketFolder,
  }
  const [program, ...prefix] = [...runAs.prefix, join(runAs.binaries.bin, 'postgres')]
  const child = spawn(
    program,
    [
      ...prefix,
      '-D',
      runAs.dataFolder,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      // A group of its own: Ctrl-C in the terminal must reach us first, so that services stop before their database.
      detached: true,
      ...identity(runAs),
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    },
  )
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-8_000)
  })
  return { process: child, socketFolder, tail: () => log }
}

async function waitUntilReady(
  server: Server,
  { port, password }: { port: number; password: string },
): Promise<void> {
  let failure: Error | undefined
  server.process.once('error', (error) => (failure = error))
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    if (failure) throw startError(failure.message, 'could not be started')
    if (server.process.exitCode !== null) throw startError(server.tail(), 'ended right after its start')
    if (await canConnect(port, password)) return
    if (Date.now() > deadline) {
      server.process.kill('SIGQUIT')
      throw startError(server.tail(), `was not ready after ${START_TIMEOUT_MS / 1000} s`)
    }
    await sleep(25)
  }
}

async function canConnect(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: SUPERUSER, password, database: 'postgres' })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    // Somebody else's PostgreSQL on our port would refuse our password: do not wait for it to change its mind.
    if ((error as { code?: string }).code === '28P01')
      throw new PostgresError(
        `Another PostgreSQL answers on port ${port}.`,
        'Stop it, or set MARKETPLACE_PORT to another base port.',
      )
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function startError(log: string, what: string): PostgresError {
  const lines = log.trim().split('\n').slice(-12).join('\n')
  const hint = /No space left on device/.test(log)
    ? 'The disk is full: free some space (the demo data needs about 500 MB) and start again.'
    : /Address already in use|could not bind/.test(log)
      ? 'The port is taken: stop what uses it, or set MARKETPLACE_PORT to another base port.'
      : /lock file "postmaster.pid" already exists|shared memory block/.test(log)
        ? 'An earlier run still has this cluster open: stop it first.'
        : /database files are incompatible/.test(log)
          ? 'The data was made by another PostgreSQL version: "npm run reset" starts over.'
          : 'Its own words stand above; "npm run reset" starts over with a new cluster.'
  return new PostgresError(`PostgreSQL ${what}.\n${lines}`, hint)
}

function giveTo({ uid, gid }: RunAs, path: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

function identity({ uid, gid }: RunAs): { uid?: number; gid?: number } {
  return uid === undefined || gid === undefined ? {} : { uid, gid }
}

/** A password nobody has to type. */
export function randomPassword(): string {
  return randomBytes(24).toString('base64url')
}

/**
 * Ends the server that a killed run left behind on this cluster. It is only taken for ours if it accepts our password:
 * the process id in a stale lock file may belong to anybody by now.
 */
async function endLeftover(folder: string, password: string): Promise<boolean> {
  const [pid, , , port] = readLockFile(folder)
  if (
    pid === undefined ||
    port === undefined ||
    !(await canConnect(Number(port), password).catch(() => false))
  )
    return false
  process.kill(Number(pid), 'SIGINT')
  for (let waitedMs = 0; waitedMs < LEFTOVER_TIMEOUT_MS && readLockFile(folder).length > 0; waitedMs += 25)
    await sleep(25)
  return true
}

function readLockFile(folder: string): string[] {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}
