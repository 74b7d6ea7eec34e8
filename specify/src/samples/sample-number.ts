import { commonMultiple, decimal, toNumber } from '../contracts/compare/decimal.ts'
import type { Flat } from './flatten.ts'
import type { Random } from './random.ts'

const INT32 = 2 ** 31 - 1

/** A number within the limits, near the lower one; undefined when there is none. */
export function sampleNumber(
  { low, high, multiples, formats }: Pick<Flat, 'low' | 'high' | 'multiples' | 'formats'>,
  { isWhole, name }: { readonly isWhole: boolean; readonly name: string },
  random: Random,
): number | undefined {
  const isInt32 = formats.includes('int32')
  const most = isInt32 ? INT32 : Number.MAX_SAFE_INTEGER
  const min = Math.max(low?.value ?? -Infinity, isInt32 ? -INT32 - 1 : -Number.MAX_SAFE_INTEGER)
  const max = Math.min(high?.value ?? Infinity, most)
  const steps = isWhole && multiples.length > 0 ? [...multiples, 1] : multiples
  const fits = (value: number) =>
    (low?.isOpen ? value > min : value >= min) && (high?.isOpen ? value < max : value <= max)
  const from = low === undefined ? Math.min(1, max) : min
  if (isWhole && multiples.length === 0) {
    const first = Math.ceil(from) === from && low?.isOpen ? from + 1 : Math.ceil(from)
    const last = Math.floor(max) === max && high?.isOpen ? max - 1 : Math.floor(max)
    return first > last ? undefined : first + random.between(0, Math.min(last - first, usualRoom(name)))
  }
  if (steps.length > 0) {
    const step = steps.map(decimal).reduce(commonMultiple)
    const unit = toNumber(step)
    const at = (k: number) => toNumber({ digits: step.digits * BigInt(k), scale: step.scale })
    let first = Math.ceil(from / unit)
    if (!fits(at(first))) first += 1
    if (!fits(at(first))) first = Math.floor(max / unit)
    if (!Number.isSafeInteger(first) || !fits(at(first))) return undefined
    const room = Math.min(Math.floor(max / unit) - first, usualRoom(name))
    const value = at(first + random.between(0, room))
    return fits(value) ? value : at(first)
  }
  const span = Math.min(max - from, 1000)
  const rounded = Math.round((from + random.fraction() * span) * 100) / 100
  if (fits(rounded)) return rounded
  const middle = from + (max - from) / 2
  return fits(middle) ? middle : fits(max) ? max : undefined
}

/** How far above the least the number may be: counts are small, money and ids are not. */
function usualRoom(name: string): number {
  if (/(?:id|number|cents|amount|price|bytes|size)$/i.test(name)) return 99_999
  return /(?:ms|seconds|timestamp)$/i.test(name) ? 9_999 : 99
}
