// Asking the service: time limits, waiting when it asks us to, and noticing when it is gone.

import { setTimeout as sleep } from 'node:timers/promises'
import { HttpClient, NoAnswer } from '../scenarios/hurl/http-client.ts'
import type { Credential, Draft, Wire } from './draft.ts'
import { wireOf } from './draft.ts'

export type Answer = {
  readonly status: number
  /** By lower-case name; several of one name are joined with `, `. */
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
  /** Undefined when the text is no JSON. */
  readonly json: { readonly value: unknown } | undefined
  readonly durationMs: number
}

export type Exchange = {
  readonly draft: Draft
  readonly wire: Wire
  readonly answer: Answer | { readonly none: string }
}

export function isGood({ answer }: Exchange): boolean {
  return !('none' in answer) && answer.status >= 200 && answer.status <= 299
}

export function isForbidden({ answer }: Exchange): boolean {
  return !('none' in answer) && (answer.status === 401 || answer.status === 403)
}

/** The body; undefined without an answer or where it is no JSON. */
export function jsonOf({ answer }: Exchange): unknown {
  return 'none' in answer ? undefined : answer.json?.value
}

/** `404`, or why there was no answer. */
export function statusOf({ answer }: Exchange): string {
  return 'none' in answer ? answer.none : String(answer.status)
}

/** The run cannot go on: `message` says why. */
export class SessionOver extends Error {
  readonly kind: 'died' | 'rate-limited' | 'time'
  readonly last: Exchange | undefined

  constructor(kind: SessionOver['kind'], message: string, last?: Exchange) {
    super(message)
    this.kind = kind
    this.last = last
  }
}

export type SessionOptions = {
  /** `http://127.0.0.1:4017`, without a path. */
  readonly origin: string
  readonly basePath: string
  readonly credentialsOf: (draft: Draft) => readonly Credential[]
  readonly timeoutMs: number
  /** Together, for all waiting that answers of 429 and 503 ask for. */
  readonly patienceMs: number
  readonly signal: AbortSignal
  /** Requests per second at most. */
  readonly rate: number | undefined
}

/** So many silences in a row are no matter of one request. */
const SILENT_IN_A_ROW = 6
const PROBES = 3
const PROBE_PAUSE_MS = 300

export class Session {
  readonly options: SessionOptions
  readonly #client: HttpClient
  #waitedMs = 0
  #nextAt = 0
  #silentInARow = 0
  requests = 0

  constructor(options: SessionOptions) {
    this.options = options
    this.#client = new HttpClient(options.signal)
  }

  close(): void {
    this.#client.close()
  }

  /** Throws SessionOver when the service is gone or wants to be left alone for longer than we may wait. */
  async send(draft: Draft): Promise<Exchange> {
    const wire = wireOf(draft, this.options.basePath, this.options.credentialsOf(draft))
    for (;;) {
      await this.#pace()
      const exchange: Exchange = { draft, wire, answer: await this.#ask(wire) }
      if ('none' in exchange.answer) {
        await this.#stillThere(exchange)
        return exchange
      }
      this.#silentInARow = 0
      const waitMs = waitAsked(exchange.answer)
      if (waitMs === undefined) return exchange
      if (this.#waitedMs + waitMs > this.options.patienceMs)
        throw new SessionOver(
          'rate-limited',
          `The service answered ${exchange.answer.status} and asks to wait ${Math.ceil(waitMs / 1000)} s; ${Math.round(this.#waitedMs / 1000)} s were waited already`,
          exchange,
        )
      this.#waitedMs += waitMs
      await sleep(waitMs, undefined, { signal: this.options.signal })
    }
  }

  async #ask({ method, path, headers, body }: Wire): Promise<Exchange['answer']> {
    this.requests++
    try {
      const incoming = await this.#client.send({
        method,
        url: new URL(this.options.origin + path),
        headers,
        body: body === undefined ? undefined : Buffer.from(body, 'utf8'),
        timeoutMs: this.options.timeoutMs,
        insecure: true,
      })
      const byName = new Map<string, string>()
      for (const [name, value] of incoming.headers) {
        const before = byName.get(name.toLowerCase())
        byName.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`)
      }
      const text = incoming.body.toString('utf8')
      return {
        status: incoming.status,
        headers: byName,
        text,
        json: parsed(text),
        durationMs: incoming.durationMs,
      }
    } catch (error) {
      this.options.signal.throwIfAborted()
      if (error instanceof NoAnswer) return { none: error.message }
      // Malformed answers come as plain errors of Node's parser.
      return { none: `the answer cannot be read: ${error instanceof Error ? error.message : String(error)}` }
    }
  }

  /** A connection that breaks once is a finding about the request; a service that is gone ends the run. */
  async #stillThere(last: Exchange): Promise<void> {
    this.#silentInARow++
    for (let i = 0; i < PROBES; i++) {
      if (await this.#listens()) {
        if (this.#silentInARow < SILENT_IN_A_ROW) return
        throw new SessionOver(
          'died',
          `The service gave no answer ${SILENT_IN_A_ROW} times in a row; at last ${'none' in last.answer ? last.answer.none : ''}`,
          last,
        )
      }
      await sleep(PROBE_PAUSE_MS, undefined, { signal: this.options.signal })
    }
    throw new SessionOver(
      'died',
      `The service is gone: nobody listens at ${this.options.origin} any more`,
      last,
    )
  }

  async #listens(): Promise<boolean> {
    const answer = await this.#ask({
      method: 'GET',
      path: this.options.basePath || '/',
      headers: [],
      body: undefined,
    })
    return !('none' in answer && answer.none.startsWith('nobody listens'))
  }

  async #pace(): Promise<void> {
    const { rate, signal } = this.options
    signal.throwIfAborted()
    if (rate === undefined) return
    const now = performance.now()
    const at = Math.max(now, this.#nextAt)
    this.#nextAt = at + 1000 / rate
    if (at > now) await sleep(at - now, undefined, { signal })
  }
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

/** Milliseconds that a 429, or a 503 with `Retry-After`, asks us to wait. */
function waitAsked({ status, headers }: Answer): number | undefined {
  const after = headers.get('retry-after')
  if (status !== 429 && !(status === 503 && after !== undefined)) return undefined
  if (after === undefined) return 1000
  const seconds = Number(after)
  if (Number.isFinite(seconds)) return Math.max(0, seconds) * 1000 + 50
  const until = Date.parse(after)
  return Number.isNaN(until) ? 1000 : Math.max(0, until - Date.now()) + 50
}
