import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readEnvironment, serviceUrl, type Environment } from '../platform/environment.ts'
import { isFree, portsFrom, type ProcessName } from '../installation.ts'

export type TestMarketplace = {
  readonly shopUrl: string
  readonly gatewayUrl: string
  readonly mailboxUrl: string
  readonly environment: Environment
  readonly folder: string
  url(name: ProcessName): string
  /** What run.ts printed so far. */
  output(): string
  /** The services' log so far. */
  log(): string
  stop(): Promise<void>
}

export type MarketplaceOptions = {
  readonly split?: boolean
  readonly services?: readonly string[]
  readonly scale?: number
  readonly env?: Readonly<Record<string, string>>
  /** An existing data folder to start on; it is kept at the end. */
  readonly folder?: string
}

const RUN = fileURLToPath(new URL('../run.ts', import.meta.url))
const START_TIMEOUT_MS = 120_000

/** Runs the real thing, `marketplace/run.ts`, on free ports and with a data folder of its own. */
export async function startMarketplace(options: MarketplaceOptions = {}): Promise<TestMarketplace> {
  const { split = false, services, scale = 0.05, env = {}, folder: given } = options
  const folder = given ?? mkdtempSync(join(tmpdir(), 'specwright-shop-'))
  const basePort = await freeBasePort()
  const flags = [`--data=${folder}`, `--port=${basePort}`, `--scale=${scale}`, '--log=info']
  if (split) flags.push('--split')
  if (services) flags.push(`--services=${services.join(',')}`)
  const child = fork(RUN, flags, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  })
  let output = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  try {
    await ready(child)
  } catch (error) {
    await end(child)
    const log = readLog(folder)
    if (given === undefined) rmSync(folder, { recursive: true, force: true })
    throw new Error(`${(error as Error).message}\n${output}\n${log.slice(-4_000)}`, { cause: error })
  }
  const environment = readEnvironment(join(folder, 'environment.json'))
  const url = (name: ProcessName) => serviceUrl(environment, name)
  return {
    shopUrl: url('web'),
    gatewayUrl: url('gateway'),
    mailboxUrl: url('mailbox'),
    environment,
    folder,
    url,
    output: () => output,
    log: () => readLog(folder),
    async stop() {
      await end(child)
      if (given === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('The marketplace was not ready in time.')),
      START_TIMEOUT_MS,
    )
    child.on('message', (message: { ready?: boolean }) => {
      if (!message.ready) return
      clearTimeout(timer)
      resolve()
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      reject(new Error(`run.ts ended with ${signal ?? `code ${code}`}.`))
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

function readLog(folder: string): string {
  try {
    return readFileSync(join(folder, 'marketplace.log'), 'utf8')
  } catch {
    return ''
  }
}

/** A base port whose whole block is free now; tests run at the same time, so the start is a matter of chance. */
export async function freeBasePort(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 400) * 100
    const free = Object.values(portsFrom(base)).map((port) => isFree('127.0.0.1', port))
    if ((await Promise.all(free)).every(Boolean)) return base
  }
}
