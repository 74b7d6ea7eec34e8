import { command } from '@specwright/cli/command.ts'
import { readConstitution, readFeature } from '../rules/read-documents.ts'
import { analyzeFeature, categories, type Analysis, type Issue } from '../verbs/analysis.ts'
import { missingSteps } from '../verbs/gate.ts'
import { featureOption, openFeature } from '../verbs/open-feature.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'

const MOST_ROWS = 50

export const analyze = command({
  name: 'analyze',
  summary: 'Hold spec, plan, tasks and constitution of a feature against each other',
  description: `Six passes: duplication, ambiguity, underspecification, constitution, coverage, inconsistency. Ids are made of what
is wrong, so they stay when lines move. Changes nothing; exit code 1 with a critical issue or a missing file. The same
findings for code scanners: specify validate --format sarif.`,
  options: { feature: featureOption },
  examples: [
    { run: 'specify analyze', does: 'Print issues, coverage and metrics of the current feature' },
    { run: 'specify analyze --feature 002 --json', does: 'The same for another feature, for a program' },
  ],

  async run({ options, cwd, env }) {
    const { workspace, feature, findings } = await openFeature({ cwd, env, typed: options.feature })
    const { root } = workspace
    const { documents, findings: unreadable } = await readFeature(root, feature)
    const constitution =
      workspace.constitution === undefined
        ? undefined
        : (await readConstitution(root, workspace.constitution)).document
    const analysis = analyzeFeature(documents, constitution)
    const missing = missingSteps(workspace, feature, ['spec', 'plan', 'tasks'])
    const seen: Analysis = {
      ...analysis,
      issues: analysis.issues.map((issue) => ({ ...issue, file: pathFrom(cwd, root, issue.file) })),
    }
    return {
      data: { feature: feature.path, ...seen },
      findings: [...findings, ...[...missing, ...unreadable].map((finding) => seenFrom(cwd, root, finding))],
      ...((analysis.metrics.critical > 0 || missing.length > 0) && { exitCode: 1 as const }),
      text: () => report(seen),
    }
  },
})

function report({ issues, coverage, unmapped, metrics }: Analysis): string {
  const shown = issues.slice(0, MOST_ROWS)
  return [
    '## Specification Analysis Report',
    '',
    ...(issues.length === 0
      ? ['No issues.']
      : [
          '| ID | Category | Severity | Location(s) | Summary | Recommendation |',
          '|---|---|---|---|---|---|',
          ...shown.map(row),
          ...(issues.length > MOST_ROWS
            ? ['', `${issues.length - MOST_ROWS} more: specify analyze --json`]
            : []),
        ]),
    '',
    '| Requirement Key | Has Task? | Task IDs | Notes |',
    '|---|---|---|---|',
    ...coverage.map(
      ({ key, hasTask, tasks, notes }) =>
        `| ${key} | ${hasTask ? 'yes' : 'no'} | ${tasks.join(', ')} | ${notes} |`,
    ),
    '',
    ...(unmapped.length === 0 ? [] : [`Tasks without story or requirement: ${unmapped.join(', ')}`, '']),
    `Requirements: ${metrics.requirements} · Tasks: ${metrics.tasks} · Coverage: ${metrics.coveragePercent} % · Ambiguity: ${metrics.ambiguities} · Duplication: ${metrics.duplications} · Critical: ${metrics.critical}`,
  ].join('\n')
}

function row({ id, category, severity, file, line, summary, recommendation }: Issue): string {
  const cells = [
    id,
    categories[category],
    severity,
    `${file}${line === undefined ? '' : `:${line}`}`,
    summary,
    recommendation,
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
