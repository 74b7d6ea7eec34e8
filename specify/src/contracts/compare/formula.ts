// Schemas as formulas of logic. Every atom speaks of values of one kind and holds for all others, as the keywords of
// JSON Schema do. Equal formulas are the same object, so that equal schemas are known as equal at once.

import type { Decimal } from './decimal.ts'

export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object'
export const KINDS: readonly Kind[] = ['null', 'boolean', 'number', 'string', 'array', 'object']

export type Shape =
  | { readonly op: 'true' }
  | { readonly op: 'false' }
  | { readonly op: 'and' | 'or' | 'one'; readonly parts: readonly Formula[] }
  | { readonly op: 'not'; readonly part: Formula }
  /** A schema inside itself. */
  | { readonly op: 'ref'; readonly key: string; readonly target: () => Formula }
  | { readonly op: 'kinds'; readonly kinds: readonly Kind[] }
  | { readonly op: 'values'; readonly values: readonly unknown[] }
  | { readonly op: 'integer' }
  | { readonly op: 'low' | 'high'; readonly limit: Decimal; readonly isOpen: boolean }
  | { readonly op: 'multiple'; readonly of: Decimal }
  | { readonly op: 'minLength'; readonly count: number }
  | { readonly op: 'maxLength'; readonly count: number }
  | { readonly op: 'minItems'; readonly count: number }
  | { readonly op: 'maxItems'; readonly count: number }
  | { readonly op: 'minProperties'; readonly count: number }
  | { readonly op: 'maxProperties'; readonly count: number }
  | { readonly op: 'pattern'; readonly source: string }
  | { readonly op: 'has'; readonly name: string }
  | { readonly op: 'property'; readonly name: string; readonly part: Formula }
  | { readonly op: 'matching'; readonly pattern: string; readonly part: Formula }
  | {
      readonly op: 'rest'
      readonly names: readonly string[]
      readonly patterns: readonly string[]
      readonly part: Formula
    }
  | { readonly op: 'names'; readonly part: Formula }
  | { readonly op: 'item'; readonly index: number; readonly part: Formula }
  | { readonly op: 'items'; readonly from: number; readonly part: Formula }
  | { readonly op: 'contains'; readonly part: Formula; readonly min: number; readonly max: number }
  | { readonly op: 'unique' }
  /** What we cannot reason about. */
  | { readonly op: 'opaque'; readonly what: string }

export type Formula = Shape & { readonly id: number }

/** The kind an atom speaks of; undefined for what speaks of all. */
export function kindOfAtom(op: Shape['op']): Kind | undefined {
  return ATOM_KIND[op]
}

const ATOM_KIND: { readonly [op in Shape['op']]?: Kind } = {
  integer: 'number',
  low: 'number',
  high: 'number',
  multiple: 'number',
  minLength: 'string',
  maxLength: 'string',
  pattern: 'string',
  has: 'object',
  property: 'object',
  matching: 'object',
  rest: 'object',
  names: 'object',
  minProperties: 'object',
  maxProperties: 'object',
  item: 'array',
  items: 'array',
  contains: 'array',
  unique: 'array',
  minItems: 'array',
  maxItems: 'array',
}

export function kindOfValue(value: unknown): Kind {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value as Kind
}

/** Makes formulas, each one once. */
export class Formulas {
  readonly #known = new Map<string, Formula>()
  readonly true = this.make({ op: 'true' })
  readonly false = this.make({ op: 'false' })

  make(shape: Shape): Formula {
    const key = keyOf(shape)
    let formula = this.#known.get(key)
    if (formula === undefined) {
      formula = { ...shape, id: this.#known.size }
      this.#known.set(key, formula)
    }
    return formula
  }

  and(parts: readonly Formula[]): Formula {
    const flat = parts.flatMap((part) => (part.op === 'and' ? part.parts : [part]))
    const own = [...new Set(flat)].filter(({ op }) => op !== 'true').sort((a, b) => a.id - b.id)
    if (own.some(({ op }) => op === 'false')) return this.false
    if (own.length === 0) return this.true
    return own.length === 1 ? own[0]! : this.make({ op: 'and', parts: own })
  }

  or(parts: readonly Formula[]): Formula {
    const own = [...new Set(parts)].filter(({ op }) => op !== 'false').sort((a, b) => a.id - b.id)
    if (own.some(({ op }) => op === 'true')) return this.true
    if (own.length === 0) return this.false
    return own.length === 1 ? own[0]! : this.make({ op: 'or', parts: own })
  }

  /** Exactly one of them: the same branch twice can never be the one. */
  one(parts: readonly Formula[]): Formula {
    const own = parts.filter(({ op }) => op !== 'false').sort((a, b) => a.id - b.id)
    if (own.length === 0) return this.false
    return own.length === 1 ? own[0]! : this.make({ op: 'one', parts: own })
  }

  not(part: Formula): Formula {
    if (part.op === 'true') return this.false
    if (part.op === 'false') return this.true
    return part.op === 'not' ? part.part : this.make({ op: 'not', part })
  }
}

function keyOf(shape: Shape): string {
  switch (shape.op) {
    case 'and':
    case 'or':
    case 'one':
      return `${shape.op} ${shape.parts.map(({ id }) => id).join(' ')}`
    case 'not':
    case 'names':
      return `${shape.op} ${shape.part.id}`
    case 'ref':
      return `ref ${shape.key}`
    case 'kinds':
      return `kinds ${[...shape.kinds].sort().join(' ')}`
    case 'values':
      return `values ${shape.values.map(canonical).sort().join(' ')}`
    case 'low':
    case 'high':
      return `${shape.op} ${plain(shape.limit)} ${shape.isOpen}`
    case 'multiple':
      return `multiple ${plain(shape.of)}`
    case 'pattern':
      return `pattern ${shape.source}`
    case 'has':
      return `has ${shape.name}`
    case 'property':
      return `property ${shape.part.id} ${shape.name}`
    case 'matching':
      return `matching ${shape.part.id} ${shape.pattern}`
    case 'rest':
      return `rest ${shape.part.id} ${JSON.stringify([[...shape.names].sort(), [...shape.patterns].sort()])}`
    case 'item':
      return `item ${shape.index} ${shape.part.id}`
    case 'items':
      return `items ${shape.from} ${shape.part.id}`
    case 'contains':
      return `contains ${shape.part.id} ${shape.min} ${shape.max}`
    case 'opaque':
      return `opaque ${shape.what}`
    case 'true':
    case 'false':
    case 'integer':
    case 'unique':
      return shape.op
    default:
      return `${shape.op} ${shape.count}`
  }
}

function plain({ digits, scale }: Decimal): string {
  while (scale > 0 && digits % 10n === 0n) [digits, scale] = [digits / 10n, scale - 1]
  return `${digits}e-${scale}`
}

/** JSON with members in order, so that equal values have equal text. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`
}
