// A generator that is another program: a line of JSON for each row on its stdin, a line of JSON for each value on its
// stdout. It is started for a block of rows and ends with it, so it cannot carry anything from one row to another, and
// a block can be asked of another process on another machine.

import { spawnSync } from 'node:child_process'
import { MICROS_PER_SECOND } from '../bytes/dates.ts'
import { ALL_KINDS, type Generator } from '../values/generator.ts'
import { batchedCell, pluginError, type Facts, type PluginPlace } from './batched.ts'

const DEFAULT_BATCH = 1000
const DEFAULT_TIMEOUT_SECONDS = 10
const MOST_OUTPUT_BYTES = 256 * 1024 * 1024

/** `folder` is the schema file's: where the program is started, so that its arguments may be paths beside the file. */
export function processGenerator(folder: string): Generator {
  return {
    name: 'process',
    family: 'plugin',
    summary: 'A program that answers lines of JSON',
    fits: ALL_KINDS,
    uniqueness: 'suffix',
    anyOptions: true,
    options: {
      command: { kind: 'list', summary: 'the program and its arguments' },
      uses: { kind: 'list', summary: 'columns of the row the program wants to see' },
      batch: { kind: 'number', summary: `rows for one start of the program, default ${DEFAULT_BATCH}` },
      timeout: { kind: 'duration', summary: `for one batch, default ${DEFAULT_TIMEOUT_SECONDS} seconds` },
    },
    make: (context) => {
      const command = context.list('command')?.map(String) ?? []
      const [program, ...args] = command
      if (program === undefined)
        context.refuse(
          'bad-option',
          '`command` names the program',
          'For example "command": ["python3", "prices.py"].',
        )
      const batch = context.number('batch') ?? DEFAULT_BATCH
      if (!Number.isInteger(batch) || batch < 1)
        context.refuse('bad-option', '`batch` is a whole number of rows')
      const micros = context.duration('timeout') ?? DEFAULT_TIMEOUT_SECONDS * MICROS_PER_SECOND
      const name = `"${command.join(' ')}"`
      const run = { program: program!, args, folder, timeoutMs: Math.max(1, Math.round(micros / 1000)) }
      return batchedCell(name, context, batch, (facts) => askProcess(run, facts, { plugin: name, context }))
    },
  }
}

type Run = {
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
  readonly timeoutMs: number
}

function askProcess(
  { program, args, folder, timeoutMs }: Run,
  facts: readonly Facts[],
  place: PluginPlace,
): unknown[] {
  const first = facts[0]!.row - 1
  const result = spawnSync(program, args, {
    cwd: folder,
    input: `${facts.map((one) => JSON.stringify(one)).join('\n')}\n`,
    encoding: 'utf8',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_OUTPUT_BYTES,
  })
  const { code }: NodeJS.ErrnoException = result.error ?? new Error()
  if (code === 'ENOENT')
    throw pluginError(place, first, 'is not there', 'It is started from the schema’s folder.')
  const lines = result.stdout.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const answered = first + Math.min(lines.length, facts.length - 1)
  if (code === 'ETIMEDOUT')
    throw pluginError(
      place,
      answered,
      `did not answer within ${timeoutMs / 1000} seconds`,
      'It must end when its stdin ends. Or give the generator a longer "timeout" or a smaller "batch".',
    )
  // A program that ends without reading to the end is judged by what it wrote, not by the broken pipe.
  if (result.error && code !== 'EPIPE') throw pluginError(place, first, `failed: ${result.error.message}`)
  if (result.status !== 0)
    throw pluginError(
      place,
      answered,
      result.signal ? `was killed by ${result.signal}` : `ended with ${result.status}`,
      lastLine(result.stderr),
    )
  if (lines.length !== facts.length)
    throw pluginError(
      place,
      answered,
      `gave ${lines.length} lines for ${facts.length} rows`,
      'One line of JSON for each line it reads, and flushed at the end.',
    )
  return lines.map((line, i) => {
    try {
      return JSON.parse(line) as unknown
    } catch {
      throw pluginError(place, first + i, `gave a line that is no JSON: ${line.slice(0, 60)}`)
    }
  })
}

function lastLine(text: string | null): string | undefined {
  const lines = (text ?? '').trim().split('\n')
  return lines.at(-1) === '' ? undefined : lines.at(-1)
}
