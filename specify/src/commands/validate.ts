import { basename, dirname, join } from 'node:path'
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
import { BASELINE_FILE, beyondBaseline, loadBaseline, saveBaseline } from '../rules/baseline.ts'
import { mendTasks } from '../rules/mend-tasks.ts'
import { readConstitution, readFeature } from '../rules/read-documents.ts'
import type { Spec } from '../spec/model.ts'
import { writeTextAlike } from '../verbs/write-text-alike.ts'
import { chooseFeatures } from '../workspace/choose-features.ts'
import { isOwn } from '../workspace/members.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { openWorkspace, seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom, pathInside } from '../workspace/paths.ts'
import { readText } from '../workspace/read-text.ts'

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
    baseline: { type: 'boolean', summary: `Leave out what stands in ${BASELINE_FILE}` },
    'save-baseline': { type: 'boolean', summary: `Write today's findings to ${BASELINE_FILE}` },
    fix: {
      type: 'boolean',
      summary: 'First mend what is safe to mend in tasks.md: missing, doubled and misspelt ids',
    },
    'dry-run': {
      type: 'boolean',
      summary: 'With --fix or --save-baseline: write nothing, say what would be',
    },
  },
  examples: [
    { run: 'specify validate --all', does: 'Check every feature of the workspace' },
    { run: 'specify validate --spec services/auth-service', does: 'Check the specs of one service' },
    { run: 'specify validate --all --baseline', does: 'Fail only on what is new since --save-baseline' },
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

    const write = !options['dry-run']
    const mended = options.fix ? await mend(workspace, features.filter(isOwn), write) : []
    const findings: Finding[] = []
    const documents: CheckedDocument[] = []
    const reports: FeatureReport[] = []
    const specs: Spec[] = []
    const task = progress.start('validate', features.length, 'features')
    if (kinds.has('spec') || kinds.has('plan') || kinds.has('tasks')) {
      const cache = openCache<CheckedFeature>(workspace.root, 'validate', {
        keep: workspace.config.cache !== false,
      })
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

    if (options['save-baseline'] && write) await saveBaseline(workspace.root, findings)
    const { fresh, known } = options.baseline
      ? beyondBaseline(findings, await loadBaseline(workspace.root))
      : { fresh: findings, known: 0 }

    const seen = [...opening, ...fresh.map((finding) => seenFrom(cwd, workspace.root, finding))]
    const { errors, warnings } = countFindings(seen)
    const remarks = [
      ...mended.map(({ file, lines }) => {
        const tasks = count(lines.length, 'task')
        return `${write ? 'Mended ids of' : 'Would mend ids of'} ${tasks} in ${pathFrom(cwd, workspace.root, file)}.`
      }),
      ...(options['save-baseline']
        ? [`${write ? 'Wrote' : 'Would write'} ${count(findings.length, 'finding')} to ${BASELINE_FILE}.`]
        : []),
      ...(options.baseline ? [`${count(known, 'finding')} of the baseline left out.`] : []),
    ]
    return {
      data: {
        root: workspace.root,
        kinds: [...kinds],
        features: reports,
        ...(options.fix && { mended }),
        ...(options.baseline && { known }),
      },
      findings: seen,
      text: () => [summary({ documents, reports, findings: fresh, kinds: asked }), ...remarks].join('\n'),
      ...(workspace.config.strict && errors === 0 && warnings > 0 && { exitCode: 1 as const }),
      // Who takes stock is not told off for what was found.
      ...(options['save-baseline'] && { exitCode: 0 as const }),
    }
  },
})

/** Mends ids in tasks.md; gives the files and lines it changed, or with `write` false would change. */
async function mend(
  { root }: Workspace,
  features: readonly Feature[],
  write: boolean,
): Promise<{ file: string; lines: number[] }[]> {
  const mended: { file: string; lines: number[] }[] = []
  for (const feature of features) {
    const { documents } = await readFeature(root, feature)
    if (documents.tasks === undefined) continue
    const { file } = documents.tasks.markdown
    // From the file itself: the parsed text has its front matter blanked out.
    const { text, lines } = mendTasks(await readText(join(root, file)), idsOf(documents.spec?.spec))
    if (lines.length === 0) continue
    if (write) await writeTextAlike(join(root, file), text)
    mended.push({ file, lines: [...lines] })
  }
  return mended
}

function idsOf(spec: Spec | undefined): string[] {
  if (spec === undefined) return []
  return [...spec.requirements, ...spec.criteria, ...spec.stories].map(({ id }) => id)
}

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
