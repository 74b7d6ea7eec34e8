import { basename } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { countFindings, type Finding } from '@specwright/cli/finding.ts'
import { loadContracts } from '../contracts/load-contracts.ts'
import { checkDocument, checkFeature, checkWorkspace, type DocumentKind } from '../rules/check.ts'
import { readConstitution, readFeature } from '../rules/read-documents.ts'
import type { AnyDocument, FeatureDocuments } from '../rules/rule.ts'
import { checkScenarios } from '../scenarios/check-scenarios.ts'
import { featureName } from '../spec/parse-spec.ts'
import { chooseFeatures } from '../workspace/choose-features.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { openWorkspace, pathInside, seenFrom } from '../workspace/open-workspace.ts'

const KINDS = ['spec', 'plan', 'tasks', 'constitution'] as const satisfies readonly DocumentKind[]

export const validate = command({
  name: 'validate',
  summary: 'Check specs, plans, tasks and the constitution by rules',
  description: `Without a flag every kind of file is checked: of the feature, service or folder you are in or name; at the
root of the workspace of the current feature (.specify/feature.json), else of all. Errors give exit code 1; with
"validation": {"strict": true} in .speckit.config.json warnings do so, too. The rules: docs/rules.md.`,
  args: '[path]',
  options: {
    spec: { type: 'boolean', summary: 'Check only spec.md' },
    plan: { type: 'boolean', summary: 'Check only plan.md' },
    tasks: { type: 'boolean', summary: 'Check only tasks.md' },
    constitution: { type: 'boolean', summary: 'Check only the constitution' },
    all: { type: 'boolean', summary: 'Check the whole workspace, wherever you are' },
  },
  examples: [
    { run: 'specify validate --all', does: 'Check every feature of the workspace' },
    { run: 'specify validate --spec services/auth-service', does: 'Check the specs of one service' },
    { run: 'specify validate --all --format sarif', does: 'Print the findings for a code scanner' },
  ],

  async run({ args, options, cwd, env, signal, progress }) {
    const asked = KINDS.filter((kind) => options[kind])
    const kinds = new Set<DocumentKind>(asked.length === 0 ? KINDS : asked)
    const { workspace, findings: opening } = await openWorkspace(cwd, args[0])
    const features = options.all
      ? workspace.features
      : await chooseFeatures(workspace, { cwd, path: args[0], env })
    const isWhole =
      options.all ||
      (features.length === workspace.features.length &&
        pathInside(cwd, workspace.root, args[0] ?? '.') === '')

    const findings: Finding[] = []
    const documents: AnyDocument[] = []
    const reports: FeatureReport[] = []
    const task = progress.start('validate', features.length, 'features')
    if (kinds.has('spec') || kinds.has('plan') || kinds.has('tasks')) {
      for (const [i, feature] of features.entries()) {
        if (signal.aborted) break
        const read = await readFeature(workspace.root, feature)
        findings.push(...read.findings, ...checkKinds(read.documents, kinds))
        for (const kind of ['spec', 'plan', 'tasks'] as const)
          if (kinds.has(kind) && read.documents[kind] !== undefined) documents.push(read.documents[kind])
        reports.push(report(feature, read.documents))
        task.update(i + 1)
      }
    }
    task.finish()
    if (kinds.has('spec')) findings.push(...(await checkBlocks(workspace, documents)))
    if (kinds.has('constitution') && (isWhole || asked.includes('constitution'))) {
      const read = await checkConstitution(workspace)
      findings.push(...read.findings)
      if (read.document !== undefined) documents.push(read.document)
    }
    if (isWhole && asked.length === 0) findings.push(...checkWorkspace(workspace))
    if (documents.length === 0 && findings.length === 0) throw nothingToValidate(args[0])

    const seen = [...opening, ...findings.map((finding) => seenFrom(cwd, workspace.root, finding))]
    const { errors, warnings } = countFindings(seen)
    return {
      data: { root: workspace.root, kinds: [...kinds], features: reports },
      findings: seen,
      text: () => summary({ documents, reports, findings, kinds: asked }),
      ...(workspace.config.strict && errors === 0 && warnings > 0 && { exitCode: 1 as const }),
    }
  },
})

type FeatureReport = {
  readonly feature: string
  readonly path: string
  readonly stories: number
  readonly scenarios: number
  /** Scenarios with at least one executable block. */
  readonly boundScenarios: number
  readonly requirements: number
  readonly criteria: number
  readonly tasks: number
  readonly doneTasks: number
}

function report(feature: Feature, { spec, tasks }: FeatureDocuments): FeatureReport {
  const scenarios = spec?.spec.stories.flatMap((story) => story.scenarios) ?? []
  return {
    feature: featureName(feature.service, feature.id),
    path: feature.path,
    stories: spec?.spec.stories.length ?? 0,
    scenarios: scenarios.length,
    boundScenarios: scenarios.filter(({ blocks }) => blocks.length > 0).length,
    requirements: spec?.spec.requirements.length ?? 0,
    criteria: spec?.spec.criteria.length ?? 0,
    tasks: tasks?.tasks.length ?? 0,
    doneTasks: tasks?.tasks.filter(({ isDone }) => isDone).length ?? 0,
  }
}

function checkKinds(documents: FeatureDocuments, kinds: ReadonlySet<DocumentKind>): Finding[] {
  const { spec, plan, tasks } = documents
  return [
    ...[spec, plan, tasks].flatMap((document) =>
      document !== undefined && kinds.has(document.kind) ? checkDocument(document) : [],
    ),
    // Whoever asks about the spec alone is on the way to a plan; what tasks say comes later.
    ...(kinds.has('tasks') ? checkFeature(documents) : []),
  ]
}

/** What can be said about the executable blocks without running them; the contracts have a command of their own. */
async function checkBlocks(workspace: Workspace, documents: readonly AnyDocument[]): Promise<Finding[]> {
  const specs = documents.flatMap((document) => (document.kind === 'spec' ? [document.spec] : []))
  if (
    !specs.some(({ stories }) =>
      stories.some(({ scenarios }) => scenarios.some(({ blocks }) => blocks.length > 0)),
    )
  )
    return []
  return checkScenarios(workspace, specs, await loadContracts(workspace))
}

async function checkConstitution({
  root,
  constitution,
}: Workspace): Promise<{ document: AnyDocument | undefined; findings: Finding[] }> {
  if (constitution === undefined) return { document: undefined, findings: [] }
  const { document, findings } = await readConstitution(root, constitution)
  return { document, findings: [...findings, ...(document === undefined ? [] : checkDocument(document))] }
}

function nothingToValidate(path: string | undefined): CliError {
  return new CliError(
    'nothing-to-validate',
    path === undefined
      ? 'There is nothing of that kind to check here.'
      : `There is nothing of that kind to check in ${path}.`,
    'Write specs/001-name/spec.md from .specify/templates/spec-template.md, or run "specify validate --all".',
  )
}

const NEXT: Partial<Record<DocumentKind, string>> = {
  spec: 'Ready to proceed to planning phase',
  plan: 'Ready to break the plan into tasks',
  tasks: 'Ready to implement',
}

function summary(state: {
  documents: readonly AnyDocument[]
  reports: readonly FeatureReport[]
  findings: readonly Finding[]
  kinds: readonly DocumentKind[]
}): string {
  const { documents, reports, findings, kinds } = state
  const { errors } = countFindings(findings)
  const next = kinds.length === 1 && errors === 0 ? NEXT[kinds[0]!] : undefined
  const lines =
    documents.length === 1 ? aboutOne(documents[0]!, findings) : aboutMany(reports, documents, findings)
  return [...lines, ...(next === undefined ? [] : [next])].join('\n')
}

function aboutOne({ kind, markdown }: AnyDocument, findings: readonly Finding[]): string[] {
  const name = basename(markdown.file)
  const has = (code: string) => findings.some((finding) => finding.code === code)
  const bytes = Buffer.byteLength(markdown.text).toLocaleString('en-US')
  if (countFindings(findings).errors > 0) return [`❌ ${name}: ${countText(findings)}`]
  return [
    has('missing-plan-section')
      ? `⚠️  ${name}: Sections are missing`
      : `✅ ${name}: All required sections present`,
    '✅ No TODO/TBD placeholders found',
    has('thin-file') ? `⚠️  Little content (${bytes} bytes)` : `✅ Sufficient content (${bytes} bytes)`,
    ...(kind === 'spec' || findings.length === 0 ? [] : [countText(findings)]),
  ]
}

function aboutMany(
  reports: readonly FeatureReport[],
  documents: readonly AnyDocument[],
  findings: readonly Finding[],
): string[] {
  const lines = reports.map((one) => {
    const own = findings.filter(({ file }) => file?.startsWith(`${one.path}/`))
    const parts = [
      count(one.stories, 'story', 'stories'),
      `${count(one.scenarios, 'scenario')} (${one.boundScenarios} executable)`,
      count(one.requirements, 'requirement'),
      ...(one.tasks === 0 ? [] : [`${one.doneTasks}/${one.tasks} tasks done`]),
    ]
    return `${mark(own)} ${one.path}: ${parts.join(', ')}`
  })
  const constitution = documents.find(({ kind }) => kind === 'constitution')
  if (constitution !== undefined) {
    const own = findings.filter(({ file }) => file === constitution.markdown.file)
    lines.push(`${mark(own)} ${basename(constitution.markdown.file)}`)
  }
  return lines
}

function mark(findings: readonly Finding[]): string {
  const { errors, warnings } = countFindings(findings)
  return errors > 0 ? '❌' : warnings > 0 ? '⚠️ ' : '✅'
}

function countText(findings: readonly Finding[]): string {
  const { errors, warnings } = countFindings(findings)
  return [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ].join(', ')
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
