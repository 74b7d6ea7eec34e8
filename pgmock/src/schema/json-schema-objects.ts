// The short spellings of everything that is no table: see friendly-objects.ts and table-objects.ts.

const text = { type: 'string' }
const texts = { type: 'array', items: text }
const flag = { type: 'boolean' }
const grants = {
  type: 'object',
  additionalProperties: { type: ['string', 'array'], items: text },
}
const details = { owner: text, comment: text, grants }

/** Members of $defs. */
export function objectDefinitions(): Record<string, object> {
  return {
    details: record({}),
    extension: textOr({ name: text, schema: text, types: texts, comment: text }, ['name']),
    type: record({
      attributes: { type: 'object', additionalProperties: text, description: 'Of a composite type' },
      subtype: { ...text, description: 'Of a range type' },
      multirange: text,
      collation: text,
      subtypeDiff: text,
    }),
    collation: record({
      provider: { enum: ['icu', 'libc', 'builtin'] },
      locale: text,
      deterministic: flag,
      rules: text,
    }),
    function: record({
      arguments: { ...texts, description: '["a integer", "INOUT b text"]' },
      returns: text,
      language: text,
      volatility: { enum: ['volatile', 'stable', 'immutable'] },
      strict: flag,
      securityDefiner: flag,
      procedure: flag,
      body: text,
    }),
    view: textOr(
      {
        query: text,
        with: { ...text, description: "security_barrier='true'" },
        uses: texts,
        columnComments: { type: 'object', additionalProperties: text },
        ...details,
      },
      ['query'],
    ),
    publication: record({
      tables: texts,
      schemas: texts,
      allTables: flag,
      publish: { type: 'array', items: { enum: ['insert', 'update', 'delete', 'truncate'] } },
      viaRoot: flag,
    }),
    defaultPrivileges: {
      type: 'object',
      required: ['on', 'grants'],
      additionalProperties: false,
      properties: {
        on: { enum: ['tables', 'sequences', 'functions', 'types', 'schemas'] },
        schema: text,
        role: text,
        grants,
      },
    },
    exclude: {
      type: 'object',
      required: ['elements'],
      additionalProperties: false,
      properties: {
        name: text,
        method: text,
        elements: {
          type: 'object',
          minProperties: 1,
          additionalProperties: text,
          description: 'Column → operator: { "room": "=", "during": "&&" }',
        },
        include: texts,
        with: text,
        where: text,
        deferrable: { enum: ['immediate', 'deferred'] },
        comment: text,
      },
    },
    trigger: textOr(
      {
        sql: { ...text, description: 'BEFORE UPDATE FOR EACH ROW EXECUTE FUNCTION touch()' },
        before: { ...text, description: 'insert or update' },
        after: text,
        insteadOf: text,
        each: { enum: ['row', 'statement'] },
        when: text,
        execute: { ...text, description: 'touch()' },
        comment: text,
      },
      [],
    ),
    policy: textOr(
      {
        for: { enum: ['all', 'select', 'insert', 'update', 'delete'] },
        to: texts,
        using: text,
        check: text,
        restrictive: flag,
        comment: text,
      },
      [],
    ),
    rule: textOr({ sql: { ...text, description: 'ON DELETE DO INSTEAD NOTHING' }, comment: text }, ['sql']),
    statistics: {
      type: ['array', 'object'],
      items: text,
      required: ['columns'],
      additionalProperties: false,
      properties: { columns: texts, kinds: texts, ...details },
    },
  }
}

function record(properties: object): object {
  return { type: 'object', additionalProperties: false, properties: { ...properties, ...details } }
}

function textOr(properties: object, required: readonly string[]): object {
  return { type: ['string', 'object'], required, additionalProperties: false, properties }
}
