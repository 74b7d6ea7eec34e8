// jsonb_out: keys in its order, one space behind commas and colons.

import { compareJsonbKeys } from '../values/literal-value.ts'

/** Keys by length, then bytes, the last of equals; `, ` and `: ` between. Numbers stay as they are written. */
export function jsonbLiteral(text: string): string {
  try {
    JSON.parse(text)
  } catch {
    return text
  }
  return print(read(text.trim()).value)
}

type Json =
  | { kind: 'scalar'; text: string }
  | { kind: 'list'; items: Json[] }
  | { kind: 'map'; map: Map<string, Json> }

/** A JSON reader that keeps numbers and texts as they stand: JSON.parse would round them. */
function read(text: string): { value: Json; rest: string } {
  const skip = (from: string) => from.trimStart()
  if (text.startsWith('[')) {
    const items: Json[] = []
    let rest = skip(text.slice(1))
    while (!rest.startsWith(']')) {
      const item = read(rest)
      items.push(item.value)
      rest = skip(skip(item.rest).replace(/^,/, ''))
    }
    return { value: { kind: 'list', items }, rest: rest.slice(1) }
  }
  if (text.startsWith('{')) {
    const map = new Map<string, Json>()
    let rest = skip(text.slice(1))
    while (!rest.startsWith('}')) {
      const key = /^"(?:[^"\\]|\\.)*"/.exec(rest)![0]
      const value = read(skip(skip(rest.slice(key.length)).slice(1)))
      map.set(key, value.value)
      rest = skip(skip(value.rest).replace(/^,/, ''))
    }
    return { value: { kind: 'map', map }, rest: rest.slice(1) }
  }
  const scalar = /^("(?:[^"\\]|\\.)*"|[^\s,\]}]+)/.exec(text)![0]
  return { value: { kind: 'scalar', text: scalar }, rest: text.slice(scalar.length) }
}

function print(value: Json): string {
  switch (value.kind) {
    case 'scalar':
      return value.text
    case 'list':
      return `[${value.items.map(print).join(', ')}]`
    case 'map':
      return `{${[...value.map]
        .toSorted(([a], [b]) => compareJsonbKeys(JSON.parse(a) as string, JSON.parse(b) as string))
        .map(([key, member]) => `${key}: ${print(member)}`)
        .join(', ')}}`
  }
}
