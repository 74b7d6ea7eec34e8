import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RouterContextProvider, ServerBuild } from 'react-router'
import { serviceUrl } from '../platform/environment.ts'
import type { Log } from '../platform/log.ts'
import type { ServiceDefinition } from '../platform/service.ts'
import type { VisitOptions } from './app/visit.server.ts'
import { addArtwork } from './artwork.ts'
import { buildWeb } from './build.ts'
import { isFromHere } from './same-origin.ts'

/** The storefront: server-rendered pages over the gateway. It keeps no data. */
export const web: ServiceDefinition = {
  name: 'web',
  folder: new URL('./', import.meta.url),
  async start({ environment, log }) {
    const folder = await buildWeb()
    return {
      extend: (app) =>
        addPages(app, {
          folder,
          gatewayUrl: serviceUrl(environment, 'gateway'),
          publicUrl: environment.publicUrl,
          log,
        }),
    }
  },
}

type Options = {
  readonly folder: string
  readonly gatewayUrl: string
  readonly publicUrl: string
  readonly log: Log
}

/** What app/entry.server.tsx adds to the build. */
type Entry = {
  openVisit(options: VisitOptions): { context: RouterContextProvider; setCookies: () => string[] }
  onError(report: (error: unknown) => void): void
}

const FORM_LIMIT_BYTES = 64_000
const YEAR_SECONDS = 31_536_000

export async function addPages(
  app: FastifyInstance,
  { folder, gatewayUrl, publicUrl, log }: Options,
): Promise<void> {
  // React picks its production code by this when it is first loaded: so before, and by these imports.
  process.env['NODE_ENV'] = 'production'
  const { createRequestHandler } = await import('react-router')
  const build = (await import(pathToFileURL(join(folder, 'server/index.js')).href)) as ServerBuild
  const entry = build.entry.module as unknown as Entry
  const answer = createRequestHandler(build, 'production')
  entry.onError((error) => log.error('page failed', { error: error as Error }))
  const secure = publicUrl.startsWith('https:')

  await app.register(fastifyStatic, {
    root: join(folder, 'client/assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: YEAR_SECONDS * 1000,
    index: false,
  })
  addFixedFiles(app)
  addArtwork(app)

  await app.register((pages, _options, done) => {
    pages.removeAllContentTypeParsers()
    pages.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: FORM_LIMIT_BYTES },
      (_request, body, parsed) => parsed(null, body),
    )
    pages.addHook('preHandler', async (request, reply) => {
      if (isFromHere(request)) return
      log.warn('form from elsewhere refused', { path: request.url.split('?')[0] })
      return reply.code(403).type('text/plain; charset=utf-8').send('This form was not sent from this shop.')
    })
    pages.route({
      method: ['GET', 'HEAD', 'POST'],
      url: '/*',
      async handler(request, reply) {
        const { context, setCookies } = entry.openVisit({
          gatewayUrl,
          scriptUrl: build.assets.entry.module,
          secure,
          cookieHeader: request.headers.cookie,
          headers: forwarded(request),
          onFailure: (facts) => log.warn('gateway call failed', facts),
        })
        const response = await answer(toFetchRequest(request), context)
        return await send(reply, response, setCookies())
      },
    })
    done()
  })
}

function addFixedFiles(app: FastifyInstance): void {
  const icon = readFileSync(new URL('./app/favicon.svg', import.meta.url))
  app.get('/favicon.svg', (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
  )
  app.get('/favicon.ico', (_request, reply) => reply.redirect('/favicon.svg', 301))
  app.get('/robots.txt', (_request, reply) =>
    reply
      .type('text/plain')
      .send('User-agent: *\nDisallow: /cart\nDisallow: /checkout\nDisallow: /orders\nDisallow: /account\n'),
  )
}

/** The gateway limits by address and continues the trace, so it must learn whom we speak for. */
function forwarded(request: FastifyRequest): Record<string, string> {
  const { traceparent } = request.headers
  return {
    'x-forwarded-for': request.ip,
    ...(typeof traceparent === 'string' && { traceparent }),
  }
}

function toFetchRequest(request: FastifyRequest): Request {
  const url = `${request.protocol}://${request.host}${request.url}`
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    for (const one of [value ?? []].flat()) headers.append(name, one)
  const body = request.body as Buffer | undefined
  return new Request(url, {
    method: request.method,
    headers,
    ...(body !== undefined && body !== null && { body: new Uint8Array(body) }),
  })
}

// No inline script runs; the speculation rules are data. Style attributes come from nowhere.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'inline-speculation-rules'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

async function send(reply: FastifyReply, response: Response, setCookies: string[]): Promise<FastifyReply> {
  for (const [name, value] of response.headers) reply.header(name, value)
  if (setCookies.length > 0) reply.header('set-cookie', setCookies)
  reply.header('content-security-policy', CONTENT_SECURITY_POLICY)
  reply.header('referrer-policy', 'same-origin')
  reply.header('x-content-type-options', 'nosniff')
  reply.header('cross-origin-opener-policy', 'same-origin')
  reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=()')
  // Pages show the visitor's own cart; keeping them for the back button is fine, sharing them is not.
  if (!response.headers.has('cache-control')) reply.header('cache-control', 'private, no-cache')
  return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()))
}
