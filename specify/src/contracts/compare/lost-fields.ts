import type { SchemaAt } from '../model.ts'
import { itemOf, propertyOf, resolved } from '../schema-walk.ts'
import { propertyNamesOf } from './property-names.ts'
import type { Step } from './translate.ts'

/** A field clients may read that no answer holds any more; `at` is the new schema it is missing from. */
export type LostField = { readonly path: readonly Step[]; readonly name: string; readonly at: SchemaAt }

/** Fields the old schemas list and the new ones do not, however deep. The answers validate; their readers miss them. */
export class LostFields {
  readonly #known = new Map<string, readonly LostField[]>()

  find(before: readonly SchemaAt[], now: readonly SchemaAt[]): readonly LostField[] {
    const [at] = now
    const key = [before, now]
      .map((list) => list.map((each) => resolved(each)?.pointer ?? each.pointer).join(' '))
      .join(' > ')
    const known = this.#known.get(key)
    if (at === undefined || known !== undefined) return known ?? []
    this.#known.set(key, []) // a schema inside itself: the outer round tells
    const lost = this.#search(before, now, resolved(at) ?? at)
    this.#known.set(key, lost)
    return lost
  }

  #search(before: readonly SchemaAt[], now: readonly SchemaAt[], at: SchemaAt): LostField[] {
    const lost: LostField[] = []
    const descend = (step: Step, old: readonly SchemaAt[], current: readonly SchemaAt[]) => {
      for (const each of this.find(old, current)) lost.push({ ...each, path: [step, ...each.path] })
    }
    for (const name of new Set(before.flatMap((each) => [...propertyNamesOf(each)]))) {
      const [old, current] = [propertyOf(before, name), propertyOf(now, name)]
      if (old.outcome !== 'found') continue
      if (current.outcome === 'found') descend({ property: name }, old.schemas, current.schemas)
      else if (current.outcome === 'absent') lost.push({ path: [], name, at })
    }
    const [old, current] = [itemOf(before, undefined), itemOf(now, undefined)]
    if (old.outcome === 'found' && current.outcome === 'found')
      descend({ each: 'item' }, old.schemas, current.schemas)
    return shortest(lost)
  }
}

/** One way to each place: schemas that hold each other lead there in ever more. */
function shortest(lost: readonly LostField[]): LostField[] {
  const places = new Map<string, LostField>()
  for (const each of lost.toSorted((a, b) => a.path.length - b.path.length)) {
    const key = `${each.at.pointer} ${each.name}`
    if (!places.has(key)) places.set(key, each)
  }
  return [...places.values()]
}
