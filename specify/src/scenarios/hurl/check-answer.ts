import { Buffer } from 'node:buffer'
import type { ReadFile } from './build-request.ts'
import { jsonDifferences } from './json-diff.ts'
import type { Body, Place, Response } from './model.ts'
import { checkPredicate } from './predicates.ts'
import { bodyText, headersNamed, jsonBody, runQuery, type Answer } from './queries.ts'
import { evaluateLiteral, renderJson, renderTemplate, type Variables } from './render.ts'
import { describeValue, EvaluationProblem, readJson, type HurlValue } from './value.ts'

export type Failure = {
  readonly message: string
  readonly at: Place
  readonly expected?: string
  readonly actual?: string
}

/**
 * What an answer fails of what was expected, in Hurl's order: version and status, then captures (`capture`), headers,
 * asserts, body. A wrong status ends it: the rest would only repeat it.
 */
export function checkAnswer(
  response: Response,
  answer: Answer,
  session: Expectations,
  capture: () => Failure[],
): Failure[] {
  const { version, status, at } = response
  const { variables } = session
  if (version !== 'HTTP' && version !== answer.version)
    return [{ message: 'the HTTP version differs', at, expected: version, actual: answer.version }]
  if (status !== undefined && status !== answer.status)
    return [{ message: 'the status differs', at, expected: String(status), actual: String(answer.status) }]
  const captured = capture()
  if (captured.length > 0) return captured
  return [
    ...checkHeaders(response, answer, variables),
    ...checkAsserts(response, answer, session),
    ...(response.body === undefined
      ? []
      : tried(response.body.at, () => checkBody(response.body!, answer, session))),
  ]
}

type Expectations = { readonly variables: Variables; readonly readFile: ReadFile }

/** Puts captures into the session's variables; a capture without a value is a failure. */
export function takeCaptures(
  { captures }: Response,
  answer: Answer,
  { variables, secrets }: { readonly variables: Variables; readonly secrets: Set<string> },
): Failure[] {
  return captures.flatMap(({ name, query, redact, at }) =>
    tried(at, () => {
      const variable = renderTemplate(name, variables)
      const value = runQuery(query, answer, variables)
      if (value === undefined) return [{ message: `nothing to capture: ${query.source}`, at }]
      variables.set(variable, value)
      if (redact && typeof value === 'string') secrets.add(value)
      return []
    }),
  )
}

function checkHeaders({ headers }: Response, answer: Answer, variables: Variables): Failure[] {
  return headers.flatMap(({ name, value, at }) =>
    tried(at, () => {
      const [header, expected] = [renderTemplate(name, variables), renderTemplate(value, variables)]
      const received = headersNamed(answer.headers, header)
      if (received.includes(expected)) return []
      return [
        {
          message: `the header ${header} differs`,
          at,
          expected,
          actual: received.join(' | ') || 'no such header',
        },
      ]
    }),
  )
}

function checkAsserts({ asserts }: Response, answer: Answer, session: Expectations): Failure[] {
  const { variables, readFile } = session
  return asserts.flatMap(({ query, predicate, source, at }) =>
    tried(at, () => {
      const { value } = predicate
      const argument =
        value?.kind === 'file'
          ? readFile(renderTemplate(value.file, variables))
          : value && evaluateLiteral(value, variables)
      const verdict = checkPredicate(predicate, runQuery(query, answer, variables), argument)
      if (verdict.holds) return []
      return [{ message: source, at, expected: verdict.expected, actual: verdict.actual }]
    }),
  )
}

function checkBody(body: Body, answer: Answer, { variables, readFile }: Expectations): Failure[] {
  const { at } = body
  switch (body.kind) {
    case 'json': {
      const expected = readJson(renderJson(body.source, variables))
      return jsonDifferences(expected, jsonBody(answer) as HurlValue).map(({ path, ...sides }) => ({
        message: `the body differs at ${path}`,
        at,
        ...sides,
      }))
    }
    case 'text': {
      const expected = renderTemplate(body.text, variables)
      const actual = bodyText(answer)
      if (body.language === 'json') return checkJsonText(expected, answer, at)
      if (expected === actual) return []
      return [
        { message: 'the body differs', at, expected: describeValue(expected), actual: describeValue(actual) },
      ]
    }
    case 'bytes':
      return compareBytes(body.bytes, answer, at)
    case 'file':
      return compareBytes(readFile(renderTemplate(body.file, variables)), answer, at)
  }
}

function compareBytes(expected: Uint8Array, { body }: Answer, at: Place): Failure[] {
  if (Buffer.from(expected).equals(body)) return []
  return [{ message: 'the body differs', at, expected: describeValue(expected), actual: describeValue(body) }]
}

function checkJsonText(text: string, answer: Answer, at: Place): Failure[] {
  let expected: HurlValue
  try {
    expected = readJson(text)
  } catch {
    throw new EvaluationProblem('the expected body is not JSON')
  }
  return jsonDifferences(expected, jsonBody(answer) as HurlValue).map(({ path, ...sides }) => ({
    message: `the body differs at ${path}`,
    at,
    ...sides,
  }))
}

function tried(at: Place, check: () => Failure[]): Failure[] {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof EvaluationProblem)) throw error
    return [{ message: error.message, at }]
  }
}
