// extract() and date_trunc(), and how an instant becomes one of which they say something else.

import { civilFromDays, daysFromCivil, MICROS_PER_DAY } from '../bytes/dates.ts'
import { INSTANT, INT } from '../values/value-type.ts'
import { strict } from './strict.ts'
import { NotUnderstood, type Term } from './term.ts'

const FIELDS: Readonly<Record<string, number>> = { hour: 3.6e9, minute: 6e7, second: 1e6 }

/** Days and microseconds within the day. */
function split(is: number, kind: string): [number, number] {
  if (kind === 'date') return [is, 0]
  if (kind === 'time') return [0, is]
  const day = Math.floor(is / MICROS_PER_DAY)
  return [day, is - day * MICROS_PER_DAY]
}

function joined(day: number, micros: number, kind: string): number {
  return kind === 'date' ? day : kind === 'time' ? micros : day * MICROS_PER_DAY + micros
}

export function datePart(name: string, of: Term): Term {
  const { kind } = of.type
  if (name === 'epoch' && ['interval', 'instant', 'time'].includes(kind))
    return {
      ...strict(INT, [of], ([x]) => Math.floor(Number(x) / 1e6)),
      write: (to) => to !== null && (of.write?.(Number(to) * 1e6) ?? false),
    }
  if (!['instant', 'date', 'time'].includes(kind)) throw new NotUnderstood(`extract(${name} from ${kind})`)
  const read = (is: number): number => {
    const [day, micros] = split(is, kind)
    const { year, month, day: date } = civilFromDays(day)
    const weekday = (((day + 4) % 7) + 7) % 7
    switch (name) {
      case 'year':
        return year
      case 'month':
        return month
      case 'day':
        return date
      case 'quarter':
        return Math.ceil(month / 3)
      case 'dow':
        return weekday
      case 'isodow':
        return weekday === 0 ? 7 : weekday
      case 'doy':
        return day - daysFromCivil(year, 1, 1) + 1
      case 'hour':
        return Math.floor(micros / 3.6e9)
      case 'minute':
        return Math.floor(micros / 6e7) % 60
      case 'second':
        return Math.floor(micros / 1e6) % 60
      default:
        throw new NotUnderstood(`extract(${name})`)
    }
  }
  read(0)
  const put = (is: number, to: number): number | undefined => {
    const [day, micros] = split(is, kind)
    const { year, month, day: date } = civilFromDays(day)
    const step = FIELDS[name]
    if (step !== undefined)
      return kind === 'date' ? undefined : joined(day, micros + (to - read(is)) * step, kind)
    if (name === 'dow' || name === 'isodow' || name === 'doy')
      return joined(day + to - read(is), micros, kind)
    const safe = Math.min(date, 28)
    if (name === 'year') return joined(daysFromCivil(to, month, safe), micros, kind)
    if (name === 'month')
      return to < 1 || to > 12 ? undefined : joined(daysFromCivil(year, to, safe), micros, kind)
    if (name === 'day')
      return to < 1 || to > 28 ? undefined : joined(daysFromCivil(year, month, to), micros, kind)
    if (name === 'quarter') return joined(daysFromCivil(year, to * 3, safe), micros, kind)
    return undefined
  }
  return {
    ...strict(INT, [of], ([x]) => read(Number(x))),
    write: (to) => {
      const is = of.value()
      const target = is === null || to === null ? undefined : put(Number(is), Number(to))
      return target !== undefined && (of.write?.(target) ?? false)
    },
  }
}

export function truncated(name: string, of: Term): Term {
  const { kind } = of.type
  if (kind !== 'instant' && kind !== 'date') throw new NotUnderstood(`date_trunc('${name}', ${kind})`)
  const cut = (is: number): number => {
    const [day, micros] = split(is, kind)
    const { year, month } = civilFromDays(day)
    switch (name) {
      case 'year':
        return daysFromCivil(year, 1, 1) * MICROS_PER_DAY
      case 'quarter':
        return daysFromCivil(year, Math.floor((month - 1) / 3) * 3 + 1, 1) * MICROS_PER_DAY
      case 'month':
        return daysFromCivil(year, month, 1) * MICROS_PER_DAY
      case 'week':
        return (day - ((((day + 3) % 7) + 7) % 7)) * MICROS_PER_DAY
      case 'day':
        return day * MICROS_PER_DAY
      case 'hour':
      case 'minute':
      case 'second':
        return day * MICROS_PER_DAY + Math.floor(micros / FIELDS[name]!) * FIELDS[name]!
      case 'milliseconds':
      case 'millisecond':
        return day * MICROS_PER_DAY + Math.floor(micros / 1000) * 1000
      default:
        throw new NotUnderstood(`date_trunc('${name}')`)
    }
  }
  cut(0)
  return {
    ...strict(INSTANT, [of], ([x]) => cut(Number(x))),
    write: (to) =>
      to !== null &&
      (of.write?.(
        kind === 'date'
          ? Math.floor(cut(Math.floor(Number(to) / MICROS_PER_DAY)) / MICROS_PER_DAY)
          : cut(Number(to)),
      ) ??
        false),
  }
}
