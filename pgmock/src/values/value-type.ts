import type { PgType } from '../schema/pg-type.ts'

/**
 * What a cell computes. Decimals are whole numbers of 10^-scale units, dates whole days, times, instants and intervals
 * whole microseconds; JSON, UUIDs, network addresses, arrays and bytea are the text PostgreSQL prints.
 */
export type ValueType =
  | { readonly kind: 'int' }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'float' }
  | { readonly kind: 'text' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'interval' }
  | { readonly kind: 'json' }
  | { readonly kind: 'null' }

export type Value = string | number | boolean | null

export const INT: ValueType = { kind: 'int' }
export const FLOAT: ValueType = { kind: 'float' }
export const TEXT: ValueType = { kind: 'text' }
export const BOOL: ValueType = { kind: 'bool' }
export const DATE: ValueType = { kind: 'date' }
export const TIME: ValueType = { kind: 'time' }
export const INSTANT: ValueType = { kind: 'instant' }
export const INTERVAL: ValueType = { kind: 'interval' }
export const JSON_TEXT: ValueType = { kind: 'json' }
export const NULL: ValueType = { kind: 'null' }

export function decimal(scale: number): ValueType {
  return scale === 0 ? INT : { kind: 'decimal', scale }
}

/** What a column of this type holds. */
export function valueTypeOf(type: PgType): ValueType {
  switch (type.kind) {
    case 'int2':
    case 'int4':
    case 'int8':
      return INT
    case 'numeric':
      return decimal(type.scale ?? 0)
    case 'float4':
    case 'float8':
      return FLOAT
    case 'bool':
      return BOOL
    case 'date':
      return DATE
    case 'time':
      return TIME
    case 'timestamp':
    case 'timestamptz':
      return INSTANT
    case 'interval':
      return INTERVAL
    case 'json':
    case 'jsonb':
      return JSON_TEXT
    default:
      return TEXT
  }
}

/** Digits after the point when the value counts in units. */
export function scaleOf(type: ValueType): number {
  return type.kind === 'decimal' ? type.scale : 0
}
