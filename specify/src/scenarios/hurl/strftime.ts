// Dates by pattern, as the filters `toDate` and `format` name them: the conversion letters of chrono's strftime.
// Everything is UTC; a zone written in the text is taken into account.

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Letters outside the table stay as they are. */
export function formatDate(date: Date, format: string): string {
  return expand(format).replaceAll(/%([-_0]?)(\.?\d?[A-Za-z%+])/g, (whole, _pad, letter: string) => {
    const write = WRITE[letter]
    return write === undefined ? whole : write(date)
  })
}

/** Undefined when the text does not have this form. */
export function parseDate(text: string, format: string): Date | undefined {
  if (format === '%+') {
    const at = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/i.test(text)
      ? Date.parse(text)
      : NaN
    return Number.isNaN(at) ? undefined : new Date(at)
  }
  const letters: string[] = []
  const pattern = expand(format).replaceAll(
    /%([-_0]?)(\.?\d?[A-Za-z%])|([\\^$.*+?()[\]{}|/])/g,
    (_whole, _pad, letter: string | undefined, special) => {
      if (letter === undefined) return `\\${special as string}`
      letters.push(letter)
      return `(${READ[letter] ?? '.*?'})`
    },
  )
  const match = new RegExp(`^${pattern}$`, 'i').exec(text)
  if (match === null) return undefined
  return dateOf(new Map(letters.map((letter, i) => [letter, match[i + 1] ?? ''])))
}

function expand(format: string): string {
  return format
    .replaceAll('%F', '%Y-%m-%d')
    .replaceAll('%T', '%H:%M:%S')
    .replaceAll('%D', '%m/%d/%y')
    .replaceAll('%R', '%H:%M')
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0')
const fraction = (date: Date) => pad(date.getUTCMilliseconds(), 3)

const WRITE: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => pad(date.getUTCFullYear(), 4),
  y: (date) => pad(date.getUTCFullYear() % 100),
  m: (date) => pad(date.getUTCMonth() + 1),
  d: (date) => pad(date.getUTCDate()),
  e: (date) => String(date.getUTCDate()).padStart(2),
  H: (date) => pad(date.getUTCHours()),
  I: (date) => pad(date.getUTCHours() % 12 || 12),
  M: (date) => pad(date.getUTCMinutes()),
  S: (date) => pad(date.getUTCSeconds()),
  f: (date) => `${fraction(date)}000000`,
  '.f': (date) => `.${fraction(date)}`,
  '3f': fraction,
  '.3f': (date) => `.${fraction(date)}`,
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  A: (date) => DAYS[date.getUTCDay()]!,
  a: (date) => DAYS[date.getUTCDay()]!.slice(0, 3),
  B: (date) => MONTHS[date.getUTCMonth()]!,
  b: (date) => MONTHS[date.getUTCMonth()]!.slice(0, 3),
  h: (date) => MONTHS[date.getUTCMonth()]!.slice(0, 3),
  j: (date) => pad(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0)) / 86_400_000) + 1, 3),
  u: (date) => String(date.getUTCDay() || 7),
  w: (date) => String(date.getUTCDay()),
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  z: () => '+0000',
  Z: () => 'UTC',
  '+': (date) => date.toISOString().replace('Z', '+00:00'),
  '%': () => '%',
}

const READ: Readonly<Record<string, string>> = {
  Y: '\\d{4}',
  y: '\\d{2}',
  m: '\\d{1,2}',
  d: '\\d{1,2}',
  e: ' ?\\d{1,2}',
  H: '\\d{1,2}',
  I: '\\d{1,2}',
  M: '\\d{1,2}',
  S: '\\d{1,2}',
  f: '\\d{1,9}',
  '.f': '\\.\\d{1,9}',
  '3f': '\\d{3}',
  '.3f': '\\.\\d{3}',
  p: '[AP]M',
  A: '[a-z]+',
  a: '[a-z]{3}',
  B: '[a-z]+',
  b: '[a-z]{3}',
  h: '[a-z]{3}',
  s: '-?\\d+',
  z: '[+-]\\d{2}:?\\d{2}',
  Z: '[A-Z]+',
  '%': '%',
}

function dateOf(fields: ReadonlyMap<string, string>): Date | undefined {
  const number = (letter: string, absent: number) => Number(fields.get(letter) ?? absent)
  const seconds = fields.get('s')
  if (seconds !== undefined) return new Date(Number(seconds) * 1000)
  const year = fields.has('y') ? 2000 + number('y', 0) : number('Y', 1970)
  const name = (fields.get('B') ?? fields.get('b') ?? fields.get('h'))?.toLowerCase().slice(0, 3)
  const month =
    name === undefined ? number('m', 1) - 1 : MONTHS.findIndex((each) => each.toLowerCase().startsWith(name))
  const day = number(fields.has('d') ? 'd' : 'e', 1)
  const twelve = fields.has('I')
    ? (number('I', 0) % 12) + (fields.get('p')?.toUpperCase() === 'PM' ? 12 : 0)
    : undefined
  const digits = (fields.get('f') ?? fields.get('.f') ?? fields.get('3f') ?? fields.get('.3f') ?? '').replace(
    '.',
    '',
  )
  const at = Date.UTC(
    year,
    month,
    day,
    twelve ?? number('H', 0),
    number('M', 0),
    number('S', 0),
    Number(digits.padEnd(3, '0').slice(0, 3)),
  )
  // Date.UTC rolls 31 February over; a text that names no real day is no date.
  if (month < 0 || month > 11 || new Date(Date.UTC(year, month, day)).getUTCDate() !== day) return undefined
  const zone = /^([+-])(\d\d):?(\d\d)$/.exec(fields.get('z') ?? '')
  const offsetMinutes = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0
  return new Date(at - offsetMinutes * 60_000)
}
