import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { BreakingChange } from '../contracts/breaking-change.ts'
import { compareContracts } from '../contracts/compare-contracts.ts'
import { contractsAtRevision } from '../contracts/contracts-at-revision.ts'
import { contractsSummary, shortJson } from '../contracts/contracts-summary.ts'
import { buildGraph, type Graph } from '../contracts/graph.ts'
import { loadContracts } from '../contracts/load-contracts.ts'
import type { Contracts } from '../contracts/model.ts'
import { checkContracts } from '../contracts/rules/all-rules.ts'
import { checkScenarios } from '../scenarios/check-scenarios.ts'
import { readSpecs } from '../scenarios/read-specs.ts'
import type { Workspace } from '../workspace/model.ts'
import { openWorkspace, seenFrom } from '../workspace/open-workspace.ts'

export const validateContracts = command({
  name: 'validate-contracts',
  summary: 'Check API and event contracts, what services ask of each other, and the scenarios against them',
  description: `Reads contracts/api-spec.yaml (OpenAPI 3.0, 3.1) and contracts/events/*.json of every service, and what the specs say
about upstream services and consumed events. Checks each contract, the whole they form (missing consumers and
publishers, calls in a ring), and every hurl and event block of the specs against them. Rules: docs/contract-rules.md.

With --compare-with the contracts are compared with those of a git revision, too; --breaking-changes-only does just
that, with HEAD unless told otherwise. Schemas are compared by the values they allow: a break is shown by an example
that two validators have judged, no finding means that none exists, and what cannot be decided is a warning.`,
  options: {
    service: { type: 'string', placeholder: 'name', summary: 'Report only what concerns this service' },
    'api-only': { type: 'boolean', summary: 'Only APIs, and the scenarios held against them' },
    'events-only': { type: 'boolean', summary: 'Only events' },
    'breaking-changes-only': { type: 'boolean', summary: 'Only changes that break consumers' },
    'compare-with': { type: 'string', placeholder: 'revision', summary: 'The git revision to compare with' },
  },
  examples: [
    { run: 'specify validate-contracts', does: 'Check all contracts of the workspace' },
    { run: 'specify validate-contracts --service=user-service', does: 'Check those of one service' },
    {
      run: 'specify validate-contracts --breaking-changes-only',
      does: 'What do my uncommitted changes break?',
    },
    {
      run: 'specify validate-contracts --compare-with=origin/main',
      does: 'Check all, and compare with a branch',
    },
  ],

  async run({ options, cwd }) {
    const { service } = options
    if (options['api-only'] && options['events-only'])
      throw new CliError('conflicting-options', '--api-only and --events-only exclude each other.')
    const { workspace, findings: opening } = await openWorkspace(cwd)
    if (service !== undefined) checkService(workspace, service)
    const loaded = await loadContracts(workspace)
    const { specs, findings: reading } = await readSpecs(workspace, workspace.features)
    const graph = buildGraph(workspace, specs, loaded)
    const isAsked = (about: 'api' | 'events' | 'system') =>
      !(options['api-only'] && about === 'events') && !(options['events-only'] && about === 'api')

    const changes = await findChanges(workspace, loaded, graph, options)
    const chosen = changes?.filter(
      (change) =>
        (change.verdict !== 'behaviour' || !options['breaking-changes-only']) &&
        isAbout(change, service) &&
        isAsked(change.where.startsWith('Event') ? 'events' : 'api'),
    )
    const findings: Finding[] = [
      ...opening.map((finding) => ({ ...finding })),
      ...(chosen ?? []).map(changeFinding).map(seen),
    ]
    const rules: Finding[] = []
    if (!options['breaking-changes-only']) {
      rules.push(
        ...[...loaded.findings, ...reading].filter((finding) => isInFolder(finding, workspace, service)),
      )
      for (const { finding, rule, service: owner } of checkContracts(graph))
        if (isAsked(rule.about) && (service === undefined || owner === service)) rules.push(finding)
      const scenarios = checkScenarios(workspace, specs, loaded)
        .filter((finding) => isInFolder(finding, workspace, service))
        .filter(({ code }) => isAsked(/-event/.test(code) ? 'events' : 'api'))
      rules.push(...scenarios)
      findings.push(...rules.map(seen))
    }
    function seen(finding: Finding): Finding {
      return seenFrom(cwd, workspace.root, finding)
    }

    return {
      data: { service, services: graph.services.map(serviceData), calls: graph.calls, changes: chosen },
      findings,
      text: () =>
        contractsSummary({
          graph,
          findings: rules,
          changes: chosen,
          service,
          isWhole: !options['breaking-changes-only'],
          about: options['api-only'] ? 'api' : options['events-only'] ? 'events' : 'all',
        }),
    }
  },
})

function checkService({ services }: Workspace, service: string): void {
  const names = services.map(({ name }) => name)
  if (names.includes(service)) return
  throw new CliError(
    'no-such-service',
    `There is no service "${service}" here.`,
    didYouMean(service, names) ?? `Services: ${names.join(', ') || 'none'}.`,
  )
}

async function findChanges(
  workspace: Workspace,
  now: Contracts,
  graph: Graph,
  options: { readonly 'breaking-changes-only': boolean; readonly 'compare-with': string | undefined },
): Promise<BreakingChange[] | undefined> {
  const revision = options['compare-with'] ?? (options['breaking-changes-only'] ? 'HEAD' : undefined)
  if (revision === undefined) return undefined
  const changes = compareContracts(await contractsAtRevision(workspace, revision), now, graph)
  // A contract that cannot be read now is no removal of all it held.
  const unreadable = new Set(now.findings.map(({ file }) => file))
  return changes.filter(({ file }) => !unreadable.has(file))
}

/** A service hears of changes it makes and of changes it suffers. */
function isAbout(change: BreakingChange, service: string | undefined): boolean {
  return service === undefined || change.service === service || change.consumers.includes(service)
}

function isInFolder({ file }: Finding, { services }: Workspace, service: string | undefined): boolean {
  const folder = services.find(({ name }) => name === service)?.path
  return folder === undefined || file?.startsWith(`${folder}/`) === true
}

function changeFinding({
  code,
  where,
  message,
  before,
  after,
  consumers,
  recommendation,
  verdict,
  file,
  line,
  ...change
}: BreakingChange): Finding {
  const hurt = consumers.length === 0 ? 'no known consumers' : `consumers affected: ${consumers.join(', ')}`
  const places = change.alsoAt.length === 0 ? where : `${where} and ${change.alsoAt.length} more`
  const example = 'witness' in change ? `; example: ${shortJson(change.witness)}` : ''
  // A field nobody is known to read is no reason to stop.
  const isSure = verdict === 'breaking' || (verdict === 'usage-loss' && consumers.length > 0)
  return {
    code:
      verdict === 'unproven'
        ? 'change-unproven'
        : `${verdict === 'behaviour' ? 'changed' : 'breaking'}-${code}`,
    severity: isSure ? 'error' : 'warning',
    message: `${places}: ${message} (before: ${before}; after: ${after}; ${hurt}${example})`,
    hint: `${recommendation}.`,
    file,
    line,
  }
}

function serviceData({ name, path, isImplemented, operations, publishes }: Graph['services'][number]) {
  return {
    name,
    path,
    isImplemented,
    operations: operations.map(({ method, path, operationId }) => ({ method, path, operationId })),
    publishes: publishes.map(({ eventType, version }) => ({ eventType, version })),
  }
}
