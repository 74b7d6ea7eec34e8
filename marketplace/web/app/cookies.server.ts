// The shop's cookies. All are HttpOnly and SameSite=Lax: no script reads them, no foreign form carries them.

export type CookieJar = {
  get(name: CookieName): string | undefined
  set(name: CookieName, value: string, maxAgeSeconds: number): void
  clear(name: CookieName): void
  /** `Set-Cookie` lines of everything set or cleared, the last one of each name. */
  lines(): string[]
}

/** `cart`: cart id and number of items. `session`: access token. `renewal`: refresh token. */
export type CookieName = 'cart' | 'session' | 'renewal'

/** With `secure` the names get the `__Host-` prefix, so that no sister domain can plant them. */
export function cookieJar(header: string | undefined, { secure }: { secure: boolean }): CookieJar {
  const prefix = secure ? '__Host-' : ''
  const values = parseCookies(header ?? '')
  const changed = new Map<string, string>()
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    get: (name) => values.get(prefix + name),
    set(name, value, maxAgeSeconds) {
      values.set(prefix + name, value)
      changed.set(
        name,
        `${prefix}${name}=${encodeURIComponent(value)}; Max-Age=${maxAgeSeconds}; ${attributes}`,
      )
    },
    clear(name) {
      values.delete(prefix + name)
      changed.set(name, `${prefix}${name}=; Max-Age=0; ${attributes}`)
    },
    lines: () => [...changed.values()],
  }
}

/** RFC 6265 pairs; the first of a name wins, malformed ones are passed over. */
export function parseCookies(header: string): Map<string, string> {
  const values = new Map<string, string>()
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, Math.max(at, 0)).trim()
    if (name !== '' && !values.has(name)) values.set(name, decoded(pair.slice(at + 1).trim()))
  }
  return values
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // not ours; whoever set it did not escape it
  }
}
