// Starts the services named by --services=a,b in this process: what run.ts spawns, and what an operator runs by hand
// with MARKETPLACE_ENVIRONMENT set. Ends cleanly on SIGTERM or when the process that spawned it is gone.

import { parseArgs } from 'node:util'
import { readEnvironment } from './platform/environment.ts'
import { createLog } from './platform/log.ts'
import { startService, type RunningService } from './platform/service.ts'
import { services } from './services.ts'

const STOP_TIMEOUT_MS = 10_000

const { values } = parseArgs({
  options: { services: { type: 'string', default: Object.keys(services).join(',') } },
})
const names = values.services.split(',')
const environment = readEnvironment()
const log = createLog(names.join('+'), environment.logLevel)
const running: RunningService[] = []

process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => {}) // Ctrl-C reaches the whole group; whoever spawned us decides the order of stopping
process.on('disconnect', () => void stop())

try {
  for (const name of names) {
    const load = services[name]
    if (load === undefined)
      throw new Error(`There is no service "${name}". Known: ${Object.keys(services).join(', ')}.`)
    running.push(await startService(await load(), environment))
  }
  process.send?.({ started: names })
  log.info('started', { services: names, pid: process.pid })
} catch (error) {
  process.send?.({ failed: startFailure(error as NodeJS.ErrnoException & { port?: number }) })
  log.error('could not start', { error: error as Error })
  await stop(1)
}

async function stop(code = 0): Promise<void> {
  // A request that hangs must not keep the whole shop from stopping.
  setTimeout(() => process.exit(code || 1), STOP_TIMEOUT_MS).unref()
  for (const service of running.splice(0).reverse()) await service.stop()
  process.exit(code)
}

function startFailure(error: NodeJS.ErrnoException & { port?: number }): {
  code: string
  message: string
  port?: number
} {
  return {
    code: error.code ?? 'start-failed',
    message: error.message,
    ...(error.port !== undefined && { port: error.port }),
  }
}
