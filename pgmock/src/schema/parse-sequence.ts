import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Sequence } from './model.ts'

/** What the JSON Schema has let through; anything else is a plain counter. */
export function parseSequence(given: unknown): Sequence {
  if (!isRecord(given)) return {}
  const number = (key: 'start' | 'increment' | 'min' | 'max' | 'cache') =>
    typeof given[key] === 'number' ? { [key]: given[key] } : {}
  return {
    ...(typeof given['name'] === 'string' ? { name: given['name'] } : {}),
    ...(typeof given['as'] === 'string' ? { as: given['as'] } : {}),
    ...number('start'),
    ...number('increment'),
    ...number('min'),
    ...number('max'),
    ...number('cache'),
    ...(given['cycle'] === true ? { cycle: true } : {}),
    ...(typeof given['ownedBy'] === 'string' ? { ownedBy: given['ownedBy'] } : {}),
  }
}
