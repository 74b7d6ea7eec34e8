// The keywords a schema keeps when it is written for another validator, by what they hold.

/** Keywords of 2020-12 that hold one schema. */
export const ONE = new Set([
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
])
/** … a list of schemas. */
export const LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
/** … schemas by name. */
export const MAP = new Set(['dependentSchemas', 'patternProperties', 'properties'])
/** … no schema, and every validator judges alike: annotations and `format` are not among them. */
export const PLAIN = new Set([
  'const',
  'dependentRequired',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxContains',
  'maximum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'minContains',
  'minimum',
  'minItems',
  'minLength',
  'minProperties',
  'multipleOf',
  'pattern',
  'required',
  'type',
  'uniqueItems',
])
