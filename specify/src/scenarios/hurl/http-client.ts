import { Buffer } from 'node:buffer'
import { X509Certificate } from 'node:crypto'
import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { Certificate } from './queries.ts'

export type Outgoing = {
  readonly method: string
  readonly url: URL
  /** Instead of the path and query of `url`. */
  readonly path?: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer | undefined
  readonly timeoutMs: number
  readonly insecure: boolean
  readonly connectTimeoutMs?: number
  /** Where to connect instead of the host of `url`, which stays the one asked for. */
  readonly connectTo?: { readonly host: string; readonly port: string } | { readonly socketPath: string }
  /** PEM texts. */
  readonly tls?: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer }
}

export type Incoming = {
  readonly version: string
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Unpacked, if it came packed. */
  readonly body: Buffer
  readonly rawBody: Buffer
  readonly ip: string
  readonly certificate: Certificate | undefined
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

  #sendOnce(request: Outgoing): Promise<Incoming> {
    const { method, url, headers, body, timeoutMs, insecure } = request
    const secure = url.protocol === 'https:'
    const agent = secure ? (insecure ? this.#insecure : this.#https) : this.#http
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? httpsRequest : httpRequest)(url, {
        method,
        agent,
        signal: this.#signal,
        ...(request.path !== undefined && { path: request.path }),
        ...(request.connectTo !== undefined && {
          ...request.connectTo,
          // A URL's own hostname would win over `host`.
          ...('host' in request.connectTo && { hostname: request.connectTo.host }),
          ...(secure && { servername: url.hostname }),
        }),
        ...request.tls,
      })
      if (request.connectTo !== undefined) outgoing.setHeader('Host', url.host)
      for (const [name, values] of Map.groupBy(headers, ([name]) => name))
        outgoing.setHeader(name, values.length === 1 ? values[0]![1] : values.map(([, value]) => value))
      if (body !== undefined && !outgoing.hasHeader('content-length'))
        outgoing.setHeader('Content-Length', body.length)
      limitConnecting(outgoing, url, request.connectTimeoutMs)
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
          // Asked now: an ended connection no longer knows its other end.
          const { socket } = response
          const ip = socket.remoteAddress ?? ''
          const certificate = socket instanceof TLSSocket ? certificateOf(socket) : undefined
          const rawBody = await readBody(response)
          const bytes = await unpacked(rawBody, response.headers['content-encoding'])
          clearTimeout(timer)
          resolve({
            version: `HTTP/${response.httpVersion}`,
            status: response.statusCode ?? 0,
            headers: pairs(response.rawHeaders),
            body: bytes,
            rawBody,
            ip: ip.replace(/^::ffff:/, ''),
            certificate,
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
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

async function unpacked(body: Buffer, encoding = ''): Promise<Buffer> {
  const unpack = UNPACK[encoding.toLowerCase()]
  if (unpack === undefined || body.length === 0) return body
  try {
    return await unpack(body, { maxOutputLength: LARGEST_BODY_BYTES })
  } catch (error) {
    throw new NoAnswer(`the body cannot be unpacked (${encoding}): ${(error as Error).message}`)
  }
}

function certificateOf(socket: TLSSocket): Certificate {
  const { subject, issuer, valid_from, valid_to, serialNumber, subjectaltname, raw } =
    socket.getPeerCertificate()
  return {
    Subject: distinguishedName(subject),
    Issuer: distinguishedName(issuer),
    'Start-Date': new Date(valid_from),
    'Expire-Date': new Date(valid_to),
    'Serial-Number': serialNumber.toLowerCase().match(/../g)?.join(':'),
    'Subject-Alt-Name': subjectaltname,
    Value: new X509Certificate(raw).toString(),
  }
}

function distinguishedName(name: object): string {
  return Object.entries(name)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ')
}

function limitConnecting(outgoing: ClientRequest, url: URL, timeoutMs: number | undefined): void {
  if (timeoutMs === undefined) return
  outgoing.once('socket', (socket: Socket) => {
    if (!socket.connecting) return
    const timer = setTimeout(() => {
      outgoing.destroy(new NoAnswer(`no connection to ${url.host} within ${timeoutMs} ms`))
    }, timeoutMs)
    socket.once('connect', () => clearTimeout(timer))
    socket.once('close', () => clearTimeout(timer))
  })
}

const UNPACK: Readonly<
  Record<string, (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>>
> = {
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
