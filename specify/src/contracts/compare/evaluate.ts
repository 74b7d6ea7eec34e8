import { compilePattern } from '../compile-pattern.ts'
import { compareDecimals, decimal, isMultiple } from './decimal.ts'
import { canonical, kindOfAtom, kindOfValue, type Formula } from './formula.ts'

/** Whether a JSON value satisfies a formula; undefined when that hangs on a part nobody can judge. */
export function holds(formula: Formula, value: unknown): boolean | undefined {
  const kind = kindOfAtom(formula.op)
  if (kind !== undefined && kind !== kindOfValue(value)) return true
  switch (formula.op) {
    case 'true':
      return true
    case 'false':
      return false
    case 'opaque':
      return undefined
    case 'and':
      return all(formula.parts, (part) => holds(part, value))
    case 'or':
      return not(all(formula.parts, (part) => not(holds(part, value))))
    case 'one':
      return exactlyOne(formula.parts.map((part) => holds(part, value)))
    case 'not':
      return not(holds(formula.part, value))
    case 'ref':
      return holds(formula.target(), value)
    case 'kinds':
      return formula.kinds.includes(kindOfValue(value))
    case 'values': {
      if (typeof value !== 'object' || value === null) return formula.values.includes(value)
      const text = canonical(value)
      return formula.values.some((each) => canonical(each) === text)
    }
    case 'integer':
    case 'low':
    case 'high':
    case 'multiple':
      return holdsForNumber(formula, value as number)
    case 'minLength':
      return [...(value as string)].length >= formula.count
    case 'maxLength':
      return [...(value as string)].length <= formula.count
    case 'pattern':
      return compilePattern(formula.source)?.test(value as string)
    case 'minItems':
    case 'maxItems':
    case 'item':
    case 'items':
    case 'contains':
    case 'unique':
      return holdsForArray(formula, value as unknown[])
    default:
      return holdsForObject(formula, value as Record<string, unknown>)
  }
}

function holdsForNumber(
  formula: Extract<Formula, { op: 'integer' | 'low' | 'high' | 'multiple' }>,
  value: number,
): boolean {
  switch (formula.op) {
    case 'integer':
      return Number.isInteger(value)
    case 'multiple':
      return isMultiple(decimal(value), formula.of)
    default: {
      const order = compareDecimals(decimal(value), formula.limit)
      if (order === 0) return !formula.isOpen
      return formula.op === 'low' ? order > 0 : order < 0
    }
  }
}

function holdsForArray(
  formula: Extract<Formula, { op: 'minItems' | 'maxItems' | 'item' | 'items' | 'contains' | 'unique' }>,
  value: readonly unknown[],
): boolean | undefined {
  switch (formula.op) {
    case 'minItems':
      return value.length >= formula.count
    case 'maxItems':
      return value.length <= formula.count
    case 'item':
      return formula.index < value.length ? holds(formula.part, value[formula.index]) : true
    case 'items':
      return all(value.slice(formula.from), (each) => holds(formula.part, each))
    case 'unique':
      return new Set(value.map(canonical)).size === value.length
    case 'contains': {
      const found = value.map((each) => holds(formula.part, each))
      const sure = found.filter((each) => each === true).length
      const unsure = found.filter((each) => each === undefined).length
      if (sure >= formula.min && sure + unsure <= formula.max) return true
      return sure + unsure < formula.min || sure > formula.max ? false : undefined
    }
  }
}

function holdsForObject(
  formula: Extract<
    Formula,
    { op: 'has' | 'property' | 'matching' | 'rest' | 'names' | 'minProperties' | 'maxProperties' }
  >,
  value: Readonly<Record<string, unknown>>,
): boolean | undefined {
  switch (formula.op) {
    case 'has':
      return Object.hasOwn(value, formula.name)
    case 'property':
      return Object.hasOwn(value, formula.name) ? holds(formula.part, value[formula.name]) : true
    case 'matching':
      return all(Object.keys(value), (name) => {
        const matches = compilePattern(formula.pattern)?.test(name)
        return matches === true ? holds(formula.part, value[name]) : matches === false ? true : undefined
      })
    case 'rest':
      return all(Object.keys(value), (name) =>
        isRest(formula, name) ? holds(formula.part, value[name]) : true,
      )
    case 'names':
      return all(Object.keys(value), (name) => holds(formula.part, name))
    case 'minProperties':
      return Object.keys(value).length >= formula.count
    case 'maxProperties':
      return Object.keys(value).length <= formula.count
  }
}

/** Whether a name is none of those an `additionalProperties` stands beside. */
export function isRest(
  { names, patterns }: { readonly names: readonly string[]; readonly patterns: readonly string[] },
  name: string,
): boolean {
  return !names.includes(name) && !patterns.some((pattern) => compilePattern(pattern)?.test(name))
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value
}

function all<T>(list: readonly T[], test: (each: T) => boolean | undefined): boolean | undefined {
  let result: boolean | undefined = true
  for (const each of list) {
    const one = test(each)
    if (one === false) return false
    if (one === undefined) result = undefined
  }
  return result
}

function exactlyOne(results: readonly (boolean | undefined)[]): boolean | undefined {
  const sure = results.filter((each) => each === true).length
  if (sure > 1) return false
  return results.includes(undefined) ? undefined : sure === 1
}
