import { validators } from '@specwright/json-schema/validator.ts'
import type { SchemaAt } from '../model.ts'
import type { Exchange } from './modern-schema.ts'
import { standaloneSchema } from './standalone-schema.ts'

/** Whether ajv, too, accepts a witness for the writer's schema and refuses it for the reader's: for tests and measuring. */
export function ajvAgrees(
  value: unknown,
  { writer, reader }: { readonly writer: SchemaAt; readonly reader: SchemaAt },
  exchange: Exchange,
): boolean {
  return isValid(value, writer, exchange) === true && isValid(value, reader, exchange) === false
}

function isValid(value: unknown, at: SchemaAt, exchange: Exchange): boolean | undefined {
  const { schema, definitions } = standaloneSchema(at, exchange, value)
  const own = validators()
  for (const [name, definition] of Object.entries(definitions)) own.define(name, definition)
  return own.compile(schema)?.(value)
}
