type Asked = {
  readonly method: string
  readonly host: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * Whether an unsafe request comes from one of our own pages: by Sec-Fetch-Site where the browser sends it, else by
 * Origin. A browser always sends one of them with a form, so a request with neither is refused. Safe methods pass.
 */
export function isFromHere({ method, host, headers }: Asked): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return true
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin } = headers
  if (typeof origin !== 'string' || !URL.canParse(origin)) return false
  return new URL(origin).host === host
}
