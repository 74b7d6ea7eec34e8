import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes a workspace of `count` services, each with a spec, an OpenAPI contract of six operations and a file of three
 * events; every service calls two others and takes in two events. Always the same bytes.
 */
export function writeLargePlatform(root: string, count: number): void {
  writeFileSync(
    join(root, 'constitution.md'),
    '# Constitution\n\n## Core Principles\n\nContracts come first.\n',
  )
  for (let i = 0; i < count; i++) {
    const folder = join(root, 'services', nameOf(i))
    mkdirSync(join(folder, 'specs/001-first'), { recursive: true })
    mkdirSync(join(folder, 'contracts/events'), { recursive: true })
    mkdirSync(join(folder, 'src'), { recursive: true })
    writeFileSync(join(folder, 'specs/001-first/spec.md'), spec(i, count))
    writeFileSync(apiFile(root, i), api(i))
    writeFileSync(join(folder, 'contracts/events/events.json'), events(i, count))
    writeFileSync(join(folder, 'src/service.ts'), `export const service = '${nameOf(i)}'\n`)
  }
}

/** The API contract of one service. */
export function apiFile(root: string, i: number): string {
  return join(root, 'services', nameOf(i), 'contracts/api-spec.yaml')
}

const ENTITIES =
  'order cart invoice refund shipment parcel seller buyer product price stock voucher review address wallet payout'.split(
    ' ',
  )

function entityOf(i: number): string {
  return `${ENTITIES[i % ENTITIES.length]!}${Math.floor(i / ENTITIES.length)}`
}

function nameOf(i: number): string {
  return `${entityOf(i)}-service`
}

/** Services are layers: each calls two that come later, so that there is no ring. */
function upstreamOf(i: number, count: number): number[] {
  return [i * 2 + 1, i * 2 + 2].filter((each) => each < count)
}

function consumersOf(i: number, count: number): number[] {
  return [i * 3 + 1, i * 3 + 2].filter((each) => each < count)
}

function eventOf(i: number, action: string): string {
  return `platform.${entityOf(i)}.${action}`
}

function spec(i: number, count: number): string {
  const producer = Math.floor((i - 1) / 3)
  const consumed = i > 0 && consumersOf(producer, count).includes(i) ? [producer] : []
  return `# Feature Specification: ${entityOf(i)}

**Status**: Draft

## User Scenarios & Testing

### User Story 1 - Keep ${entityOf(i)} (Priority: P1)

A buyer keeps the ${entityOf(i)}.

**Acceptance Scenarios**:

1. **Given** a buyer, **When** the ${entityOf(i)} is stored, **Then** it can be read again

## Requirements

- **FR-001**: The service MUST store the ${entityOf(i)} of a buyer

## Success Criteria

- **SC-001**: P95 of all answers is below ${200 * (12 - Math.floor(Math.log2(i + 1)))} ms

## Service Dependencies

### Upstream Services

| Service | Purpose |
|---------|---------|
${upstreamOf(i, count)
  .map((each) => `| ${nameOf(each)} | Reads the ${entityOf(each)} |`)
  .join('\n')}

### Events Consumed

| Event | From | Purpose |
|-------|------|---------|
${consumed.map((each) => `| ${eventOf(each, 'created')} | ${nameOf(each)} | Keeps a copy |`).join('\n')}
`
}

function api(i: number): string {
  const entity = entityOf(i)
  const problem = `content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } }`
  const one = `content: { application/json: { schema: { $ref: '#/components/schemas/Entity' } } }`
  const operation = (method: string, id: string, more: string) => `    ${method}:
      operationId: ${id}
      summary: ${id} of ${entity}
${more}      responses:
        '200':
          description: Done
          ${one}
        '400':
          description: Refused
          ${problem}
`
  const body = `      requestBody:
        required: true
        ${one}
`
  return `openapi: 3.1.0
info:
  title: ${entity}
  version: v1
paths:
  /api/v1/${entity}s:
${operation('get', 'list', '')}${operation('post', 'create', body)}  /api/v1/${entity}s/{id}:
    parameters:
      - name: id
        in: path
        required: true
        schema: { type: string, format: uuid }
${operation('get', 'read', '')}${operation('put', 'replace', body)}${operation('patch', 'change', body)}${operation('delete', 'remove', '')}components:
  schemas:
    Entity:
      type: object
      required: [id, name, state]
      properties:
        id: { type: string, format: uuid }
        name: { type: string, maxLength: 200 }
        state: { type: string, enum: [open, paid, sent, done] }
        priceCents: { type: integer, minimum: 0 }
        tags: { type: array, maxItems: 20, items: { type: string } }
        lines:
          type: array
          items: { $ref: '#/components/schemas/Line' }
    Line:
      type: object
      required: [sku, count]
      properties:
        sku: { type: string, pattern: '^[A-Z0-9-]{3,20}$' }
        count: { type: integer, minimum: 1, maximum: ${100 + (i % 50)} }
        note: { type: [string, 'null'] }
    Problem:
      type: object
      required: [type, title, status]
      properties:
        type: { type: string }
        title: { type: string }
        status: { type: integer }
        detail: { type: string }
`
}

function events(i: number, count: number): string {
  const consumers = consumersOf(i, count).map(nameOf)
  const list = ['created', 'changed', 'removed'].map((action) => ({
    eventType: eventOf(i, action),
    version: 'v1',
    description: `A ${entityOf(i)} was ${action}`,
    consumers: action === 'created' ? consumers : [],
    schema: {
      type: 'object',
      required: ['eventId', 'eventType', 'timestamp', 'data'],
      properties: {
        eventId: { type: 'string', format: 'uuid' },
        eventType: { type: 'string', const: eventOf(i, action) },
        timestamp: { type: 'string', format: 'date-time' },
        data: {
          type: 'object',
          required: ['id'],
          properties: {
            id: { type: 'string' },
            name: { type: 'string' },
            count: { type: 'integer', minimum: i % 7 },
          },
        },
      },
    },
  }))
  return `${JSON.stringify({ events: list }, null, 2)}\n`
}
