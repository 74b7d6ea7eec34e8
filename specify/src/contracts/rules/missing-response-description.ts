import { operationName } from '../model.ts'
import type { ContractRule } from './rule.ts'

export const missingResponseDescription: ContractRule = {
  code: 'response-without-description',
  severity: 'warning',
  about: 'api',
  scope: 'file',
  why: 'OpenAPI asks for a description of every answer; without it a status is only a number.',
  example: { wrong: "'404': {}", right: "'404': { description: No such order }" },
  check: ({ operations }) =>
    operations.flatMap((operation) =>
      operation.responses
        .filter(({ description }) => description === undefined)
        .map(({ status, line }) => ({
          file: operation.source.file,
          line,
          message: `The answer ${status} of ${operationName(operation)} has no description.`,
          service: operation.source.service,
        })),
    ),
}
