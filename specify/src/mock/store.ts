import type { Entity } from './entity.ts'

/** What requests have made, changed and deleted. Things are known by their path: `/users/7/orders/9`. */
export class Store {
  readonly #things = new Map<string, Entity | 'deleted'>()
  /** Paths of the things in a collection that were made, newest first. */
  readonly #made = new Map<string, string[]>()
  /** Paths of those its first listing showed. */
  readonly #shown = new Map<string, readonly string[]>()
  /** Grows with every change: answers made before are stale then. */
  version = 0

  get(path: string): Entity | undefined {
    const thing = this.#things.get(path)
    return thing === 'deleted' ? undefined : thing
  }

  /** Whether there is or was such a thing. */
  knows(path: string): boolean {
    return this.#things.has(path)
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

  /** The collection's things that still exist, newest first. */
  list(collection: string): { readonly path: string; readonly entity: Entity }[] {
    const paths = new Set([...(this.#made.get(collection) ?? []), ...(this.#shown.get(collection) ?? [])])
    return [...paths].flatMap((path) => {
      const entity = this.get(path)
      return entity === undefined ? [] : [{ path, entity }]
    })
  }

  /** Fills a collection with what its first listing showed; not a change, nobody saw it otherwise. */
  fill(collection: string, things: readonly (readonly [path: string, entity: Entity])[]): void {
    if (this.#shown.has(collection)) return
    this.#shown.set(
      collection,
      things.map(([path]) => path),
    )
    for (const [path, entity] of things) if (!this.#things.has(path)) this.#things.set(path, entity)
  }

  /** Adds a thing to its collection, once. */
  enlist(collection: string, path: string): void {
    const list = this.#made.get(collection)
    if (list === undefined) this.#made.set(collection, [path])
    else if (!list.includes(path)) list.unshift(path)
  }
}
