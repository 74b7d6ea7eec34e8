import { operationName } from '../model.ts'
import type { ContractRule } from './rule.ts'
import type { Problem } from './rule.ts'
import type { Operation } from '../model.ts'

export const pathParameters: ContractRule = {
  code: 'path-parameter-mismatch',
  severity: 'error',
  about: 'api',
  scope: 'file',
  why: 'A name in braces without a declared parameter, or the reverse, cannot be filled in by a client.',
  example: {
    wrong: '/orders/{id} with parameter orderId',
    right: '/orders/{orderId} with parameter orderId',
  },
  check: ({ operations }) => operations.flatMap(problemsOf),
}

function problemsOf(operation: Operation): Problem[] {
  const { path, parameters, source, line } = operation
  const inPath = new Set([...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!))
  const declared = parameters.filter((parameter) => parameter.in === 'path')
  const missing = [...inPath].filter((name) => !declared.some((parameter) => parameter.name === name))
  const extra = declared.filter(({ name }) => !inPath.has(name))
  const place = { file: source.file, service: source.service }
  return [
    ...missing.map((name) => ({
      ...place,
      line,
      message: `${operationName(operation)} declares no path parameter "${name}".`,
      hint: `Add { name: ${name}, in: path, required: true, schema: … } to its parameters.`,
    })),
    ...extra.map((parameter) => ({
      ...place,
      line: parameter.line,
      message: `${operationName(operation)} has no {${parameter.name}} in its path.`,
    })),
  ]
}
