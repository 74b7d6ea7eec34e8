import { Agent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { Transform, type Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

export type Outgoing = {
  readonly url: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  /** Absent for methods without a body. */
  readonly body: Readable | undefined
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal
}

export type Outcome =
  | { readonly outcome: 'answered'; readonly response: IncomingMessage }
  | { readonly outcome: 'unreachable' | 'too-large' | 'timeout' | 'abandoned' }

export type ForwardLimits = { readonly timeoutMs: number; readonly bodyLimitBytes: number }

const agent = new Agent({ keepAlive: true, maxSockets: 256 })
const RETRY_PAUSE_MS = 50
// RFC 9110 §7.6.1: these speak about one connection, not about the message.
const HOP_BY_HOP = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** Sends the request on and resolves when the answer's headers are here. Repeats a GET once if the connection breaks. */
export async function forward(outgoing: Outgoing, limits: ForwardLimits): Promise<Outcome> {
  const first = await send(outgoing, limits)
  if (first.outcome !== 'unreachable' || outgoing.method !== 'GET') return first
  await sleep(RETRY_PAUSE_MS)
  return await send(outgoing, limits)
}

/** Headers without those that belong to one connection. */
export function endToEnd(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase())
  const dropped = new Set([...HOP_BY_HOP, ...named])
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || dropped.has(name) ? [] : [[name, value]],
    ),
  )
}

function send({ url, method, headers, body, signal }: Outgoing, limits: ForwardLimits): Promise<Outcome> {
  return new Promise((resolve) => {
    let failure: Exclude<Outcome['outcome'], 'answered'> = 'unreachable'
    const { host: _host, ...passed } = endToEnd(headers)
    // A length without its body would leave the service waiting for it.
    if (!body) delete passed['content-length']
    const upstream = httpRequest(url, { agent, method, headers: passed, signal })
    const fail = (outcome: typeof failure) => {
      failure = outcome
      upstream.destroy()
    }
    const timer = setTimeout(() => fail('timeout'), limits.timeoutMs)
    upstream.on('response', (response) => {
      clearTimeout(timer)
      // Between two pieces of an answer, a service may be silent for as long as before its first.
      response.setTimeout(limits.timeoutMs, () => response.destroy())
      resolve({ outcome: 'answered', response })
    })
    upstream.on('error', () => resolve({ outcome: signal.aborted ? 'abandoned' : failure }))
    upstream.on('close', () => {
      clearTimeout(timer)
      resolve({ outcome: failure }) // destroyed without an error; after an answer this changes nothing
    })
    if (body) limited(body, limits.bodyLimitBytes, () => fail('too-large')).pipe(upstream)
    else upstream.end()
  })
}

/** Passes the body on until it is longer than the limit. */
function limited(body: Readable, limitBytes: number, onExcess: () => void): Readable {
  let seen = 0
  return body.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        seen += chunk.length
        if (seen <= limitBytes) return done(null, chunk)
        onExcess()
        done() // swallow the rest, so that the client gets to read the refusal
      },
    }),
  )
}
