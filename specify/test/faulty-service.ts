// A small shop shelf that keeps to its contract, and can be told to break it in one of many ways. What verify is tried on.

import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const contract = `openapi: 3.1.0
info: { title: Shelf, version: 1.0.0 }
security: [{ token: [] }]
paths:
  /health:
    get:
      operationId: health
      security: []
      responses:
        '200': { description: Lives., content: { application/json: { schema: { type: object, required: [status], properties: { status: { const: ok } } } } } }
  /items:
    get:
      operationId: listItems
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 20 } }
        - { name: kind, in: query, schema: { $ref: '#/components/schemas/Kind' } }
        - { name: since, in: query, schema: { type: string, format: date } }
        - { name: q, in: query, schema: { type: string, maxLength: 60 } }
      responses:
        '200':
          description: Items, newest first.
          content:
            application/json:
              schema:
                type: object
                additionalProperties: false
                required: [items, total]
                properties:
                  items: { type: array, items: { $ref: '#/components/schemas/Item' } }
                  total: { type: integer, minimum: 0 }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
    post:
      operationId: createItem
      parameters:
        - { name: Idempotency-Key, in: header, schema: { type: string, minLength: 8, maxLength: 64 } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewItem' } } }
      responses:
        '201':
          description: Made.
          headers:
            Location: { required: true, schema: { type: string, pattern: '^/items/' } }
            X-Request-Id: { required: true, schema: { type: string, format: uuid } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }
          links:
            read: { operationId: getItem, parameters: { id: '$response.body#/id' } }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
        '409': { $ref: '#/components/responses/Problem' }
        '413': { $ref: '#/components/responses/Problem' }
        '415': { $ref: '#/components/responses/Problem' }
  /items/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getItem
      parameters:
        - { name: If-None-Match, in: header, schema: { type: string } }
      responses:
        '200': { description: The item., headers: { ETag: { required: true, schema: { type: string } } }, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }
        '304': { description: You have it. }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
    put:
      operationId: changeItem
      parameters:
        - { name: If-Match, in: header, schema: { type: string } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewItem' } } }
      responses:
        '200': { description: Changed., content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
        '409': { $ref: '#/components/responses/Problem' }
        '412': { $ref: '#/components/responses/Problem' }
        '413': { $ref: '#/components/responses/Problem' }
        '415': { $ref: '#/components/responses/Problem' }
    delete:
      operationId: removeItem
      responses:
        '204': { description: Gone. }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
  responses:
    Problem:
      description: RFC 9457.
      content:
        application/problem+json:
          schema:
            type: object
            required: [type, title, status]
            properties:
              type: { type: string }
              title: { type: string }
              status: { type: integer, minimum: 400, maximum: 599 }
              detail: { type: string }
  schemas:
    Kind: { type: string, enum: [book, toy, tool] }
    Maker:
      type: object
      additionalProperties: false
      required: [name]
      properties:
        name: { type: string, minLength: 1, maxLength: 30 }
        country: { type: string, pattern: '^[A-Z]{2}$' }
    NewItem:
      type: object
      additionalProperties: false
      required: [name, sku, kind, quantity, priceCents]
      properties:
        name: { type: string, minLength: 1, maxLength: 40 }
        sku: { type: string, pattern: '^[A-Z]{3}-[0-9]{4}$' }
        kind: { $ref: '#/components/schemas/Kind' }
        quantity: { type: integer, format: int32, minimum: 0 }
        priceCents: { type: integer, exclusiveMinimum: 0, maximum: 1000000 }
        weight: { type: number, multipleOf: 0.5, minimum: 0, maximum: 100 }
        tags: { type: array, maxItems: 5, uniqueItems: true, items: { type: string, maxLength: 20 } }
        note: { type: [string, 'null'], maxLength: 200 }
        availableFrom: { type: string, format: date }
        contact: { type: string, format: email }
        maker: { $ref: '#/components/schemas/Maker' }
    Item:
      type: object
      additionalProperties: false
      required: [id, name, sku, kind, quantity, priceCents, createdAt]
      properties:
        id: { type: string, format: uuid }
        name: { type: string, minLength: 1, maxLength: 40 }
        sku: { type: string, pattern: '^[A-Z]{3}-[0-9]{4}$' }
        kind: { $ref: '#/components/schemas/Kind' }
        quantity: { type: integer, format: int32, minimum: 0 }
        priceCents: { type: integer, exclusiveMinimum: 0, maximum: 1000000 }
        weight: { type: number }
        tags: { type: array, maxItems: 5, uniqueItems: true, items: { type: string, maxLength: 20 } }
        note: { type: [string, 'null'], maxLength: 200 }
        availableFrom: { type: string, format: date }
        contact: { type: string, format: email }
        maker: { $ref: '#/components/schemas/Maker' }
        createdAt: { type: string, format: date-time }
`

/** What can be broken, and the finding that must say so. */
export const faults = {
  'wrong status after creating': 'verify-undocumented-status',
  'missing field in the answer': 'verify-response-body',
  'wrong type in the answer': 'verify-response-body',
  'extra field in a closed object': 'verify-response-body',
  'null where none may be': 'verify-response-body',
  'date written another way': 'verify-response-body',
  'value outside the enum in a list': 'verify-response-body',
  'list without its envelope': 'verify-response-body',
  'answer is no JSON': 'verify-response-body',
  'wrong content type': 'verify-content-type',
  'problem without its type': 'verify-content-type',
  'problem with another status': 'verify-problem-status',
  'problem without a title': 'verify-response-body',
  'header left out': 'verify-response-header',
  'header not a uuid': 'verify-response-header',
  'upper length not enforced': 'verify-invalid-accepted',
  'lower length not enforced': 'verify-invalid-accepted',
  'maximum not enforced': 'verify-invalid-accepted',
  'exclusive minimum taken': 'verify-invalid-accepted',
  'step not enforced': 'verify-invalid-accepted',
  'required not enforced': 'verify-invalid-accepted',
  'nested required not enforced': 'verify-invalid-accepted',
  'enum not checked': 'verify-invalid-accepted',
  'pattern not anchored': 'verify-invalid-accepted',
  'format not checked': 'verify-invalid-accepted',
  'text taken for a number': 'verify-invalid-accepted',
  'number above 32 bits taken': 'verify-invalid-accepted',
  'too many items taken': 'verify-invalid-accepted',
  'same item twice taken': 'verify-invalid-accepted',
  'unknown property taken': 'verify-invalid-accepted',
  'query parameter not checked': 'verify-invalid-accepted',
  'length counted in UTF-16 units': 'verify-valid-refused',
  'largest value refused': 'verify-valid-refused',
  'null refused': 'verify-valid-refused',
  'optional field demanded': 'verify-valid-refused',
  'fails on characters outside the basic plane': 'verify-server-error',
  'fails on NUL': 'verify-server-error',
  'fails on an empty body': 'verify-server-error',
  'fails on broken JSON': 'verify-server-error',
  'fails on deep nesting': 'verify-server-error',
  'fails on a quote in a search': 'verify-server-error',
  'fails on null for an object': 'verify-server-error',
  'fails on an unknown id': 'verify-server-error',
  'closes the connection on a huge body': 'verify-no-answer',
  'stack in the answer': 'verify-leak',
  'statement of the database in the answer': 'verify-leak',
  'credentials not asked for': 'verify-auth-ignored',
  'any token taken': 'verify-auth-ignored',
  'other method taken': 'verify-method-accepted',
  '405 without Allow': 'verify-response-header',
  'other content type taken': 'verify-media-type-accepted',
  'good answer for what is not there': 'verify-absent-found',
  'limit ignored': 'verify-limit-ignored',
  'filter ignored': 'verify-filter-ignored',
  'field lost after creating': 'verify-not-stored',
  'not there after creating': 'verify-not-stored',
  'change lost': 'verify-not-stored',
  'one field of a change lost': 'verify-not-stored',
  'rounded number': 'verify-not-stored',
  'deleting does not delete': 'verify-not-deleted',
  'idempotency key ignored': 'verify-idempotency',
  'condition of a read ignored': 'verify-conditional',
  'condition of a change ignored': 'verify-conditional',
} as const

export type Fault = keyof typeof faults

export type Shelf = { readonly url: string; close(): Promise<void> }

export const TOKEN = 'a-token-of-the-test'

export async function startShelf(fault?: Fault, wanted = 0): Promise<Shelf> {
  const shelf = new ShelfService(fault)
  const server = createServer((request, response) => {
    shelf.answer(request, response).catch((error: Error) => {
      send(
        response,
        500,
        { type: 'about:blank', title: 'Failed', status: 500, detail: error.message },
        PROBLEM,
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Item = Record<string, unknown> & { id: string }

const PROBLEM = { 'Content-Type': 'application/problem+json' }
const LARGEST = 1_000_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const KINDS: ReadonlySet<unknown> = new Set(['book', 'toy', 'tool'])

class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

class ShelfService {
  readonly #items = new Map<string, Item>()
  readonly #keys = new Map<string, Item>()
  readonly #fault: Fault | undefined

  constructor(fault: Fault | undefined) {
    this.#fault = fault
  }

  #has(fault: Fault): boolean {
    return this.#fault === fault
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#route(request, response)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#refuse(response, error)
    }
  }

  #refuse(response: ServerResponse, { status, message, stack }: Refusal): void {
    const body: Record<string, unknown> = {
      type: 'about:blank',
      title: 'Refused',
      status: this.#has('problem with another status') ? 200 : status,
      detail: message,
    }
    if (this.#has('stack in the answer') && status === 400) body['detail'] = stack
    if (this.#has('statement of the database in the answer') && status === 404)
      body['detail'] = 'relation "items" does not exist'
    if (this.#has('problem without a title')) delete body['title']
    send(response, status, body, this.#has('problem without its type') ? {} : PROBLEM)
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://shelf')
    const method = request.method ?? 'GET'
    if (url.pathname === '/health' && method === 'GET') return send(response, 200, { status: 'ok' })
    const id = /^\/items\/([^/]+)$/.exec(url.pathname)?.[1]
    if (url.pathname !== '/items' && id === undefined && url.pathname !== '/health')
      throw new Refusal(404, 'There is no such page.')
    const methods =
      id === undefined ? (url.pathname === '/health' ? ['GET'] : ['GET', 'POST']) : ['GET', 'PUT', 'DELETE']
    if (!methods.includes(method)) {
      if (this.#has('other method taken')) return send(response, 200, {})
      if (!this.#has('405 without Allow')) response.setHeader('Allow', methods.join(', '))
      throw new Refusal(405, `${method} is not done here.`)
    }
    this.#authorize(request)
    if (id === undefined)
      return method === 'GET' ? this.#list(url, response) : await this.#create(request, response)
    if (!UUID.test(id)) throw new Refusal(400, 'The id is no uuid.')
    if (method === 'GET') return this.#read(id, request, response)
    if (method === 'PUT') return await this.#change(id, request, response)
    return this.#remove(id, response)
  }

  #authorize({ headers }: IncomingMessage): void {
    if (this.#has('credentials not asked for')) return
    if (headers.authorization !== undefined && this.#has('any token taken')) return
    if (headers.authorization !== `Bearer ${TOKEN}`) throw new Refusal(401, 'Say who you are.')
  }

  #list({ searchParams }: URL, response: ServerResponse): void {
    const limit = searchParams.get('limit')
    if (limit !== null && !this.#has('query parameter not checked')) {
      if (!/^-?\d+$/.test(limit)) throw new Refusal(400, 'limit is no whole number.')
      if (Number(limit) < 1 || Number(limit) > 50) throw new Refusal(400, 'limit is from 1 to 50.')
    }
    const kind = searchParams.get('kind')
    if (kind !== null && !KINDS.has(kind)) throw new Refusal(400, 'There is no such kind.')
    const since = searchParams.get('since')
    if (since !== null && !isDate(since)) throw new Refusal(400, 'since is no date.')
    const q = searchParams.get('q') ?? ''
    if ([...q].length > 60) throw new Refusal(400, 'q is too long.')
    if (this.#has('fails on a quote in a search') && q.includes("'")) throw new Error('unterminated text')
    const found = [...this.#items.values()]
      .filter((item) => kind === null || item['kind'] === kind || this.#has('filter ignored'))
      .toReversed()
    const size = this.#has('limit ignored') ? 1000 : Number(limit ?? 20) || 20
    const items = found.slice(0, size).map((item) => this.#shown(item))
    if (this.#has('value outside the enum in a list')) for (const item of items) item['kind'] = 'gadget'
    send(response, 200, this.#has('list without its envelope') ? items : { items, total: found.length })
  }

  async #create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = request.headers['idempotency-key']
    if (typeof key === 'string' && (key.length < 8 || key.length > 64))
      throw new Refusal(400, 'The idempotency key has 8 to 64 characters.')
    const body = await this.#body(request)
    this.#check(body)
    const before =
      typeof key === 'string' && !this.#has('idempotency key ignored') ? this.#keys.get(key) : undefined
    const item: Item = before ?? { id: randomUUID(), ...body, createdAt: new Date().toISOString() }
    if (typeof key === 'string') this.#keys.set(key, item)
    const stored: Item = { ...item }
    if (this.#has('field lost after creating')) delete stored['maker']
    if (this.#has('rounded number') && typeof stored['weight'] === 'number')
      stored['weight'] = Math.floor(stored['weight'])
    if (!this.#has('not there after creating')) this.#items.set(item.id, stored)
    const headers: Record<string, string> = { Location: `/items/${item.id}`, 'X-Request-Id': randomUUID() }
    if (this.#has('header left out')) delete headers['Location']
    if (this.#has('header not a uuid')) headers['X-Request-Id'] = '17'
    send(response, this.#has('wrong status after creating') ? 200 : 201, this.#shown(item), headers)
  }

  #read(id: string, { headers }: IncomingMessage, response: ServerResponse): void {
    const item = this.#find(id)
    const etag = etagOf(item)
    if (headers['if-none-match'] === etag && !this.#has('condition of a read ignored')) {
      response.writeHead(304, { ETag: etag }).end()
      return
    }
    if (this.#has('answer is no JSON')) {
      response.writeHead(200, { 'Content-Type': 'application/json', ETag: etag }).end('{"id": ')
      return
    }
    const type = this.#has('wrong content type') ? { 'Content-Type': 'text/html' } : {}
    send(response, 200, this.#shown(item), { ETag: etag, ...type })
  }

  async #change(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await this.#body(request)
    this.#check(body)
    const item = this.#find(id)
    const condition = request.headers['if-match']
    if (condition !== undefined && condition !== etagOf(item) && !this.#has('condition of a change ignored'))
      throw new Refusal(412, 'It has changed since.')
    const changed: Item = { ...body, id, createdAt: item['createdAt'] }
    if (this.#has('one field of a change lost')) changed['quantity'] = item['quantity']
    if (!this.#has('change lost')) this.#items.set(id, changed)
    send(response, 200, this.#shown({ ...changed, ...body }))
  }

  #remove(id: string, response: ServerResponse): void {
    this.#find(id)
    if (!this.#has('deleting does not delete')) this.#items.delete(id)
    response.writeHead(204).end()
  }

  #find(id: string): Item {
    const item = this.#items.get(id.toLowerCase())
    if (item !== undefined) return item
    if (this.#has('fails on an unknown id')) throw new Error('undefined has no member "name"')
    if (this.#has('good answer for what is not there'))
      return {
        id,
        name: 'x',
        sku: 'AAA-0000',
        kind: 'toy',
        quantity: 0,
        priceCents: 1,
        createdAt: new Date().toISOString(),
      }
    throw new Refusal(404, 'There is no such item.')
  }

  async #body(request: IncomingMessage): Promise<Record<string, unknown>> {
    const type = request.headers['content-type']?.split(';')[0]
    if (type !== 'application/json' && !(this.#has('other content type taken') && type !== undefined))
      throw new Refusal(415, 'Send application/json.')
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > LARGEST && this.#has('closes the connection on a huge body')) request.socket.destroy()
      chunks.push(chunk)
    }
    if (size > LARGEST) throw new Refusal(413, 'The body is too large.')
    const text = Buffer.concat(chunks).toString('utf8')
    if (this.#has('other content type taken') && type !== 'application/json')
      return { name: 'x', sku: 'AAA-0000', kind: 'toy', quantity: 0, priceCents: 1 }
    if (text === '' && this.#has('fails on an empty body')) throw new Error('unexpected end of input')
    if (this.#has('fails on deep nesting') && text.startsWith('[[[[[['))
      throw new Error('maximum call stack size exceeded')
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      if (this.#has('fails on broken JSON') && text !== '') throw error
      throw new Refusal(400, 'The body is no JSON.')
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Refusal(400, 'The body is no object.')
    return value as Record<string, unknown>
  }

  #check(body: Record<string, unknown>): void {
    const refuse = (when: boolean, message: string, unless?: Fault) => {
      if (when && (unless === undefined || !this.#has(unless))) throw new Refusal(400, message)
    }
    const known = [
      'name',
      'sku',
      'kind',
      'quantity',
      'priceCents',
      'weight',
      'tags',
      'note',
      'availableFrom',
      'contact',
      'maker',
    ]
    const { name, sku, kind, quantity, weight, tags, note, availableFrom, contact, maker } = body
    for (const key of Object.keys(body))
      refuse(!known.includes(key), `${key} is not known.`, 'unknown property taken')
    if (this.#has('unknown property taken')) delete body['unknownProperty']
    if (Object.hasOwn(body, '__proto__')) delete body['__proto__']
    for (const key of known.slice(0, 5))
      refuse(
        body[key] === undefined,
        `${key} is missing.`,
        key === 'priceCents' ? 'required not enforced' : undefined,
      )
    if (this.#has('required not enforced')) body['priceCents'] ??= 1
    refuse(this.#has('optional field demanded') && tags === undefined, 'tags are missing.')
    refuse(typeof name !== 'string', 'name is no text.')
    const text = name as string
    refuse(text.length < 1, 'name is empty.', 'lower length not enforced')
    const length = this.#has('length counted in UTF-16 units') ? text.length : [...text].length
    refuse(length > 40, 'name is too long.', 'upper length not enforced')
    if (this.#has('upper length not enforced')) body['name'] = text.slice(0, 40)
    if (this.#has('lower length not enforced') && text === '') body['name'] = 'x'
    if (this.#has('fails on characters outside the basic plane') && /\p{Extended_Pictographic}/u.test(text))
      throw new Error('cannot encode')
    if (this.#has('fails on NUL') && text.includes('\0')) throw new Error('NUL')
    const pattern = this.#has('pattern not anchored') ? /[A-Z]{3}-[0-9]{4}/ : /^[A-Z]{3}-[0-9]{4}$/
    refuse(typeof sku !== 'string' || !pattern.test(sku), 'sku is like ABC-1234.')
    if (this.#has('pattern not anchored')) body['sku'] = pattern.exec(String(sku))![0]
    refuse(!KINDS.has(kind), 'There is no such kind.', 'enum not checked')
    if (this.#has('enum not checked') && !KINDS.has(kind)) body['kind'] = 'toy'
    const isText = typeof quantity === 'string' && this.#has('text taken for a number')
    if (isText) body['quantity'] = 1
    refuse(!isText && !Number.isInteger(quantity), 'quantity is no whole number.')
    refuse((quantity as number) < 0, 'quantity is negative.')
    refuse((quantity as number) > 2_147_483_647, 'quantity is too large.', 'number above 32 bits taken')
    if ((quantity as number) > 2_147_483_647) body['quantity'] = 1
    const price = body['priceCents'] as number
    refuse(!Number.isInteger(price), 'priceCents is no whole number.')
    refuse(price <= 0, 'priceCents is more than 0.', price === 0 ? 'exclusive minimum taken' : undefined)
    refuse(price > 1_000_000, 'priceCents is at most 1000000.', 'maximum not enforced')
    refuse(this.#has('largest value refused') && price === 1_000_000, 'priceCents is less than 1000000.')
    if (price > 1_000_000 || price === 0) body['priceCents'] = 1
    if (weight !== undefined) {
      refuse(typeof weight !== 'number' || weight < 0 || weight > 100, 'weight is from 0 to 100.')
      refuse((weight as number) % 0.5 !== 0, 'weight comes in halves.', 'step not enforced')
    }
    if (tags !== undefined) {
      refuse(!Array.isArray(tags), 'tags are no list.')
      const list = tags as unknown[]
      refuse(list.length > 5, 'There are too many tags.', 'too many items taken')
      refuse(
        list.some((tag) => typeof tag !== 'string' || [...tag].length > 20),
        'A tag is no short text.',
      )
      refuse(new Set(list).size < list.length, 'A tag stands twice.', 'same item twice taken')
      if (this.#fault !== undefined) body['tags'] = [...new Set(list)].slice(0, 5)
    }
    refuse(note === null && this.#has('null refused'), 'note is null.')
    refuse(
      note !== undefined && note !== null && (typeof note !== 'string' || [...note].length > 200),
      'note is no text of 200.',
    )
    refuse(
      availableFrom !== undefined && !isDate(availableFrom),
      'availableFrom is no date.',
      typeof availableFrom === 'string' ? 'format not checked' : undefined,
    )
    if (availableFrom !== undefined && !isDate(availableFrom)) delete body['availableFrom']
    refuse(
      contact !== undefined && (typeof contact !== 'string' || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contact)),
      'contact is no address.',
    )
    if (maker === undefined) return
    if (maker === null && this.#has('fails on null for an object'))
      throw new Error('null has no member "name"')
    refuse(typeof maker !== 'object' || maker === null || Array.isArray(maker), 'maker is no object.')
    const own = maker as Record<string, unknown>
    refuse(
      Object.keys(own).some((key) => key !== 'name' && key !== 'country'),
      'maker has a name and a country.',
    )
    refuse(own['name'] === undefined, 'maker has no name.', 'nested required not enforced')
    if (this.#has('nested required not enforced')) own['name'] ??= 'x'
    refuse(
      typeof own['name'] !== 'string' || own['name'].length < 1 || [...own['name']].length > 30,
      'The name of the maker has 1 to 30 characters.',
    )
    refuse(
      own['country'] !== undefined &&
        (typeof own['country'] !== 'string' || !/^[A-Z]{2}$/.test(own['country'])),
      'country is like NL.',
    )
  }

  #shown(item: Item): Record<string, unknown> {
    const shown: Record<string, unknown> = { ...item }
    if (this.#has('missing field in the answer')) delete shown['kind']
    if (this.#has('wrong type in the answer')) shown['quantity'] = String(shown['quantity'])
    if (this.#has('extra field in a closed object')) shown['internalCost'] = 7
    if (this.#has('null where none may be') && shown['tags'] === undefined) shown['tags'] = null
    if (this.#has('date written another way'))
      shown['createdAt'] = new Date(String(item['createdAt'])).toUTCString()
    return shown
  }
}

function isDate(value: unknown): boolean {
  if (typeof value !== 'string' || !DATE.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}

function etagOf(item: Item): string {
  return `"${createHash('sha256').update(JSON.stringify(item)).digest('hex').slice(0, 16)}"`
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
}

// `node specify/test/faulty-service.ts 8080 "enum not checked"` lets others try themselves on it.
if (process.argv[1] === import.meta.filename) {
  const { url } = await startShelf(process.argv[3] as Fault | undefined, Number(process.argv[2] ?? 0))
  process.stdout.write(`${url}\n`)
}
