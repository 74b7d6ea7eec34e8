import { plainText } from '../formats/value-text.ts'
import type { Expression } from '../values/generator.ts'
import { jsonText } from '../values/literal-value.ts'
import type { Value, ValueType } from '../values/value-type.ts'

/** Any value as JSON text; instants as ISO 8601 with Z and milliseconds, the way services write them. */
export function jsonOf({ type, value }: Expression): (row: number) => string {
  const text = jsonWriter(type)
  return (row) => {
    const is = value(row)
    return is === null ? 'null' : text(is)
  }
}

function jsonWriter(type: ValueType): (value: Exclude<Value, null>) => string {
  switch (type.kind) {
    case 'int':
    case 'decimal':
      return (value) => plainText(value, type)
    case 'float':
    case 'bool':
      return jsonText
    case 'json':
      return String
    case 'instant':
      return (value) => `"${new Date(Number(value) / 1000).toISOString()}"`
    default:
      return (value) => JSON.stringify(plainText(value, type))
  }
}
