import { operationName } from '../model.ts'
import type { ContractRule } from './rule.ts'

export const missingResponse: ContractRule = {
  code: 'operation-without-response',
  severity: 'error',
  about: 'api',
  scope: 'file',
  why: 'An operation that declares no answer promises nothing, so nothing can be checked against it.',
  example: {
    wrong: 'get: { summary: List orders }',
    right: "get: { summary: List orders, responses: { '200': … } }",
  },
  check: ({ operations }) =>
    operations
      .filter(({ responses }) => responses.length === 0)
      .map((operation) => ({
        file: operation.source.file,
        line: operation.line,
        message: `${operationName(operation)} declares no responses.`,
        hint: "Declare what comes back: '200' with its schema, '4XX' with problem details.",
        service: operation.source.service,
      })),
}
