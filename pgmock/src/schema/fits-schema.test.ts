import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { compileSchema } from '@specwright/json-schema/compile-schema.ts'
import { mix } from '../bytes/hash.ts'
import { fitsSchema } from './fits-schema.ts'
import { jsonSchema } from './json-schema.ts'

const ROOT = join(import.meta.dirname, '../..')
const documents = ['examples', 'templates', 'test/fixtures'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const value = JSON.parse(readFileSync(join(ROOT, folder, name), 'utf8')) as Record<string, unknown>
      return value['tables'] === undefined ? [] : [value]
    }),
)
const schema = jsonSchema()
const ajv = compileSchema(schema, { dialect: '2020-12' })

test('whole documents of the language fit it without ajv', () => {
  const fitting = documents.filter((value) => ajv(value).length === 0)
  assert.ok(fitting.length > 8)
  for (const value of fitting) assert.ok(fitsSchema(schema, value))
})

test('a document with anything changed fits exactly when ajv finds nothing', () => {
  const others = [null, true, -1, 1.5, 7, '', 'x', [], ['a'], [1], {}, { a: 1 }, { name: 'email' }]
  let [good, bad] = [0, 0]
  for (let i = 0; i < 1500; i++) {
    const changed = structuredClone(documents[i % documents.length]!)
    change(changed, others[mix(i, 1, 0) % others.length], i)
    const value: unknown = JSON.parse(JSON.stringify(changed)) // a deleted item becomes null
    const isValid = ajv(value).length === 0
    assert.equal(fitsSchema(schema, value), isValid, JSON.stringify(value).slice(0, 2000))
    if (isValid) good++
    else bad++
  }
  assert.ok(good > 50 && bad > 500, `${good} good, ${bad} bad`)
})

test('a keyword it does not know, or a reference to nowhere, is left to ajv', () => {
  for (const unknown of [
    { not: {} },
    { pattern: 'a' },
    { $ref: '#/$defs/b' },
    { $ref: 'b.json' },
    { type: 'date' },
  ])
    assert.equal(fitsSchema({ type: 'string', ...unknown }, 'a'), false)
  assert.equal(fitsSchema({ $ref: '#/$defs/b', $defs: { b: { type: 'string' } } }, 'a'), true)
  assert.equal(fitsSchema(true, 'a'), true)
  assert.equal(fitsSchema(false, 'a'), false)
})

/** Walks down at random, and there replaces, removes or adds a member. */
function change(value: Record<string, unknown>, other: unknown, seed: number): void {
  let here: Record<string, unknown> = value
  for (let depth = 0; ; depth++) {
    const keys = Object.keys(here)
    const key = keys[mix(seed, 2, depth) % Math.max(1, keys.length)]
    const next = key === undefined ? undefined : here[key]
    if (typeof next === 'object' && next !== null && mix(seed, 3, depth) % 4 !== 0) {
      here = next as Record<string, unknown>
      continue
    }
    const how = mix(seed, 4, depth) % 4
    if (key === undefined || how === 0) here[`${'abc'[seed % 3]}`] = other
    else if (how === 1) delete here[key]
    else here[key] = other
    return
  }
}
