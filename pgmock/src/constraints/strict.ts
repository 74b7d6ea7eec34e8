import type { Value } from '../values/value-type.ts'
import type { Term } from './term.ts'

/** NULL if any argument is. */
export function strict(
  type: Term['type'],
  parts: readonly Term[],
  make: (values: readonly Value[]) => Value,
): Term {
  return {
    type,
    parts,
    value: () => {
      const values: Value[] = []
      for (const part of parts) {
        const is = part.value()
        if (is === null) return null
        values.push(is)
      }
      return make(values)
    },
  }
}
