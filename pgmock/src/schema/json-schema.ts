import { generators } from '../values/registry.ts'
import { typeNames } from './pg-type.ts'

const text = { type: 'string' }
const names = { type: 'array', items: text, minItems: 1 }
const key = {
  type: ['array', 'object'],
  items: text,
  required: ['columns'],
  additionalProperties: false,
  properties: { name: text, columns: names },
}
const actions = { enum: ['cascade', 'restrict', 'set null', 'set default', 'no action'] }

/** The published JSON Schema (2020-12) of the schema language: structure and editor completion; meaning is checked after. */
export function jsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'pgmock schema',
    description: 'A PostgreSQL database and what its data should look like. See docs/schema-language.md.',
    type: 'object',
    required: ['version', 'database', 'tables'],
    additionalProperties: false,
    properties: {
      $schema: text,
      version: { enum: ['1.0'], description: 'Version of the schema language' },
      now: { ...text, description: 'The instant the data looks back from, such as 2026-01-01T00:00:00Z' },
      database: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: { ...text, minLength: 1, description: 'Also the prefix of references from other files' },
          encoding: { enum: ['UTF8'], description: 'Only UTF8 is written' },
          locale: text,
          owner: { ...text, minLength: 1, description: 'Role in OWNER TO, default postgres' },
          comment: text,
        },
      },
      schemas: { ...names, description: 'Schemas besides public; a name "sales.orders" lives in sales' },
      domains: { type: 'object', additionalProperties: { $ref: '#/$defs/domain' } },
      sequences: { type: 'object', additionalProperties: { $ref: '#/$defs/sequence' } },
      objects: { type: 'array', items: { $ref: '#/$defs/object' } },
      enums: { type: 'object', additionalProperties: { type: 'array', items: text, minItems: 1 } },
      tables: { type: 'object', additionalProperties: { $ref: '#/$defs/table' } },
    },
    $defs: {
      table: table(),
      column: column(),
      reference: reference(),
      rowCount: rowCount(),
      check: check(),
      domain: domain(),
      sequence: sequence(),
      object: textObject(),
    },
  }
}

function table(): object {
  return {
    type: 'object',
    required: ['columns'],
    additionalProperties: false,
    properties: {
      columns: { type: 'object', additionalProperties: { $ref: '#/$defs/column' } },
      rowCount: { $ref: '#/$defs/rowCount' },
      primaryKey: key,
      unique: { type: 'array', items: key },
      partitionBy: { ...text, description: 'RANGE (created_at)' },
      partitionOf: {
        type: 'object',
        required: ['table', 'bound'],
        additionalProperties: false,
        properties: { table: text, bound: { ...text, description: "FOR VALUES IN ('a'), DEFAULT" } },
      },
      foreignKeys: {
        type: 'array',
        items: {
          type: 'object',
          required: ['columns', 'references'],
          additionalProperties: false,
          properties: {
            name: text,
            columns: names,
            references: { $ref: '#/$defs/reference' },
            match: { enum: ['full', 'simple'] },
            deferrable: { enum: ['immediate', 'deferred'] },
            onDelete: actions,
            onUpdate: actions,
            distribution: { enum: ['skewed', 'uniform', 'zipf', 'sequential'] },
          },
        },
      },
      checks: {
        type: 'array',
        items: { $ref: '#/$defs/check' },
      },
      indexes: {
        type: 'array',
        items: {
          type: 'object',
          required: ['columns'],
          additionalProperties: false,
          properties: {
            name: text,
            columns: names,
            unique: { type: 'boolean' },
            method: { enum: ['btree', 'hash', 'gin', 'gist', 'brin', 'spgist'] },
            where: text,
            include: names,
            with: text,
            partOf: text,
            comment: text,
          },
        },
      },
      comment: text,
      context: { type: 'object', additionalProperties: text },
    },
  }
}

function column(): object {
  return {
    type: 'object',
    required: ['type'],
    additionalProperties: false,
    properties: {
      type: { type: 'string', examples: typeNames },
      primaryKey: { type: 'boolean' },
      unique: { type: 'boolean' },
      identity: { enum: ['always', 'by default'] },
      nullable: { type: 'boolean' },
      nullRate: { type: 'number', minimum: 0, maximum: 1 },
      default: { description: 'A value of the type, or { "sql": "now()" }' },
      collation: { ...text, description: 'As SQL: pg_catalog."C"' },
      generated: { ...text, description: 'Expression of a stored generated column' },
      sequence: { $ref: '#/$defs/sequence' },
      references: { $ref: '#/$defs/reference' },
      generator: {
        type: ['string', 'object'],
        examples: [...generators.keys()],
        required: ['name'],
        properties: { name: { type: 'string', examples: [...generators.keys()] } },
      },
      values: { type: 'array', minItems: 1 },
      weights: { type: 'array', items: { type: 'number', minimum: 0 } },
      min: { type: ['number', 'string'] },
      max: { type: ['number', 'string'] },
      mean: { type: 'number' },
      stddev: { type: 'number' },
      distribution: {
        enum: ['uniform', 'normal', 'lognormal', 'exponential', 'zipf', 'sequential', 'skewed'],
      },
      pattern: text,
      derive: text,
      hidden: { type: 'boolean' },
      check: text,
      comment: text,
    },
  }
}

function check(): object {
  return {
    type: ['string', 'object'],
    required: ['expression'],
    additionalProperties: false,
    properties: { name: text, expression: text },
  }
}

function domain(): object {
  return {
    type: 'object',
    required: ['type'],
    additionalProperties: false,
    properties: {
      type: { type: 'string', examples: typeNames },
      nullable: { type: 'boolean' },
      default: { description: 'A value of the type, or { "sql": "now()" }' },
      checks: { type: 'array', items: { $ref: '#/$defs/check' } },
      comment: text,
    },
  }
}

function sequence(): object {
  const whole = { type: 'integer' }
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      name: text,
      as: { enum: ['smallint', 'integer'] },
      start: whole,
      increment: whole,
      min: whole,
      max: whole,
      cache: { type: 'integer', minimum: 1 },
      cycle: { type: 'boolean' },
    },
  }
}

function textObject(): object {
  return {
    type: 'object',
    description: 'A view, function, trigger …: its SQL goes into the dump as it is',
    required: ['kind', 'name', 'sql'],
    additionalProperties: false,
    properties: {
      kind: {
        enum: [
          'EXTENSION',
          'TYPE',
          'FUNCTION',
          'PROCEDURE',
          'AGGREGATE',
          'VIEW',
          'MATERIALIZED VIEW',
          'INDEX',
          'RULE',
          'TRIGGER',
        ],
      },
      name: text,
      tag: text,
      sql: text,
      drop: text,
      table: text,
      uses: { type: 'array', items: text },
      provides: { type: 'array', items: text, description: 'Types of an extension' },
      comment: text,
    },
  }
}

function reference(): object {
  return {
    type: ['string', 'object'],
    required: ['table'],
    additionalProperties: false,
    properties: {
      table: text,
      column: text,
      columns: names,
      onDelete: actions,
      onUpdate: actions,
      existingAt: text,
      since: text,
    },
  }
}

function rowCount(): object {
  return {
    type: ['number', 'string', 'object'],
    required: ['per'],
    additionalProperties: false,
    properties: {
      per: text,
      via: text,
      min: { type: 'integer', minimum: 0 },
      max: { type: 'integer', minimum: 0 },
      mean: { type: 'number', minimum: 0 },
      distribution: { enum: ['uniform', 'geometric', 'poisson', 'zipf'] },
      count: text,
    },
  }
}
