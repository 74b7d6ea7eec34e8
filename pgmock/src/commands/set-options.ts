// Flags that every command with schema files has, and what they mean for the plan.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import type { OptionSpecs } from '@specwright/cli/command.ts'
import { sortFindings, type Finding } from '@specwright/cli/finding.ts'
import { parseInstant } from '../bytes/dates.ts'
import { parseProject, PROJECT_FILE, type Project } from '../config/project-file.ts'
import { openSet, type OpenedSet } from '../generate.ts'
import { MOST_ROWS } from '../schema/parse-row-count.ts'

export const setOptions = {
  seed: {
    type: 'string',
    placeholder: 'number',
    summary: 'Another seed gives other data, the same seed the same bytes; default 1',
  },
  scale: {
    type: 'string',
    placeholder: 'factor',
    summary: 'Multiply row counts; children follow their parents; default 1',
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
  'edge-cases': {
    type: 'string',
    placeholder: 'share',
    summary: 'Values that break programs in this share of free columns, such as 1%',
  },
  'allow-plugins': {
    type: 'boolean',
    summary: 'Run the generators that come as code with the schema (docs/plugins.md)',
  },
} as const satisfies OptionSpecs

export type SetFlags = {
  readonly seed: string | undefined
  readonly scale: string | undefined
  readonly count: readonly string[]
  readonly now: string | undefined
  readonly 'edge-cases'?: string | undefined
  readonly 'allow-plugins'?: boolean
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
  const found = await readProject(cwd)
  const { project } = found
  const scale = flags.scale === undefined ? (project?.scale ?? 1) : Number(flags.scale)
  if (!(scale > 0 && scale <= 1e9))
    throw new CliError('bad-scale', `--scale needs a number above 0, not "${flags.scale}".`)
  const opened = await openSet(files, {
    seed:
      flags.seed === undefined
        ? (project?.seed ?? 1)
        : wholeNumber(flags.seed, '--seed', { max: 4_294_967_295 }),
    scale: flags['schema-only'] === true ? 0 : scale,
    counts: new Map([...Object.entries(project?.counts ?? {}), ...parseCounts(flags.count)]),
    project,
    edgeCases: parseShare(flags['edge-cases']),
    now,
    cwd,
    allowPlugins: flags['allow-plugins'] === true || project?.plugins === true,
  })
  checkCounted(flags.count, opened)
  if (found.findings.length === 0) return opened
  // A project file that is wrong is as good a reason to stop as a schema that is.
  const plan = { ...opened.plan, databases: [] }
  return { ...opened, plan, findings: sortFindings([...found.findings, ...opened.findings]) }
}

/** `.pgmock.yaml` of the working folder, if there is one. */
export async function readProject(
  cwd: string,
): Promise<{ project: Project | undefined; findings: readonly Finding[] }> {
  let text: string
  try {
    text = await readFile(join(cwd, PROJECT_FILE), 'utf8')
  } catch {
    return { project: undefined, findings: [] } // most folders have none
  }
  const findings: Finding[] = []
  const project = parseProject(text, (finding) => findings.push(finding))
  return { project, findings }
}

/** `1%` or `0.01`. */
function parseShare(text: string | undefined): number {
  if (text === undefined) return 0
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? []
  const share = digits === undefined ? NaN : Number(digits) / (percent === '%' ? 100 : 1)
  if (!(share >= 0 && share <= 1))
    throw new CliError(
      'bad-edge-cases',
      `--edge-cases needs a share, not "${text}".`,
      'For example: --edge-cases 1%',
    )
  return share
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
