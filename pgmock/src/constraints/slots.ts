// A column of the row being tried: what it takes when a check writes to it.

import { largestInteger, type PgType } from '../schema/pg-type.ts'
import { valueTypeOf, type Value } from '../values/value-type.ts'
import type { Term } from './term.ts'

/** The value as the column would keep it; undefined when it cannot hold it. */
export function kept(value: Value, type: PgType): Value | undefined {
  if (value === null) return null
  const { kind } = valueTypeOf(type)
  switch (kind) {
    case 'int':
    case 'decimal': {
      const units = Math.round(Number(value))
      const most =
        type.kind === 'numeric' && type.precision !== undefined
          ? 10 ** type.precision - 1
          : largestInteger(type) * 10 ** (type.scale ?? 0)
      return Number.isSafeInteger(units) && Math.abs(units) <= most ? units : undefined
    }
    case 'float': {
      const number = type.kind === 'float4' ? Math.fround(Number(value)) : Number(value)
      return Number.isFinite(number) ? number : undefined
    }
    case 'date':
      return inYears(Math.round(Number(value)), 1)
    case 'instant': {
      const step = 10 ** (6 - (type.scale ?? 6))
      return inYears(Math.floor(Number(value) / step) * step, 86_400_000_000)
    }
    case 'time':
      return Number(value) >= 0 && Number(value) < 86_400_000_000 ? Math.floor(Number(value)) : undefined
    case 'bool':
      return typeof value === 'boolean' ? value : undefined
    case 'interval':
      return Number.isFinite(Number(value)) ? Math.round(Number(value)) : undefined
    default:
      return typeof value === 'string' ? keptText(value, type) : undefined
  }
}

/** Years 1 to 9999. */
function inYears(value: number, perDay: number): number | undefined {
  return value >= -719_162 * perDay && value < 2_932_897 * perDay ? value : undefined
}

function keptText(text: string, type: PgType): string | undefined {
  switch (type.kind) {
    case 'enum':
      return type.labels!.includes(text) ? text : undefined
    case 'uuid':
      return /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(text) ? text : undefined
    case 'varchar':
    case 'char':
      return type.length !== undefined && Array.from(text).length > type.length ? undefined : text
    case 'inet':
    case 'cidr':
    case 'macaddr':
      return undefined
    default:
      return text
  }
}

export type SlotRules = {
  readonly type: PgType
  readonly slot: number
  /** False for keys, counters and references that something else decides. */
  readonly isFree: boolean
  readonly isNullable: boolean
  /** The value the row would have if it were not NULL. */
  readonly nonNull: () => Value
  /** The value of another row, by a fraction. */
  readonly another?: (fraction: number) => Value
}

export function slotTerm(
  values: () => Value[],
  { type, slot, isFree, isNullable, nonNull, another }: SlotRules,
): Term {
  return {
    type: valueTypeOf(type),
    pg: type,
    slot,
    value: () => values()[slot]!,
    becomeNull: (isNull) => {
      const to = isNull ? null : nonNull()
      if (isNull ? !isNullable : to === null) return false
      values()[slot] = to
      return true
    },
    reroll:
      isFree && another
        ? (fraction) => {
            const value = another(fraction)
            if (value === null) return false
            values()[slot] = value
            return true
          }
        : undefined,
    write: isFree
      ? (to) => {
          if (to === null && !isNullable) return false
          const fitting = kept(to, type)
          if (fitting === undefined) return false
          values()[slot] = fitting
          return true
        }
      : undefined,
  }
}
