import { Agent, request as httpRequest } from 'node:http'
import { signServiceToken } from '../auth/service-token.ts'
import type { ContractTable, OperationShape, OperationShapes } from '../contract/contract-table.ts'
import { serviceUrl, type Environment } from '../environment.ts'
import { ShopError } from '../errors.ts'
import { traceparent } from '../request-context.ts'

/** What a call takes: only the parts the operation has. */
export type CallInput<Shape extends OperationShape> = (object extends Shape['params']
  ? { readonly params?: object }
  : { readonly params: Shape['params'] }) & {
  readonly query?: Partial<Shape['query']>
} & (undefined extends Shape['body']
    ? { readonly body?: Shape['body'] }
    : { readonly body: Shape['body'] }) & {
    /** Sent instead of our own service token, to act on behalf of a buyer. */
    readonly authorization?: string
  }

export type Client<Operations extends OperationShapes> = {
  readonly [Id in keyof Operations]: (input: CallInput<Operations[Id]>) => Promise<Operations[Id]['response']>
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const TOKEN_LIFE_MS = 240_000

/**
 * A typed client of another service, made from its generated contract. Resolves to every status the contract has;
 * throws ShopError `service-unavailable` (503) when the service cannot be reached, fails, or takes longer than
 * `timeoutMs`. No retry here: the saga and the event consumer retry, and two levels would multiply.
 */
export function client<Operations extends OperationShapes>(
  environment: Environment,
  caller: string,
  contract: ContractTable,
  { timeoutMs = 5_000 }: { timeoutMs?: number } = {},
): Client<Operations> {
  let token = { text: '', validUntilMs: 0 }
  const bearer = () => {
    if (token.validUntilMs < Date.now())
      token = {
        text: `Bearer ${signServiceToken(environment.serviceSecret, caller, contract.service, Date.now())}`,
        validUntilMs: Date.now() + TOKEN_LIFE_MS,
      }
    return token.text
  }
  const base = serviceUrl(environment, contract.service)
  const calls = Object.entries(contract.operations).map(([operationId, { method, path }]) => [
    operationId,
    async (input: { params?: object; query?: object; body?: unknown; authorization?: string } = {}) => {
      const url = base + fillPath(path, input.params ?? {}) + queryString(input.query ?? {})
      const answer = await send({
        url,
        method,
        body: input.body,
        authorization: input.authorization ?? bearer(),
        timeoutMs,
      })
      if (answer.status >= 500)
        throw unavailable(contract.service, `${method} ${path} answered ${answer.status}`)
      return answer
    },
  ])
  // The table and the type come from one generated file, so the names and shapes are those of Operations.
  return Object.fromEntries(calls)
}

function fillPath(path: string, params: object): string {
  return path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[name])),
  )
}

function queryString(query: object): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

type Answer = { readonly status: number; readonly body: unknown }

function send(call: {
  url: string
  method: string
  body: unknown
  authorization: string
  timeoutMs: number
}): Promise<Answer> {
  const { url, method, body, authorization, timeoutMs } = call
  const service = new URL(url).host
  const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        agent,
        method,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          authorization,
          traceparent: traceparent(),
          accept: 'application/json',
          ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', (error) => reject(unavailable(service, error.message)))
        response.on('end', () => {
          const body = readJson(Buffer.concat(chunks).toString('utf8'))
          if (body === notJson) reject(unavailable(service, `${method} answered something that is not JSON`))
          else resolve({ status: response.statusCode ?? 0, body })
        })
      },
    )
    request.on('error', (error) => reject(unavailable(service, error.message)))
    request.end(payload)
  })
}

const notJson = Symbol('not JSON')

function readJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return notJson
  }
}

function unavailable(service: string, reason: string): ShopError {
  return new ShopError('service-unavailable', { service, reason }, 'Please try again in a moment.', 503)
}
