import type { Formula, Formulas } from './formula.ts'
import type { Step } from './translate.ts'

/** A formula about a part of a value as one about the whole: there is such a part, and it satisfies `inner`. */
export function lift(path: readonly Step[], inner: Formula, formulas: Formulas): Formula {
  const [step, ...rest] = path
  if (step === undefined) return inner
  const part = lift(rest, inner, formulas)
  const isObject = formulas.make({ op: 'kinds', kinds: ['object'] })
  const isArray = formulas.make({ op: 'kinds', kinds: ['array'] })
  if ('property' in step) {
    const name = step.property
    return formulas.and([
      isObject,
      formulas.make({ op: 'has', name }),
      formulas.make({ op: 'property', name, part }),
    ])
  }
  if ('item' in step)
    return formulas.and([
      isArray,
      formulas.make({ op: 'minItems', count: step.item + 1 }),
      formulas.make({ op: 'item', index: step.item, part }),
    ])
  if (step.each === 'item')
    return formulas.and([isArray, formulas.make({ op: 'contains', part, min: 1, max: Infinity })])
  const none = formulas.make({ op: 'rest', names: [], patterns: [], part: formulas.not(part) })
  return formulas.and([isObject, formulas.not(none)])
}

/** `items[].price`, as messages name a place; nothing for the whole value. */
export function pathText(path: readonly Step[]): string {
  return path
    .map((step) =>
      'property' in step
        ? `.${step.property}`
        : 'item' in step
          ? `[${step.item}]`
          : step.each === 'item'
            ? '[]'
            : '.*',
    )
    .join('')
    .replace(/^\./, '')
}
