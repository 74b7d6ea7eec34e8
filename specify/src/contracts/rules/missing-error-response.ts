import { operationName } from '../model.ts'
import type { ContractRule } from './rule.ts'

export const missingErrorResponse: ContractRule = {
  code: 'operation-without-error',
  severity: 'warning',
  about: 'api',
  scope: 'file',
  why: 'A caller that knows only the good answer cannot handle the others.',
  example: { wrong: "responses: { '200': … }", right: "responses: { '200': …, '404': …, default: … }" },
  check: ({ operations }) =>
    operations
      .filter(
        ({ responses }) =>
          responses.length > 0 && !responses.some(({ status }) => /^[45]|^default$/.test(status)),
      )
      .map((operation) => ({
        file: operation.source.file,
        line: operation.line,
        message: `${operationName(operation)} declares no error answer (4xx, 5xx or default).`,
        hint: 'Declare the errors a caller must expect, or "default" with problem details.',
        service: operation.source.service,
      })),
}
