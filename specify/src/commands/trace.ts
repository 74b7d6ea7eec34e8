import { resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { readFeature } from '../rules/read-documents.ts'
import { locate } from '../tasks/evidence.ts'
import { findMentions, assignRuns } from '../trace/find-mentions.ts'
import { findPhantoms, whereabouts, type Phantom } from '../trace/find-phantoms.ts'
import { lastChange, readRenames } from '../trace/git-history.ts'
import { readJunit, type TestCase } from '../trace/read-junit.ts'
import { levels, traceFeature, type Level, type TracedRequirement } from '../trace/trace-feature.ts'
import { featureOption, openFeature, openProject } from '../verbs/open-feature.ts'
import type { Feature } from '../workspace/model.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { readText } from '../workspace/read-text.ts'

export const trace = command({
  name: 'trace',
  summary: 'Show how each requirement is proven: task, file, test, run; and ticked tasks without their files',
  description: `Levels: unnamed, named (a task names it), path-exists (a file of such a task is there), test-exists (a test names it,
as FR-003, or 001#FR-003 where several features could be meant), test-ran, scenario-passed (both from reports given
with --junit, without failures). A failing test is an error, as is a ticked task with a file that is nowhere; renames in
git are followed. --at-least makes the level a gate.`,
  options: {
    feature: featureOption,
    all: { type: 'boolean', summary: 'Every feature of the workspace' },
    junit: {
      type: 'string',
      multiple: true,
      placeholder: 'file',
      file: true,
      summary: 'Report of a test run, as JUnit XML',
    },
    'at-least': {
      type: 'string',
      placeholder: 'level',
      choices: levels,
      summary: 'Exit code 1 while a requirement is below this level',
    },
  },
  examples: [
    { run: 'specify trace', does: 'Show what proves the requirements of the current feature' },
    {
      run: 'specify test --junit scenarios.xml && specify trace --all --junit scenarios.xml --at-least test-ran',
      does: 'Gate a build on proof',
    },
  ],

  async run({ options, cwd, env, signal }) {
    const { workspace, features, findings } = options.all
      ? await everything(cwd, env)
      : await openFeature({ cwd, env, typed: options.feature }).then((one) => ({
          ...one,
          features: [one.feature],
        }))
    const { root } = workspace
    const cases = await readReports(cwd, options.junit)
    const [mentions, renames] = [await findMentions(workspace), await readRenames(root)]
    const runs = assignRuns(workspace, cases)
    const problems: Finding[] = []
    const traced: TracedFeature[] = []
    for (const feature of features) {
      if (signal.aborted) break
      const { documents, findings: unreadable } = await readFeature(root, feature)
      problems.push(...unreadable)
      const place = (path: string) => {
        const here = locate(workspace, feature, path)
        if (here !== undefined) return here
        const { state, now } = whereabouts(workspace, path, renames ?? new Map())
        return state === 'moved' ? now[0] : undefined
      }
      const requirements = traceFeature({
        documents,
        place,
        tests: mentions.get(feature.path) ?? [],
        runs: runs.get(feature.path) ?? [],
      })
      const tasks = documents.tasks?.tasks ?? []
      const phantoms = findPhantoms(workspace, { feature, tasks, renames: renames ?? new Map() })
      const isDrifted = renames !== undefined && (await isSpecNewer(root, feature, requirements))
      const minimum = options['at-least'] as Level | undefined
      problems.push(
        ...phantoms.map((phantom) => phantomFinding(feature, phantom)),
        ...requirementFindings(feature, requirements, minimum),
        ...(isDrifted ? [driftFinding(feature)] : []),
      )
      traced.push({ feature: feature.path, requirements, phantoms, specIsNewer: isDrifted })
    }
    return {
      data: {
        levels: countLevels(traced.flatMap(({ requirements }) => requirements)),
        history: renames !== undefined,
        features: traced,
      },
      findings: [...findings, ...problems.map((finding) => seenFrom(cwd, root, finding))],
      text: () => traced.map(({ feature, requirements }) => table(feature, requirements)).join('\n\n'),
    }
  },
})

type TracedFeature = {
  readonly feature: string
  readonly requirements: readonly TracedRequirement[]
  readonly phantoms: readonly Phantom[]
  readonly specIsNewer: boolean
}

async function everything(cwd: string, env: Readonly<Record<string, string | undefined>>) {
  const { workspace, findings } = await openProject({ cwd, env })
  return { workspace, features: workspace.features, findings }
}

async function readReports(cwd: string, files: readonly string[]): Promise<TestCase[]> {
  const reports = await Promise.all(
    files.map(async (file) => {
      const text = await readText(resolve(cwd, file)).catch((error: unknown) => {
        throw new CliError(
          'unreadable-report',
          `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        )
      })
      const cases = readJunit(text)
      if (cases === undefined)
        throw new CliError(
          'bad-report',
          `${file} is no JUnit report: it has no <testsuite>.`,
          'specify test --junit report.xml writes one.',
        )
      return cases
    }),
  )
  return reports.flat()
}

/** The spec changed after the last commit that touched the files its tasks name. */
async function isSpecNewer(
  root: string,
  { files }: Feature,
  requirements: readonly TracedRequirement[],
): Promise<boolean> {
  const code = [...new Set(requirements.flatMap((one) => one.files))]
  if (files.spec === undefined || code.length === 0) return false
  const [spec, built] = [await lastChange(root, [files.spec]), await lastChange(root, code)]
  return spec !== undefined && built !== undefined && spec > built
}

function phantomFinding({ path: folder }: Feature, { task, line, path, state, now }: Phantom): Finding {
  const at = { file: `${folder}/tasks.md`, line }
  if (state === 'moved')
    return {
      ...at,
      code: 'moved-file',
      severity: 'info',
      message: `${task} names ${path}, which is ${now[0]} now.`,
      hint: 'Write the new path into the task.',
    }
  return {
    ...at,
    code: 'phantom-task',
    severity: state === 'gone' ? 'error' : 'warning',
    message: `${task} is ticked, but ${path} is not there.`,
    hint:
      state === 'gone'
        ? 'Open the task again, or name the file that shows it is done.'
        : `Perhaps meant: ${now.join(', ')}.`,
  }
}

function requirementFindings(
  { files }: Feature,
  requirements: readonly TracedRequirement[],
  minimum: Level | undefined,
): Finding[] {
  const at = (line: number) => ({ file: files.spec, line })
  return requirements.flatMap(({ id, line, level, failed }): Finding[] => [
    ...failed.map((name): Finding => ({
      ...at(line),
      code: 'requirement-failed',
      severity: 'error',
      message: `A test of ${id} failed: ${name}.`,
      hint: 'Mend the code, or the spec if it is wrong.',
    })),
    ...(minimum !== undefined && levels.indexOf(level) < levels.indexOf(minimum)
      ? [
          {
            ...at(line),
            code: 'below-level',
            severity: 'error' as const,
            message: `${id} is ${level}, not ${minimum}.`,
            hint: HINT[level],
          },
        ]
      : []),
  ])
}

const HINT: Record<Level, string> = {
  unnamed: 'Name it in the task that does it.',
  named: 'Build what its tasks name.',
  'path-exists': 'Name it in the title of the test that proves it.',
  'test-exists': 'Hand over the report of the run with --junit.',
  'test-ran': 'Name it in a scenario (a comment in its block) and run "specify test --junit".',
  'scenario-passed': '',
}

function driftFinding({ files, path }: Feature): Finding {
  return {
    code: 'spec-newer-than-code',
    severity: 'info',
    file: files.spec,
    message: `The spec of ${path} was changed after the code its tasks name.`,
    hint: 'Compare them: specify converge --dry-run.',
  }
}

function countLevels(requirements: readonly TracedRequirement[]): Record<Level, number> {
  const count = (level: Level) => requirements.filter((one) => one.level === level).length
  return Object.fromEntries(levels.map((level) => [level, count(level)])) as Record<Level, number> // every level is a key
}

function table(feature: string, requirements: readonly TracedRequirement[]): string {
  const width = Math.max(0, ...requirements.map(({ id }) => id.length))
  return [
    `${feature}: ${requirements.length} requirement${requirements.length === 1 ? '' : 's'}`,
    ...requirements.map(({ id, level, tasks, files, tests, failed }) => {
      const parts = [
        tasks.map(({ task, isDone }) => `${task}${isDone ? '✓' : ''}`).join(' '),
        files.join(' '),
        tests.join(' '),
      ]
      const mark =
        failed.length > 0 ? '❌' : levels.indexOf(level) >= levels.indexOf('test-ran') ? '✅' : '○ '
      return `  ${mark} ${id.padEnd(width)}  ${level.padEnd(15)}  ${parts.filter((part) => part !== '').join(' · ')}`.trimEnd()
    }),
  ].join('\n')
}
