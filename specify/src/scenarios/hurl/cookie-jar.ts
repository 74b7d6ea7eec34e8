// The cookies of one scenario, after RFC 6265: enough for a session, no public suffix list.

type Cookie = {
  readonly name: string
  readonly value: string
  readonly domain: string
  /** False: only the very host that set it gets it back. */
  readonly subdomains: boolean
  readonly path: string
  readonly secure: boolean
  readonly expiresAt: number
}

export class CookieJar {
  #cookies: Cookie[] = []

  /** Takes over the `Set-Cookie` headers of an answer. */
  store(url: URL, setCookies: readonly string[], now = Date.now()): void {
    for (const line of setCookies) {
      const cookie = parseSetCookie(line, url, now)
      if (cookie === undefined) continue
      this.#cookies = this.#cookies.filter(
        ({ name, domain, path }) => name !== cookie.name || domain !== cookie.domain || path !== cookie.path,
      )
      if (cookie.expiresAt > now) this.#cookies.push(cookie)
    }
  }

  /** The pairs to send, longest path first. */
  matching(url: URL, now = Date.now()): { name: string; value: string }[] {
    return this.#cookies
      .filter((cookie) => cookie.expiresAt > now && matches(cookie, url))
      .sort((a, b) => b.path.length - a.path.length)
      .map(({ name, value }) => ({ name, value }))
  }
}

function matches({ domain, subdomains, path, secure }: Cookie, url: URL): boolean {
  const host = url.hostname
  if (host !== domain && !(subdomains && host.endsWith(`.${domain}`))) return false
  if (secure && url.protocol !== 'https:' && !isLocal(host)) return false
  return url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
}

/** Browsers treat the local host as safe, and services under test stand there without TLS. */
function isLocal(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]'
}

function parseSetCookie(line: string, url: URL, now: number): Cookie | undefined {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim())
  const equals = pair.indexOf('=')
  if (equals < 1) return undefined
  const attributes = new Map(
    rest.map((part) => {
      const at = part.indexOf('=')
      return at === -1 ? [part.toLowerCase(), ''] : [part.slice(0, at).toLowerCase(), part.slice(at + 1)]
    }),
  )
  const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase()
  if (domain && url.hostname !== domain && !url.hostname.endsWith(`.${domain}`)) return undefined
  const path = attributes.get('path')
  return {
    name: pair.slice(0, equals),
    value: pair.slice(equals + 1),
    domain: domain || url.hostname,
    subdomains: Boolean(domain),
    path: path?.startsWith('/') ? path : url.pathname.replace(/\/[^/]*$/, '') || '/',
    secure: attributes.has('secure'),
    expiresAt: expiry(attributes, now),
  }
}

function expiry(attributes: ReadonlyMap<string, string>, now: number): number {
  const maxAge = attributes.get('max-age')
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000
  const expires = Date.parse(attributes.get('expires') ?? '')
  return Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires
}
