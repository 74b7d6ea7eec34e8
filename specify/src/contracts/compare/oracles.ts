// Two validators look at every witness: one by the letter over the schemas as written, which passes the test suite of
// JSON Schema, and one over the formulas. The tests let ajv look at the same witnesses.

import type { SchemaAt } from '../model.ts'
import { holds } from './evaluate.ts'
import type { Exchange } from './modern-schema.ts'
import { standaloneSchema } from './standalone-schema.ts'
import type { Translator } from './translate.ts'
import { valueCheck } from './validate-value.ts'

/** Whether both accept the value for the writer's schema and refuse it for the reader's. */
export function oraclesAgree(
  value: unknown,
  {
    writer,
    reader,
    exchange,
    translator,
  }: {
    readonly writer: SchemaAt
    readonly reader: SchemaAt
    readonly exchange: Exchange
    readonly translator: Translator
  },
): boolean {
  return (
    holds(translator.formulaOf(writer), value) === true &&
    holds(translator.formulaOf(reader), value) === false &&
    isValid(value, writer, exchange) === true &&
    isValid(value, reader, exchange) === false
  )
}

/** Undefined when the schema refers to what is not there. */
function isValid(value: unknown, at: SchemaAt, exchange: Exchange): boolean | undefined {
  const { schema, definitions } = standaloneSchema(at, exchange, value)
  const schemas = Object.entries(definitions).map(([name, each]): [string, unknown] => [
    `https://schema.invalid/${name}`,
    each,
  ])
  try {
    return valueCheck(schema, { draft: '2020-12', schemas: Object.fromEntries(schemas) })(value)
  } catch {
    return undefined
  }
}
