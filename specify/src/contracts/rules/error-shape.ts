import { operationName } from '../model.ts'
import type { ContractRule } from './rule.ts'

export const errorShape: ContractRule = {
  code: 'error-not-problem-json',
  severity: 'warning',
  about: 'api',
  scope: 'file',
  why: 'One shape of errors for all services (RFC 9457, problem details) lets clients handle them in one place.',
  example: {
    wrong: "'404': { content: { application/json: … } }",
    right: "'404': { content: { application/problem+json: … } }",
  },
  check: ({ operations }) =>
    operations.flatMap((operation) =>
      operation.responses
        .filter(({ status, content }) => /^[45]|^default$/.test(status) && content.length > 0)
        .filter(({ content }) => !content.some(({ type }) => /^application\/problem\+json\b/i.test(type)))
        .map(({ status, content, line }) => ({
          file: operation.source.file,
          line,
          message: `The error ${status} of ${operationName(operation)} is ${content.map(({ type }) => type).join(', ')}, not application/problem+json.`,
          hint: 'Describe errors as problem details (RFC 9457).',
          service: operation.source.service,
        })),
    ),
}
