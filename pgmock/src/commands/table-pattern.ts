/** One pattern against one name; `public.` before either says nothing. */
export function matches(pattern: string, name: string): boolean {
  return toRegExp(pattern).test(name)
}

/** Table names by pattern, * and ? standing for anything, as pg_dump's --table and --exclude-table take them. */
export function tablePattern(
  include: readonly string[],
  exclude: readonly string[],
): (table: string) => boolean {
  const [wanted, unwanted] = [include.map(toRegExp), exclude.map(toRegExp)]
  return (table) =>
    (wanted.length === 0 || wanted.some((pattern) => pattern.test(table))) &&
    !unwanted.some((pattern) => pattern.test(table))
}

/**
 * Without a dot outside of quotes a pattern means tables of `public`, whose names have no schema before them. Quotes take
 * * and ? as they are.
 */
function toRegExp(pattern: string): RegExp {
  const parts = pattern.replace(/^public\./, '').matchAll(/"([^"]*)"|([^"])/g)
  const source = [...parts].map(([, quoted, letter]) =>
    letter === '*' ? '[^.]*' : letter === '?' ? '[^.]' : escaped(quoted ?? letter ?? ''),
  )
  return new RegExp(`^${source.join('')}$`)
}

function escaped(text: string): string {
  return text.replaceAll(/[.+^${}()|[\]\\*?]/g, String.raw`\$&`)
}
