/**
 * For each path the number of what it belongs to: its feature's folder; else, for a document that is a feature by itself
 * (`specs/003-refunds.md`, `specs/api/errors.spec.md`), the document; else its folder.
 */
export function groupsOf(paths: readonly string[], features: readonly string[]): number[] {
  const known = new Set(features)
  const numbers = new Map<string, number>()
  return paths.map((path) => {
    const name = featureOf(path, known) ?? looseFeature(path) ?? path.slice(0, path.lastIndexOf('/') + 1)
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    return number
  })
}

function featureOf(path: string, features: ReadonlySet<string>): string | undefined {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const folder = path.slice(0, at)
    if (features.has(folder)) return folder
  }
  return undefined
}

function looseFeature(path: string): string | undefined {
  return /^((?:.*\/)?specs\/.+?)(?:\.spec)?\.md$/.exec(path)?.[1]
}
