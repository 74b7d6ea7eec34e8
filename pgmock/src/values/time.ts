// Points in time with a calendar's shape: growth over the whole span, a year's seasons, quieter weekends, days that
// begin in the morning. All of it is one inverse function from a fraction to an instant.

import type { Chunk } from '../bytes/chunk.ts'
import {
  MICROS_PER_DAY,
  MICROS_PER_SECOND,
  writeDayAndTime,
  writeTimestamp,
  writeTimestampTz,
  writeUtc,
} from '../bytes/dates.ts'
import { fraction, mix } from '../bytes/hash.ts'
import { quantile } from '../bytes/quantiles.ts'
import type { Writer } from '../rows/stitch.ts'
import type { PgType } from '../schema/pg-type.ts'
import { plainCell, type Cell } from './cell.ts'
import { INSTANT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { DATE, INSTANT } from './value-type.ts'

const YEAR = 365 * MICROS_PER_DAY

/** Share of a day's events by hour, of people who shop and work: low at four, highest in the evening. */
const HOURS = [
  1.2, 0.7, 0.4, 0.3, 0.3, 0.5, 1.1, 2.2, 3.6, 4.7, 5.4, 5.6, 5.7, 5.4, 5.2, 5.1, 5.2, 5.5, 6, 6.9, 7.6, 7.3,
  5.3, 2.8,
]
/** Monday first. */
const WEEKDAYS = [1.1, 1.08, 1.05, 1.03, 1, 0.84, 0.92]
/** January first: slow February, summer dip, the weeks before the holidays. */
const MONTHS = [0.96, 0.88, 0.94, 0.96, 0.98, 0.95, 0.9, 0.92, 0.99, 1.03, 1.22, 1.3]

export type Calendar = {
  /** Microseconds since 1970. */
  readonly from: number
  readonly to: number
  /** Rate at the end over the rate at the beginning. */
  readonly growth: number
  readonly weekly: boolean
  readonly daily: boolean
  /** How much days differ for no reason: the standard deviation of the logarithm of their rate. Default 0. */
  readonly noise?: number
  /** Share of days without any event, and with eight times the usual. Default 0. */
  readonly gaps?: number
  readonly bursts?: number
  /** `12-25` or `2025-12-25`, with commas between: hardly anything happens then. */
  readonly holidays?: string
  /** Other salts have other noise, gaps and bursts. */
  readonly salt?: number
}

const HOLIDAY_RATE = 0.05
const BURST_RATE = 8

/** What makes a day unlike its neighbours, as a factor of its rate. */
function unrest({
  noise = 0,
  gaps = 0,
  bursts = 0,
  holidays = '',
  salt = 0,
}: Calendar): (day: number) => number {
  const quiet = new Set(holidays.split(',').filter(Boolean))
  if (noise === 0 && gaps === 0 && bursts === 0 && quiet.size === 0) return () => 1
  return (day) => {
    const part = (lane: number) => fraction(mix(day, salt, Math.imul(lane, 0x9e3779b1)))
    if (part(1) < gaps) return 0
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
    const isQuiet = quiet.has(date) || quiet.has(date.slice(5))
    // Twelve even draws are as good as a normal one here.
    const normal = Array.from({ length: 12 }, (_, i) => part(10 + i)).reduce((sum, one) => sum + one, -6)
    return Math.exp(noise * normal) * (isQuiet ? HOLIDAY_RATE : 1) * (part(2) < bursts ? BURST_RATE : 1)
  }
}

type CalendarQuantile = {
  readonly at: (fraction: number) => number
  /** Writes `at(fraction)` as a timestamp with microseconds: the day and its time are never put together. */
  readonly write: (out: Chunk, position: number, fraction: number) => number
}

const quantiles = new Map<string, CalendarQuantile>()

/** The instant before which `fraction` of the events lie; grows with the fraction. Made once for all that ask alike. */
export function calendarQuantile(calendar: Calendar): (fraction: number) => number {
  return quantileOf(calendar).at
}

function quantileOf(calendar: Calendar): CalendarQuantile {
  const key = Object.values(calendar).join()
  let made = quantiles.get(key)
  if (!made) quantiles.set(key, (made = newQuantile(calendar)))
  return made
}

function newQuantile(calendar: Calendar): CalendarQuantile {
  const { from, to, growth, weekly, daily } = calendar
  const rate = unrest(calendar)
  const firstDay = Math.floor(from / MICROS_PER_DAY)
  const days = Math.max(1, Math.ceil(to / MICROS_PER_DAY) - firstDay)
  const starts = new Float64Array(days + 1)
  for (let i = 0; i < days; i++) {
    const day = firstDay + i
    const season = weekly
      ? WEEKDAYS[(((day + 3) % 7) + 7) % 7]! * MONTHS[new Date(day * 86_400_000).getUTCMonth()]!
      : 1
    starts[i + 1] = starts[i]! + growth ** (i / days) * season * rate(day)
  }
  // Gaps everywhere would leave no time at all.
  if (!(starts[days]! > 0)) return newQuantile({ ...calendar, gaps: 0 })
  const clock = daily ? hourQuantile() : (part: number) => part * MICROS_PER_DAY
  // The first and the last day count only as far as they lie within the span: clamping instead would pile their
  // events up at the very ends.
  const massBefore = (micros: number) => {
    const day = Math.min(days - 1, Math.floor(micros / MICROS_PER_DAY) - firstDay)
    const share = shareOfDay(clock, micros - (firstDay + day) * MICROS_PER_DAY)
    return starts[day]! + share * (starts[day + 1]! - starts[day]!)
  }
  const low = massBefore(from)
  const span = massBefore(to) - low
  // Multiplying costs a fifth of dividing.
  const perMass = Float64Array.from({ length: days }, (_, day) => 1 / (starts[day + 1]! - starts[day]!))
  // A first guess for every 1/4096 of the mass, so that the search is a step or two.
  const guess = new Int32Array(4097)
  for (let i = 0, day = 0; i <= 4096; i++) {
    while (day < days - 1 && starts[day + 1]! <= low + (i / 4096) * span) day++
    guess[i] = day
  }
  const dayOf = (target: number, part: number) => {
    let day = guess[(part * 4096) | 0]!
    while (day < days - 1 && starts[day + 1]! <= target) day++
    return day
  }
  const at = (part: number) => {
    const target = low + part * span
    const day = dayOf(target, part)
    const inDay = (target - starts[day]!) * perMass[day]!
    const micros = (firstDay + day) * MICROS_PER_DAY + Math.floor(clock(inDay))
    return micros < from ? from : micros > to ? to : micros
  }
  const write = (out: Chunk, position: number, part: number) => {
    const target = low + part * span
    const day = dayOf(target, part)
    // The ends may be cut.
    if (day === 0 || day === days - 1) return writeTimestamp(out, position, at(part))
    const inDay = (target - starts[day]!) * perMass[day]!
    return writeDayAndTime(out, position, firstDay + day, Math.floor(clock(inDay)))
  }
  return { at, write }
}

/** The fraction of a day's events before `micros` of the day: the inverse of its clock, by halving. */
function shareOfDay(clock: (fraction: number) => number, micros: number): number {
  if (micros <= 0) return 0
  if (micros >= MICROS_PER_DAY) return 1
  let [low, high] = [0, 1]
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (clock(middle) < micros) low = middle
    else high = middle
  }
  return low
}

let hourTable: Float64Array | undefined

/** Fraction of a day's events → microseconds of the day, straight within each minute. */
function hourQuantile(): (fraction: number) => number {
  hourTable ??= hourPoints()
  const table = hourTable
  return (part) => {
    const scaled = part * 1024
    const i = scaled | 0
    return table[i]! + (scaled - i) * (table[i + 1]! - table[i]!)
  }
}

function hourPoints(): Float64Array {
  const minutes = Array.from({ length: 1440 }, (_, minute) => {
    const hour = Math.floor(minute / 60)
    const part = (minute % 60) / 60
    return HOURS[hour]! * (1 - part) + HOURS[(hour + 1) % 24]! * part
  })
  const total = minutes.reduce((sum, weight) => sum + weight, 0)
  const table = new Float64Array(1026)
  let sum = 0
  let minute = 0
  for (let i = 0; i <= 1024; i++) {
    const target = (i / 1024) * total
    while (minute < 1439 && sum + minutes[minute]! < target) sum += minutes[minute++]!
    const part = Math.min(1, (target - sum) / minutes[minute]!)
    table[i] = (minute + part) * 60 * MICROS_PER_SECOND
  }
  table[1024] = MICROS_PER_DAY - 1
  table[1025] = MICROS_PER_DAY - 1
  return table
}

/** Cut to the column's fraction digits, and to days for a date. */
function instantCell(type: PgType, micros: (row: number) => number): Cell {
  if (type.kind === 'date') return plainCell(DATE, (row) => Math.floor(micros(row) / MICROS_PER_DAY), 10)
  const step = 10 ** (6 - (type.scale ?? 6))
  if (step === 1) {
    const write: Writer =
      type.kind === 'timestamptz'
        ? (out, at, row) => writeTimestampTz(out, at, micros(row))
        : (out, at, row) => writeTimestamp(out, at, micros(row))
    return { type: INSTANT, maxChars: 32, value: micros, write }
  }
  return plainCell(INSTANT, (row) => Math.floor(micros(row) / step) * step, 32)
}

function timestampCell(context: GeneratorContext): Cell {
  const to = context.instant('to') ?? context.now
  const from = context.instant('from') ?? Math.min(context.now - 2 * YEAR, to)
  if (from > to) context.refuse('bad-range', '`from` lies after `to`')
  const { at, write } = quantileOf({
    from,
    to,
    growth: context.number('growth') ?? 2,
    weekly: context.flag('weekly') ?? true,
    daily: context.flag('daily') ?? true,
    ...unrestOf(context),
  })
  const draw = context.draw()
  const step = 1 / context.rows
  if (context.text('order') === 'random') {
    const index = context.unique ? context.permuted(context.rows) : undefined
    if (index) return instantCell(context.type, (row) => at((index(row) + fraction(draw(row))) * step))
    return instantCell(context.type, (row) => at(fraction(draw(row))))
  }
  const { before, between } = draw
  const part = (row: number) => (row + fraction(mix(row, before, between))) * step
  const cell = instantCell(context.type, (row) => at(part(row)))
  if (!cell.write) return cell
  if (context.type.kind === 'timestamp')
    return { ...cell, write: (out, position, row) => write(out, position, part(row)) }
  return { ...cell, write: (out, position, row) => writeUtc(out, write(out, position, part(row))) }
}

function unrestOf(context: GeneratorContext): Partial<Calendar> {
  const share = (name: 'noise' | 'gaps' | 'bursts', most: number) => {
    const given = context.number(name) ?? 0
    if (!(given >= 0 && given <= most)) context.refuse('bad-range', `${name} is a number from 0 to ${most}`)
    return given
  }
  const holidays = (context.list('holidays') ?? []).map(String)
  const wrong = holidays.find((day) => !/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day))
  if (wrong !== undefined)
    context.refuse('bad-option', `holidays: "${wrong}" is no day`, 'Write 12-25, or 2025-12-25 for one year.')
  const [noise, gaps, bursts] = [share('noise', 3), share('gaps', 0.9), share('bursts', 0.5)]
  // Without any of it columns that ask alike share one calendar.
  if (noise + gaps + bursts === 0 && holidays.length === 0) return {}
  return { noise, gaps, bursts, holidays: holidays.join(','), salt: context.draw('days').before }
}

export const timeGenerators: readonly Generator[] = [
  {
    name: 'timestamp',
    family: 'time',
    summary: 'Instant between `from` and `to` with growth, seasons, weekdays and hours; later rows later',
    fits: INSTANT_KINDS,
    uniqueness: 'self',
    options: {
      from: { kind: 'instant', summary: 'instant, or a duration from now such as -2 years (the default)' },
      to: { kind: 'instant', summary: 'default now' },
      growth: { kind: 'number', summary: 'rate at the end over the rate at the beginning, default 2' },
      order: { kind: { choices: ['row', 'random'] }, summary: 'row (the default): later rows are later' },
      weekly: { kind: 'boolean', summary: 'seasons and weekdays, default true' },
      daily: { kind: 'boolean', summary: 'hours of the day, default true' },
      noise: {
        kind: 'number',
        summary: 'how much days differ for no reason, 0 (the default) to 3; 0.3 is much',
      },
      gaps: { kind: 'number', summary: 'share of days without any, default 0' },
      bursts: { kind: 'number', summary: 'share of days with eight times the usual, default 0' },
      holidays: { kind: 'list', summary: 'days of hardly any: ["12-25", "2025-05-29"]' },
    },
    make: timestampCell,
  },
  {
    name: 'after',
    family: 'time',
    summary: 'Some time after another instant of the row, never in the future',
    fits: INSTANT_KINDS,
    uniqueness: 'never',
    options: {
      of: { kind: 'expression', summary: 'the earlier instant: a column or an expression' },
      min: { kind: 'duration', summary: 'at least this much later, default 0' },
      max: { kind: 'duration', summary: 'at most, default 60 days' },
    },
    make: (context) => {
      const of = context.expression('of')
      if (!of || (of.type.kind !== 'instant' && of.type.kind !== 'date'))
        context.refuse(
          'bad-option',
          '`of` must be an expression that gives a time',
          'For example "of": "created_at".',
        )
      const earlier = of!
      const scale = earlier.type.kind === 'date' ? MICROS_PER_DAY : 1
      const gap = quantile('exponential', {
        min: context.duration('min') ?? 0,
        max: context.duration('max') ?? 60 * MICROS_PER_DAY,
      })
      const draw = context.draw()
      const sooner = context.draw('sooner')
      const later = instantCell(context.type, (row) => {
        const from = earlier.value(row)
        const start = from === null ? context.now : Number(from) * scale
        const end = start + Math.floor(gap(fraction(draw(row))))
        if (end <= context.now || start >= context.now) return Math.min(end, Math.max(start, context.now))
        // What would lie ahead of now has happened sooner, at some time of its own: not all at this very instant.
        return start + Math.floor(fraction(sooner(row)) * (context.now - start))
      })
      if (!context.nullable) return later
      // What follows something that did not happen has not happened either.
      return {
        ...later,
        value: (row) => (earlier.value(row) === null ? null : later.value(row)),
        write: undefined,
      }
    },
  },
  {
    name: 'arrival',
    family: 'time',
    summary: 'When something of the row got here: seconds later mostly, some of it days late',
    fits: INSTANT_KINDS,
    uniqueness: 'never',
    options: {
      of: { kind: 'expression', summary: 'when it happened: a column or an expression' },
      late: { kind: 'number', summary: 'share of late ones, default 0.02' },
      max: { kind: 'duration', summary: 'the latest, default 3 days' },
    },
    make: (context) => {
      const of = context.expression('of')
      if (!of || of.type.kind !== 'instant')
        return context.refuse(
          'bad-option',
          '`of` must be an expression that gives an instant',
          'For example "of": "measured_at".',
        )
      const late = context.number('late') ?? 0.02
      const soon = quantile('exponential', {
        min: 0,
        max: 60 * MICROS_PER_SECOND,
        mean: 4 * MICROS_PER_SECOND,
      })
      const later = quantile('exponential', {
        min: 60 * MICROS_PER_SECOND,
        max: Math.max(61 * MICROS_PER_SECOND, context.duration('max') ?? 3 * MICROS_PER_DAY),
      })
      const [isLate, draw] = [context.draw('late'), context.draw()]
      return instantCell(context.type, (row) => {
        const delay = fraction(isLate(row)) < late ? later : soon
        return Math.floor(Number(of.value(row)) + delay(fraction(draw(row))))
      })
    },
  },
  {
    name: 'future',
    family: 'time',
    summary: 'Instant after now: an expiry, a due date',
    fits: INSTANT_KINDS,
    uniqueness: 'never',
    options: { max: { kind: 'duration', summary: 'at most this far away, default 1 year' } },
    make: (context) => {
      const max = context.duration('max') ?? YEAR
      const draw = context.draw()
      return instantCell(context.type, (row) => context.now + Math.floor(fraction(draw(row)) * max))
    },
  },
]
