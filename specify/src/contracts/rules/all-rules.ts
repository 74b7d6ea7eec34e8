import type { Finding } from '@specwright/cli/finding.ts'
import { contractsAlone, type Graph } from '../graph.ts'
import type { Contracts } from '../model.ts'
import type { ContractRule, Problem } from './rule.ts'
import { callCycle } from './call-cycle.ts'
import { chainTooSlow } from './chain-too-slow.ts'
import { consumerNotImplemented } from './consumer-not-implemented.ts'
import { consumerNotListed } from './consumer-not-listed.ts'
import { fieldNotProvided, unservedVersion, useOfNothing } from './declared-use.ts'
import { documentShape } from './document-shape.ts'
import { duplicateOperationId } from './duplicate-operation-id.ts'
import { errorShape } from './error-shape.ts'
import { eventDescription } from './event-description.ts'
import { eventEnvelope } from './event-envelope.ts'
import { eventLoop } from './event-loop.ts'
import { eventName } from './event-name.ts'
import { eventOnlyAnnounced } from './event-only-announced.ts'
import { eventSchema } from './event-schema.ts'
import { eventTypeConstant } from './event-type-constant.ts'
import { eventWithoutPublisher } from './event-without-publisher.ts'
import { invalidSchema } from './invalid-schema.ts'
import { missingErrorResponse } from './missing-error-response.ts'
import { missingResponseDescription } from './missing-response-description.ts'
import { missingResponse } from './missing-response.ts'
import { missingSummary } from './missing-summary.ts'
import { missingUpstream } from './missing-upstream.ts'
import { orphanEvent } from './orphan-event.ts'
import { pathParameters } from './path-parameters.ts'
import { sameOperationTwice } from './same-operation-twice.ts'
import { twoPublishers } from './two-publishers.ts'
import { unknownCompatibility } from './unknown-compatibility.ts'
import { unknownConsumer } from './unknown-consumer.ts'
import { unresolvedRef } from './unresolved-ref.ts'
import { upstreamWithoutApi } from './upstream-without-api.ts'
import { versionedPath } from './versioned-path.ts'

/** Every rule of `specify validate-contracts`. A new one is a file and a line here. */
export const contractRules: readonly ContractRule[] = [
  callCycle,
  chainTooSlow,
  consumerNotImplemented,
  consumerNotListed,
  documentShape,
  duplicateOperationId,
  errorShape,
  eventDescription,
  eventEnvelope,
  eventLoop,
  eventName,
  eventOnlyAnnounced,
  eventSchema,
  eventTypeConstant,
  eventWithoutPublisher,
  fieldNotProvided,
  invalidSchema,
  missingErrorResponse,
  missingResponseDescription,
  missingResponse,
  missingSummary,
  missingUpstream,
  orphanEvent,
  pathParameters,
  sameOperationTwice,
  twoPublishers,
  unknownCompatibility,
  unknownConsumer,
  unresolvedRef,
  unservedVersion,
  upstreamWithoutApi,
  useOfNothing,
  versionedPath,
]

/** A finding and the service it belongs to. */
export type ContractFinding = {
  readonly finding: Finding
  readonly rule: ContractRule
  readonly service: string | undefined
}

/** What the rules of single files said before, and the contracts nothing is known of. */
export type KnownProblems = {
  readonly problems: ReadonlyMap<string, readonly Problem[]>
  readonly others: Pick<Contracts, 'apis' | 'eventFiles'>
}

export function checkContracts(
  graph: Graph,
  rules: readonly ContractRule[] = contractRules,
  known?: KnownProblems,
): ContractFinding[] {
  const others = known === undefined ? graph : contractsAlone(known.others)
  const found = rules.flatMap((rule) =>
    [
      ...(rule.scope === 'file' ? (known?.problems.get(rule.code) ?? []) : []),
      ...rule.check(rule.scope === 'file' ? others : graph),
    ].map((problem) => withRule(rule, problem)),
  )
  // What several contracts refer to is one file, and wrong once.
  const key = ({ finding: { code, file, line, message } }: ContractFinding) =>
    `${code} ${file}:${line} ${message}`
  return [...new Map(found.map((each) => [key(each), each])).values()]
}

/** What the rules of single files say, by their codes. */
export function fileProblems(contracts: Pick<Contracts, 'apis' | 'eventFiles'>): Record<string, Problem[]> {
  const graph = contractsAlone(contracts)
  const found = contractRules.flatMap((rule): [string, Problem[]][] => {
    const problems = rule.scope === 'file' ? [...rule.check(graph)] : []
    return problems.length === 0 ? [] : [[rule.code, problems]]
  })
  return Object.fromEntries(found)
}

function withRule(rule: ContractRule, { service, ...problem }: Problem): ContractFinding {
  return { finding: { code: rule.code, severity: rule.severity, ...problem }, rule, service }
}
