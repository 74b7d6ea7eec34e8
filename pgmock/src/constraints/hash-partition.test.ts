import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_TYPES, parsePgType } from '../schema/pg-type.ts'
import type { Value } from '../values/value-type.ts'
import { combined, keyHasher } from './hash-partition.ts'

// Remainders of 7 that satisfy_hash_partition() of PostgreSQL 15 and 18 agrees with.
const known: readonly (readonly [type: string, value: Exclude<Value, null>, remainder: bigint])[] = [
  ['integer', 1, 5n],
  ['integer', -5, 0n],
  ['integer', 123_456, 3n],
  ['bigint', 5, 1n],
  ['bigint', -7, 3n],
  ['bigint', 2 ** 40 + 3, 5n],
  ['bigint', -(2 ** 40), 6n],
  ['text', '', 1n],
  ['text', 'hello world!', 5n],
  ['text', 'hello world! and more', 4n],
  ['uuid', '00112233-4455-6677-8899-aabbccddeeff', 4n],
  ['boolean', true, 5n],
  ['date', 19_000, 6n],
  ['timestamptz', 1.7e15, 6n],
]

for (const [type, value, remainder] of known)
  test(`${type} ${String(value)} falls into the partition the server puts it into`, () => {
    const hash = keyHasher(parsePgType(type, NO_TYPES)!)!
    assert.equal(combined([hash(value)]) % 7n, remainder)
  })
