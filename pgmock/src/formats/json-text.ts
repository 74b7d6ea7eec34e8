import type { PgType } from '../schema/pg-type.ts'
import type { Value } from '../values/value-type.ts'
import { valueText } from './value-text.ts'

/** A value as PostgreSQL's to_json prints it: numbers and JSON bare, arrays as arrays, times in ISO 8601. */
export function jsonText(value: Value, type: PgType): string {
  if (value === null) return 'null'
  return fromText(valueText(value, type), type)
}

function fromText(text: string, type: PgType): string {
  switch (type.kind) {
    case 'bool':
      return text === 't' ? 'true' : 'false'
    case 'int2':
    case 'int4':
    case 'int8':
    case 'numeric':
    case 'float4':
    case 'float8':
      return /^-?\d/.test(text) ? text : JSON.stringify(text) // NaN and Infinity are no JSON
    case 'json':
    case 'jsonb':
      return text
    case 'timestamp':
      return JSON.stringify(text.replace(' ', 'T'))
    case 'timestamptz':
      return JSON.stringify(`${text.replace(' ', 'T')}:00`)
    case 'array':
      return `[${arrayElements(text)
        .map((element) => (element === null ? 'null' : fromText(element, type.element!)))
        .join(',')}]`
    default:
      return JSON.stringify(text)
  }
}

/** Of a one-dimensional array literal: `{a,"b c",NULL}`. */
export function arrayElements(literal: string): (string | null)[] {
  const elements: (string | null)[] = []
  const pattern = /"((?:[^"\\]|\\.)*)"|([^,{}]+)/gs
  for (const [, quoted, bare] of literal.matchAll(pattern))
    elements.push(
      quoted === undefined ? (bare === 'NULL' ? null : bare!) : quoted.replaceAll(/\\(.)/gs, '$1'),
    )
  return elements
}
