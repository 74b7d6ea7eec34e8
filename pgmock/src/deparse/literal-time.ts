// Dates, times and intervals as literals spell them → as the server prints them (DateStyle ISO, MDY; UTC). What cannot
// be read stays as it is, as do `now` and `today`, which the server reads anew each time.

import { dateText, daysFromCivil, MICROS_PER_DAY, timestampText, timeText } from '../bytes/dates.ts'

const MICROS_PER_SECOND = 1_000_000

type Read = {
  readonly days: number
  readonly micros: number
  /** East of Greenwich, in seconds. */
  readonly zone: number | undefined
}

const INFINITE = /^[+-]?infinity$/i

export function dateLiteral(text: string): string {
  if (INFINITE.test(text.trim())) return text.trim().toLowerCase().replace('+', '')
  const read = readInstant(text)
  return read ? dateText(read.days) : text
}

export function timestampLiteral(text: string): string {
  if (INFINITE.test(text.trim())) return text.trim().toLowerCase().replace('+', '')
  const read = readInstant(text)
  return read ? timestampText(read.days * MICROS_PER_DAY + read.micros) : text
}

export function timestampTzLiteral(text: string): string {
  if (INFINITE.test(text.trim())) return text.trim().toLowerCase().replace('+', '')
  const read = readInstant(text)
  if (!read) return text
  const micros = read.days * MICROS_PER_DAY + read.micros - (read.zone ?? 0) * MICROS_PER_SECOND
  return `${timestampText(micros)}+00`
}

export function timeLiteral(text: string): string {
  const read = readClock(text.trim())
  return read ? timeText(read.micros) : text
}

export function timeTzLiteral(text: string): string {
  const read = readClock(text.trim())
  if (!read) return text
  const zone = read.zone ?? 0
  const [hours, minutes] = [Math.trunc(Math.abs(zone) / 3600), Math.trunc((Math.abs(zone) % 3600) / 60)]
  const shown = `${zone < 0 ? '-' : '+'}${two(hours)}${minutes === 0 ? '' : `:${two(minutes)}`}`
  return `${timeText(read.micros)}${shown}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** `2020-1-5`, `20200105`, `1/5/2020`, `Jan 5, 2020`, `5 January 2020`, each with a time behind it or without. */
function readInstant(text: string): Read | undefined {
  const given = text.trim()
  if (/^epoch$/i.test(given)) return { days: 0, micros: 0, zone: 0 }
  const date = DATES.map(({ pattern, order }) => ({ match: pattern.exec(given), order })).find(
    ({ match }) => match,
  )
  if (!date?.match) return undefined
  const parts = date.order.map((place) => date.match![place]!)
  const [year, month, day] = [Number(parts[0]), monthOf(parts[1]!), Number(parts[2])]
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const rest = given
    .slice(date.match[0].length)
    .replace(/^T(?=\d)/i, '')
    .trim()
  const clock = rest === '' ? { micros: 0, zone: undefined } : (readClock(rest) ?? onlyZone(rest))
  return clock && { days: daysFromCivil(year, month, day), ...clock }
}

const DATES = [
  { pattern: /^(\d{4,})-(\d{1,2})-(\d{1,2})(?=$|[ T])/, order: [1, 2, 3] },
  { pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})(?=[zZ+-])/, order: [1, 2, 3] },
  { pattern: /^(\d{4})(\d\d)(\d\d)(?=$|[ T])/, order: [1, 2, 3] },
  { pattern: /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?=$|[ T])/, order: [1, 2, 3] },
  { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?=$|[ T])/, order: [3, 1, 2] },
  { pattern: /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})(?=$| )/i, order: [3, 1, 2] },
  { pattern: /^(\d{1,2})[ -]([a-z]{3,9})[ -](\d{4})(?=$| )/i, order: [3, 2, 1] },
] as const

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)

function monthOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const word = text.toLowerCase()
  return MONTHS.findIndex((month) => month === word || month.slice(0, 3) === word) + 1
}

/** `1:02`, `04:05:06.7+02`, `11 PM UTC` */
function readClock(text: string): Pick<Read, 'micros' | 'zone'> | undefined {
  const [, hour, minute, second = '0', half = '', zone = ''] =
    /^(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))? ?([ap]m)?\s*(z|utc|gmt|[+-]\d{1,2}(?::?\d\d)?(?::\d\d)?)?$/i.exec(
      text,
    ) ?? []
  if (hour === undefined) return undefined
  const noon = /p/i.test(half) ? 12 : 0
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + noon
  if (hours > 24 || Number(minute) > 59 || Number(second) > 60) return undefined
  const seconds = hours * 3600 + Number(minute) * 60
  return {
    micros: seconds * MICROS_PER_SECOND + Math.round(Number(second) * MICROS_PER_SECOND),
    zone: zone === '' ? undefined : zoneOf(zone),
  }
}

function onlyZone(text: string): Pick<Read, 'micros' | 'zone'> | undefined {
  return /^(?:z|utc|gmt|[+-]\d{1,2}(?::?\d\d)?)$/i.test(text) ? { micros: 0, zone: zoneOf(text) } : undefined
}

function zoneOf(text: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{1,2}):?(\d\d)?/.exec(text) ?? []
  if (sign === undefined) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}

const FIELDS: readonly (readonly [RegExp, 'months' | 'days' | 'micros', number])[] = [
  [/^(?:millenniums?|millennia|mils?)$/, 'months', 12_000],
  [/^(?:centur(?:y|ies)|cent|c)$/, 'months', 1200],
  [/^(?:decades?|decs?)$/, 'months', 120],
  [/^(?:y|yrs?|years?)$/, 'months', 12],
  [/^(?:mons?|months?)$/, 'months', 1],
  [/^(?:w|weeks?)$/, 'days', 7],
  [/^(?:d|days?)$/, 'days', 1],
  [/^(?:h|hrs?|hours?)$/, 'micros', 3600 * MICROS_PER_SECOND],
  [/^(?:m|mins?|minutes?)$/, 'micros', 60 * MICROS_PER_SECOND],
  [/^(?:s|secs?|seconds?|)$/, 'micros', MICROS_PER_SECOND],
  [/^(?:ms|msecs?|milliseconds?)$/, 'micros', 1000],
  [/^(?:us|usecs?|microseconds?)$/, 'micros', 1],
]

type Sums = { months: number; days: number; micros: number }

/** `1 hour` → `01:00:00`, `1 month 2 days` → `1 mon 2 days`, `P1Y2M` → `1 year 2 mons`. */
export function intervalLiteral(text: string): string {
  const given = text.trim().toLowerCase()
  const sums = given.startsWith('p') ? isoInterval(given) : wordedInterval(given)
  return sums ? intervalOutput(sums) : text
}

function isoInterval(text: string): Sums | undefined {
  const match =
    /^p(?:([+-]?[\d.]+)y)?(?:([+-]?[\d.]+)m)?(?:([+-]?[\d.]+)w)?(?:([+-]?[\d.]+)d)?(?:t(?:([+-]?[\d.]+)h)?(?:([+-]?[\d.]+)m)?(?:([+-]?[\d.]+)s)?)?$/.exec(
      text,
    )
  if (!match) return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  return {
    months: years! * 12 + months!,
    days: weeks! * 7 + days!,
    micros: Math.round((hours! * 3600 + minutes! * 60 + seconds!) * MICROS_PER_SECOND),
  }
}

function wordedInterval(text: string): Sums | undefined {
  const sums: Sums = { months: 0, days: 0, micros: 0 }
  const isAgo = text.endsWith(' ago')
  let rest = text.replace(/^@ ?/, '').replace(/ ago$/, '')
  const clock = /(?:^|\s)([+-]?)(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?$/.exec(rest)
  if (clock) {
    const seconds = Number(clock[2]) * 3600 + Number(clock[3]) * 60 + Number(clock[4] ?? 0)
    sums.micros += Math.round((clock[1] === '-' ? -seconds : seconds) * MICROS_PER_SECOND)
    rest = rest.slice(0, clock.index).trim()
    // A number right before the time counts days.
    if (/(?:^|\s)[+-]?\d+$/.test(rest)) rest += ' days'
  }
  const yearMonth = /^([+-]?)(\d+)-(\d+)(?:\s|$)/.exec(rest)
  if (yearMonth) {
    const months = Number(yearMonth[2]) * 12 + Number(yearMonth[3])
    sums.months += yearMonth[1] === '-' ? -months : months
    rest = rest.slice(yearMonth[0].length)
  }
  while (rest !== '') {
    const match = /^([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z]*)\s*/.exec(rest)
    const field = match && FIELDS.find(([unit]) => unit.test(match[2]!))
    if (!match || !field) return undefined
    add(sums, field[1], Number(match[1]) * field[2])
    rest = rest.slice(match[0].length)
  }
  return isAgo ? { months: -sums.months, days: -sums.days, micros: -sums.micros } : sums
}

/** A part of a month is days of thirty to a month, a part of a day is a time. */
function add(sums: Sums, field: keyof Sums, value: number): void {
  if (field === 'micros') {
    sums.micros += Math.round(value)
    return
  }
  const whole = Math.trunc(value)
  sums[field] += whole
  const part = value - whole
  if (part === 0) return
  if (field === 'months') add(sums, 'days', Math.round(part * 30 * 1e6) / 1e6)
  else sums.micros += Math.round(part * MICROS_PER_DAY)
}

function intervalOutput({ months, days, micros }: Sums): string {
  const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`
  const years = Math.trunc(months / 12)
  const parts: string[] = []
  if (years !== 0) parts.push(plural(years, 'year'))
  if (months % 12 !== 0) parts.push(plural(months % 12, 'mon'))
  if (days !== 0) parts.push(plural(days, 'day'))
  // A positive part after a negative one says so.
  const shown = parts.map((part, i) =>
    i > 0 && !part.startsWith('-') && parts[i - 1]!.startsWith('-') ? `+${part}` : part,
  )
  if (micros !== 0 || parts.length === 0) {
    const sign = micros < 0 ? '-' : parts.at(-1)?.startsWith('-') ? '+' : ''
    shown.push(`${sign}${timeText(Math.abs(micros))}`)
  }
  return shown.join(' ')
}
