/** `url` (path and query) with some query parameters replaced; undefined takes one away. */
export function withQuery(url: string, changes: Readonly<Record<string, string | undefined>>): string {
  const [path, query] = url.split('?')
  const parameters = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) parameters.delete(name)
    else parameters.set(name, value)
  }
  const text = parameters.toString()
  return text === '' ? path! : `${path}?${text}`
}
