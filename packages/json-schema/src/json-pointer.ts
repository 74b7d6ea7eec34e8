// JSON Pointer (RFC 6901): `/paths/~1orders/get` names the member `get` of the member `/orders` of `paths`.

/** The unescaped segments; accepts the pointer bare, or as a URI fragment (`#/…`, percent-encoded). */
export function pointerSegments(pointer: string): string[] {
  const bare = pointer.startsWith('#') ? percentDecoded(pointer.slice(1)) : pointer
  if (bare === '') return []
  const segments = (bare.startsWith('/') ? bare.slice(1) : bare).split('/')
  // Asked for a million times in large documents, where hardly any name needs escaping.
  if (!bare.includes('~')) return segments
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** `pointer('paths', '/orders')` is `/paths/~1orders`; no segments give the whole document, ``. */
export function pointer(...segments: readonly (string | number)[]): string {
  let text = ''
  for (const segment of segments) {
    const name = String(segment)
    const isPlain = !name.includes('/') && !name.includes('~')
    text += isPlain ? `/${name}` : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  }
  return text
}

/** The value a pointer names, or undefined. Looks at own members only, so `/constructor` finds nothing. */
export function valueAt(root: unknown, pointerText: string): unknown {
  let value = root
  for (const segment of pointerSegments(pointerText)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined
    value = (value as Record<string, unknown>)[segment]
  }
  return value
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function percentDecoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a lone % is a mistake in the document, not ours: look it up as written
  }
}
