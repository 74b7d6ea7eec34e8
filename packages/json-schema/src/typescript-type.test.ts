import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { it } from 'node:test'
import { typescriptType } from './typescript-type.ts'

const typed = (schema: unknown) =>
  typescriptType(schema, { refName: (ref) => ref.slice(ref.lastIndexOf('/') + 1) })

const cases: [schema: unknown, type: string][] = [
  [true, 'unknown'],
  [{}, 'unknown'],
  [false, 'never'],
  [{ type: 'string' }, 'string'],
  [{ type: 'string', format: 'binary' }, 'Uint8Array'],
  [{ type: 'integer' }, 'number'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ type: 'string', nullable: true }, 'string | null'],
  [
    { enum: ['a', "it's", 'say "no"', 'a\\b', 1, null, true] },
    String.raw`'a' | 'it\'s' | 'say "no"' | 'a\\b' | 1 | null | true`,
  ],
  [{ enum: [{ a: 1 }] }, 'unknown'],
  [{ const: 'placed' }, "'placed'"],
  [{ type: 'array' }, 'unknown[]'],
  [{ items: { type: 'string' } }, 'string[]'],
  [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
  [{ type: 'array', items: { enum: ['a|b'] } }, "'a|b'[]"],
  [{ prefixItems: [{ type: 'string' }, { type: 'number' }], items: false, minItems: 1 }, '[string, number?]'],
  [{ items: [{ type: 'string' }], minItems: 1 }, '[string, ...unknown[]]'],
  [{ type: 'object' }, 'Record<string, unknown>'],
  [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
  [{ additionalProperties: { type: 'integer' } }, 'Record<string, number>'],
  [{ $ref: '#/components/schemas/Order' }, 'Order'],
  [{ $ref: '#/components/schemas/Order', nullable: true }, 'Order | null'],
  [
    { type: 'array', items: { oneOf: [{ $ref: '#/a/A' }, { $ref: '#/a/B' }, { $ref: '#/a/A' }] } },
    '(A | B)[]',
  ],
  [
    { allOf: [{ $ref: '#/a/A' }, { anyOf: [{ $ref: '#/a/B' }, { type: 'null' }] }, { required: ['x'] }] },
    'A & (B | null)',
  ],
  [{ anyOf: [{ type: 'string' }, {}] }, 'unknown'],
  [
    {
      type: 'object',
      required: ['id', 'lines'],
      properties: {
        id: { type: 'string', description: "The order's own id" },
        lines: {
          type: 'array',
          items: { properties: { sku: { type: 'string' } } },
          description: 'In order.\n\nNever */ empty',
        },
        'content-type': {},
      },
      additionalProperties: true,
    },
    `{
  /** The order's own id */
  id: string
  /**
   * In order.
   * Never *\\/ empty
   */
  lines: {
    sku?: string
  }[]
  'content-type'?: unknown
  [name: string]: unknown
}`,
  ],
]

it('a schema becomes the type a person would write', () => {
  for (const [schema, type] of cases) assert.equal(typed(schema), type, JSON.stringify(schema))
})

it('a type can stand at any indentation', () => {
  const schema = { properties: { a: { properties: { b: {} } } } }
  assert.equal(
    typescriptType(schema, { refName: String, indent: 4 }),
    '{\n      a?: {\n        b?: unknown\n      }\n    }',
  )
})

it('every type is TypeScript that compiles under the strictest flags', () => {
  const folder = mkdtempSync(join(tmpdir(), 'typescript-type-'))
  try {
    const names = 'export type A = { a: 1 }\nexport type B = { b: 2 }\nexport type Order = { id: string }\n'
    const types = cases.map(([schema], i) => `export type T${i} = ${typed(schema)}\n`)
    writeFileSync(join(folder, 'types.ts'), names + types.join(''))
    const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))
    const flags = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--target',
      'es2024',
      '--ignoreConfig',
    ]
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...flags, join(folder, 'types.ts')], {
      encoding: 'utf8',
    })
    assert.equal(status, 0, stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
