import { Buffer } from 'node:buffer'
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'

export type Outgoing = {
  readonly method: string
  readonly url: URL
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer | undefined
  readonly timeoutMs: number
  readonly insecure: boolean
}

export type Incoming = {
  readonly version: string
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
  readonly durationMs: number
}

/** The server could not be asked or did not answer as HTTP: `message` says which, for people. */
export class NoAnswer extends Error {}

const LARGEST_BODY_BYTES = 64 * 1024 * 1024

/** Connections are kept and reused: a new one per request costs more than the request. */
export class HttpClient {
  readonly #http = new Agent({ keepAlive: true })
  readonly #https = new HttpsAgent({ keepAlive: true })
  readonly #insecure = new HttpsAgent({ keepAlive: true, rejectUnauthorized: false })
  readonly #signal: AbortSignal

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** Throws NoAnswer. */
  async send(outgoing: Outgoing): Promise<Incoming> {
    try {
      return await this.#sendOnce(outgoing)
    } catch (error) {
      // A kept connection may be closed by the server just as we use it; the request was not read then.
      if (error instanceof StaleConnection) return await this.#sendOnce(outgoing)
      throw error
    }
  }

  close(): void {
    this.#http.destroy()
    this.#https.destroy()
    this.#insecure.destroy()
  }

  #sendOnce({ method, url, headers, body, timeoutMs, insecure }: Outgoing): Promise<Incoming> {
    const secure = url.protocol === 'https:'
    const agent = secure ? (insecure ? this.#insecure : this.#https) : this.#http
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? httpsRequest : httpRequest)(url, { method, agent, signal: this.#signal })
      for (const [name, values] of Map.groupBy(headers, ([name]) => name))
        outgoing.setHeader(name, values.length === 1 ? values[0]![1] : values.map(([, value]) => value))
      if (body !== undefined && !outgoing.hasHeader('content-length'))
        outgoing.setHeader('Content-Length', body.length)
      const timer = setTimeout(() => {
        outgoing.destroy(new NoAnswer(`${url.host} gave no complete answer within ${timeoutMs} ms`))
      }, timeoutMs)
      const fail = (error: Error & { code?: string }) => {
        clearTimeout(timer)
        const stale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
        reject(stale ? new StaleConnection() : asNoAnswer(error, url))
      }
      outgoing.on('error', fail)
      outgoing.on('response', (response) => {
        const finish = async () => {
          const bytes = await readBody(response)
          clearTimeout(timer)
          resolve({
            version: `HTTP/${response.httpVersion}`,
            status: response.statusCode ?? 0,
            headers: pairs(response.rawHeaders),
            body: bytes,
            durationMs: performance.now() - startedAt,
          })
        }
        finish().catch(fail)
      })
      outgoing.end(body)
    })
  }
}

class StaleConnection extends Error {}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY_BYTES) throw new NoAnswer(`the body is larger than ${LARGEST_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
  const unpack = UNPACK[response.headers['content-encoding'] ?? '']
  return unpack === undefined || body.length === 0 ? body : await unpack(body)
}

const UNPACK: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
}

function pairs(raw: readonly string[]): [string, string][] {
  const list: [string, string][] = []
  for (let i = 0; i + 1 < raw.length; i += 2) list.push([raw[i]!, raw[i + 1]!])
  return list
}

function asNoAnswer(error: Error & { code?: string }, url: URL): Error {
  if (error instanceof NoAnswer || error.name === 'AbortError') return error
  switch (error.code) {
    case 'ECONNREFUSED':
      return new NoAnswer(`nobody listens at ${url.host}`)
    case 'ENOTFOUND':
      return new NoAnswer(`there is no host ${url.hostname}`)
    case 'ECONNRESET':
      return new NoAnswer(`${url.host} closed the connection without an answer`)
    default:
      return new NoAnswer(`${url.host} did not answer: ${error.message}`)
  }
}
