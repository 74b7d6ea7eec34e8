import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { SchemaAt } from '../model.ts'
import { itemOf, propertyOf, resolved } from '../schema-walk.ts'
import { propertyNamesOf } from './property-names.ts'
import type { Step } from './translate.ts'

/** A field clients may read that no answer holds any more; `at` is the new schema it is missing from. */
export type LostField = { readonly path: readonly Step[]; readonly name: string; readonly at: SchemaAt }

const MOST_PAIRS = 20_000

/** Fields the old schemas list and the new ones do not, however deep. The answers validate; their readers miss them. */
export class LostFields {
  readonly #known = new Map<string, readonly LostField[]>()
  readonly #names = new Map<string, ReadonlySet<string>>()
  readonly #isSame: (before: SchemaAt, now: SchemaAt) => boolean

  /** What `isSame` knows to be the same is not looked into. */
  constructor(isSame: (before: SchemaAt, now: SchemaAt) => boolean) {
    this.#isSame = isSame
  }

  find(before: SchemaAt, now: readonly SchemaAt[]): readonly LostField[] {
    const [at] = now
    if (at === undefined || now.some((each) => this.#isSame(before, each))) return []
    const key = `${before.pointer} > ${now.map(({ pointer }) => pointer).join(' ')}`
    const known = this.#known.get(key)
    if (known !== undefined || this.#known.size > MOST_PAIRS) return known ?? []
    this.#known.set(key, []) // a schema inside itself: the outer round tells
    const lost = this.#search(before, now, at)
    this.#known.set(key, lost)
    return lost
  }

  #search(before: SchemaAt, now: readonly SchemaAt[], at: SchemaAt): LostField[] {
    const lost: LostField[] = []
    const descend = (step: Step, old: readonly SchemaAt[], current: readonly SchemaAt[]) => {
      const targets = different(current)
      for (const each of different(old))
        for (const field of this.find(each, targets)) lost.push({ ...field, path: [step, ...field.path] })
    }
    for (const name of this.#namesOf(before)) {
      const [old, current] = [propertyOf([before], name), propertyOf(now, name)]
      if (old.outcome !== 'found' || old.schemas.some(isWriteOnly)) continue
      if (current.outcome === 'found') descend({ property: name }, old.schemas, current.schemas)
      else if (current.outcome === 'absent') lost.push({ path: [], name, at })
    }
    const [old, current] = [itemOf([before], undefined), itemOf(now, undefined)]
    if (old.outcome === 'found' && current.outcome === 'found')
      descend({ each: 'item' }, old.schemas, current.schemas)
    return shortest(lost)
  }

  #namesOf(at: SchemaAt): ReadonlySet<string> {
    const names = this.#names.get(at.pointer) ?? propertyNamesOf(at)
    this.#names.set(at.pointer, names)
    return names
  }
}

/** None of an answer's. */
function isWriteOnly(at: SchemaAt): boolean {
  const schema = resolved(at)?.schema
  return isRecord(schema) && schema['writeOnly'] === true
}

/** Each schema once, whichever reference leads to it, in an order that does not depend on the way. */
function different(schemas: readonly SchemaAt[]): SchemaAt[] {
  const targets = schemas.map((at) => resolved(at) ?? at)
  return [...new Map(targets.map((at) => [at.pointer, at])).values()].sort((a, b) =>
    a.pointer < b.pointer ? -1 : 1,
  )
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
