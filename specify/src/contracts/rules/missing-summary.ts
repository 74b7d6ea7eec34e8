import { operationName } from '../model.ts'
import type { ContractRule } from './rule.ts'

export const missingSummary: ContractRule = {
  code: 'operation-without-summary',
  severity: 'warning',
  about: 'api',
  scope: 'file',
  why: 'The catalog and every reader name an operation by its summary.',
  example: {
    wrong: 'get: { operationId: listOrders }',
    right: 'get: { operationId: listOrders, summary: List orders }',
  },
  check: ({ operations }) =>
    operations
      .filter(({ summary, description }) => summary === undefined && description === undefined)
      .map((operation) => ({
        file: operation.source.file,
        line: operation.line,
        message: `${operationName(operation)} has neither summary nor description.`,
        hint: 'Add summary: what a caller gets from it, in a few words.',
        service: operation.source.service,
      })),
}
