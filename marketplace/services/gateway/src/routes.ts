import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem, problemType } from '../../../platform/http/problem.ts'
import { contextOf } from '../../../platform/http/serve.ts'
import { traceparent } from '../../../platform/request-context.ts'
import { clientAddress } from './client-address.ts'
import { endToEnd, forward, type ForwardLimits } from './forward.ts'
import { missingMethods, type PublicRoute } from './public-routes.ts'
import { rateLimiter, type Limit } from './rate-limit.ts'

export type GatewayOptions = {
  readonly routes: readonly PublicRoute[]
  readonly urlOf: (service: string) => string
  readonly limit: Limit
  readonly forwarding: ForwardLimits
}

const UNLIMITED = new Set(['/health', '/ready'])
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE'])

/** Adds trace, rate limit and every public operation to the server. */
export function addGateway(app: FastifyInstance, { routes, urlOf, limit, forwarding }: GatewayOptions): void {
  const take = rateLimiter(limit)

  app.addHook('onRequest', async (request, reply) => {
    if (UNLIMITED.has(request.url)) return
    const address = clientAddress(request.ip, request.headers['x-forwarded-for'] as string | undefined)
    if (address === undefined) return
    const allowance = take(address, performance.now())
    if (allowance.allowed) return
    const { retryAfterS } = allowance
    reply.header('retry-after', retryAfterS)
    return refuse(
      request,
      reply,
      429,
      'too-many-requests',
      `This address calls too often. Wait ${retryAfterS} s.`,
    )
  })

  void app.register((scope, _options, done) => {
    // The body goes through as it comes: parsing it here would only do the service's work twice.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload))
    for (const { service, method, path } of routes) {
      const base = urlOf(service)
      scope.route({
        method,
        url: fastifyPath(path),
        handler: (request, reply) => passOn(request, reply, { base, service }),
      })
    }
    for (const { path, methods, allowed } of missingMethods(routes))
      if (methods.length > 0)
        scope.route({
          method: methods,
          url: fastifyPath(path),
          exposeHeadRoute: false,
          handler: (request, reply) =>
            refuse(
              request,
              reply.header('allow', allowed.join(', ')),
              405,
              'method-not-allowed',
              `Only ${allowed.join(', ')} is possible here.`,
            ),
        })
    done()
  })

  async function passOn(
    request: FastifyRequest,
    reply: FastifyReply,
    { base, service }: { base: string; service: string },
  ): Promise<FastifyReply> {
    const hungUp = new AbortController()
    reply.raw.on('close', () => {
      if (!reply.raw.writableFinished) hungUp.abort()
    })
    const result = await forward(
      {
        url: base + request.raw.url!,
        method: request.method,
        headers: { ...request.headers, traceparent: traceparent(contextOf(request)) },
        body: WITHOUT_BODY.has(request.method) ? undefined : (request.body as Readable | undefined),
        signal: hungUp.signal,
      },
      forwarding,
    )
    switch (result.outcome) {
      case 'answered': {
        const { response } = result
        return reply.code(response.statusCode!).headers(endToEnd(response.headers)).send(response)
      }
      case 'too-large':
        return refuse(
          request,
          reply,
          413,
          'body-too-large',
          `A body may have ${forwarding.bodyLimitBytes} bytes.`,
        )
      case 'timeout':
        return refuse(
          request,
          reply,
          504,
          'service-timeout',
          `${service} takes too long. Try again in a moment.`,
        )
      case 'unreachable':
        reply.header('retry-after', 1)
        return refuse(
          request,
          reply,
          502,
          'service-unreachable',
          `${service} does not answer. Try again in a moment.`,
        )
      case 'abandoned': // nobody is there to read it
        return reply.hijack()
    }
  }

  function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    code: string,
    detail: string,
  ): FastifyReply {
    return reply
      .code(status)
      .type(problemType)
      .send(JSON.stringify(problem(status, code, detail, { traceId: contextOf(request).traceId })))
  }
}

function fastifyPath(path: string): string {
  return path.replaceAll(/\{([^}]+)\}/g, ':$1')
}
