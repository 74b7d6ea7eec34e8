import { operationName } from '../model.ts'
import type { ContractRule } from './rule.ts'

export const duplicateOperationId: ContractRule = {
  code: 'duplicate-operation-id',
  severity: 'error',
  about: 'api',
  scope: 'file',
  why: 'Generated clients name their functions by operationId; the second one overwrites the first.',
  example: { wrong: 'operationId: get, twice', right: 'operationId: getOrder and operationId: getCart' },
  check: ({ apis }) =>
    apis.flatMap(({ operations }) =>
      [...Map.groupBy(operations, ({ operationId }) => operationId)].flatMap(
        ([operationId, [first, ...rest]]) =>
          operationId === undefined
            ? []
            : rest.map((operation) => ({
                file: operation.source.file,
                line: operation.line,
                message: `operationId "${operationId}" of ${operationName(operation)} is taken by ${operationName(first!)} (line ${first!.line}).`,
                service: operation.source.service,
              })),
      ),
    ),
}
