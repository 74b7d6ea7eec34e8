// A quick answer to the usual question, "is this document as the schema wants it?": loading ajv and compiling the schema
// takes a third of a short run. It knows the keywords our own schema uses and says no to everything else, so that only
// documents with problems, or schemas with other keywords, need ajv, which finds the words for them.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'

type Schema = Readonly<Record<string, unknown>>

/** True: ajv would find nothing. False: it might. */
export function fitsSchema(schema: unknown, value: unknown, root = schema): boolean {
  if (!isRecord(schema)) return schema === true
  return Object.entries(schema).every(([keyword, wanted]) => {
    const check = CHECKS[keyword]
    return check !== undefined && check(wanted, value, { schema, root })
  })
}

type Check = (wanted: unknown, value: unknown, context: { schema: Schema; root: unknown }) => boolean

const CHECKS: Readonly<Record<string, Check | undefined>> = {
  $schema: says,
  $defs: says,
  title: says,
  description: says,
  examples: says,
  type: (wanted, value) => [wanted].flat().some((type) => TYPES[String(type)]?.(value) ?? false),
  enum: (wanted, value) => (wanted as unknown[]).some((one) => one === value),
  minimum: (wanted, value) => typeof value !== 'number' || value >= Number(wanted),
  maximum: (wanted, value) => typeof value !== 'number' || value <= Number(wanted),
  minLength: (wanted, value) => typeof value !== 'string' || [...value].length >= Number(wanted),
  minItems: (wanted, value) => !Array.isArray(value) || value.length >= Number(wanted),
  minProperties: (wanted, value) => !isRecord(value) || Object.keys(value).length >= Number(wanted),
  required: (wanted, value) =>
    !isRecord(value) || (wanted as string[]).every((name) => value[name] !== undefined),
  items: (wanted, value, { root }) =>
    !Array.isArray(value) || value.every((item) => fitsSchema(wanted, item, root)),
  properties: (wanted, value, { root }) =>
    !isRecord(value) ||
    Object.entries(wanted as Schema).every(
      ([name, schema]) => value[name] === undefined || fitsSchema(schema, value[name], root),
    ),
  additionalProperties: (wanted, value, { schema, root }) => {
    if (!isRecord(value)) return true
    const named = isRecord(schema['properties']) ? schema['properties'] : {}
    return Object.entries(value).every(
      ([name, one]) => Object.hasOwn(named, name) || (wanted !== false && fitsSchema(wanted, one, root)),
    )
  },
  $ref: (wanted, value, { root }) => {
    const [, name = ''] = /^#\/\$defs\/(\w+)$/.exec(String(wanted)) ?? []
    const defs = isRecord(root) && isRecord(root['$defs']) ? root['$defs'] : {}
    return Object.hasOwn(defs, name) && fitsSchema(defs[name], value, root)
  },
}

/** Says something about the schema and nothing about the value. */
function says(): boolean {
  return true
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  null: (value) => value === null,
  array: Array.isArray,
  object: isRecord,
}
