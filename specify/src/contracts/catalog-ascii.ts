import type { Catalog, CatalogEdge } from './catalog.ts'

/**
 * The graph as boxes for a terminal: what others depend on stands above, one box per service, each followed by
 * what it calls (──▶) and who gets its events (··▶).
 */
export function asciiGraph(catalog: Catalog): string {
  const levels = levelsOf(catalog)
  const rows = [...new Set(levels.values())].sort((a, b) => a - b)
  return rows
    .map((level) => {
      const names = catalog.services.map(({ name }) => name).filter((name) => levels.get(name) === level)
      return names
        .map((name) =>
          box(
            name,
            catalog.edges.filter(({ from }) => from === name),
          ),
        )
        .join('\n')
    })
    .join('\n        │\n')
}

/** 0 for services that call nobody; one more than the highest they call for the others. Rings end where they began. */
function levelsOf({ services, edges }: Catalog): Map<string, number> {
  const called = Map.groupBy(
    edges.filter(({ kind }) => kind === 'calls'),
    ({ from }) => from,
  )
  const levels = new Map<string, number>()
  const levelOf = (name: string): number => {
    const known = levels.get(name)
    if (known !== undefined) return known
    levels.set(name, 0) // what a ring finds when it comes back here
    const level = Math.max(0, ...(called.get(name) ?? []).map(({ to }) => levelOf(to) + 1))
    levels.set(name, level)
    return level
  }
  for (const { name } of services) levelOf(name)
  return levels
}

function box(name: string, edges: readonly CatalogEdge[]): string {
  const line = '─'.repeat(name.length + 2)
  const arrows = edges.map((edge) =>
    edge.kind === 'calls'
      ? `──▶ ${edge.to}${edge.purpose === '' ? '' : ` (${edge.purpose})`}`
      : `··▶ ${edge.to} (${edge.events.join(', ')})`,
  )
  const [first, ...rest] = arrows
  const pad = ' '.repeat(name.length + 4)
  return [
    `┌${line}┐`,
    `│ ${name} │${first === undefined ? '' : ` ${first}`}`,
    `└${line}┘${rest[0] === undefined ? '' : ` ${rest[0]}`}`,
    ...rest.slice(1).map((arrow) => `${pad} ${arrow}`),
  ].join('\n')
}
