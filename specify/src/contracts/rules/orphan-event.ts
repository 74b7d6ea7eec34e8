import { consumersOf } from '../graph.ts'
import type { ContractRule } from './rule.ts'

export const orphanEvent: ContractRule = {
  code: 'orphan-event',
  severity: 'info',
  about: 'events',
  why: 'An event nobody consumes costs upkeep without use; often a consumer forgot to say so.',
  example: { wrong: '"consumers": []', right: '"consumers": ["notification-service"]' },
  check: (graph) =>
    graph.events
      .filter(
        ({ eventType, source }) => source.service !== undefined && consumersOf(graph, eventType).length === 0,
      )
      .map(({ eventType, source, line }) => ({
        file: source.file,
        line,
        message: `Nobody consumes ${eventType}.`,
        hint: 'List its consumers, or stop publishing it.',
        service: source.service,
      })),
}
