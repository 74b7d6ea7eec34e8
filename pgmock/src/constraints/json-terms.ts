// JSON inside checks: parsed when a check looks inside, printed as the column's type prints it.

import { jsonbText } from '../values/literal-value.ts'
import { BOOL, FLOAT, INT, JSON_TEXT, TEXT, type Value } from '../values/value-type.ts'
import { arrayItems } from './arrays.ts'
import { condition, constantOf, NotUnderstood, type Term, type Trial } from './term.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Call = { readonly name: string; readonly args: readonly Term[]; readonly trial: Trial }

function read(term: Term): Json | undefined {
  const is = term.value()
  if (is === null) return undefined
  try {
    return JSON.parse(String(is)) as Json
  } catch {
    return undefined
  }
}

function write(term: Term, value: Json): boolean {
  return term.write?.(term.pg?.kind === 'json' ? JSON.stringify(value) : jsonbText(value)) ?? false
}

function typeOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}

const EXAMPLES: Readonly<Record<string, Json>> = {
  object: {},
  array: [],
  string: 'note',
  number: 1,
  boolean: true,
  null: null,
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function jsonTypeof({ args: [of] }: Call): Term {
  return {
    type: TEXT,
    // The names it can give, so that "another one" is one of them.
    pg: {
      kind: 'enum',
      text: 'text',
      castText: 'text',
      labels: ['object', 'array', 'string', 'number', 'boolean'],
    },
    parts: [of!],
    value: () => {
      const is = read(of!)
      return is === undefined ? null : typeOf(is)
    },
    write: (to) => typeof to === 'string' && to in EXAMPLES && write(of!, EXAMPLES[to]!),
  }
}

function arrayLength({ args: [of] }: Call): Term {
  return {
    type: INT,
    parts: [of!],
    value: () => {
      const is = read(of!)
      return Array.isArray(is) ? is.length : null
    },
    write: (to) => {
      const is = read(of!)
      const items = Array.isArray(is) ? is : []
      return (
        to !== null &&
        Number(to) >= 0 &&
        write(
          of!,
          Array.from({ length: Number(to) }, (_, i) => items[i] ?? { position: i + 1 }),
        )
      )
    },
  }
}

export const jsonFunctions: Readonly<Record<string, (call: Call) => Term>> = {
  jsonb_typeof: jsonTypeof,
  json_typeof: jsonTypeof,
  jsonb_array_length: arrayLength,
  json_array_length: arrayLength,
}

/** `->` gives JSON, `->>` text; by key or index. */
export function jsonMember(of: Term, key: Term, asText: boolean): Term {
  const at = (): Json | undefined => {
    const [is, name] = [read(of), key.value()]
    if (typeof name === 'number')
      return Array.isArray(is) ? is[name < 0 ? is.length + name : name] : undefined
    return isObject(is) && name !== null ? is[String(name)] : undefined
  }
  const put = (member: Json | undefined): boolean => {
    const [is, name] = [read(of), key.value()]
    if (name === null) return false
    if (typeof name === 'number') {
      const items = Array.isArray(is) ? [...is] : []
      items[Math.max(0, name)] = member ?? null
      return write(
        of,
        items.map((item) => item ?? null),
      )
    }
    const { [String(name)]: _, ...rest } = isObject(is) ? is : {}
    return write(of, member === undefined ? rest : { ...rest, [String(name)]: member })
  }
  const missing = (isNull: boolean): boolean => put(isNull ? undefined : asText ? 'none' : {})
  if (!asText)
    return {
      type: JSON_TEXT,
      parts: [of],
      value: () => {
        const is = at()
        return is === undefined ? null : jsonbText(is)
      },
      write: (to) => typeof to === 'string' && put(JSON.parse(to) as Json),
      becomeNull: missing,
    }
  return {
    type: TEXT,
    parts: [of],
    value: () => {
      const is = at()
      return is === undefined || is === null ? null : typeof is === 'object' ? jsonbText(is) : String(is)
    },
    write: (to) => put(jsonScalar(at(), to)),
    becomeNull: missing,
  }
}

/** `#>` and `#>>` with a path that is written down: member by member. */
export function jsonPath(of: Term, path: Term, asText: boolean): Term {
  const keys = path.constant && arrayItems(String(path.constant.value))
  if (!keys || keys.length === 0) throw new NotUnderstood('a path that is not written down')
  return keys.reduce<Term>((inner, key, i) => {
    const name = /^-?\d+$/.test(key ?? '') ? constantOf(INT, Number(key)) : constantOf(TEXT, key)
    return jsonMember(inner, name, asText && i === keys.length - 1)
  }, of)
}

/** A number stays a number. */
function jsonScalar(before: Json | undefined, to: Value): Json | undefined {
  if (to === null) return undefined
  return typeof before === 'number' && Number.isFinite(Number(to)) ? Number(to) : String(to)
}

/** `(j ->> 'n')::numeric`: what is no number yet becomes one when it is written. */
export function jsonNumber(text: Term): Term {
  return {
    type: FLOAT,
    parts: [text],
    value: () => {
      const is = text.value()
      // NaN, which no comparison takes, for a text that the server would refuse to read.
      return is === null ? null : is === '' ? NaN : Number(is)
    },
    write: (to) => to !== null && (text.write?.(String(to)) ?? false),
    becomeNull: text.becomeNull,
  }
}

/** `j ? 'key'`, `j ?& array`, `j ?| array`. */
export function hasKeys(of: Term, keys: readonly Term[], all: boolean): Term {
  const has = (is: Json, key: Value) =>
    isObject(is) ? String(key) in is : Array.isArray(is) && is.includes(String(key))
  return condition(
    () => {
      const is = read(of)
      if (is === undefined) return null
      return all ? keys.every((key) => has(is, key.value())) : keys.some((key) => has(is, key.value()))
    },
    (to) => {
      const is = read(of)
      if (Array.isArray(is)) {
        const names = keys.map((key) => String(key.value()))
        const others = is.filter((item) => typeof item !== 'string' || !names.includes(item))
        return write(of, to ? [...others, ...(all ? names : names.slice(0, 1))] : others)
      }
      const base = isObject(is) ? { ...is } : {}
      for (const key of keys) {
        if (to) base[String(key.value())] ??= 'none'
        else delete base[String(key.value())]
        if (to && !all) break
      }
      return write(of, base)
    },
    { parts: [of] },
  )
}

/** `a @> b` of jsonb. */
export function jsonContains(outer: Term, inner: Term): Term {
  return condition(
    () => {
      const [large, small] = [read(outer), read(inner)]
      return large === undefined || small === undefined ? null : contains(large, small)
    },
    (to) => {
      const [large, small] = [read(outer), read(inner)]
      if (large === undefined || small === undefined) return false
      return to ? write(outer, merged(large, small)) : write(outer, Array.isArray(large) ? [] : {})
    },
    { type: BOOL, parts: [outer, inner] },
  )
}

function contains(large: Json, small: Json): boolean {
  if (isObject(small))
    return (
      isObject(large) &&
      Object.entries(small).every(([key, value]) => key in large && contains(large[key]!, value))
    )
  if (Array.isArray(small))
    return Array.isArray(large) && small.every((item) => large.some((other) => contains(other, item)))
  return Array.isArray(large) ? large.includes(small) : large === small
}

function merged(large: Json, small: Json): Json {
  if (isObject(small)) {
    const base = isObject(large) ? { ...large } : {}
    for (const [key, value] of Object.entries(small))
      base[key] = key in base ? merged(base[key]!, value) : value
    return base
  }
  if (Array.isArray(small)) return [...(Array.isArray(large) ? large : []), ...small]
  return small
}
