import { createInterface } from 'node:readline'
import { CliError } from '@specwright/cli/cli-error.ts'
import { toJson } from '../hurl/value.ts'
import { LogTail, startProcess, type StartedProcess } from '../start-process.ts'
import { EventFeed, readBusLine, type EventBus } from './event-feed.ts'

export type ProgramBusOptions = {
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly readyTimeoutMs: number
}

/**
 * A bus behind a program of the project: it writes every event it sees as a line of JSON, and publishes every line it
 * reads. Its first line is `{"ready": true}`, once it listens. Throws CliError when it never says so.
 */
export async function openProgramBus(command: string, options: ProgramBusOptions): Promise<EventBus> {
  const feed = new EventFeed()
  const program = startProcess(command, { ...options, stdin: 'pipe' })
  const log = new LogTail()
  program.child.stderr.on('data', (chunk: Buffer) => log.add(chunk))
  // A program that ended does not read; its end is told below.
  program.child.stdin?.on('error', () => {})
  const gone = (what: string) =>
    new CliError(
      'bus-gone',
      `The event bus "${command}" ${what}.${log.tail()}`,
      'Run it by hand, or mend "events.bus" in .speckit.config.json.',
    )
  try {
    await untilReady(program, feed, options, gone)
  } catch (error) {
    await program.stop()
    throw error
  }
  return {
    feed,
    publish: async ({ payload }) => {
      if (program.hasEnded()) throw gone('has ended')
      program.child.stdin?.write(`${toJson(payload)}\n`)
    },
    close: async () => {
      program.child.stdin?.end()
      await program.stop()
    },
  }
}

function untilReady(
  { child, ended }: StartedProcess,
  feed: EventFeed,
  { readyTimeoutMs, signal }: ProgramBusOptions,
  gone: (what: string) => CliError,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(gone(`did not say {"ready": true} within ${readyTimeoutMs / 1000} s`)),
      readyTimeoutMs,
    )
    const onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = readBusLine(line)
      if (event !== undefined) feed.add(event)
      else if (/"ready"\s*:\s*true/.test(line)) {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        resolve()
      }
    })
    const tellOfTheEnd = async () => {
      await ended
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      const error = gone(`ended (exit code ${child.exitCode ?? child.signalCode})`)
      feed.break(error)
      reject(error)
    }
    void tellOfTheEnd()
  })
}
