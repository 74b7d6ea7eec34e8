// Finds what a path means. Made once from all templates of a contract: a tree of segments, written words before
// parameters, so that a request costs one look per segment however many operations there are.

export type Found<T> = {
  readonly outcome: 'found'
  readonly target: T
  readonly values: ReadonlyMap<string, string>
  /** As asked for, decoded, without the base path or a slash at the end. */
  readonly path: string
}
export type Match<T> =
  | Found<T>
  | { readonly outcome: 'other-method'; readonly methods: readonly string[] }
  | { readonly outcome: 'none' }

type Node<T> = {
  readonly words: Map<string, Node<T>>
  readonly parameters: {
    readonly template: string
    readonly names: string[]
    readonly regex: RegExp
    node: Node<T>
  }[]
  readonly methods: Map<string, T>
}

export class Router<T> {
  readonly #root: Node<T> = emptyNode()
  readonly #bases: readonly string[]

  /** `bases`: paths of the servers; a request may begin with one or not. */
  constructor(bases: readonly string[]) {
    this.#bases = bases.filter((base) => base !== '').sort((a, b) => b.length - a.length)
  }

  add(method: string, template: string, target: T): void {
    let node = this.#root
    for (const segment of segmentsOf(template)) {
      if (segment.includes('{')) {
        let known = node.parameters.find((each) => each.template === segment)
        if (known === undefined) node.parameters.push((known = parameterNode(segment)))
        // A whole segment last: `{id}.json` says more than `{id}`.
        node.parameters.sort(
          (a, b) => Number(/^\{[^}]*\}$/.test(a.template)) - Number(/^\{[^}]*\}$/.test(b.template)),
        )
        node = known.node
      } else {
        let next = node.words.get(segment)
        if (next === undefined) node.words.set(segment, (next = emptyNode()))
        node = next
      }
    }
    if (!node.methods.has(method)) node.methods.set(method, target)
  }

  match(method: string, path: string): Match<T> {
    const methods = new Set<string>()
    for (const base of [...this.#bases, '']) {
      if (base !== '' && path !== base && !path.startsWith(`${base}/`)) continue
      const rest = path.slice(base.length)
      const values: [string, string][] = []
      const target = find(this.#root, segmentsOf(rest).map(decoded), 0, method, values, methods)
      if (target !== undefined)
        return {
          outcome: 'found',
          target,
          values: new Map(values),
          path: decoded(rest.replace(/\/+$/, '')) || '/',
        }
    }
    return methods.size > 0 ? { outcome: 'other-method', methods: [...methods] } : { outcome: 'none' }
  }
}

function find<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  method: string,
  values: [string, string][],
  methods: Set<string>,
): T | undefined {
  const segment = segments[at]
  if (segment === undefined) {
    const target = node.methods.get(method) ?? (method === 'HEAD' ? node.methods.get('GET') : undefined)
    if (target === undefined) for (const each of node.methods.keys()) methods.add(each)
    return target
  }
  const next = node.words.get(segment)
  const found = next && find(next, segments, at + 1, method, values, methods)
  if (found !== undefined || segment === '') return found
  for (const { names, regex, node: inside } of node.parameters) {
    const parts = regex.exec(segment)
    if (parts === null) continue
    const before = values.length
    for (const [i, name] of names.entries()) values.push([name, parts[i + 1] ?? ''])
    const target = find(inside, segments, at + 1, method, values, methods)
    if (target !== undefined) return target
    values.length = before
  }
  return undefined
}

function emptyNode<T>(): Node<T> {
  return { words: new Map(), parameters: [], methods: new Map() }
}

function parameterNode<T>(template: string): Node<T>['parameters'][number] {
  const names: string[] = []
  const source = template
    .split(/(\{[^}]*\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
      names.push(part.slice(1, -1))
      return '(.+?)'
    })
    .join('')
  return { template, names, regex: new RegExp(`^${source}$`, 's'), node: emptyNode() }
}

/** A slash at the end means nothing. */
function segmentsOf(path: string): string[] {
  return path.replace(/^\//, '').replace(/\/+$/, '').split('/')
}

function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
