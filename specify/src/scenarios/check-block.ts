import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Api, EventContract } from '../contracts/model.ts'
import type { Block } from '../spec/model.ts'
import { checkRequest } from './check-request.ts'
import { checkResponse } from './check-response.ts'
import { checkEventBlock } from './check-event.ts'
import { checkVariables } from './check-variables.ts'
import { parseConsoleBlock } from './console-block.ts'
import { excerpt } from './excerpt.ts'
import { describeTemplate, type Entry } from './hurl/model.ts'
import { parseHurl } from './hurl/parse.ts'
import { HOLE, matchOperation, splitUrl, type Match } from './match-operation.ts'
import { problem, type ScenarioProblem } from './problem.ts'

export type BlockContext = {
  /** Asked in turn: of the spec's own service, then all. */
  readonly apis: readonly (readonly Api[])[]
  readonly apisOf: (service: string) => readonly Api[]
  readonly events: ReadonlyMap<string, EventContract>
  /** Variables set so far in the scenario; grows with the block's captures. */
  readonly variables: Set<string>
}

/** Everything that can be said about a block without running it. */
export function checkBlock(block: Block, context: BlockContext): ScenarioProblem[] {
  switch (block.language) {
    case 'hurl':
      return checkHurlBlock(block, context)
    case 'event':
      return checkEventBlock(block, context.events)
    case 'console':
      return parseConsoleBlock(block.text, block.line).problems.map(({ message, line, hint }) =>
        problem('scenario-console-syntax', message, { line, column: block.column }, hint),
      )
  }
}

function checkHurlBlock(block: Block, context: BlockContext): ScenarioProblem[] {
  const { entries, problems } = parseHurl(block.text, block.line, block.column)
  const syntax = problems.map(({ code, message, at, hint }) =>
    problem(code, message + excerpt(block, at), at, hint),
  )
  if (entries.length === 0 && syntax.length === 0) {
    const hint = 'Write a request such as "GET {{baseUrl}}/health" and "HTTP 200".'
    return [
      problem(
        'scenario-empty-block',
        'this block holds no request',
        { line: block.line, column: block.column },
        hint,
      ),
    ]
  }
  return [
    ...syntax,
    // After a request that could not be read, captures are missing for no fault of the later ones.
    ...(syntax.length === 0 ? checkVariables(entries, context.variables) : []),
    ...entries.flatMap((entry) => checkEntry(entry, context)),
  ]
}

function checkEntry(entry: Entry, context: BlockContext): ScenarioProblem[] {
  const { request, response } = entry
  const problems: ScenarioProblem[] = []
  if (response === undefined)
    problems.push(
      problem(
        'scenario-without-status',
        'this request expects nothing of its answer',
        request.at,
        'Add a line such as "HTTP 200" below it.',
        'warning',
      ),
    )
  const url = splitUrl(request.url)
  const named = url.origin === undefined ? [] : context.apisOf(url.origin)
  const match =
    url.path === undefined
      ? undefined
      : firstMatch(named.length > 0 ? [named] : context.apis, request.method, url.path)
  if (match === undefined) return problems
  switch (match.outcome) {
    case 'found': {
      if (!isMeantToFail(entry))
        problems.push(...checkRequest(request, match.operation, { url, pathValues: match.pathValues }))
      if (response !== undefined) problems.push(...checkResponse(response, match.operation))
      return problems
    }
    case 'other-method':
      return expectsStatus(entry, 405, 404) ? problems : [...problems, otherMethod(entry, match)]
    case 'none':
      return expectsStatus(entry, 404)
        ? problems
        : [...problems, unknownPath(entry, url.path ?? '', match.suggestion)]
  }
}

/** The first group that has the operation decides, else what the last one lacks; undefined without any contract. */
function firstMatch(groups: readonly (readonly Api[])[], method: string, path: string): Match | undefined {
  let match: Match | undefined
  for (const apis of groups) {
    if (apis.length === 0) continue
    match = matchOperation(apis, method, path)
    if (match.outcome === 'found') return match
  }
  return match
}

/** Requests that expect a 4xx are wrong on purpose; `HTTP *` says nothing, so they get the benefit of the doubt. */
function isMeantToFail({ response }: Entry): boolean {
  const status = response === undefined ? 200 : response.status
  return status === undefined || (status >= 400 && status < 500)
}

function expectsStatus({ response }: Entry, ...statuses: number[]): boolean {
  return response?.status !== undefined && statuses.includes(response.status)
}

function otherMethod(
  { request }: Entry,
  match: { methods: readonly string[]; path: string },
): ScenarioProblem {
  return problem(
    'scenario-unknown-method',
    `the contract has ${match.methods.join(', ')} for ${match.path}, not ${request.method}`,
    request.at,
    didYouMean(request.method, match.methods),
  )
}

function unknownPath({ request }: Entry, path: string, suggestion: string | undefined): ScenarioProblem {
  const shown = describePath(path, describeTemplate(request.url))
  return problem(
    'scenario-unknown-path',
    `no contract has an operation ${request.method} ${shown}`,
    request.url.at,
    suggestion === undefined ? 'Add it to api-spec.yaml, or mend the path.' : `Did you mean "${suggestion}"?`,
  )
}

/** With the variables' names where the path has holes. */
function describePath(path: string, url: string): string {
  if (!path.includes(HOLE)) return path
  const withoutOrigin = url.replace(/^(https?:\/\/[^/?#]*|\{\{[^}]*\}\})/i, '')
  return withoutOrigin.split(/[?#]/)[0] ?? path
}
