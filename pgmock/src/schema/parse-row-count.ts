import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { FindingList } from './finding-list.ts'
import type { RowCount } from './model.ts'
import { splitTable } from './parse-reference.ts'
import { parseDerived } from './parse-derived.ts'

export const DEFAULT_ROWS = 100
/** Row numbers are 32-bit: draws are bijections of them. */
export const MOST_ROWS = 2_147_483_647
/** Children of one parent. */
const MOST_CHILDREN = 100_000

export function parseRowCount(given: unknown, at: string, list: FindingList): RowCount {
  if (given === undefined) return { kind: 'rows', rows: DEFAULT_ROWS, pointer: at }
  if (typeof given === 'number') {
    if (Number.isInteger(given) && given >= 0 && given <= MOST_ROWS)
      return { kind: 'rows', rows: given, pointer: at }
    list.error('bad-row-count', at, `rowCount must be a whole number from 0 to ${MOST_ROWS}, not ${given}`)
  }
  if (typeof given === 'string') {
    const match = /^(\d+)(?:-(\d+))? per (\S+)$/.exec(given.trim())
    if (match) {
      const min = Number(match[1])
      const max = match[2] === undefined ? min : Number(match[2])
      if (min <= max && max <= MOST_CHILDREN)
        return {
          kind: 'per',
          pointer: at,
          ...splitTable(match[3]!),
          via: undefined,
          min,
          max,
          mean: undefined,
          distribution: min === max ? 'fixed' : 'geometric',
          count: undefined,
        }
    }
    list.error(
      'bad-row-count',
      at,
      `rowCount "${given}" cannot be read`,
      'Write 1000, "3 per orders" or "1-5 per orders".',
    )
  }
  if (isRecord(given) && typeof given['per'] === 'string') return perParent(given, given['per'], at, list)
  return { kind: 'rows', rows: DEFAULT_ROWS, pointer: at }
}

const DISTRIBUTIONS = ['uniform', 'geometric', 'poisson', 'zipf'] as const

function perParent(given: Record<string, unknown>, per: string, at: string, list: FindingList): RowCount {
  const number = (name: string, preset: number) => (typeof given[name] === 'number' ? given[name] : preset)
  const min = number('min', 0)
  const mean = typeof given['mean'] === 'number' ? given['mean'] : undefined
  const max = number('max', Math.max(min, Math.ceil((mean ?? 2) * 4)))
  const wrong =
    min > max
      ? `min ${min} is larger than max ${max}`
      : max > MOST_CHILDREN
        ? `max ${max} is more than ${MOST_CHILDREN} children of one parent`
        : mean !== undefined && (mean < min || mean > max)
          ? `mean ${mean} does not lie between min ${min} and max ${max}`
          : undefined
  if (wrong) list.error('bad-row-count', at, wrong)
  const distribution = DISTRIBUTIONS.find((name) => name === given['distribution']) ?? 'geometric'
  return {
    kind: 'per',
    pointer: at,
    ...splitTable(per),
    via: typeof given['via'] === 'string' ? given['via'] : undefined,
    min: wrong ? 1 : min,
    max: wrong ? 1 : max,
    mean: wrong ? undefined : mean,
    distribution: wrong || min === max ? 'fixed' : distribution,
    count: typeof given['count'] === 'string' ? parseDerived(given['count'], `${at}/count`, list) : undefined,
  }
}
