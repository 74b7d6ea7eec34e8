import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { ServiceConfig } from '../workspace/model.ts'
import { NoAnswer, type HttpClient } from './hurl/http-client.ts'

export type RunningService = {
  readonly baseUrl: string | undefined
  /** Ends the process and everything it started; waits until it is gone. */
  stop(): Promise<void>
}

export type StartOptions = {
  readonly root: string
  readonly client: HttpClient
  readonly signal: AbortSignal
  readonly env: Readonly<Record<string, string | undefined>>
  readonly healthTimeoutMs: number
  readonly say: (line: string) => void
}

/** Puts a free port where the config says `{port}`; the started process gets it as PORT, too. */
export async function withPort(
  config: ServiceConfig,
): Promise<ServiceConfig & { readonly port: number | undefined }> {
  if (!Object.values(config).some((value) => typeof value === 'string' && value.includes('{port}')))
    return { ...config, port: undefined }
  const port = await freePort()
  const fill = (text: string) => text.replaceAll('{port}', String(port))
  const filled = Object.entries(config).map(([name, value]) => [name, fill(value)])
  return { ...(Object.fromEntries(filled) as ServiceConfig), port }
}

/**
 * Starts a service by its config and waits until it answers. One that answers already is used as it is. Throws
 * CliError `service-not-healthy` or `service-exited` with the end of its log; nothing is left running then.
 */
export async function startService(
  name: string,
  config: ServiceConfig & { readonly port: number | undefined },
  options: StartOptions,
): Promise<RunningService> {
  const { start, baseUrl } = config
  const healthUrl = config.healthUrl ?? baseUrl
  if (start === undefined || healthUrl === undefined) return { baseUrl, stop: async () => {} }
  if (await isHealthy(healthUrl, config.healthUrl !== undefined, options)) {
    options.say(`${name} answers already at ${healthUrl}: asking it as it is`)
    return { baseUrl, stop: async () => {} }
  }
  options.say(`starting ${name}: ${start}`)

  const log = new LogTail()
  const child = spawn(start, {
    cwd: options.root,
    shell: true,
    // Its own process group, so that what the shell started ends with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...options.env,
      ...(config.port !== undefined && { PORT: String(config.port) }),
    },
  })
  child.stdout.on('data', (chunk: Buffer) => log.add(chunk))
  child.stderr.on('data', (chunk: Buffer) => log.add(chunk))
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve())
    child.on('error', () => resolve())
  })
  const stop = () => stopProcess(child, ended)
  // If we are ended the hard way the group must not outlive us.
  const onExit = () => signalGroup(child, 'SIGKILL')
  process.once('exit', onExit)
  try {
    await untilHealthy(name, child, { healthUrl, exact: config.healthUrl !== undefined, start, log }, options)
  } catch (error) {
    await stop()
    process.off('exit', onExit)
    throw error
  }
  return {
    baseUrl,
    stop: async () => {
      await stop()
      process.off('exit', onExit)
    },
  }
}

const POLL_MS = 100

async function untilHealthy(
  name: string,
  child: ChildProcess,
  { healthUrl, exact, start, log }: { healthUrl: string; exact: boolean; start: string; log: LogTail },
  options: StartOptions,
): Promise<void> {
  const until = performance.now() + options.healthTimeoutMs
  while (performance.now() < until) {
    options.signal.throwIfAborted()
    if (await isHealthy(healthUrl, exact, options)) return
    if (child.exitCode !== null || child.signalCode !== null)
      throw new CliError(
        'service-exited',
        `${name} ended before it answered (exit code ${child.exitCode ?? child.signalCode}). It was started with: ${start}${log.tail()}`,
        `Run it by hand, or mend "services.${name}.start" in .speckit.config.json.`,
      )
    await sleep(POLL_MS, undefined, { signal: options.signal })
  }
  throw new CliError(
    'service-not-healthy',
    `${name} did not answer at ${healthUrl} within ${options.healthTimeoutMs / 1000} s.${log.tail()}`,
    'Look at its log above, or give it longer with --health-timeout <seconds>.',
  )
}

/** A health address must answer 2xx; of a mere base address any answer will do. */
async function isHealthy(url: string, exact: boolean, { client }: StartOptions): Promise<boolean> {
  try {
    const { status } = await client.send({
      method: 'GET',
      url: new URL(url),
      headers: [],
      body: undefined,
      timeoutMs: 2000,
      insecure: true,
    })
    return exact ? status >= 200 && status < 300 : true
  } catch (error) {
    if (error instanceof NoAnswer) return false
    throw error
  }
}

const GRACE_MS = 5000

async function stopProcess(child: ChildProcess, ended: Promise<void>): Promise<void> {
  signalGroup(child, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
  await ended
  clearTimeout(timer)
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // gone already
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

const TAIL_LINES = 20

/** The last lines a process wrote. */
class LogTail {
  #text = ''

  add(chunk: Buffer): void {
    this.#text = (this.#text + chunk.toString('utf8')).slice(-16_384)
  }

  tail(): string {
    const lines = this.#text.trimEnd().split('\n').slice(-TAIL_LINES)
    return this.#text.trim() === '' ? ' It wrote nothing.' : ` The end of its log:\n  ${lines.join('\n  ')}`
  }
}
