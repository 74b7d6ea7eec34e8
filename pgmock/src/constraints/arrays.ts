// Arrays as the text the server prints, taken apart only when a check looks inside.

import { arrayItem } from '../values/literal-value.ts'
import { INT, type Value, type ValueType } from '../values/value-type.ts'
import { plainText } from '../formats/value-text.ts'
import { condition, NotUnderstood, shuffled, type Term, type Trial } from './term.ts'

type Call = { readonly name: string; readonly args: readonly Term[]; readonly trial: Trial }

/** The items of `{a,"b c",NULL}`; undefined for arrays of arrays. */
export function arrayItems(text: string): (string | null)[] | undefined {
  if (!/^\{.*\}$/s.test(text) || /^\{\s*\{/.test(text)) return undefined
  const items: (string | null)[] = []
  for (const [, quoted, plain] of text.slice(1, -1).matchAll(/"((?:[^"\\]|\\[\s\S])*)"|([^,"]+)/g))
    items.push(
      quoted === undefined
        ? plain!.toUpperCase() === 'NULL'
          ? null
          : plain!.trim()
        : quoted.replaceAll(/\\([\s\S])/g, '$1'),
    )
  return items
}

export function arrayText(items: readonly (string | null)[]): string {
  return `{${items.map((item) => (item === null ? 'NULL' : arrayItem(item))).join(',')}}`
}

/** The items of an array term, as texts; null when it is NULL. */
function itemsOf(term: Term): readonly (string | null)[] | null {
  if (term.items) return term.items.map((item) => scalarText(item.value(), item.type))
  const is = term.value()
  return is === null ? null : (arrayItems(String(is)) ?? null)
}

function scalarText(value: Value, type: ValueType): string | null {
  return value === null ? null : typeof value === 'boolean' ? (value ? 't' : 'f') : plainText(value, type)
}

function resized(array: Term, length: number): boolean {
  const items = itemsOf(array)
  if (items === null || length < 0) return false
  const next = [...items]
  while (next.length > length) next.pop()
  while (next.length < length)
    next.push(items.length > 0 ? items[next.length % items.length]! : emptyItem(array))
  return array.write?.(arrayText(next)) ?? false
}

/** Something of the element's type for an array that has nothing to repeat. */
function emptyItem({ pg }: Term): string {
  const element = pg?.element
  switch (element?.kind) {
    case 'int2':
    case 'int4':
    case 'int8':
    case 'numeric':
    case 'float4':
    case 'float8':
      return '1'
    case 'bool':
      return 't'
    case 'uuid':
      return '00000000-0000-4000-8000-000000000001'
    case 'date':
      return '2024-01-01'
    case 'timestamp':
      return '2024-01-01 00:00:00'
    case 'timestamptz':
      return '2024-01-01 00:00:00+00'
    case 'enum':
      return element.labels?.[0] ?? 'a'
    case 'jsonb':
    case 'json':
      return '{}'
    default:
      return 'main'
  }
}

function length({ args: [array] }: Call, emptyIsNull: boolean): Term {
  return {
    type: INT,
    parts: [array!],
    value: () => {
      const items = itemsOf(array!)
      return items === null || (items.length === 0 && emptyIsNull) ? null : items.length
    },
    write: (to) => to !== null && resized(array!, Number(to)),
    becomeNull: (isNull) => resized(array!, isNull && emptyIsNull ? 0 : 1),
  }
}

export const arrayFunctions: Readonly<Record<string, (call: Call) => Term>> = {
  cardinality: (call) => length(call, false),
  array_length: (call) => length(call, true),
  array_upper: (call) => length(call, true),
  array_ndims: ({ args: [array] }) => ({
    type: INT,
    parts: [array!],
    value: () => ((itemsOf(array!)?.length ?? 0) === 0 ? null : 1),
  }),
  array_position: ({ args: [array, item] }) => ({
    type: INT,
    parts: [array!],
    value: () => {
      const at = itemsOf(array!)?.indexOf(scalarText(item!.value(), item!.type)) ?? -1
      return at < 0 ? null : at + 1
    },
    becomeNull: (isNull) => {
      const wanted = scalarText(item!.value(), item!.type)
      const items = itemsOf(array!) ?? []
      const next = isNull ? items.filter((one) => one !== wanted) : [...items, wanted]
      return array!.write?.(arrayText(next)) ?? false
    },
  }),
}

/** `<@`, `@>` and `&&` of two arrays. */
export function arrayOperator(op: string, a: Term, b: Term, trial: Trial): Term {
  const [inner, outer] = op === '@>' ? [b, a] : [a, b]
  const read = (): Value => {
    const [small, large] = [itemsOf(inner), itemsOf(outer)]
    if (small === null || large === null) return null
    if (op === '&&') return small.some((item) => item !== null && large.includes(item))
    return small.every((item) => item !== null && large.includes(item))
  }
  return condition(
    read,
    (to) => {
      const [small, large] = [itemsOf(inner), itemsOf(outer)]
      if (small === null || large === null) return false
      if (!to) {
        const without = outer.write ? outer : inner
        return (
          without.write?.(arrayText((itemsOf(without) ?? []).filter((item) => !small.includes(item)))) ??
          false
        )
      }
      if (inner.write && op !== '&&') {
        const kept = small.filter((item) => item !== null && large.includes(item))
        const chosen = shuffled(large, trial).slice(0, Math.max(1, small.length - kept.length))
        const next = [
          ...new Set([
            ...kept,
            ...(kept.length < Math.min(1, small.length) || kept.length < small.length ? chosen : []),
          ]),
        ]
        if (inner.write(arrayText(next.slice(0, Math.max(1, small.length))))) return true
      }
      if (op === '&&') {
        const target = inner.write ? inner : outer
        const [from] = shuffled(target === inner ? large : small, trial)
        return (
          from !== undefined &&
          from !== null &&
          (target.write?.(arrayText([...(itemsOf(target) ?? []), from])) ?? false)
        )
      }
      return outer.write?.(arrayText([...new Set([...large, ...small])])) ?? false
    },
    { parts: [a, b] },
  )
}

/** `x = ANY (array column)`; other operators are not taken apart. */
export function anyOf(of: Term, array: Term, trial: Trial): Term {
  void trial
  return condition(
    () => {
      const [is, items] = [scalarText(of.value(), of.type), itemsOf(array)]
      return is === null || items === null ? null : items.includes(is)
    },
    (to) => {
      const [is, items] = [scalarText(of.value(), of.type), itemsOf(array)]
      if (is === null || items === null) return false
      if (!to) return array.write?.(arrayText(items.filter((item) => item !== is))) ?? false
      return array.write?.(arrayText([...items, is])) === true || of.write?.(items[0] ?? null) === true
    },
    { parts: [of, array] },
  )
}

export function arrayOf(items: readonly Term[]): Term {
  if (items.some((item) => item.items)) throw new NotUnderstood('an array of arrays')
  return {
    type: { kind: 'text' },
    items,
    value: () => arrayText(items.map((item) => scalarText(item.value(), item.type))),
    constant: undefined,
  }
}
