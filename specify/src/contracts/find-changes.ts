import { CliError } from '@specwright/cli/cli-error.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Workspace } from '../workspace/model.ts'
import { comparisons, type BreakingChange } from './breaking-change.ts'
import { compareContracts } from './compare-contracts.ts'
import { compareRevisions } from './compare-events.ts'
import { contractsAtRevision, contractsOfReleases } from './contracts-at-revision.ts'
import { isTransitive, modeOf, MODES, type Mode } from './event-modes.ts'
import type { Graph } from './graph.ts'
import type { Contracts } from './model.ts'
import { deployOrder, versionSteps, type DeployOrder, type VersionStep } from './version-step.ts'

export type ChangeOptions = {
  readonly revision: string | undefined
  /** Instead of a revision: what was there before. */
  readonly before?: Contracts | undefined
  readonly isStrict: boolean
  readonly mode: Mode
}

/** Which side of a service's contracts goes first. */
export type Deployment = {
  readonly service: string
  readonly order: DeployOrder
  readonly consumers: readonly string[]
}

export type FoundChanges = {
  readonly changes: readonly BreakingChange[]
  readonly versions: readonly VersionStep[]
  readonly deploy: readonly Deployment[]
}

/** Throws CliError `no-such-mode`. */
export function modeOption(text: string): Mode {
  const mode = modeOf(text)
  if (mode !== undefined) return mode
  const hint = didYouMean(text.toUpperCase(), MODES) ?? `Modes: ${MODES.join(', ')}.`
  throw new CliError('no-such-mode', `"${text}" is no compatibility mode.`, hint)
}

/** What changed since a revision; undefined when nothing is to be compared. */
export async function findChanges(
  workspace: Workspace,
  now: Contracts,
  graph: Graph,
  { revision, before: given, isStrict, mode }: ChangeOptions,
): Promise<FoundChanges | undefined> {
  const beside = compareRevisions(now, graph, comparisons(isStrict), mode)
  const before =
    given ?? (revision === undefined ? undefined : await contractsAtRevision(workspace, revision))
  if (before === undefined)
    return beside.length === 0 ? undefined : { changes: beside, versions: [], deploy: [] }
  const history = needsHistory(now, mode) && given === undefined ? await contractsOfReleases(workspace) : []
  // A contract that cannot be read now is no removal of all it held.
  const unreadable = new Set(now.findings.map(({ file }) => file))
  const changes = [...compareContracts(before, now, graph, { isStrict, mode, history }), ...beside].filter(
    ({ file }) => !unreadable.has(file),
  )
  return {
    changes,
    versions: versionSteps(before, now, changes),
    deploy: deployments(before, now, graph, changes, { isStrict, mode }),
  }
}

function needsHistory({ eventFiles }: Contracts, mode: Mode): boolean {
  const modes = eventFiles.flatMap(({ events }) =>
    events.map(({ compatibility }) => modeOf(compatibility ?? '') ?? mode),
  )
  return modes.some(isTransitive)
}

const MOST_OPERATIONS = 300

/** The other way round, for the services something happened to: how do new clients get on with the old server? */
function deployments(
  before: Contracts,
  now: Contracts,
  graph: Graph,
  changes: readonly BreakingChange[],
  policy: { readonly isStrict: boolean; readonly mode: Mode },
): Deployment[] {
  const services = [
    ...new Set(changes.flatMap(({ service }) => (service === undefined ? [] : [service]))),
  ].sort()
  return services.flatMap((service): Deployment[] => {
    const [old, current] = [before, now].map((contracts) => ofService(contracts, service)) as [
      Contracts,
      Contracts,
    ]
    // Twice the work for a hint: not for documents of thousands of operations.
    if (current.apis.reduce((sum, { operations }) => sum + operations.length, 0) > MOST_OPERATIONS) return []
    const own = changes.filter((change) => change.service === service)
    const order = deployOrder(own, compareContracts(current, old, graph, policy))
    return [{ service, order, consumers: [...new Set(own.flatMap(({ consumers }) => consumers))].sort() }]
  })
}

function ofService({ apis, eventFiles }: Contracts, service: string): Contracts {
  const isOwn = ({ source }: { readonly source: { readonly service: string | undefined } }) =>
    source.service === service
  return { apis: apis.filter(isOwn), eventFiles: eventFiles.filter(isOwn), findings: [] }
}
