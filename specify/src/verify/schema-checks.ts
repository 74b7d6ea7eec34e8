// Validators of a contract's schemas, made once each, for one direction: what is readOnly cannot be asked of a request,
// what is writeOnly cannot be asked of an answer.

import { compileSchema } from '@specwright/json-schema/compile-schema.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { SchemaError } from '@specwright/json-schema/schema-error.ts'
import type { SchemaProblem } from '@specwright/json-schema/schema-problem.ts'
import type { SchemaAt, Source } from '../contracts/model.ts'

export type Direction = 'request' | 'response'
export type Check = (value: unknown) => SchemaProblem[]

const roots = new WeakMap<object, Record<Direction, unknown>>()
const checks = new WeakMap<object, Map<string, Check | undefined>>()

/** Undefined when the schema cannot be compiled: then nothing can be said about values. */
export function checkOf(at: SchemaAt, direction: Direction): Check | undefined {
  const own = checks.get(at.source) ?? new Map<string, Check | undefined>()
  checks.set(at.source, own)
  const key = `${direction} ${at.pointer}`
  if (!own.has(key)) own.set(key, compile(at, direction))
  return own.get(key)
}

function compile({ schema, pointer, source }: SchemaAt, direction: Direction): Check | undefined {
  try {
    const root = rootFor(source, direction)
    return compileSchema(withoutOther(schema, direction), { dialect: source.dialect, root, at: pointer })
  } catch (error) {
    if (error instanceof SchemaError) return undefined
    throw error
  }
}

function rootFor(source: Source, direction: Direction): unknown {
  const { root } = source
  if (typeof root !== 'object' || root === null) return root
  const known = roots.get(root)
  if (known !== undefined) return known[direction]
  // Most contracts have neither word; their document is used as it is.
  const speaks = /"(readOnly|writeOnly)":true/.test(textOf(root))
  const made = {
    request: speaks ? withoutOther(root, 'request') : root,
    response: speaks ? withoutOther(root, 'response') : root,
  }
  roots.set(root, made)
  return made[direction]
}

function textOf(root: object): string {
  try {
    return JSON.stringify(root)
  } catch {
    return ''
  }
}

/** A copy in which members that belong to the other direction are not required. */
function withoutOther(value: unknown, direction: Direction): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutOther(each, direction))
  if (!isRecord(value)) return value
  const out = Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withoutOther(each, direction)]),
  )
  const { required, properties } = value
  if (Array.isArray(required) && isRecord(properties)) {
    const word = direction === 'request' ? 'readOnly' : 'writeOnly'
    out['required'] = required.filter((name) => {
      const property = properties[String(name)]
      return !(isRecord(property) && property[word] === true)
    })
  }
  return out
}
