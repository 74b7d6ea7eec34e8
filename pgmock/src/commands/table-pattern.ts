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

function toRegExp(pattern: string): RegExp {
  const bare = pattern.replace(/^public\./, '')
  const escaped = bare
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${escaped}$`)
}
