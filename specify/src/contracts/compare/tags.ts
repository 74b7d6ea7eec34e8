import { canonical, type Formula } from './formula.ts'
import type { Literal } from './solution.ts'

/** A member with few values, as alternatives are told apart by: `type` must be one of these. */
type Tag = { readonly name: string; readonly values: ReadonlySet<string>; readonly isRequired: boolean }

/** Tells alternatives apart at a glance: two that ask for different values of a required member exclude each other. */
export class Tags {
  readonly #tags: (readonly Tag[] | undefined)[] = []
  readonly #values: (ReadonlySet<string> | 'any' | undefined)[] = []

  /** Whether a value that satisfies `atoms` cannot satisfy `formula`. May say no when it is so. */
  exclude(formula: Formula, atoms: readonly Literal[]): boolean {
    const tags = this.#tagsOf(formula)
    return (
      tags.length > 0 &&
      atoms.some(({ formula: atom, isTrue }) => {
        if (!isTrue || atom.op !== 'property') return false
        const values = this.#valuesOf(atom.part)
        if (values === 'any') return false
        const tag = tags.find(({ name }) => name === atom.name)
        if (tag === undefined || [...values].some((value) => tag.values.has(value))) return false
        return tag.isRequired || atoms.some((each) => each.isTrue && isNamed(each.formula, atom.name))
      })
    )
  }

  #tagsOf(formula: Formula): readonly Tag[] {
    if (formula.op !== 'and') return []
    const known = this.#tags[formula.id]
    if (known !== undefined) return known
    const tags = formula.parts.flatMap((part): Tag[] => {
      const values = part.op === 'property' ? this.#valuesOf(part.part) : 'any'
      if (part.op !== 'property' || values === 'any') return []
      const isRequired = formula.parts.some((each) => isNamed(each, part.name))
      return [{ name: part.name, values, isRequired }]
    })
    this.#tags[formula.id] = tags
    return tags
  }

  #valuesOf(formula: Formula): ReadonlySet<string> | 'any' {
    const known = this.#values[formula.id]
    if (known !== undefined) return known
    const list = formula.op === 'and' ? formula.parts.find(({ op }) => op === 'values') : formula
    const values = list?.op === 'values' ? new Set(list.values.map(canonical)) : 'any'
    this.#values[formula.id] = values
    return values
  }
}

function isNamed(formula: Formula, name: string): boolean {
  return formula.op === 'has' && formula.name === name
}
