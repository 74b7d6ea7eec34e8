import { operationName } from '../model.ts'
import type { ContractRule } from './rule.ts'

export const sameOperationTwice: ContractRule = {
  code: 'duplicate-path',
  severity: 'error',
  about: 'api',
  scope: 'file',
  why: 'Two templates that match the same address leave it to chance which one answers.',
  example: { wrong: '/orders/{id} and /orders/{orderId}', right: 'one of them' },
  check: ({ apis }) =>
    apis.flatMap(({ operations }) =>
      [
        ...Map.groupBy(
          operations,
          ({ method, path }) => `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`,
        ).values(),
      ].flatMap(([first, ...rest]) =>
        rest.map((operation) => ({
          file: operation.source.file,
          line: operation.line,
          message: `${operationName(operation)} is the same address as ${operationName(first!)} (line ${first!.line}).`,
          service: operation.source.service,
        })),
      ),
    ),
}
