import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Spec } from '../spec/model.ts'
import { parseMarkdown } from '../spec/markdown.ts'
import { parseTasks } from '../spec/parse-tasks.ts'
import { pathEvidence } from '../tasks/evidence.ts'
import { lockTasks } from '../tasks/finish-task.ts'
import { openTasks, type OpenTasks } from '../tasks/open-tasks.ts'
import {
  gapKinds,
  untouchedRequirements,
  withConvergence,
  type Gap,
  type GapKind,
} from '../verbs/convergence.ts'
import { featureOption } from '../verbs/open-feature.ts'
import { writeTextAlike } from '../verbs/write-text-alike.ts'
import { pathFrom } from '../workspace/paths.ts'
import { readText } from '../workspace/read-text.ts'

export const converge = command({
  name: 'converge',
  summary: 'Append a task for every gap between spec and work; nothing when there is none',
  description: `By itself it sees requirements no task names, and ticked tasks whose files are not there. What a reader of the
code finds is handed over with --gap "FR-003:partial:refuse an empty cart in src/cart.ts"; kinds: missing, partial,
contradicts, unrequested (with "-" for the requirement). Only appends; without gaps tasks.md keeps every byte.`,
  options: {
    feature: featureOption,
    gap: {
      type: 'string',
      multiple: true,
      placeholder: 'FR:kind:text',
      summary: 'A gap between spec and code somebody found',
    },
    'dry-run': { type: 'boolean', summary: 'Show what would be appended, write nothing' },
  },
  examples: [
    { run: 'specify converge --dry-run', does: 'Show the gaps a program can see' },
    {
      run: 'specify converge --gap "FR-003:partial:refuse an empty cart in src/cart.ts"',
      does: 'Append a task for a gap found in the code',
    },
  ],

  async run({ options, cwd, env }) {
    const opened = await openTasks({ cwd, env, typed: options.feature, toWrite: !options['dry-run'] })
    const { workspace, feature, documents } = opened
    if (documents.spec === undefined)
      throw new CliError('no-spec', `${feature.path} has no spec.md.`, 'specify specify')
    const { spec } = documents.spec
    const gaps = [
      ...untouchedRequirements(spec, documents.tasks.tasks),
      ...phantoms(opened),
      ...options.gap.map((typed) => readGap(typed, spec)),
    ]
    const path = join(workspace.root, feature.path, 'tasks.md')
    const append = async (): Promise<string[]> => {
      // Read under the lock: a task may have been ticked since the gaps were looked for.
      const before = await readText(path)
      const { text, added: lines } = withConvergence(before, parseTasks(parseMarkdown(before, path)), gaps)
      if (lines.length > 0 && !options['dry-run']) await writeTextAlike(path, text)
      return lines
    }
    const added = await (options['dry-run'] ? append() : lockTasks(workspace, feature, append))
    const openCount = documents.tasks.tasks.filter(({ isDone }) => !isDone).length
    const file = pathFrom(cwd, workspace.root, `${feature.path}/tasks.md`)
    return {
      data: {
        feature: feature.path,
        converged: added.length === 0 && openCount === 0,
        added,
        openTasks: openCount,
        dryRun: options['dry-run'],
      },
      findings: [],
      text: () => {
        if (added.length > 0)
          return [`${options['dry-run'] ? 'Would append' : 'Appended'} to ${file}:`, ...added].join('\n')
        return openCount > 0
          ? `No gap without a task; ${openCount} tasks are open.`
          : 'Converged: no gap, no open task.'
      },
    }
  },
})

/** Ticked, but what they name is not there. */
function phantoms({ workspace, feature, graph }: OpenTasks): Gap[] {
  return graph.tasks.flatMap((task): Gap[] => {
    if (!task.isDone) return []
    const { missing, mayRemove } = pathEvidence(workspace, feature, task)
    if (mayRemove || missing.length === 0) return []
    const requirement = task.requirements[0]
    return [{ kind: 'partial', requirement, text: `Redo ${task.key}: ${missing.join(', ')} not there` }]
  })
}

function readGap(typed: string, { requirements, criteria }: Spec): Gap {
  const [, id, kind, text] = /^([^:]+):([^:]+):\s*(\S[^]*)$/.exec(typed) ?? []
  if (id === undefined || kind === undefined || text === undefined)
    throw new CliError(
      'bad-gap',
      `"${typed}" is not FR:kind:text.`,
      '--gap "FR-003:partial:refuse an empty cart in src/cart.ts"',
    )
  if (!isKind(kind))
    throw new CliError(
      'bad-gap',
      `"${kind}" is no kind of gap.`,
      didYouMean(kind, gapKinds) ?? `Known: ${gapKinds.join(', ')}.`,
    )
  const ids = [...requirements, ...criteria].map((one) => one.id)
  if (id !== '-' && !ids.includes(id))
    throw new CliError(
      'unknown-requirement',
      `The spec has no ${id}.`,
      didYouMean(id, ids) ?? 'Use "-" for what no requirement asks for.',
    )
  return { kind, requirement: id === '-' ? undefined : id, text: text.replaceAll(/\s+/g, ' ').trim() }
}

function isKind(kind: string): kind is GapKind {
  return (gapKinds as readonly string[]).includes(kind)
}
