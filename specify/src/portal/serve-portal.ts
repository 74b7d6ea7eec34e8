import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CliError } from '@specwright/cli/cli-error.ts'
import { openPortal, type News, type OpenPortal, type PortalOptions } from './open-portal.ts'
import { askedFrom, isLoopback, mayAsk, passOn } from './pass-on.ts'
import { notFound, type Around, type SiteFile } from './site.ts'

export type ServeOptions = Omit<PortalOptions, 'tell'> & { readonly host: string; readonly port: number }

export type Served = {
  /** `http://127.0.0.1:4620/` */
  readonly url: string
  /** Resolves when everything is gone: connections, runs, what was started for them. */
  close(): Promise<void>
}

const LARGEST_REQUEST = 1_000_000

/**
 * Answers with the portal's pages until closed. From another machine it can be read only; running scenarios and passing
 * on requests needs a page of ours on this one. Throws CliError `port-taken` or `bad-host`.
 */
export async function servePortal({ host, port, ...options }: ServeOptions): Promise<Served> {
  const viewers = new Set<ServerResponse>()
  const token = isLoopback(host) ? randomUUID() : ''
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => failed(response, error))
  })
  const address = await listening(server, host, port)
  const portal = openPortal({ ...options, tell })
  portal.now().catch(() => {}) // the first page says why

  function tell({ event, data }: News): void {
    for (const viewer of viewers) viewer.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A name that somebody else made point at this machine is not ours to answer for.
    if (token !== '' && !isLoopback(hostOf(request)))
      return refuse(response, 421, 'This portal answers to localhost only.')
    const url = new URL(request.url ?? '/', 'http://portal')
    const path = pathOf(url)
    if (path === undefined) return refuse(response, 400, 'That is no address.')
    if (path === '-/events') return watched(request, response, portal, viewers)
    if (path === '-/run' || path === '-/try') return await act(request, response, path)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'Pages can only be read.')
    if (viewers.size === 0) await portal.watch.look()
    const { portal: shown, site } = await portal.now()
    const comparison =
      path === 'changes.html' ? await portal.compare(url.searchParams.get('ref') || 'HEAD') : undefined
    const around: Around = { live: { token }, comparison }
    const file = site.file(path, around)
    send(request, response, file === undefined ? 404 : 200, file ?? notFound(shown, around), token !== '')
  }

  async function act(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (request.method !== 'POST') return refuse(response, 405, 'This needs a POST.')
    // Only a page of this portal knows the token; a form or script of another site cannot send it.
    if (token === '' || request.headers['x-specify-token'] !== token)
      return refuse(response, 403, 'Reload the page: it belongs to another run of the portal.')
    const body = await jsonOf(request)
    if (path === '-/run') {
      const { scenario = '' } = (body ?? {}) as { scenario?: unknown }
      if (typeof scenario !== 'string') return refuse(response, 400, '"scenario" is a name.')
      const isStarted = await portal.run(scenario)
      return isStarted ? reply(response, 202, {}) : refuse(response, 409, 'Scenarios are running already.')
    }
    const asked = askedFrom(body)
    if (asked === undefined) return refuse(response, 400, 'That is no request.')
    const { portal: shown } = await portal.now()
    if (!mayAsk(shown, asked.url))
      return refuse(
        response,
        403,
        `${new URL(asked.url).host} is neither this machine nor a server that contracts or config name`,
      )
    try {
      reply(response, 200, await passOn(asked, options.signal))
    } catch (error) {
      refuse(response, 502, reasonOf(error))
    }
  }

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}/`,
    async close() {
      for (const viewer of viewers) viewer.end()
      await portal.settled()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listening(server: Server, host: string, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  return server.address() as AddressInfo // it listens on a port, not a pipe
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new CliError(
      'port-taken',
      `Port ${port} of ${host} is taken.`,
      'Choose another with --port, or any free one with --port 0.',
    )
  if (error.code === 'EACCES')
    return new CliError('port-taken', `Port ${port} may not be used here.`, 'Choose one above 1023.')
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new CliError(
      'bad-host',
      `${host} is no address of this machine.`,
      'Leave --host away, or use 0.0.0.0 for all.',
    )
  return error
}

/** Server-sent events: the page hears that files changed, and how far a run is. */
function watched(
  request: IncomingMessage,
  response: ServerResponse,
  portal: OpenPortal,
  viewers: Set<ServerResponse>,
): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write('retry: 1000\n\n')
  viewers.add(response)
  const leave = portal.watch.join()
  request.on('close', () => {
    viewers.delete(response)
    leave()
  })
}

/** The page's path as the site has it; only names from the site's own list are ever answered. */
function pathOf({ pathname }: URL): string | undefined {
  try {
    const path = decodeURIComponent(pathname).slice(1)
    return path === '' ? 'index.html' : path
  } catch {
    return undefined
  }
}

function hostOf({ headers }: IncomingMessage): string {
  const url = `http://${headers.host ?? ''}`
  return URL.canParse(url) ? new URL(url).hostname : ''
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LARGEST_REQUEST) return undefined
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString())
  } catch {
    return undefined
  }
}

function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  status: number,
  { type, text }: SiteFile,
  isLocal: boolean,
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    // The second lock behind escaping: nothing but our own files runs, and pages send nothing elsewhere.
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src ${isLocal ? "'self'" : '*'}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  })
  response.end(method === 'HEAD' ? undefined : text)
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, message: string): void {
  reply(response, status, { message })
}

function failed(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  if (response.headersSent) response.destroy()
  else refuse(response, error instanceof CliError ? 422 : 500, message)
}

/** fetch hides what happened in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof Error) {
    const { code, message } = cause as NodeJS.ErrnoException
    return code === 'ECONNREFUSED' ? 'nobody listens there' : message || (code ?? 'no connection')
  }
  return error instanceof Error ? error.message : String(error)
}
