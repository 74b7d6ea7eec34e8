import { intervalText, MICROS_PER_DAY, parseDuration, parseInstant } from '../bytes/dates.ts'
import { isInteger, largestInteger, type PgType } from '../schema/pg-type.ts'
import { scaleOf, valueTypeOf, type Value } from './value-type.ts'

/** A JSON value of the schema as a value of the column's type; undefined when it is none. */
export function literalValue(given: unknown, type: PgType): Value | undefined {
  if (given === null) return null
  const kind = valueTypeOf(type).kind
  switch (kind) {
    case 'int':
    case 'decimal': {
      if (typeof given !== 'number' || !Number.isFinite(given)) return undefined
      if (isInteger(type) && !Number.isInteger(given)) return undefined
      if (Math.abs(given) > largestInteger(type) + 1) return undefined
      const units = Number((given * 10 ** scaleOf(valueTypeOf(type))).toFixed(0))
      return Number.isSafeInteger(units) ? units : undefined
    }
    case 'float':
      return typeof given === 'number' ? given : undefined
    case 'bool':
      return typeof given === 'boolean' ? given : undefined
    case 'date': {
      const micros = typeof given === 'string' ? parseInstant(given) : undefined
      return micros === undefined ? undefined : Math.floor(micros / MICROS_PER_DAY)
    }
    case 'instant':
      return typeof given === 'string' ? parseInstant(given) : undefined
    case 'time': {
      const micros = typeof given === 'string' ? parseInstant(`1970-01-01T${given}`) : undefined
      return micros === undefined ? undefined : micros % MICROS_PER_DAY
    }
    case 'interval':
      return typeof given === 'string' ? parseDuration(given) : undefined
    case 'json':
      return type.kind === 'jsonb' ? jsonbText(given) : JSON.stringify(given)
    default:
      return textLiteral(given, type)
  }
}

function textLiteral(given: unknown, type: PgType): string | undefined {
  if (type.kind === 'array') return Array.isArray(given) ? arrayLiteral(given, type.element!) : undefined
  if (typeof given !== 'string') return undefined
  switch (type.kind) {
    case 'enum':
      return type.labels!.includes(given) ? given : undefined
    case 'uuid':
      return /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(given) ? given.toLowerCase() : undefined
    case 'bytea':
      return /^\\x([\da-f]{2})*$/i.test(given) ? given.toLowerCase() : undefined
    case 'varchar':
    case 'char':
      return type.length !== undefined && Array.from(given).length > type.length ? undefined : given
    default:
      return given.includes('\u0000') ? undefined : given
  }
}

function arrayLiteral(items: readonly unknown[], element: PgType): string | undefined {
  const texts: string[] = []
  for (const item of items) {
    const value = literalValue(item, element)
    if (value === undefined) return undefined
    texts.push(value === null ? 'NULL' : arrayItem(elementText(value, element)))
  }
  return `{${texts.join(',')}}`
}

function elementText(value: Exclude<Value, null>, element: PgType): string {
  if (valueTypeOf(element).kind === 'interval') return intervalText(Number(value))
  return String(value)
}

/** Quotes what array_out quotes: empty, NULL look-alikes, braces, commas, quotes, backslashes, white space. */
export function arrayItem(text: string): string {
  if (text !== '' && !/[\s{},"\\]/.test(text) && text.toLowerCase() !== 'null') return text
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** JSON as jsonb prints it: keys by length, then bytes; `, ` and `: ` between. */
export function jsonbText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => compareJsonbKeys(a, b))
    return `{${members.map(([key, member]) => `${jsonText(key)}: ${jsonbText(member)}`).join(', ')}}`
  }
  return jsonText(value)
}

export function compareJsonbKeys(a: string, b: string): number {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length - right.length || Buffer.compare(left, right)
}

/** A scalar as JSON; numbers without exponent, as numeric prints them. */
export function jsonText(value: unknown): string {
  if (typeof value === 'number' && /e/.test(String(value))) {
    return Math.abs(value) >= 1 ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '')
  }
  return JSON.stringify(value) ?? 'null'
}
