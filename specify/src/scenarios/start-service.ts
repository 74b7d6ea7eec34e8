import type { ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { ServiceConfig } from '../workspace/model.ts'
import { NoAnswer, type HttpClient } from './hurl/http-client.ts'
import { LogTail, startProcess, type StartedProcess } from './start-process.ts'

export type RunningService = {
  readonly baseUrl: string | undefined
  /** Ends the process and everything it started; waits until it is gone. */
  stop(): Promise<void>
  /** Why it is no longer there, when it ended by itself. */
  crashed(): string | undefined
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
  const filled = Object.entries(config).map(([name, value]) => [
    name,
    typeof value === 'string' ? fill(value) : value,
  ])
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
  if (start === undefined || healthUrl === undefined)
    return { baseUrl, stop: async () => {}, crashed: () => undefined }
  if (await isHealthy(healthUrl, config.healthUrl !== undefined, options)) {
    options.say(`${name} answers already at ${healthUrl}: asking it as it is`)
    return { baseUrl, stop: async () => {}, crashed: () => undefined }
  }
  options.say(`starting ${name}: ${start}`)

  const log = new LogTail()
  const started = startProcess(start, {
    root: options.root,
    env: { ...options.env, ...(config.port !== undefined && { PORT: String(config.port) }) },
  })
  const { child, stop } = started
  child.stdout.on('data', (chunk: Buffer) => log.add(chunk))
  child.stderr.on('data', (chunk: Buffer) => log.add(chunk))
  try {
    await untilHealthy(name, child, { healthUrl, exact: config.healthUrl !== undefined, start, log }, options)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    baseUrl,
    stop,
    crashed: () => (started.hasEnded() ? describeCrash(name, start, started, log) : undefined),
  }
}

function describeCrash(name: string, start: string, { child }: StartedProcess, log: LogTail): string {
  return `${name} ended while its scenarios ran (exit code ${child.exitCode ?? child.signalCode}). It was started with: ${start}${log.tail()}`
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
