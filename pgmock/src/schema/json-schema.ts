import { generators } from '../values/registry.ts'
import { objectDefinitions } from './json-schema-objects.ts'
import { TEXT_KINDS } from '../formats/text-entries.ts'
import { typeNames } from './pg-type.ts'

const text = { type: 'string' }
const names = { type: 'array', items: text, minItems: 1 }
const key = {
  type: ['array', 'object'],
  items: text,
  required: ['columns'],
  additionalProperties: false,
  properties: {
    name: text,
    columns: names,
    deferrable: { enum: ['immediate', 'deferred'] },
    nullsNotDistinct: { type: 'boolean', description: 'Of a unique constraint: two NULLs are equal' },
    include: names,
    with: { ...text, description: "fillfactor='70'" },
    withoutOverlaps: { type: 'boolean', description: 'The last column is a range; none overlap (18)' },
    comment: text,
  },
}
const flag = { type: 'boolean' }
const grants = {
  type: 'object',
  description: 'Role, or PUBLIC → what it may do in the end: ["SELECT", "INSERT WITH GRANT OPTION"]',
  additionalProperties: { type: ['string', 'array'], items: text },
}
const details = { owner: text, comment: text, grants }
const deferrable = { enum: ['immediate', 'deferred'] }
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
      schemas: {
        type: ['array', 'object'],
        items: text,
        description: 'Schemas besides public; a name "sales.orders" lives in sales',
        additionalProperties: { $ref: '#/$defs/details' },
      },
      roles: { type: 'array', items: text, description: 'Owners and grantees must be among them' },
      extensions: { type: 'array', items: { $ref: '#/$defs/extension' } },
      types: { type: 'object', additionalProperties: { $ref: '#/$defs/type' } },
      collations: { type: 'object', additionalProperties: { $ref: '#/$defs/collation' } },
      functions: { type: 'object', additionalProperties: { $ref: '#/$defs/function' } },
      views: { type: 'object', additionalProperties: { $ref: '#/$defs/view' } },
      materializedViews: { type: 'object', additionalProperties: { $ref: '#/$defs/view' } },
      publications: { type: 'object', additionalProperties: { $ref: '#/$defs/publication' } },
      defaultPrivileges: { type: 'array', items: { $ref: '#/$defs/defaultPrivileges' } },
      domains: { type: 'object', additionalProperties: { $ref: '#/$defs/domain' } },
      sequences: { type: 'object', additionalProperties: { $ref: '#/$defs/sequence' } },
      objects: { type: 'array', items: { $ref: '#/$defs/object' } },
      enums: {
        type: 'object',
        additionalProperties: {
          type: ['array', 'object'],
          items: text,
          required: ['labels'],
          additionalProperties: false,
          properties: { labels: { type: 'array', items: text }, ...details },
        },
      },
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
      ...objectDefinitions(),
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
      exclude: { type: 'array', items: { $ref: '#/$defs/exclude' } },
      inherits: { ...names, description: 'Tables whose columns and checks this one has, too' },
      unlogged: flag,
      with: { ...text, description: "Storage parameters: fillfactor='70'" },
      replicaIdentity: {
        type: ['string', 'object'],
        required: ['index'],
        additionalProperties: false,
        properties: { index: text },
        description: '"full", "nothing" or { "index": "name" }',
      },
      clusterOn: { ...text, description: 'Name of the index the rows are ordered by' },
      rowSecurity: { enum: ['enabled', 'forced'] },
      triggers: { type: 'object', additionalProperties: { $ref: '#/$defs/trigger' } },
      policies: { type: 'object', additionalProperties: { $ref: '#/$defs/policy' } },
      rules: { type: 'object', additionalProperties: { $ref: '#/$defs/rule' } },
      statistics: { type: 'object', additionalProperties: { $ref: '#/$defs/statistics' } },
      owner: text,
      grants,
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
            deferrable,
            notValid: flag,
            notEnforced: { type: 'boolean', description: '18' },
            period: { type: 'boolean', description: 'The last columns are ranges (18)' },
            setColumns: names,
            comment: text,
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
            method: { ...text, examples: ['btree', 'hash', 'gin', 'gist', 'brin', 'spgist'] },
            where: text,
            include: names,
            nullsNotDistinct: flag,
            statistics: {
              type: 'object',
              additionalProperties: { type: 'integer', minimum: 0, maximum: 10_000 },
              description: 'Targets of statistics by the place of the column: { "1": 500 }',
            },
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
      generated: { ...text, description: 'Expression of a generated column' },
      virtual: { type: 'boolean', description: 'Of a generated column: computed when read (18)' },
      inherited: { type: 'boolean', description: 'Comes from a table in "inherits"; not repeated' },
      notNullName: { ...text, description: 'Of its NOT NULL constraint (18)' },
      storage: { enum: ['plain', 'external', 'extended', 'main'] },
      compression: { enum: ['pglz', 'lz4'] },
      statistics: { type: 'integer', minimum: 0, maximum: 10_000 },
      options: { ...text, description: 'n_distinct=5' },
      grants,
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
    properties: {
      name: text,
      expression: text,
      notValid: flag,
      noInherit: flag,
      notEnforced: { type: 'boolean', description: '18' },
      comment: text,
    },
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
      collation: text,
      ...details,
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
      ownedBy: { ...text, description: 'Of a free sequence: "orders.id"' },
      ...details,
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
        enum: Object.keys(TEXT_KINDS),
      },
      name: text,
      tag: text,
      sql: text,
      sql15: { ...text, description: 'As 15 prints it, where that differs' },
      placeholder: {
        ...text,
        description:
          'Of a view whose GROUP BY leans on primary keys: what stands for it until they are there',
      },
      drop: text,
      table: text,
      uses: { type: 'array', items: text },
      provides: { type: 'array', items: text, description: 'Types of an extension' },
      columnComments: { type: 'object', additionalProperties: text },
      ...details,
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
      name: text,
      deferrable,
      notValid: flag,
      comment: { ...text, description: 'COMMENT ON CONSTRAINT' },
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
