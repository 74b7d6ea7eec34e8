// Whether what is read is what was written.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Operation } from '../contracts/model.ts'
import { propertiesOf, shapesOf } from './schema-shape.ts'
import { jsonOf, type Exchange } from './session.ts'

type Difference = { readonly path: string; readonly message: string; readonly expected: readonly string[] }

const SECRET = /passw|secret|token|code$/i

/** The first member that is read otherwise than it was written; members the answer does not speak of are left out. */
export function difference(written: unknown, read: Exchange, operation: Operation): Difference | undefined {
  const body = jsonOf(read)
  if (!isRecord(written) || body === undefined) return undefined
  const inner =
    Object.keys(written).length === 1 && isRecord(Object.values(written)[0])
      ? Object.values(written)[0]
      : undefined
  const [expected, at] = [inner, written].flatMap((each): [Record<string, unknown>, string[]][] => {
    const found = isRecord(each) ? envelopeOf(body, each) : undefined
    return found === undefined || !isRecord(each) ? [] : [[each, found]]
  })[0] ?? [undefined, undefined]
  if (expected === undefined || at === undefined) return undefined
  const actual = at.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], body)
  if (!isRecord(actual)) return undefined
  const declared = declaredNames(operation, at)
  for (const [name, value] of Object.entries(expected)) {
    if (SECRET.test(name) || value === null) continue
    const path = ['$', ...at, name].join('.')
    if (!Object.hasOwn(actual, name)) {
      if (!declared.has(name)) continue
      return {
        path,
        message: `${name} is ${shown(value)} when written and missing when read`,
        expected: ['HTTP 200', '[Asserts]', `jsonpath ${JSON.stringify(path)} exists`],
      }
    }
    if (isSame(value, actual[name])) continue
    return {
      path,
      message: `${name} is ${shown(value)} when written and ${shown(actual[name])} when read`,
      expected: [
        'HTTP 200',
        '[Asserts]',
        `jsonpath ${JSON.stringify(path)} == ${typeof value === 'object' ? 'null' : JSON.stringify(value)}`,
      ],
    }
  }
  return undefined
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Where in the answer the thing itself stands: `data` of an envelope, the answer itself. */
function envelopeOf(body: unknown, written: Record<string, unknown>, depth = 0): string[] | undefined {
  if (!isRecord(body)) return undefined
  const names = Object.keys(written)
  const shared = names.filter((name) => Object.hasOwn(body, name)).length
  if (shared > 0 && shared * 2 >= names.length) return []
  if (depth >= 2) return shared > 0 ? [] : undefined
  for (const [name, inner] of Object.entries(body)) {
    const found = envelopeOf(inner, written, depth + 1)
    if (found !== undefined) return [name, ...found]
  }
  return shared > 0 ? [] : undefined
}

function declaredNames(operation: Operation, at: readonly string[]): Set<string> {
  const schema = operation.responses.find(({ status }) => status.startsWith('2'))?.content[0]?.schema
  if (schema === undefined) return new Set()
  const { root } = schema.source
  let own: unknown = schema.schema
  for (const name of at) own = shapesOf(own, root).map((shape) => propertiesOf(shape)[name])[0]
  return new Set(
    shapesOf(own, root).flatMap((shape) =>
      Object.entries(propertiesOf(shape)).flatMap(([name, property]) =>
        shapesOf(property, root).some((each) => each['writeOnly'] === true) ? [] : [name],
      ),
    ),
  )
}

/** The same for a reader: instants by their time, numbers by their value; of another type it is another thing. */
function isSame(written: unknown, read: unknown): boolean {
  if (typeof written !== typeof read || Array.isArray(written) !== Array.isArray(read)) return true
  if (typeof written === 'string' && typeof read === 'string') {
    if (written === read || written.trim() === read.trim()) return true
    return isInstant(written) && isInstant(read) && Date.parse(written) === Date.parse(read)
  }
  if (Array.isArray(written) && Array.isArray(read))
    return (
      written.length === read.length &&
      [...written].every(
        (each: unknown, i) => isSame(each, read[i]) || read.some((other) => isSame(each, other)),
      )
    )
  if (isRecord(written) && isRecord(read))
    return Object.entries(written).every(
      ([name, value]) => !Object.hasOwn(read, name) || isSame(value, read[name]),
    )
  return written === read
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text))
}

/** Things that move on by themselves. */
export function isRecordOfTime(path: string): boolean {
  return /(at|time|date|version|etag|expires|age|status|state)[^.]*$/i.test(path)
}

/** The JSONPath of a value in an answer, to capture it in a Hurl block. */
export function pathOfValue(body: unknown, value: unknown, path = '$'): string | undefined {
  if (body === value) return path
  if (Array.isArray(body) || !isRecord(body)) return undefined
  for (const [name, each] of Object.entries(body)) {
    const found = pathOfValue(each, value, /^\w+$/.test(name) ? `${path}.${name}` : `${path}['${name}']`)
    if (found !== undefined) return found
  }
  return undefined
}
