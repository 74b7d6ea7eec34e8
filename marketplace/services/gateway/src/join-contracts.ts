import type { ApiOperation, OpenApiDocument } from '../contracts/api.ts'
import type { Contract, PublicRoute } from './public-routes.ts'

/** The public operations of all services as one OpenAPI document; schemas are named `<service>.<Schema>`. */
export function joinContracts(
  contracts: readonly Contract[],
  routes: readonly PublicRoute[],
): OpenApiDocument {
  const components: Record<string, Record<string, unknown>> = { ...gatewayComponents() }
  for (const { service, document } of contracts)
    for (const [section, members] of Object.entries(document.components ?? {})) {
      if (section === 'securitySchemes') continue
      for (const [name, member] of Object.entries(members as Record<string, unknown>))
        (components[section] ??= {})[`${prefix(service)}${name}`] = renameReferences(member, service)
    }
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { service, method, path, operation } of routes)
    (paths[path] ??= {})[method.toLowerCase()] = {
      ...(renameReferences(operation, service) as object),
      responses: { ...(renameReferences(operation.responses, service) as object), ...gatewayResponses },
    }
  return {
    openapi: '3.0.3',
    info: {
      title: 'Marketplace API',
      version: 'v1',
      description: 'Every public operation of every service, joined from their contracts.',
    },
    tags: tagsOf(contracts),
    paths,
    components,
  }
}

/** The same operations in short. */
export function listOperations(routes: readonly PublicRoute[]): ApiOperation[] {
  return routes.map(({ service, method, path, operation }) => ({
    method: method as ApiOperation['method'],
    path,
    operationId: operation.operationId,
    service,
    summary: operation.summary ?? '',
  }))
}

function prefix(service: string): string {
  return `${service.replace(/-service$/, '')}.`
}

function renameReferences(value: unknown, service: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameReferences(item, service))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string'
        ? member.replace(/^#\/components\/(\w+)\//, `#/components/$1/${prefix(service)}`)
        : renameReferences(member, service),
    ]),
  )
}

function tagsOf(contracts: readonly Contract[]): { name: string; description?: string }[] {
  const tags = contracts.flatMap(({ document }) => document.tags ?? [])
  return [...new Map(tags.map((tag) => [tag.name, tag])).values()].filter(({ name }) => name !== 'operations')
}

const gatewayResponses = {
  '429': { $ref: '#/components/responses/TooManyRequests' },
  '502': { $ref: '#/components/responses/ServiceUnreachable' },
  '504': { $ref: '#/components/responses/ServiceTimeout' },
}

function gatewayComponents(): Record<string, Record<string, unknown>> {
  const answer = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  return {
    securitySchemes: {
      buyerToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'Access token of POST /api/v1/auth/login',
      },
    },
    schemas: {
      Problem: {
        type: 'object',
        description: 'Problem details (RFC 9457)',
        additionalProperties: true,
        required: ['type', 'title', 'status', 'code', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          code: { type: 'string' },
          detail: { type: 'string' },
          hint: { type: 'string' },
          traceId: { type: 'string' },
        },
      },
    },
    responses: {
      TooManyRequests: answer('This address called too often (too-many-requests); see Retry-After'),
      ServiceUnreachable: answer('The service behind this operation does not answer (service-unreachable)'),
      ServiceTimeout: answer('The service behind this operation takes too long (service-timeout)'),
    },
  }
}
