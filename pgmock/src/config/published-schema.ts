import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { jsonSchema } from '../schema/json-schema.ts'

/**
 * The JSON Schema for editors: that of a plain schema, and what layers.ts makes of a file before. A file that extends
 * another may leave out everything, take things away with null, and use $ref in place of a table or column.
 */
export function publishedSchema(): Record<string, unknown> {
  const schema = structuredClone(jsonSchema())
  const text = { type: 'string' }
  const properties = record(schema['properties'])
  schema['required'] = ['version']
  properties['extends'] = {
    type: ['string', 'array'],
    items: text,
    description: 'A template, or a file beside this one (./base.json), that this file is laid over',
  }
  properties['mix'] = {
    type: 'array',
    description: 'Templates whose tables come in under a prefix',
    items: {
      type: ['string', 'object'],
      required: ['template'],
      additionalProperties: false,
      properties: { template: text, prefix: text },
    },
  }
  properties['definitions'] = { type: 'object', description: 'Parts for "$ref": "#/definitions/…"' }
  record(properties['database'])['required'] = []
  const definitions = record(schema['$defs'])
  for (const name of ['table', 'column']) {
    const part = record(definitions[name])
    part['required'] = []
    record(part['properties'])['$ref'] = { ...text, description: '#/definitions/… or file.json#/…' }
  }
  removable(record(properties['tables']))
  removable(record(record(record(definitions['table'])['properties'])['columns']))
  return schema
}

/** Members may be null: the layer below had them. */
function removable(members: Record<string, unknown>): void {
  members['additionalProperties'] = { anyOf: [members['additionalProperties'], { type: 'null' }] }
}

function record(value: unknown): Record<string, unknown> {
  if (isRecord(value)) return value
  throw new TypeError('the schema of schemas has changed its shape')
}
