import type { FeatureDocuments } from '../rules/rule.ts'
import type { TestOutcome } from './read-junit.ts'

/** How far a requirement is proven; each level includes those before it. */
export const levels = [
  'unnamed',
  'named',
  'path-exists',
  'test-exists',
  'test-ran',
  'scenario-passed',
] as const
export type Level = (typeof levels)[number]

export type Mention = { readonly id: string; readonly file: string; readonly line: number }
export type Run = { readonly id: string; readonly outcome: TestOutcome; readonly name: string }

export type TracedRequirement = {
  readonly id: string
  readonly text: string
  readonly line: number
  readonly level: Level
  readonly tasks: readonly { readonly task: string; readonly isDone: boolean }[]
  /** Files its tasks name, where they are now. */
  readonly files: readonly string[]
  /** `file:line` of tests that name it. */
  readonly tests: readonly string[]
  /** Scenarios that name it; those it shares a story with prove nothing about it. */
  readonly scenarios: readonly string[]
  readonly failed: readonly string[]
}

export type TraceInput = {
  readonly documents: FeatureDocuments
  /** Where each path a task names is now; undefined when it is nowhere. */
  readonly place: (path: string) => string | undefined
  /** Tests that name an id of this feature. */
  readonly tests: readonly Mention[]
  /** Cases of reports that name an id of this feature. */
  readonly runs: readonly Run[]
}

/** Requirements and success criteria with all that hangs on them, in the order of the spec. */
export function traceFeature({
  documents: { spec, tasks },
  place,
  tests,
  runs,
}: TraceInput): TracedRequirement[] {
  if (spec === undefined) return []
  const lines = spec.markdown.text.split(/\r\n|\n/)
  const scenarios = spec.spec.stories.flatMap((story) => story.scenarios)
  const requirements = [...spec.spec.requirements, ...spec.spec.criteria].filter(
    ({ withdrawn }) => !withdrawn,
  )
  return requirements.map(({ id, text, line }) => {
    const word = new RegExp(`(?<![\\w-])${RegExp.escape(id)}(?![\\w-])`)
    const naming = (tasks?.tasks ?? []).filter((task) => task.requirements.includes(id))
    const files = [
      ...new Set(naming.flatMap(({ paths }) => paths.map(place)).filter((path) => path !== undefined)),
    ]
    const own = scenarios.filter(
      (scenario) =>
        word.test(lines.slice(scenario.line - 1, scenario.endLine).join('\n')) ||
        new RegExp(`\\b${RegExp.escape(scenario.id)}(?!\\d)`).test(text),
    )
    const mentions = tests.filter((test) => test.id === id)
    const ran = runs.filter((run) => run.id === id && run.outcome !== 'skipped')
    const played = runs.filter(
      (run) => own.some((scenario) => scenario.id === run.id) && run.outcome !== 'skipped',
    )
    const failed = [...ran, ...played].filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
    return {
      id,
      text,
      line,
      level: levelOf({ naming, files, mentions, ran, played, failed }),
      tasks: naming.map((task) => ({ task: task.id ?? `line ${task.line}`, isDone: task.isDone })),
      files,
      tests: mentions.map(({ file, line: at }) => `${file}:${at}`),
      scenarios: own.map((scenario) => scenario.id),
      failed: [...new Set(failed)],
    }
  })
}

function levelOf(
  seen: Readonly<Record<'naming' | 'files' | 'mentions' | 'ran' | 'played' | 'failed', readonly unknown[]>>,
): Level {
  // A failure takes back what running proved, not that the test is there.
  if (seen.failed.length === 0 && seen.played.length > 0) return 'scenario-passed'
  if (seen.failed.length === 0 && seen.ran.length > 0) return 'test-ran'
  if (seen.mentions.length > 0 || seen.ran.length > 0 || seen.played.length > 0) return 'test-exists'
  if (seen.files.length > 0) return 'path-exists'
  return seen.naming.length > 0 ? 'named' : 'unnamed'
}
