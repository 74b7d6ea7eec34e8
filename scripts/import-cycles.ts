import type { Finding } from '@specwright/cli/finding.ts'

type Edges = ReadonlyMap<string, readonly { readonly to: string; readonly line: number }[]>

/** One finding per group of files that import each other in a circle, with the shortest circle through its first file. */
export function importCycles(edges: Edges): Finding[] {
  return circularGroups(edges).map((group) => {
    const start = group.toSorted()[0]!
    const circle = shortestCircle(start, new Set(group), edges)
    const line = edges.get(start)?.find(({ to }) => to === circle[1])?.line
    return {
      code: 'import-cycle',
      severity: 'error',
      file: start,
      line,
      message: `Imports go in a circle: ${circle.join(' → ')}.`,
      hint: 'Move what both need into a file of its own, or make the import type-only.',
    }
  })
}

/** Tarjan's strongly connected components, without the single files that do not import themselves. */
function circularGroups(edges: Edges): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const groups: string[][] = []

  const visit = (file: string): void => {
    index.set(file, index.size)
    low.set(file, index.get(file)!)
    stack.push(file)
    for (const { to } of edges.get(file) ?? []) {
      if (!edges.has(to)) continue
      if (!index.has(to)) visit(to)
      if (stack.includes(to)) low.set(file, Math.min(low.get(file)!, low.get(to)!))
    }
    if (low.get(file) !== index.get(file)) return
    const group = stack.splice(stack.indexOf(file))
    if (group.length > 1 || edges.get(file)!.some(({ to }) => to === file)) groups.push(group)
  }

  for (const file of edges.keys()) if (!index.has(file)) visit(file)
  return groups
}

function shortestCircle(start: string, group: ReadonlySet<string>, edges: Edges): string[] {
  const paths: string[][] = [[start]]
  const seen = new Set<string>()
  for (const path of paths)
    for (const { to } of edges.get(path.at(-1)!) ?? []) {
      if (to === start) return [...path, start]
      if (!group.has(to) || seen.has(to)) continue
      seen.add(to)
      paths.push([...path, to])
    }
  return [start]
}
