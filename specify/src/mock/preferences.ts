export type Preferences = {
  readonly code: number | undefined
  readonly example: string | undefined
  readonly isDynamic: boolean | undefined
}

/** `Prefer: code=404, example=empty, dynamic=true` (RFC 7240), the words Prism has made usual. */
export function preferencesOf(header: string | string[] | undefined): Preferences {
  const wishes = new Map<string, string>()
  for (const part of (Array.isArray(header) ? header.join(',') : (header ?? '')).split(/[,;]/)) {
    const [name = '', value = ''] = part.trim().split(/\s*=\s*(.*)/s)
    wishes.set(name.toLowerCase(), value.replaceAll(/^"|"$/g, ''))
  }
  const code = wishes.get('code')
  const dynamic = wishes.get('dynamic')
  return {
    code: code !== undefined && /^[1-5]\d\d$/.test(code) ? Number(code) : undefined,
    example: wishes.get('example'),
    isDynamic: dynamic === undefined ? undefined : dynamic !== 'false',
  }
}
