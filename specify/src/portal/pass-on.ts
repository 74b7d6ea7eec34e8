import { isIP } from 'node:net'
import type { Portal } from './model.ts'

export type Asked = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

export type Answer = {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const LONGEST_BODY = 2_000_000
const TIMEOUT_MS = 30_000

/** A request as the page sends it; undefined when it is none. */
export function askedFrom(value: unknown): Asked | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { method, url, headers, body } = value as Record<string, unknown>
  if (typeof method !== 'string' || !METHODS.has(method) || typeof url !== 'string' || !URL.canParse(url))
    return undefined
  const entries = Object.entries(typeof headers === 'object' && headers !== null ? headers : {})
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) return undefined
  return {
    method,
    url,
    headers: Object.fromEntries(entries),
    body: typeof body === 'string' ? body : undefined,
  }
}

/** This machine, and the servers that config and contracts name: a page must not make us ask anybody else. */
export function mayAsk({ workspace, contracts }: Portal, url: string): boolean {
  const { protocol, hostname, origin } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  if (isLoopback(hostname)) return true
  const named = [
    workspace.config.baseUrl,
    ...Object.values(workspace.config.services).map(({ baseUrl }) => baseUrl),
    ...contracts.apis.flatMap(({ source }) => serversOf(source.root)),
  ]
  return named.some((each) => each !== undefined && URL.canParse(each) && new URL(each).origin === origin)
}

/** `127.0.0.1`, `[::1]`, `localhost`, `shop.localhost`. */
export function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return (isIP(bare) === 4 && bare.startsWith('127.')) || bare === '::1' || /(?:^|\.)localhost$/i.test(bare)
}

/** Throws what fetch throws; redirects are answers. */
export async function passOn({ method, url, headers, body }: Asked, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    ...(body !== undefined && method !== 'GET' && method !== 'HEAD' && { body }),
  })
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    body: await bodyOf(response),
  }
}

async function bodyOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    parts.push(part)
    size += part.length
    if (size > LONGEST_BODY) break
  }
  const text = Buffer.concat(parts).subarray(0, LONGEST_BODY).toString()
  return size > LONGEST_BODY ? `${text}\n… (cut after 2 MB)` : text
}

function serversOf(root: unknown): string[] {
  const servers = (root as { servers?: unknown } | null)?.servers
  if (!Array.isArray(servers)) return []
  return servers.flatMap((each: unknown) => {
    const url = (each as { url?: unknown } | null)?.url
    return typeof url === 'string' ? [url] : []
  })
}
