/** Notes in memory; ids count up. */
export class Notes {
  #notes = new Map()
  #lastId = 0

  add(text) {
    const note = { id: String(++this.#lastId), text, createdAt: new Date().toISOString() }
    this.#notes.set(note.id, note)
    return note
  }

  find(id) {
    return this.#notes.get(id)
  }

  /** Newest first. */
  list() {
    return [...this.#notes.values()].reverse()
  }

  remove(id) {
    return this.#notes.delete(id)
  }
}
