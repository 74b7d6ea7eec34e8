import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Api } from '../model.ts'
import type { ContractRule, Problem } from './rule.ts'

export const documentShape: ContractRule = {
  code: 'openapi-shape',
  severity: 'error',
  about: 'api',
  scope: 'file',
  why: 'Tools read an incomplete OpenAPI document each in their own way.',
  example: { wrong: 'paths: { orders: … }', right: 'paths: { /orders: … }' },
  check: ({ apis }) => apis.flatMap(problemsOf),
}

function problemsOf({ source }: Api): Problem[] {
  const root = source.root as Record<string, unknown>
  const problems: Problem[] = []
  const report = (pointer: string, message: string, hint?: string) =>
    problems.push({ file: source.file, line: source.lineOf(pointer), message, hint, service: source.service })
  const info = root['info']
  if (!isRecord(info)) report('', 'The document has no "info".', 'Add info: { title: …, version: v1 }.')
  else
    for (const name of ['title', 'version'])
      if (typeof info[name] !== 'string') report('/info', `"info" has no "${name}".`)
  const paths = root['paths']
  if (!isRecord(paths)) {
    // OpenAPI 3.1 allows a document of components or webhooks only.
    if (!isRecord(root['components']) && !isRecord(root['webhooks']))
      report('', 'The document has no "paths".')
    return problems
  }
  for (const [path, item] of Object.entries(paths)) {
    const pointer = `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!path.startsWith('/') && !path.startsWith('x-'))
      report(pointer, `The path "${path}" does not begin with "/".`)
    if (isRecord(item))
      for (const key of Object.keys(item))
        if (!PATH_KEYS.test(key))
          report(
            `${pointer}/${key}`,
            `"${key}" is not an HTTP method.`,
            'Methods are written small: get, post, …',
          )
  }
  return problems
}

const PATH_KEYS =
  /^(get|put|post|delete|options|head|patch|trace|query|parameters|servers|summary|description|\$ref|additionalOperations|x-.*)$/
