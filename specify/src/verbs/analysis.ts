import { createHash } from 'node:crypto'
import type { Finding } from '@specwright/cli/finding.ts'
import { checkDocument, checkFeature } from '../rules/check.ts'
import { wholeAndPart } from '../rules/requirement-without-task.ts'
import type { ConstitutionDocument, FeatureDocuments } from '../rules/rule.ts'
import { taskGraph } from '../tasks/task-graph.ts'
import { similarRequirements } from './similar-requirements.ts'

// The report Spec Kit asks a model for, with its six passes, severities and tables; made by a program it is the same
// every time, so that two reports can be compared.

export const categories = {
  A: 'Duplication',
  B: 'Ambiguity',
  C: 'Underspecification',
  D: 'Constitution',
  E: 'Coverage',
  F: 'Inconsistency',
} as const
export type Category = keyof typeof categories
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const
export type Severity = (typeof severities)[number]

export type Issue = {
  /** `E-3f2c`: made of what is wrong, not of where; the same when lines move. */
  readonly id: string
  readonly category: Category
  readonly severity: Severity
  readonly code: string
  readonly file: string
  readonly line: number | undefined
  readonly summary: string
  readonly recommendation: string
}

export type Coverage = {
  readonly key: string
  readonly hasTask: boolean
  readonly tasks: readonly string[]
  readonly notes: string
}

export type Analysis = {
  readonly issues: readonly Issue[]
  readonly coverage: readonly Coverage[]
  /** Tasks that name neither a story nor a requirement. */
  readonly unmapped: readonly string[]
  readonly metrics: {
    readonly requirements: number
    readonly tasks: number
    readonly coveragePercent: number
    readonly ambiguities: number
    readonly duplications: number
    readonly critical: number
  }
}

const PASS: Readonly<Record<string, readonly [Category, Severity]>> = {
  'duplicate-id': ['A', 'HIGH'],
  'duplicate-task': ['A', 'MEDIUM'],
  'near-duplicate': ['A', 'MEDIUM'],
  placeholder: ['B', 'HIGH'],
  'unresolved-clarification': ['B', 'HIGH'],
  'vague-word': ['B', 'MEDIUM'],
  'unmeasurable-criterion': ['B', 'MEDIUM'],
  'empty-requirement': ['C', 'HIGH'],
  'unreadable-id': ['C', 'HIGH'],
  'missing-spec-section': ['C', 'HIGH'],
  'empty-file': ['C', 'HIGH'],
  'no-task': ['C', 'HIGH'],
  secret: ['C', 'CRITICAL'],
  'missing-constitution': ['D', 'CRITICAL'],
  'constitution-without-principle': ['D', 'CRITICAL'],
  'unchecked-constitution': ['D', 'CRITICAL'],
  'requirement-without-task': ['E', 'HIGH'],
  'story-without-task': ['E', 'HIGH'],
  'dangling-reference': ['F', 'HIGH'],
  'contradictory-number': ['F', 'HIGH'],
  'contradictory-priority': ['F', 'MEDIUM'],
  'contradictory-term': ['F', 'HIGH'],
  'task-cycle': ['F', 'HIGH'],
  'unknown-dependency': ['F', 'HIGH'],
  'parallel-overlap': ['F', 'MEDIUM'],
  'unbound-scenario': ['C', 'LOW'],
}

export function analyzeFeature(
  documents: FeatureDocuments,
  constitution: ConstitutionDocument | undefined,
): Analysis {
  const { spec, plan, tasks } = documents
  const coverage = coverageOf(documents)
  const found: Finding[] = [
    ...[spec, plan, tasks].flatMap((document) => (document === undefined ? [] : checkDocument(document))),
    ...(constitution === undefined ? [] : checkDocument(constitution)),
    // One row for each requirement says more than the rule's one for all.
    ...checkFeature(documents).filter(({ code }) => code !== 'requirement-without-task'),
    ...(tasks === undefined ? [] : taskGraph(tasks).findings),
    ...similar(documents),
    ...uncovered(documents, coverage),
    ...uncheckedConstitution(documents, constitution),
  ]
  const issues = withIds(found)
  const asked = coverage.filter(({ key }) => !key.startsWith('SC'))
  const covered = asked.filter(({ hasTask }) => hasTask).length
  return {
    issues,
    coverage,
    unmapped: (tasks?.tasks ?? [])
      .filter((task) => task.stories.length === 0 && task.requirements.length === 0)
      .map((task) => task.id ?? `line ${task.line}`),
    metrics: {
      requirements: asked.length,
      tasks: tasks?.tasks.length ?? 0,
      coveragePercent: asked.length === 0 ? 100 : Math.round((covered / asked.length) * 100),
      ambiguities: issues.filter(({ category }) => category === 'B').length,
      duplications: issues.filter(({ category }) => category === 'A').length,
      critical: issues.filter(({ severity }) => severity === 'CRITICAL').length,
    },
  }
}

function coverageOf({ spec, tasks }: FeatureDocuments): Coverage[] {
  if (spec === undefined) return []
  const requirements = [...spec.spec.requirements, ...spec.spec.criteria].filter(
    ({ withdrawn }) => !withdrawn,
  )
  return requirements.map(({ id }) => {
    const named = (tasks?.tasks ?? []).filter((task) => task.requirements.flatMap(wholeAndPart).includes(id))
    const done = named.filter(({ isDone }) => isDone).length
    return {
      key: id,
      hasTask: named.length > 0,
      tasks: named.map((task) => task.id ?? `line ${task.line}`),
      notes: named.length === 0 ? '' : `${done}/${named.length} done`,
    }
  })
}

function uncovered({ spec, tasks }: FeatureDocuments, coverage: readonly Coverage[]): Finding[] {
  if (spec === undefined || tasks === undefined) return []
  const lines = new Map(spec.spec.requirements.map(({ id, line }) => [id, line]))
  return coverage
    .filter(({ key, hasTask }) => !hasTask && lines.has(key)) // an outcome is measured, not built
    .map(({ key }) => ({
      code: 'requirement-without-task',
      severity: 'warning',
      file: spec.markdown.file,
      line: lines.get(key),
      message: `No task names ${key}.`,
      hint: `Add "(${key})" to the task that does it, or add the task.`,
    }))
}

function similar({ spec }: FeatureDocuments): Finding[] {
  if (spec === undefined) return []
  return similarRequirements([...spec.spec.requirements, ...spec.spec.criteria]).map(
    ({ one, other, numbers }) => ({
      code: numbers === undefined ? 'near-duplicate' : 'contradictory-number',
      severity: 'warning',
      file: spec.markdown.file,
      line: other.line,
      message:
        numbers === undefined
          ? `${other.id} says nearly what ${one.id} says.`
          : `${one.id} says ${numbers[0]}, ${other.id} nearly the same with ${numbers[1]}.`,
      hint: numbers === undefined ? 'Merge them, or say what sets them apart.' : 'Decide which number holds.',
    }),
  )
}

/** A plan that does not hold itself against the principles ignores them all, whatever it says. */
function uncheckedConstitution(
  { plan }: FeatureDocuments,
  constitution: ConstitutionDocument | undefined,
): Finding[] {
  if (plan === undefined || constitution === undefined || constitution.principles.length === 0) return []
  const { headings, prose, file } = plan.markdown
  const at = headings.findIndex(({ text }) => /constitution/i.test(text))
  const lines = prose.split(/\r\n|\n|\r/)
  const said =
    at === -1
      ? ''
      : lines
          .slice(headings[at]!.line, headings[at + 1] === undefined ? undefined : headings[at + 1]!.line - 1)
          .join('')
          .trim()
  if (said !== '') return []
  return [
    {
      code: 'unchecked-constitution',
      severity: 'error',
      file,
      line: at === -1 ? 1 : headings[at]!.line,
      message: 'The plan is not held against the constitution.',
      hint: `Say under "## Constitution Check" how it keeps ${constitution.principles.length} principles.`,
    },
  ]
}

function withIds(found: readonly Finding[]): Issue[] {
  const used = new Map<string, number>()
  const issues = found.map((finding): Issue => {
    const [category, severity] = PASS[finding.code] ?? ['C', finding.severity === 'error' ? 'MEDIUM' : 'LOW']
    const stable = [finding.code, finding.file, finding.message.replaceAll(/\bline \d+/g, 'line')].join('\n')
    const id = `${category}-${createHash('sha256').update(stable).digest('hex').slice(0, 4)}`
    const times = (used.get(id) ?? 0) + 1
    used.set(id, times)
    return {
      id: times === 1 ? id : `${id}-${times}`,
      category,
      severity,
      code: finding.code,
      file: finding.file ?? '',
      line: finding.line,
      summary: finding.message,
      recommendation: finding.hint ?? '',
    }
  })
  return issues.sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (a.category < b.category ? -1 : a.category > b.category ? 1 : 0) ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.id < b.id ? -1 : 1),
  )
}
