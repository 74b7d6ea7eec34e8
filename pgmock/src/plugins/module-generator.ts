// A generator that is a function of a JavaScript or TypeScript module.

import { Script } from 'node:vm'
import { ALL_KINDS, type Generator } from '../values/generator.ts'
import { batchedCell, BLOCK_ROWS, pluginError, type Facts } from './batched.ts'
import { pluginCell, type PluginFunction } from './plugin-cell.ts'
import { MICROS_PER_SECOND } from '../bytes/dates.ts'

const DEFAULT_TIMEOUT_SECONDS = 10

/** `name` as the schema writes it: `./points.ts#tier`. */
export function moduleGenerator(name: string, generate: PluginFunction, isUnique: boolean): Generator {
  return {
    name,
    family: 'plugin',
    summary: `The function ${name}`,
    fits: ALL_KINDS,
    uniqueness: isUnique ? 'self' : 'suffix',
    anyOptions: true,
    options: {
      uses: { kind: 'list', summary: 'columns of the row the function wants to see' },
      timeout: {
        kind: 'duration',
        summary: `for ${BLOCK_ROWS} rows, default ${DEFAULT_TIMEOUT_SECONDS} seconds`,
      },
    },
    make: (context) => {
      const micros = context.duration('timeout') ?? DEFAULT_TIMEOUT_SECONDS * MICROS_PER_SECOND
      const timeoutMs = Math.max(1, Math.round(micros / 1000))
      const place = { plugin: name, context }
      return batchedCell(name, context, BLOCK_ROWS, (facts) => {
        const values: unknown[] = []
        const row = () => facts[Math.min(values.length, facts.length - 1)]!.row - 1
        try {
          withinTime(() => answer(generate, facts, values), timeoutMs)
        } catch (error) {
          if (isTimeout(error))
            throw pluginError(
              place,
              row(),
              `did not answer within ${timeoutMs / 1000} seconds`,
              'Mend the loop, or give the generator a longer "timeout".',
            )
          const { name: kind = 'Error', message = String(error) } = error as Partial<Error>
          throw pluginError(place, row(), `threw ${kind}: ${message}`, placeIn(error))
        }
        return values
      })
    },
  }
}

function answer(generate: PluginFunction, facts: readonly Facts[], values: unknown[]): void {
  for (const one of facts) values.push(generate(pluginCell(one)))
}

const KEY = Symbol.for('pgmock.plugin')
let call: Script | undefined

/** Runs `work`; throws when it takes longer. The clock of a Script stops any code that runs under it, endless loops too. */
function withinTime(work: () => void, timeoutMs: number): void {
  call ??= new Script('globalThis[Symbol.for("pgmock.plugin")]()', { filename: 'pgmock-plugin' })
  const holder = globalThis as { [KEY]?: () => void }
  const before = holder[KEY]
  holder[KEY] = work
  try {
    call.runInThisContext({ timeout: timeoutMs, displayErrors: false })
  } finally {
    if (before) holder[KEY] = before
    else delete holder[KEY]
  }
}

function isTimeout(error: unknown): boolean {
  return (error as { code?: string } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

/** The line of the author's own file, for the hint. */
function placeIn(error: unknown): string | undefined {
  const line = (error as { stack?: string }).stack
    ?.split('\n')
    .find((one) => /^\s+at .*file:\/\//.test(one) && !one.includes('/module-generator.'))
  return line?.trim().replace(/\?v=\d+/, '')
}
