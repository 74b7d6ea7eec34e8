import { fork, type ChildProcess } from 'node:child_process'
import { openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A process that runs some services, started again when it dies. */
export type Supervised = {
  readonly services: readonly string[]
  readonly pid: () => number | undefined
  stop(): Promise<void>
}

export type StartFailure = { readonly code: string; readonly message: string; readonly port?: number }

const ENTRY = fileURLToPath(new URL('./start-services.ts', import.meta.url))
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000
const HEALTHY_AFTER_MS = 2_000 // what cannot start at all never lives that long, so its pauses keep growing
const STOP_TIMEOUT_MS = 15_000

/**
 * Starts the services in a process of their own and resolves when they listen; rejects if the first start fails.
 * After that, whenever the process dies it is started again, after a pause that doubles up to ten seconds.
 */
export async function supervise(options: {
  services: readonly string[]
  environmentFile: string
  logFile: string
  /** True from the moment the whole shop is asked to stop: a signal to the group may reach the child first. */
  isStopping: () => boolean
  say: (line: string) => void
}): Promise<Supervised> {
  const { services, environmentFile, logFile, isStopping, say } = options
  let stopping = false
  let pauseMs = FIRST_PAUSE_MS
  let restart: NodeJS.Timeout | undefined
  let child = await start()
  watch()
  return {
    services,
    pid: () => child.pid,
    async stop() {
      stopping = true
      clearTimeout(restart)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await ended
      clearTimeout(timer)
    },
  }

  function watch(): void {
    const startedAt = Date.now()
    child.once('exit', (code, signal) => {
      if (stopping || isStopping()) return
      if (Date.now() - startedAt > HEALTHY_AFTER_MS) pauseMs = FIRST_PAUSE_MS
      say(`${services.join(', ')} ended (${signal ?? `code ${code}`}); starting again in ${pauseMs} ms`)
      restart = setTimeout(() => void again(), pauseMs)
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
    })
  }

  async function again(): Promise<void> {
    const ended = await start().then(
      (started) => {
        child = started
        return false
      },
      (error: Error) => {
        say(`${services.join(', ')} could not start: ${error.message}`)
        return true
      },
    )
    if (!ended) watch()
    else if (!stopping) {
      restart = setTimeout(() => void again(), pauseMs)
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
    }
  }

  async function start(): Promise<ChildProcess> {
    const log = openSync(logFile, 'a')
    const started = fork(ENTRY, [`--services=${services.join(',')}`], {
      env: { ...process.env, MARKETPLACE_ENVIRONMENT: environmentFile },
      stdio: ['ignore', log, log, 'ipc'],
    })
    await new Promise<void>((resolve, reject) => {
      started.once('message', (message: { failed?: StartFailure }) => {
        if (message.failed === undefined) resolve()
        else reject(Object.assign(new Error(message.failed.message), message.failed))
      })
      started.once('exit', (code, signal) =>
        reject(new Error(`ended with ${signal ?? `code ${code}`} before it was ready`)),
      )
    })
    return started
  }
}
