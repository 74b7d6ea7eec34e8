import { quoteText } from '../formats/names.ts'
import { valueText } from '../formats/value-text.ts'
import { literalValue } from '../values/literal-value.ts'
import type { PgType } from './pg-type.ts'

/**
 * A JSON value as pg_dump prints it behind DEFAULT: `'a'::text`, `5`, `'-1'::integer`. Undefined when it is no value
 * of the type. `null` gives undefined too, since DEFAULT NULL vanishes; ask for it before.
 */
export function defaultText(given: unknown, type: PgType): string | undefined {
  const value = literalValue(given, type)
  if (value === undefined || value === null) return undefined
  switch (type.kind) {
    case 'int2':
    case 'int4':
    case 'int8':
    case 'numeric':
    case 'float4':
    case 'float8':
      return numberText(Number(given))
    case 'bool':
      return value === true ? 'true' : 'false'
    case 'char':
      return `${quoteText(String(given))}::bpchar`
    default:
      return `${quoteText(valueText(value, type))}::${type.castText}`
  }
}

/** The literal keeps the type the parser gave it: integer, bigint or numeric; a sign forces quotes. */
function numberText(value: number): string {
  const whole = Number.isInteger(value)
  const type = !whole ? 'numeric' : Math.abs(value) > 2_147_483_647 ? 'bigint' : 'integer'
  if (value < 0 || type === 'bigint') return `'${value}'::${type}`
  return String(value)
}
