import { Buffer } from 'node:buffer'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildRequest, curlLine, type BuiltRequest, type ReadFile } from './build-request.ts'
import { checkAnswer, takeCaptures, type Failure } from './check-answer.ts'
import type { CookieJar } from './cookie-jar.ts'
import { NoAnswer, type HttpClient, type Outgoing } from './http-client.ts'
import type { Entry, Place } from './model.ts'
import { headersNamed, type Answer } from './queries.ts'
import { readOptions, type EntryOptions } from './read-options.ts'
import { EvaluationProblem } from './value.ts'
import type { Variables } from './render.ts'

/** What the entries of one scenario share, and nobody else sees. */
export type Session = {
  readonly variables: Variables
  readonly cookies: CookieJar
  /** Values that reports must not show. */
  readonly secrets: Set<string>
  readonly client: HttpClient
  readonly readFile: ReadFile
  readonly signal: AbortSignal
}

export type EntryResult = {
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly failures: readonly Failure[]
  /** The last request sent, as a line for a shell. */
  readonly curl: string | undefined
  readonly answer: Answer | undefined
}

/** Sends one request as Hurl does (options, retries, redirects, cookies) and checks its answer. */
export async function runEntry(entry: Entry, session: Session): Promise<EntryResult> {
  let options: EntryOptions
  try {
    options = readOptions(entry.request.options, session.variables)
  } catch (error) {
    return evaluationFailed(error, entry.request.at)
  }
  if (options.skip) return { outcome: 'skipped', failures: [], curl: undefined, answer: undefined }
  if (options.delayMs > 0) await sleep(options.delayMs, undefined, { signal: session.signal })
  let result = await attempt(entry, options, session)
  for (let retry = 0; result.outcome === 'failed' && (options.retry < 0 || retry < options.retry); retry++) {
    await sleep(options.retryIntervalMs, undefined, { signal: session.signal })
    result = await attempt(entry, options, session)
  }
  for (let run = 1; run < options.repeat && result.outcome === 'passed'; run++)
    result = await attempt(entry, options, session)
  return result
}

async function attempt(entry: Entry, options: EntryOptions, session: Session): Promise<EntryResult> {
  let built: BuiltRequest
  try {
    built = buildRequest(entry.request, session.variables, options, session.readFile)
  } catch (error) {
    return evaluationFailed(error, entry.request.at)
  }
  const curl = curlLine(withCookies(built, session.cookies))
  let answer: Answer
  try {
    answer = await exchange(built, options, session)
  } catch (error) {
    if (error instanceof EvaluationProblem) return evaluationFailed(error, entry.request.at)
    if (!(error instanceof NoAnswer)) throw error
    return failed([{ message: error.message, at: entry.request.at }], curl, undefined)
  }
  const { response } = entry
  if (response === undefined) return { outcome: 'passed', failures: [], curl, answer }
  const failures = checkAnswer(response, answer, session, () => takeCaptures(response, answer, session))
  return failures.length > 0 ? failed(failures, curl, answer) : { outcome: 'passed', failures, curl, answer }
}

/** One request and, with `location: true`, the redirects it leads to. */
async function exchange(built: BuiltRequest, options: EntryOptions, session: Session): Promise<Answer> {
  let next = built
  const redirects: { location: string }[] = []
  const tls = readTls(options, session)
  for (;;) {
    const { method, url, body } = next
    const { headers } = withCookieHeader(next, session.cookies)
    const connectTo = connectionFor(url, options)
    const incoming = await session.client.send({
      method,
      url,
      ...(next.path !== undefined && { path: next.path }),
      ...(connectTo !== undefined && { connectTo }),
      ...(tls !== undefined && { tls }),
      connectTimeoutMs: options.connectTimeoutMs,
      headers,
      body,
      timeoutMs: options.maxTimeMs,
      insecure: options.insecure,
    })
    session.cookies.store(url, headersNamed(incoming.headers, 'set-cookie'))
    const location = options.location ? redirectTarget(incoming.status, incoming.headers, url) : undefined
    if (location === undefined) return { ...incoming, url: url.href, redirects }
    if (redirects.length >= options.maxRedirects)
      throw new NoAnswer(`more than ${options.maxRedirects} redirects, the last one to ${location.href}`)
    redirects.push({ location: location.href })
    next = redirected(next, incoming.status, location, options)
  }
}

function connectionFor(url: URL, { unixSocket, connectTo }: EntryOptions): Outgoing['connectTo'] {
  if (unixSocket !== undefined) return { socketPath: unixSocket }
  if (connectTo.length === 0) return undefined
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const found = connectTo.find(({ from }) => from === `${url.hostname}:${port}`)
  return found && { host: found.host, port: found.port }
}

function readTls({ cacert, cert, key }: EntryOptions, { readFile }: Session): Outgoing['tls'] {
  if (cacert === undefined && cert === undefined && key === undefined) return undefined
  return {
    ...(cacert !== undefined && { ca: readFile(cacert) }),
    ...(cert !== undefined && { cert: readFile(cert) }),
    ...(key !== undefined && { key: readFile(key) }),
  }
}

function redirectTarget(status: number, headers: Answer['headers'], from: URL): URL | undefined {
  const location = headersNamed(headers, 'location')[0]
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined
}

/** 307 and 308 keep method and body; the others turn into a GET. Credentials stay with their host. */
function redirected(built: BuiltRequest, status: number, url: URL, options: EntryOptions): BuiltRequest {
  const keeps = status === 307 || status === 308 || built.method === 'HEAD'
  const trusted = options.locationTrusted || url.host === built.url.host
  const headers = built.headers.filter(
    ([name]) =>
      (trusted || name.toLowerCase() !== 'authorization') && (keeps || name.toLowerCase() !== 'content-type'),
  )
  const { path: _path, ...rest } = built
  return {
    ...rest,
    url,
    headers,
    method: keeps ? built.method : 'GET',
    body: keeps ? built.body : undefined,
  }
}

function withCookies(built: BuiltRequest, jar: CookieJar): BuiltRequest {
  return { ...built, cookies: [...jar.matching(built.url), ...built.cookies] }
}

function withCookieHeader(built: BuiltRequest, jar: CookieJar): { headers: BuiltRequest['headers'] } {
  const { cookies, headers } = withCookies(built, jar)
  if (cookies.length === 0) return { headers }
  return {
    headers: [...headers, ['Cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('; ')]],
  }
}

function failed(
  failures: readonly Failure[],
  curl: string | undefined,
  answer: Answer | undefined,
): EntryResult {
  return { outcome: 'failed', failures, curl, answer }
}

function evaluationFailed(error: unknown, at: Place): EntryResult {
  if (!(error instanceof EvaluationProblem)) throw error
  return failed([{ message: error.message, at }], undefined, undefined)
}

/** The start of an answer's body, for a report. */
export function bodyExcerpt({ body }: { readonly body: Buffer }, longest = 600): string {
  const text = body.toString('utf8').trim()
  return text.length > longest ? `${text.slice(0, longest)}… (${body.length} bytes)` : text
}
