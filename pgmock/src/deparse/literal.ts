import { dateText, MICROS_PER_DAY, parseInstant, timeText, timestampText } from '../bytes/dates.ts'
import { compareJsonbKeys } from '../values/literal-value.ts'

/** The value's own output text, where the input may be spelled in several ways. */
export function outputText(content: string, type: string): string {
  switch (type) {
    case 'boolean':
      return /^(t|true|y|yes|on|1)$/i.test(content.trim()) ? 'true' : 'false'
    case 'smallint':
    case 'integer':
    case 'bigint':
      return wholeText(content.trim())
    case 'numeric':
      return numberText(content.trim())
    case 'date': {
      const micros = instant(content)
      return micros === undefined ? content : dateText(Math.floor(micros / MICROS_PER_DAY))
    }
    case 'timestamp without time zone': {
      const micros = instant(content.replace(/(Z|[+-]\d\d(:?\d\d)?)$/, ''))
      return micros === undefined ? content : timestampText(micros)
    }
    case 'timestamp with time zone': {
      const micros = instant(content)
      return micros === undefined ? content : `${timestampText(micros)}+00`
    }
    case 'time without time zone': {
      const micros = instant(`2000-01-01 ${content}`)
      return micros === undefined
        ? content
        : timeText(micros - Math.floor(micros / MICROS_PER_DAY) * MICROS_PER_DAY)
    }
    case 'interval':
      return intervalOf(content)
    case 'jsonb':
      return jsonbOf(content)
    case 'uuid':
      return content.toLowerCase()
    default:
      return content
  }
}

function instant(text: string): number | undefined {
  const [, year, month, day, rest = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})(.*)$/.exec(text.trim()) ?? []
  if (year === undefined) return undefined
  const zone = /[+-]\d\d$/.test(rest) ? `${rest}:00` : rest
  return parseInstant(`${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}${zone}`)
}

const FIELDS: readonly (readonly [RegExp, 'months' | 'days' | 'seconds', number])[] = [
  [/^(y|yrs?|years?)$/, 'months', 12],
  [/^(mons?|months?)$/, 'months', 1],
  [/^(w|weeks?)$/, 'days', 7],
  [/^(d|days?)$/, 'days', 1],
  [/^(h|hrs?|hours?)$/, 'seconds', 3600],
  [/^(m|mins?|minutes?)$/, 'seconds', 60],
  [/^(s|secs?|seconds?)$/, 'seconds', 1],
]

/** `1 hour` → `01:00:00`, `90 minutes` → `01:30:00`, `1 month 2 days` → `1 mon 2 days`; what cannot be read stays. */
function intervalOf(text: string): string {
  const sums = { months: 0, days: 0, seconds: 0 }
  let rest = text.trim().toLowerCase()
  const clock = /(?:^|\s)(-?)(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?$/.exec(rest)
  if (clock) {
    const seconds = Number(clock[2]) * 3600 + Number(clock[3]) * 60 + Number(clock[4] ?? 0)
    sums.seconds += clock[1] === '-' ? -seconds : seconds
    rest = rest.slice(0, clock.index).trim()
  }
  while (rest !== '') {
    const match = /^([+-]?\d+)\s*([a-z]+)\s*/.exec(rest)
    const field = match && FIELDS.find(([unit]) => unit.test(match[2]!))
    if (!match || !field) return text
    sums[field[1]] += Number(match[1]) * field[2]
    rest = rest.slice(match[0].length)
  }
  return intervalOutput(sums)
}

function intervalOutput({
  months,
  days,
  seconds,
}: {
  months: number
  days: number
  seconds: number
}): string {
  const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`
  const years = Math.trunc(months / 12)
  const parts: string[] = []
  if (years !== 0) parts.push(plural(years, 'year'))
  if (months % 12 !== 0) parts.push(plural(months % 12, 'mon'))
  if (days !== 0) parts.push(plural(days, 'day'))
  if (seconds !== 0 || parts.length === 0) {
    const clock = timeText(Math.round(Math.abs(seconds) * 1_000_000))
    parts.push(`${seconds < 0 ? '-' : days < 0 ? '+' : ''}${clock}`)
  }
  return parts.join(' ')
}

/** Keys by length, then bytes, the last of equals; `, ` and `: ` between. Numbers stay as they are written. */
function jsonbOf(text: string): string {
  try {
    JSON.parse(text)
  } catch {
    return text
  }
  return print(read(text.trim()).value)
}

type Json =
  | { kind: 'scalar'; text: string }
  | { kind: 'list'; items: Json[] }
  | { kind: 'map'; map: Map<string, Json> }

/** A JSON reader that keeps numbers and texts as they stand: JSON.parse would round them. */
function read(text: string): { value: Json; rest: string } {
  const skip = (from: string) => from.trimStart()
  if (text.startsWith('[')) {
    const items: Json[] = []
    let rest = skip(text.slice(1))
    while (!rest.startsWith(']')) {
      const item = read(rest)
      items.push(item.value)
      rest = skip(skip(item.rest).replace(/^,/, ''))
    }
    return { value: { kind: 'list', items }, rest: rest.slice(1) }
  }
  if (text.startsWith('{')) {
    const map = new Map<string, Json>()
    let rest = skip(text.slice(1))
    while (!rest.startsWith('}')) {
      const key = /^"(?:[^"\\]|\\.)*"/.exec(rest)![0]
      const value = read(skip(skip(rest.slice(key.length)).slice(1)))
      map.set(key, value.value)
      rest = skip(skip(value.rest).replace(/^,/, ''))
    }
    return { value: { kind: 'map', map }, rest: rest.slice(1) }
  }
  const scalar = /^("(?:[^"\\]|\\.)*"|[^\s,\]}]+)/.exec(text)![0]
  return { value: { kind: 'scalar', text: scalar }, rest: text.slice(scalar.length) }
}

function print(value: Json): string {
  switch (value.kind) {
    case 'scalar':
      return value.text
    case 'list':
      return `[${value.items.map(print).join(', ')}]`
    case 'map':
      return `{${[...value.map]
        .toSorted(([a], [b]) => compareJsonbKeys(JSON.parse(a) as string, JSON.parse(b) as string))
        .map(([key, member]) => `${key}: ${print(member)}`)
        .join(', ')}}`
  }
}

/** int8out: `+07` → 7. */
function wholeText(digits: string): string {
  return /^[+-]?\d+$/.test(digits) ? BigInt(digits).toString() : digits
}

/** numeric_out knows no exponent: 1e3 → 1000, 1.5e-3 → 0.0015; a leading point gets its zero. */
function numberText(digits: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(digits) ?? []
  if (whole + fraction === '') return digits
  const exponent = Number(power)
  const all = whole + fraction
  const point = whole.length + exponent
  const scale = Math.max(0, fraction.length - exponent)
  const padded = point > all.length ? all.padEnd(point, '0') : point < 0 ? '0'.repeat(-point) + all : all
  const at = Math.max(0, point)
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '') || '0'
  return `${sign === '-' ? '-' : ''}${head}${scale > 0 ? `.${padded.slice(at).padEnd(scale, '0')}` : ''}`
}
