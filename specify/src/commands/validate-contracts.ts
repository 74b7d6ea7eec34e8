import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { readAcknowledgements } from '../contracts/acknowledgements.ts'
import type { BreakingChange } from '../contracts/breaking-change.ts'
import { filesAtRevision } from '../contracts/contracts-at-revision.ts'
import { changeFindings, unusedAcknowledgements, versionFindings } from '../contracts/change-findings.ts'
import { contractsSummary } from '../contracts/contracts-summary.ts'
import { asOf, contractFilesOf, filesAlone, readFrom } from '../contracts/files-alone.ts'
import { findChanges, modeOption } from '../contracts/find-changes.ts'
import { buildGraph, type Graph } from '../contracts/graph.ts'
import { loadContractFiles, loadContracts } from '../contracts/load-contracts.ts'
import { readUses } from '../contracts/read-uses.ts'
import type { KnownProblems } from '../contracts/rules/all-rules.ts'
import type { RememberedContract } from '../contracts/remembered-contracts.ts'
import { openCache, type Cache } from '../cache/open-cache.ts'
import type { Contracts } from '../contracts/model.ts'
import type { Spec } from '../spec/model.ts'
import type { Workspace } from '../workspace/model.ts'
import { openWorkspace, seenFrom } from '../workspace/open-workspace.ts'
import { pathInside } from '../workspace/paths.ts'

export const validateContracts = command({
  name: 'validate-contracts',
  summary: 'Check API and event contracts, what services ask of each other, and the scenarios against them',
  description: `Reads the contracts of every service: OpenAPI 3.0 to 3.2 and Swagger 2, AsyncAPI 2 and 3, lists of events, JSON Schema
and Avro, as files or in the fences of Markdown, and what the specs say about upstream services and consumed events.
References are followed through the files of the workspace; nothing is fetched. Checks each contract, the whole they
form (missing consumers and publishers, calls in a ring), and every hurl and event block of the specs against them.
Rules: docs/contract-rules.md. With files as arguments, only these are looked at, and no workspace is needed.

With --compare-with the contracts are compared with those of a git revision, or the one file with another file;
--breaking-changes-only does just that, with HEAD unless told otherwise. Schemas are compared by the values they allow:
a break is shown by an example that two validators have judged, no finding means that none exists, and what cannot be
decided is a warning. Who is hurt is known from the specs' tables, "consumers" of events, contracts/uses.yaml, Pact
files, recorded calls (HAR) and code that calls generated clients: docs/contracts.md.`,
  args: '[file or folder…]',
  options: {
    service: { type: 'string', placeholder: 'name', summary: 'Report only what concerns this service' },
    'api-only': { type: 'boolean', summary: 'Only APIs, and the scenarios held against them' },
    'events-only': { type: 'boolean', summary: 'Only events' },
    'breaking-changes-only': { type: 'boolean', summary: 'Only changes that break consumers' },
    'compare-with': {
      type: 'string',
      placeholder: 'revision or file',
      summary: 'The git revision to compare with, or for one file the file it was',
    },
    compatibility: {
      type: 'string',
      placeholder: 'mode',
      summary:
        'The promise of events that name none: NONE, BACKWARD, FORWARD or FULL, the last three also with _TRANSITIVE; FORWARD unless the config says otherwise',
    },
    strict: { type: 'boolean', summary: 'Senders may send all the schema does not forbid' },
    'ignore-usage': { type: 'boolean', summary: 'Take every consumer to use everything' },
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
    {
      run: 'specify validate-contracts new.yaml --compare-with=old.yaml',
      does: 'Compare two files, wherever they are',
    },
  ],

  async run({ args, options, cwd }) {
    const { service } = options
    if (options['api-only'] && options['events-only'])
      throw new CliError('conflicting-options', '--api-only and --events-only exclude each other.')
    const compareWith = options['compare-with']
    const isAlone = args.length > 0
    const isFile = compareWith !== undefined && isAlone && existsSync(resolve(cwd, compareWith))
    const files = contractFilesOf(cwd, args)
    const oldFiles = isFile ? contractFilesOf(cwd, [compareWith]) : []
    const opened = isAlone ? filesAlone(cwd, [...files, ...oldFiles]) : await openWorkspace(cwd)
    const { workspace, findings: opening } = opened
    if (service !== undefined) checkService(workspace, service)
    const { contracts: settings } = workspace.config
    const mode = modeOption(options.compatibility ?? settings?.compatibility ?? 'FORWARD')
    const read = (file: string) => readFrom(workspace, file)
    const named = (path: string) => pathInside(cwd, workspace.root, path)
    const revision = compareWith ?? (options['breaking-changes-only'] ? 'HEAD' : undefined)
    const keep = !isAlone && workspace.config.cache !== false
    const caches = {
      contracts: openCache<RememberedContract>(workspace.root, 'contracts', { keep }),
      specs: openCache<Spec>(workspace.root, 'specs', { keep }),
    }
    // A comparison looks into every contract: then there is nothing to gain by outlines.
    const remembered =
      isAlone || revision !== undefined ? undefined : await loadAsRemembered(workspace, caches.contracts)
    const loaded =
      remembered?.contracts ??
      (isAlone ? await loadContractFiles(files.map(named), read) : await loadContracts(workspace))
    const before = isFile
      ? await loadContractFiles(oldFiles.map(named), read)
      : isAlone && revision !== undefined
        ? await filesAtRevision(workspace.root, files.map(named), revision)
        : undefined
    const { specs, findings: reading } = await readSpecsOf(workspace, caches.specs)
    const declared = await readUses(workspace, loaded, read)
    const graph = buildGraph(workspace, specs, loaded, options['ignore-usage'] ? [] : declared.uses)
    const acknowledged = await readAcknowledgements(workspace, read)
    reading.push(...declared.findings, ...acknowledged.findings)
    const isAsked = (about: 'api' | 'events' | 'system') =>
      !(options['api-only'] && about === 'events') && !(options['events-only'] && about === 'api')

    const found = await findChanges(workspace, loaded, graph, {
      revision,
      before: before && asOf(before, loaded),
      isStrict: options.strict || settings?.strict === true,
      mode,
    })
    const chosen = found?.changes.filter(
      (change) =>
        (!isMinor(change) || !options['breaking-changes-only']) &&
        isAbout(change, service) &&
        isAsked(change.where.startsWith('Event') ? 'events' : 'api'),
    )
    const changes = chosen ?? []
    const findings: Finding[] = [
      ...opening.map((finding) => ({ ...finding })),
      ...(before?.findings ?? []).map(seen),
      ...changeFindings(changes, acknowledged.acknowledgements, new Date()).map(seen),
      ...(found === undefined
        ? []
        : unusedAcknowledgements(found.changes, acknowledged.acknowledgements)
      ).map(seen),
      ...(options['breaking-changes-only'] ? [] : versionFindings(found?.versions ?? [])).map(seen),
    ]
    const rules: Finding[] = []
    if (!options['breaking-changes-only']) {
      const { checkContracts, contractRules } = await import('../contracts/rules/all-rules.ts')
      rules.push(
        ...[...loaded.findings, ...reading].filter((finding) => isInFolder(finding, workspace, service)),
      )
      for (const { finding, rule, service: owner } of checkContracts(graph, contractRules, remembered?.known))
        if (isAsked(rule.about) && (service === undefined || owner === service)) rules.push(finding)
      const scenarios = (await scenarioFindings(workspace, specs, loaded))
        .filter((finding) => isInFolder(finding, workspace, service))
        .filter(({ code }) => isAsked(/-event/.test(code) ? 'events' : 'api'))
      rules.push(...scenarios)
      findings.push(...rules.map(seen))
    }
    for (const cache of Object.values(caches)) cache.save({ prune: true })
    function seen(finding: Finding): Finding {
      return seenFrom(cwd, workspace.root, finding)
    }

    return {
      data: {
        service,
        services: graph.services.map(serviceData),
        calls: graph.calls,
        changes: chosen,
        versions: found?.versions.map(({ file: _f, line: _l, ...step }) => step),
        deploy: found?.deploy,
      },
      findings,
      text: () =>
        contractsSummary({
          graph,
          findings: rules,
          changes: chosen,
          deploy: found?.deploy,
          service,
          isWhole: !options['breaking-changes-only'],
          about: options['api-only'] ? 'api' : options['events-only'] ? 'events' : 'all',
        }),
    }
  },
})

// The rules, Markdown and the scenarios take longer to load than two small contracts take to compare.

async function loadAsRemembered(
  workspace: Workspace,
  cache: Cache<RememberedContract>,
): Promise<{ contracts: Contracts; known: KnownProblems }> {
  const { loadRemembered } = await import('../contracts/remembered-contracts.ts')
  return await loadRemembered(workspace, cache)
}

async function readSpecsOf(
  workspace: Workspace,
  cache: Cache<Spec>,
): Promise<{ specs: Spec[]; findings: Finding[] }> {
  if (workspace.features.length === 0) return { specs: [], findings: [] }
  const { readSpecs } = await import('../scenarios/read-specs.ts')
  return await readSpecs(workspace, workspace.features, cache)
}

async function scenarioFindings(
  workspace: Workspace,
  specs: readonly Spec[],
  contracts: Contracts,
): Promise<readonly Finding[]> {
  const hasBlocks = specs.some(({ stories }) =>
    stories.some(({ scenarios }) => scenarios.some(({ blocks }) => blocks.length > 0)),
  )
  if (!hasBlocks) return []
  const { checkScenarios } = await import('../scenarios/check-scenarios.ts')
  return checkScenarios(workspace, specs, contracts)
}

/** Of no interest where only breaks are asked for. */
function isMinor({ verdict }: BreakingChange): boolean {
  return verdict === 'behaviour' || verdict === 'source' || verdict === 'policy'
}

function checkService({ services }: Workspace, service: string): void {
  const names = services.map(({ name }) => name)
  if (names.includes(service)) return
  throw new CliError(
    'no-such-service',
    `There is no service "${service}" here.`,
    didYouMean(service, names) ?? `Services: ${names.join(', ') || 'none'}.`,
  )
}

/** A service hears of changes it makes and of changes it suffers. */
function isAbout(change: BreakingChange, service: string | undefined): boolean {
  return service === undefined || change.service === service || change.consumers.includes(service)
}

function isInFolder({ file }: Finding, { services }: Workspace, service: string | undefined): boolean {
  const folder = services.find(({ name }) => name === service)?.path
  return folder === undefined || file?.startsWith(`${folder}/`) === true
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
