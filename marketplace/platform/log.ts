// One JSON line per fact on stderr: the message is constant, the facts are fields. Never secrets, addresses, tokens.

import { requestContext } from './request-context.ts'

type Level = 'debug' | 'info' | 'warn' | 'error'

export type Log = Readonly<
  Record<Level, (message: string, facts?: Readonly<Record<string, unknown>>) => void>
>

const RANK: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/** Lines below `level` are dropped. `write` gets one line with its newline. */
export function createLog(
  service: string,
  level: Level = 'info',
  write: (line: string) => void = (line) => process.stderr.write(line),
): Log {
  const at =
    (lineLevel: Level) =>
    (message: string, facts: Readonly<Record<string, unknown>> = {}) => {
      if (RANK[lineLevel] < RANK[level]) return
      const trace = requestContext.getStore()
      write(
        `${JSON.stringify({
          at: new Date().toISOString(),
          level: lineLevel,
          service,
          message,
          ...(trace && { traceId: trace.traceId }),
          ...plain(facts),
        })}\n`,
      )
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

function plain(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value,
    ]),
  )
}
