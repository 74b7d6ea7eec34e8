import type { Entity } from './entity.ts'

/** What requests have made, changed and deleted. Things are known by their path: `/users/7/orders/9`. */
export class Store {
  readonly #things = new Map<string, Entity | 'deleted'>()
  /** Paths of the things in a collection, in order of their making. */
  readonly #lists = new Map<string, string[]>()
  /** Grows with every change: answers made before are stale then. */
  version = 0

  get(path: string): Entity | undefined {
    const thing = this.#things.get(path)
    return thing === 'deleted' ? undefined : thing
  }

  /** Whether the thing, or one it belongs to, was deleted. */
  isDeleted(path: string): boolean {
    for (let at = path; at.length > 1; at = at.slice(0, at.lastIndexOf('/')))
      if (this.#things.get(at) === 'deleted') return true
    return false
  }

  put(path: string, entity: Entity): void {
    this.#things.set(path, entity)
    this.version++
  }

  delete(path: string): void {
    this.#things.set(path, 'deleted')
    this.version++
  }

  /** The collection's things that still exist; undefined before it was ever filled. */
  list(collection: string): { readonly path: string; readonly entity: Entity }[] | undefined {
    return this.#lists.get(collection)?.flatMap((path) => {
      const entity = this.get(path)
      return entity === undefined ? [] : [{ path, entity }]
    })
  }

  /** Fills a collection with what its first listing showed; not a change, nobody saw it otherwise. */
  fill(collection: string, things: readonly (readonly [path: string, entity: Entity])[]): void {
    if (this.#lists.has(collection)) return
    this.#lists.set(
      collection,
      things.map(([path]) => path),
    )
    for (const [path, entity] of things) if (!this.#things.has(path)) this.#things.set(path, entity)
  }

  /** Adds a thing to its collection, newest first, once. */
  enlist(collection: string, path: string): void {
    const list = this.#lists.get(collection)
    if (list !== undefined && !list.includes(path)) list.unshift(path)
  }
}
