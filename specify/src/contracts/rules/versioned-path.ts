import { operationName, type Api } from '../model.ts'
import type { ContractRule, Problem } from './rule.ts'

export const versionedPath: ContractRule = {
  code: 'path-without-version',
  severity: 'warning',
  about: 'api',
  scope: 'file',
  why: 'Without a version in the path a breaking change has nowhere to go.',
  example: { wrong: '/orders', right: '/api/v1/orders' },
  check: ({ apis }) => apis.flatMap(problemsOf),
}

// Asked by machines rather than clients of the API, at addresses that tools expect.
const OPERATIONAL =
  /^\/($|(health|healthz|live|livez|ready|readyz|metrics|version|openapi|docs|\.well-known)(\/|\.|$))/

function problemsOf({ source, operations, basePaths }: Api): Problem[] {
  if (basePaths.every((base) => /\/v\d+(\/|$)/.test(base))) return []
  return operations
    .filter(({ path }) => !/\/v\d+(\/|$)/.test(path) && !OPERATIONAL.test(path))
    .map((operation) => ({
      file: source.file,
      line: operation.line,
      message: `The path of ${operationName(operation)} has no version.`,
      hint: `Use /api/v1${operation.path}.`,
      service: source.service,
    }))
}
