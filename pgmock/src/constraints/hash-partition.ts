// PostgreSQL's extended hash functions, which hash partitioning uses: Bob Jenkins's lookup3 with a 64-bit seed
// (src/common/hashfn.c, hash_bytes_extended and hash_uint32_extended; src/backend/utils/hash/hashfunc.c).

import type { PgType } from '../schema/pg-type.ts'
import { valueText } from '../formats/value-text.ts'
import type { Value } from '../values/value-type.ts'

/** HASH_PARTITION_SEED. */
const SEED = 0x7a5b22367996dcfdn
const [SEED_HIGH, SEED_LOW] = [Number(SEED >> 32n) | 0, Number(SEED & 0xffffffffn) | 0]
const MASK = 0xffff_ffff_ffff_ffffn
/** Days and microseconds from 1970 to 2000, where PostgreSQL's times begin. */
const EPOCH_DAYS = 10_957
const EPOCH_MICROS = 946_684_800_000_000n

type State = [a: number, b: number, c: number]

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by))
}

function mix(state: State): void {
  let [a, b, c] = state
  a = (a - c) ^ rotate(c, 4)
  c = (c + b) | 0
  b = (b - a) ^ rotate(a, 6)
  a = (a + c) | 0
  c = (c - b) ^ rotate(b, 8)
  b = (b + a) | 0
  a = (a - c) ^ rotate(c, 16)
  c = (c + b) | 0
  b = (b - a) ^ rotate(a, 19)
  a = (a + c) | 0
  c = (c - b) ^ rotate(b, 4)
  b = (b + a) | 0
  state[0] = a
  state[1] = b
  state[2] = c
}

function final([first, second, third]: State): bigint {
  let [a, b, c] = [first, second, third]
  c = ((c ^ b) - rotate(b, 14)) | 0
  a = ((a ^ c) - rotate(c, 11)) | 0
  b = ((b ^ a) - rotate(a, 25)) | 0
  c = ((c ^ b) - rotate(b, 16)) | 0
  a = ((a ^ c) - rotate(c, 4)) | 0
  b = ((b ^ a) - rotate(a, 14)) | 0
  c = ((c ^ b) - rotate(b, 24)) | 0
  return (BigInt(b >>> 0) << 32n) | BigInt(c >>> 0)
}

function begin(length: number): State {
  const start = (0x9e3779b9 + length + 3_923_095) | 0
  const state: State = [(start + SEED_HIGH) | 0, (start + SEED_LOW) | 0, start]
  mix(state)
  return state
}

function hashWord(word: number): bigint {
  const state = begin(4)
  state[0] = (state[0] + word) | 0
  return final(state)
}

function hashLong(value: bigint): bigint {
  const low = Number(BigInt.asIntN(32, value))
  const high = Number(BigInt.asIntN(32, value >> 32n))
  return hashWord(low ^ (value >= 0n ? high : ~high))
}

export function hashBytes(bytes: Uint8Array): bigint {
  const state = begin(bytes.length)
  const word = (at: number): number => {
    let value = 0
    for (let i = 0; i < 4; i++) value |= (bytes[at + i] ?? 0) << (8 * i)
    return value
  }
  let at = 0
  for (; bytes.length - at >= 12; at += 12) {
    state[0] = (state[0] + word(at)) | 0
    state[1] = (state[1] + word(at + 4)) | 0
    state[2] = (state[2] + word(at + 8)) | 0
    mix(state)
  }
  // The lowest byte of c is reserved for the length, which begin() has added.
  const rest = bytes.length - at
  state[0] = (state[0] + word(at)) | 0
  if (rest > 4) state[1] = (state[1] + word(at + 4)) | 0
  if (rest > 8) state[2] = (state[2] + (word(at + 8) << 8)) | 0
  return final(state)
}

/** The hash of one key column; undefined for types whose hash we do not compute. */
export function keyHasher(type: PgType): ((value: Exclude<Value, null>) => bigint) | undefined {
  if (type.domainOf !== undefined && type.kind === 'other') return undefined
  switch (type.kind) {
    case 'int2':
    case 'int4':
      return (value) => hashWord(Number(value) | 0)
    case 'int8':
      return (value) => hashLong(BigInt(Number(value)))
    case 'bool':
      return (value) => hashWord(value === true ? 1 : 0)
    case 'date':
      return (value) => hashWord((Number(value) - EPOCH_DAYS) | 0)
    case 'timestamp':
    case 'timestamptz':
      return (value) => hashLong(BigInt(Number(value)) - EPOCH_MICROS)
    case 'time':
      return (value) => hashLong(BigInt(Number(value)))
    case 'uuid':
      return (value) => hashBytes(Buffer.from(String(value).replaceAll('-', ''), 'hex'))
    case 'text':
    case 'varchar':
      return (value) => hashBytes(Buffer.from(valueText(value, type)))
    case 'char':
      return (value) => hashBytes(Buffer.from(String(value).trimEnd()))
    case 'bytea':
      return (value) => hashBytes(Buffer.from(String(value).slice(2), 'hex'))
    default:
      return undefined
  }
}

/** hash_combine64 over the keys that are not NULL; `hashes` in their order. */
export function combined(hashes: readonly (bigint | undefined)[]): bigint {
  let all = 0n
  for (const hash of hashes)
    if (hash !== undefined)
      all = (all ^ ((hash + 0x49a0f4dd15e5a8e3n + (all << 54n) + (all >> 7n)) & MASK)) & MASK
  return all
}
