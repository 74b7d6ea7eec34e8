// The bounds of partitions as SQL conditions on the row, as PostgreSQL describes them: half-open ranges, lists, and a
// remainder of the key's hash (src/backend/partitioning/partbounds.c).

import type { Table } from '../schema/model.ts'

export type PartitionKey = { readonly strategy: 'range' | 'list' | 'hash'; readonly keys: readonly string[] }

export type Bound =
  | { readonly kind: 'default' }
  | { readonly kind: 'hash'; readonly modulus: number; readonly remainder: number }
  | { readonly kind: 'condition'; readonly sql: string }

/** `RANGE (created_at, (a + b))`; undefined when it is written otherwise. */
export function partitionKey({ partitionBy }: Pick<Table, 'partitionBy'>): PartitionKey | undefined {
  const [, strategy, inside] = /^\s*(range|list|hash)\s*\((.*)\)\s*$/is.exec(partitionBy ?? '') ?? []
  if (strategy === undefined || inside === undefined) return undefined
  // A collation or operator class may follow a plain name.
  const keys = items(inside).map((key) =>
    /^\w+\s/.test(key) ? key.split(/\s/)[0]! : key.replace(/^("(?:[^"]|"")*")\s.*$/s, '$1'),
  )
  return { strategy: strategy.toLowerCase() as PartitionKey['strategy'], keys }
}

export function boundOf(bound: string, { strategy, keys }: PartitionKey): Bound | undefined {
  if (/^\s*default\s*$/i.test(bound)) return { kind: 'default' }
  const hash = /modulus\s+(\d+)\s*,\s*remainder\s+(\d+)/i.exec(bound)
  if (strategy === 'hash')
    return hash ? { kind: 'hash', modulus: Number(hash[1]), remainder: Number(hash[2]) } : undefined
  if (strategy === 'list') {
    const [, list] = /^\s*for\s+values\s+in\s*\((.*)\)\s*$/is.exec(bound) ?? []
    return list === undefined ? undefined : { kind: 'condition', sql: listCondition(keys[0]!, items(list)) }
  }
  const [, from, to] = /^\s*for\s+values\s+from\s*\((.*)\)\s+to\s*\((.*)\)\s*$/is.exec(bound) ?? []
  if (from === undefined || to === undefined) return undefined
  const parts = [
    ...keys.map((key) => `${key} IS NOT NULL`),
    ...atLeast(keys, items(from)),
    ...below(keys, items(to)),
  ]
  return { kind: 'condition', sql: parts.map((part) => `(${part})`).join(' AND ') }
}

function listCondition(key: string, values: readonly string[]): string {
  const known = values.filter((value) => !/^null$/i.test(value))
  const listed = `${key} IS NOT NULL AND ${key} IN (${known.join(', ')})`
  if (known.length === values.length) return listed
  return known.length === 0 ? `${key} IS NULL` : `${key} IS NULL OR (${listed})`
}

/** (a, b) ≥ (x, y), place by place; none when the bound lies before everything. */
function atLeast(keys: readonly string[], values: readonly string[]): string[] {
  const [key, value] = [keys[0], values[0]]
  if (key === undefined || value === undefined || /^minvalue$/i.test(value)) return []
  if (/^maxvalue$/i.test(value)) return ['false']
  if (keys.length === 1) return [`${key} >= ${value}`]
  const rest = atLeast(keys.slice(1), values.slice(1))
  return [`${key} > ${value} OR (${[`${key} = ${value}`, ...rest.map((one) => `(${one})`)].join(' AND ')})`]
}

/** (a, b) < (x, y), place by place. */
function below(keys: readonly string[], values: readonly string[]): string[] {
  const [key, value] = [keys[0], values[0]]
  if (key === undefined || value === undefined || /^minvalue$/i.test(value)) return ['false']
  if (/^maxvalue$/i.test(value)) return []
  if (keys.length === 1) return [`${key} < ${value}`]
  const rest = below(keys.slice(1), values.slice(1))
  return [`${key} < ${value} OR (${[`${key} = ${value}`, ...rest.map((one) => `(${one})`)].join(' AND ')})`]
}

/** Splits at commas outside quotes and brackets. */
function items(text: string): string[] {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  for (const { 0: piece, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),]/g)) {
    if (piece === '(') depth++
    else if (piece === ')') depth--
    else if (piece === ',' && depth === 0) {
      parts.push(text.slice(from, index).trim())
      from = index + 1
    }
  }
  return [...parts, text.slice(from).trim()].filter((part) => part !== '')
}
