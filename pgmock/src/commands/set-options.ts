// Flags that every command with schema files has, and what they mean for the plan.

import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import type { OptionSpecs } from '@specwright/cli/command.ts'
import { parseInstant } from '../bytes/dates.ts'
import { openSet, type OpenedSet } from '../generate.ts'
import { MOST_ROWS } from '../schema/parse-row-count.ts'

export const setOptions = {
  seed: {
    type: 'string',
    placeholder: 'number',
    default: '1',
    summary: 'Another seed gives other data, the same seed the same bytes',
  },
  scale: {
    type: 'string',
    placeholder: 'factor',
    default: '1',
    summary: 'Multiply row counts; children follow their parents',
  },
  count: {
    type: 'string',
    placeholder: 'table=rows',
    multiple: true,
    summary: 'Row count of one table instead of the schema’s',
  },
  now: {
    type: 'string',
    placeholder: 'instant',
    summary: 'The instant the data looks back from, such as 2026-01-01T00:00:00Z',
  },
} as const satisfies OptionSpecs

export type SetFlags = {
  readonly seed: string
  readonly scale: string
  readonly count: readonly string[]
  readonly now: string | undefined
  /** Then no row is planned, and nothing about rows can be wrong. */
  readonly 'schema-only'?: boolean
}

/** Reads and plans the files of the command line. Throws CliError when there are none, or a flag makes no sense. */
export async function openFromFlags(
  files: readonly string[],
  flags: SetFlags,
  cwd: string,
): Promise<OpenedSet> {
  if (files.length === 0)
    throw new CliError('no-schema', 'Give a schema file.', 'For example: pgmock validate examples/shop.json')
  const now = flags.now === undefined ? undefined : parseInstant(flags.now)
  if (flags.now !== undefined && now === undefined)
    throw new CliError('bad-now', `--now needs an instant such as 2026-01-01T00:00:00Z, not "${flags.now}".`)
  const scale = Number(flags.scale)
  if (!(scale > 0 && scale <= 1e9))
    throw new CliError('bad-scale', `--scale needs a number above 0, not "${flags.scale}".`)
  const opened = await openSet(files, {
    seed: wholeNumber(flags.seed, '--seed', { max: 4_294_967_295 }),
    scale: flags['schema-only'] === true ? 0 : scale,
    counts: parseCounts(flags.count),
    now,
    cwd,
  })
  checkCounted(flags.count, opened)
  return opened
}

function parseCounts(given: readonly string[]): Map<string, number> {
  return new Map(
    given.map((text) => {
      const match = /^(.+)=(\d+)$/.exec(text)
      if (!match)
        throw new CliError(
          'bad-count',
          `--count needs table=rows, not "${text}".`,
          'For example: --count users=5000',
        )
      return [match[1]!, wholeNumber(match[2]!, '--count', { max: MOST_ROWS })]
    }),
  )
}

function checkCounted(given: readonly string[], { models }: OpenedSet): void {
  for (const text of given) {
    const name = text.slice(0, text.lastIndexOf('='))
    const table = models.flatMap((model) => {
      const found = model.tables.get(name.replace(`${model.database}:`, ''))
      return found ? [found] : []
    })[0]
    if (!table) throw new CliError('unknown-table', `--count: there is no table "${name}".`)
    if (table.rowCount.kind === 'per')
      throw new CliError(
        'bad-count',
        `--count: ${name} is counted per ${table.rowCount.table}.`,
        `Change --count ${table.rowCount.table}=… instead.`,
      )
  }
}
