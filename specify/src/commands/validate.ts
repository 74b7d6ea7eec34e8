import { basename, dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { countFindings, type Finding } from '@specwright/cli/finding.ts'
import { openCache } from '../cache/open-cache.ts'
import {
  checkFeatureFiles,
  type CheckedDocument,
  type CheckedFeature,
  type FeatureReport,
} from '../rules/check-feature-files.ts'
import { checkDocument, checkWorkspace, type DocumentKind } from '../rules/check.ts'
import { readConstitution } from '../rules/read-documents.ts'
import type { Spec } from '../spec/model.ts'
import { chooseFeatures } from '../workspace/choose-features.ts'
import type { Workspace } from '../workspace/model.ts'
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
    const documents: CheckedDocument[] = []
    const reports: FeatureReport[] = []
    const specs: Spec[] = []
    const task = progress.start('validate', features.length, 'features')
    if (kinds.has('spec') || kinds.has('plan') || kinds.has('tasks')) {
      const cache = openCache<CheckedFeature>(workspace.root, 'validate')
      for (const [i, feature] of features.entries()) {
        if (i % 64 === 0) await setImmediate() // lets Ctrl-C through
        if (signal.aborted) break
        const { checked, findings: unreadable } = checkFeatureFiles(workspace.root, feature, cache)
        findings.push(...unreadable)
        for (const document of checked.documents) {
          if (!kinds.has(document.kind)) continue
          documents.push(document)
          findings.push(...document.findings)
        }
        // Whoever asks about the spec alone is on the way to a plan; what tasks say comes later.
        if (kinds.has('tasks')) findings.push(...checked.across)
        if (kinds.has('spec') && checked.specWithBlocks !== undefined) specs.push(checked.specWithBlocks)
        reports.push(checked.report)
        task.update(i + 1)
      }
      cache.save({ prune: isWhole && !signal.aborted })
    }
    task.finish()
    if (specs.length > 0) findings.push(...(await checkBlocks(workspace, specs)))
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

/** What can be said about the executable blocks without running them; the contracts have a command of their own. */
async function checkBlocks(workspace: Workspace, specs: readonly Spec[]): Promise<Finding[]> {
  const { checkScenarios } = await import('../scenarios/check-scenarios.ts')
  const { loadContracts } = await import('../contracts/load-contracts.ts')
  return checkScenarios(workspace, specs, await loadContracts(workspace))
}

async function checkConstitution({
  root,
  constitution,
}: Workspace): Promise<{ document: CheckedDocument | undefined; findings: readonly Finding[] }> {
  if (constitution === undefined) return { document: undefined, findings: [] }
  const { document, findings } = await readConstitution(root, constitution)
  if (document === undefined) return { document, findings }
  const said = checkDocument(document)
  const bytes = Buffer.byteLength(document.markdown.text)
  return {
    document: { kind: 'constitution', file: constitution, bytes, findings: said },
    findings: [...findings, ...said],
  }
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
  documents: readonly CheckedDocument[]
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

function aboutOne(document: CheckedDocument, findings: readonly Finding[]): string[] {
  const { kind, file } = document
  const name = basename(file)
  const has = (code: string) => findings.some((finding) => finding.code === code)
  const bytes = document.bytes.toLocaleString('en-US')
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
  documents: readonly CheckedDocument[],
  findings: readonly Finding[],
): string[] {
  const byFolder = Map.groupBy(findings, ({ file }) => dirname(file ?? ''))
  const lines = reports.map((one) => {
    const own = byFolder.get(one.path) ?? []
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
    const own = findings.filter(({ file }) => file === constitution.file)
    lines.push(`${mark(own)} ${basename(constitution.file)}`)
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
