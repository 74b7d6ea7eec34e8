// The SQL functions a check may call, each with its way back where it has one: `lower(x)` becomes 'abc' when x does.

import { daysFromCivil } from '../bytes/dates.ts'
import { converted, isNumeric } from '../derive/arithmetic.ts'
import { plainText } from '../formats/value-text.ts'
import { arrayFunctions } from './arrays.ts'
import { jsonFunctions } from './json-terms.ts'
import { datePart, truncated } from './date-parts.ts'
import { countNulls, writeNulls } from './logic.ts'
import { strict } from './strict.ts'
import { condition, constantOf, NotUnderstood, type Term, type Trial } from './term.ts'
import { BOOL, DATE, decimal, FLOAT, INT, scaleOf, TEXT, type Value } from '../values/value-type.ts'

export type Call = {
  readonly name: string
  readonly args: readonly Term[]
  readonly trial: Trial
  readonly now: number
}

type Make = (call: Call) => Term

export function callFunction(call: Call): Term {
  const make = FUNCTIONS[call.name] ?? arrayFunctions[call.name] ?? jsonFunctions[call.name]
  if (!make) throw new NotUnderstood(`${call.name}()`)
  if (call.args.length === 0) throw new NotUnderstood(`${call.name}()`)
  return make(call)
}

const FUNCTIONS: Readonly<Record<string, Make>> = {
  length: (call) => lengthOf(call, (text) => Array.from(text).length),
  char_length: (call) => lengthOf(call, (text) => Array.from(text).length),
  character_length: (call) => lengthOf(call, (text) => Array.from(text).length),
  octet_length: (call) =>
    lengthOf(call, (text) => (isBytes(call) ? (text.length - 2) / 2 : Buffer.byteLength(text))),
  bit_length: (call) => lengthOf(call, (text) => 8 * Buffer.byteLength(text)),
  lower: (call) => changed(call, (text) => text.toLowerCase(), 'lower'),
  upper: (call) => changed(call, (text) => text.toUpperCase(), 'upper'),
  initcap: (call) =>
    changed(call, (text) =>
      text.toLowerCase().replaceAll(/[a-z0-9]+/g, (word) => word[0]!.toUpperCase() + word.slice(1)),
    ),
  btrim: (call) =>
    changed(call, (text) => trimmed(text, call, true, true), call.args.length === 1 ? 'trim' : undefined),
  ltrim: (call) => changed(call, (text) => trimmed(text, call, true, false)),
  rtrim: (call) => changed(call, (text) => trimmed(text, call, false, true)),
  reverse: (call) => changed(call, (text) => Array.from(text).toReversed().join('')),
  replace: ({ args: [of, from, to] }) =>
    strict(TEXT, [of!, from!, to!], ([text, a, b]) =>
      a === '' ? text! : String(text).replaceAll(String(a), String(b)),
    ),
  substr: substring,
  substring,
  left: (call) => substring({ ...call, args: [call.args[0]!, constantOf(INT, 1), call.args[1]!] }),
  right: ({ args: [of, n] }) =>
    strict(TEXT, [of!, n!], ([text, count]) =>
      Number(count) === 0 ? '' : Array.from(String(text)).slice(-Number(count)).join(''),
    ),
  strpos: ({ args: [of, part] }) =>
    strict(INT, [of!, part!], ([text, find]) => String(text).indexOf(String(find)) + 1),
  position: ({ args: [of, part] }) =>
    strict(INT, [of!, part!], ([text, find]) => String(text).indexOf(String(find)) + 1),
  split_part: ({ args: [of, by, n] }) =>
    strict(TEXT, [of!, by!, n!], ([text, sep, at]) => String(text).split(String(sep))[Number(at) - 1] ?? ''),
  concat: ({ args }) => ({ type: TEXT, value: () => args.map((arg) => textOf(arg)).join('') }),
  starts_with: startsWith,
  abs: ({ args: [of] }) => ({
    ...strict(of!.type, [of!], ([x]) => Math.abs(Number(x))),
    write: (to) =>
      to !== null &&
      Number(to) >= 0 &&
      (of!.write?.(Number(of!.value() ?? 0) < 0 ? -Number(to) : to) ?? false),
  }),
  sign: ({ args: [of] }) => strict(INT, [of!], ([x]) => Math.sign(Number(x))),
  floor: (call) => whole(call, Math.floor),
  ceil: (call) => whole(call, Math.ceil),
  ceiling: (call) => whole(call, Math.ceil),
  trunc: rounded((x) => Math.trunc(x)),
  round: rounded((x) => Math.sign(x) * Math.round(Math.abs(x))),
  mod: ({ args: [a, b] }) => remainder(a!, b!),
  power: ({ args: [a, b] }) => strict(FLOAT, floats([a!, b!]), ([x, y]) => Number(x) ** Number(y)),
  sqrt: ({ args: [a] }) => strict(FLOAT, floats([a!]), ([x]) => Math.sqrt(Number(x))),
  extract: ({ args: [field, of] }) => datePart(String(field!.constant?.value ?? ''), of!),
  date_part: ({ args: [field, of] }) => datePart(String(field!.constant?.value ?? ''), of!),
  date_trunc: ({ args: [field, of] }) => truncated(String(field!.constant?.value ?? ''), of!),
  make_date: ({ args: [y, m, d] }) =>
    strict(DATE, [y!, m!, d!], ([year, month, day]) =>
      daysFromCivil(Number(year), Number(month), Number(day)),
    ),
  num_nulls: ({ args, trial }) => ({
    type: INT,
    value: () => countNulls(args, true),
    write: (to) => writeNulls(args, Number(to), trial),
    parts: [],
    becomeNull: () => false,
  }),
  num_nonnulls: ({ args, trial }) => ({
    type: INT,
    value: () => countNulls(args, false),
    write: (to) => writeNulls(args, args.length - Number(to), trial),
    parts: [],
    becomeNull: () => false,
  }),
  coalesce: ({ args }) => coalesced(args),
  nullif: ({ args: [a, b] }) => ({
    type: a!.type,
    value: () => (a!.value() === b!.value() ? null : a!.value()),
    write: (to) => to !== b!.value() && (a!.write?.(to) ?? false),
    parts: [a!],
  }),
  greatest: ({ args }) => extreme(args, (a, b) => a > b),
  least: ({ args }) => extreme(args, (a, b) => a < b),
}

function isBytes({ args }: Call): boolean {
  return args[0]?.pg?.kind === 'bytea'
}

export function textOf(term: Term): string {
  const is = term.value()
  return is === null ? '' : plainText(is, term.type)
}

function lengthOf(call: Call, measure: (text: string) => number): Term {
  const of = call.args[0]!
  if (of.type.kind !== 'text') throw new NotUnderstood(`${call.name}(${of.type.kind})`)
  const unit = call.name === 'bit_length' ? 8 : 1
  return {
    ...strict(INT, [of], ([text]) => measure(String(text))),
    shape: isBytes(call) ? undefined : { kind: 'length', of },
    write: (to) => {
      const text = of.value()
      if (text === null || to === null || Number(to) < 0) return false
      if (isBytes(call))
        return (
          of.write?.(
            `\\x${String(text)
              .slice(2)
              .padEnd(Number(to) * 2, '5e')
              .slice(0, Number(to) * 2)}`,
          ) ?? false
        )
      return of.write?.(lengthened(String(text), Number(to) / unit, call.trial)) ?? false
    },
  }
}

const FILL = 'aeinorst'

function lengthened(text: string, length: number, trial: Trial): string {
  const chars = Array.from(text)
  while (chars.length < length)
    chars.push(
      /\d$/.test(text)
        ? String(Math.floor(trial.random() * 10))
        : FILL[Math.floor(trial.random() * FILL.length)]!,
    )
  const cut = chars.slice(0, length)
  // A blank at the end would be lost in char(n), and looks cut.
  if (cut.at(-1) === ' ') cut[cut.length - 1] = 'e'
  return cut.join('')
}

function changed(
  { args, name }: Call,
  change: (text: string) => string,
  kind?: 'lower' | 'upper' | 'trim',
): Term {
  const of = args[0]!
  if (of.type.kind !== 'text') throw new NotUnderstood(`${name}(${of.type.kind})`)
  return {
    ...strict(TEXT, [of], ([text]) => change(String(text))),
    pg: of.pg,
    shape: kind && { kind, of },
    // Written to: the value itself, where the function leaves it as it is. `lower(x) = x` reads x first.
    write: (to) =>
      typeof to === 'string' && (change(to) === to ? of.write?.(to) : of.write?.(change(to))) === true,
  }
}

function trimmed(text: string, { args }: Call, start: boolean, end: boolean): string {
  const chars = args[1] === undefined ? ' ' : textOf(args[1])
  let [from, to] = [0, text.length]
  if (start) while (from < to && chars.includes(text[from]!)) from++
  if (end) while (to > from && chars.includes(text[to - 1]!)) to--
  return text.slice(from, to)
}

function substring({ args }: Call): Term {
  const [of, from, count] = args
  if (from && from.type.kind === 'text') throw new NotUnderstood('substring(… from pattern)')
  const window = (): [number, number] => {
    const start = Number(from?.value() ?? 1) - 1
    const end = count === undefined ? Infinity : start + Number(count.value() ?? 0)
    return [Math.max(0, start), Math.max(0, end)]
  }
  return {
    ...strict(TEXT, args, ([text]) =>
      Array.from(String(text))
        .slice(...window())
        .join(''),
    ),
    write: (to) => {
      const text = of!.value()
      if (typeof text !== 'string' || typeof to !== 'string') return false
      const [start, end] = window()
      const chars = Array.from(text.padEnd(start, 'x'))
      return (
        of!.write?.(
          chars.slice(0, start).join('') + to + (end === Infinity ? '' : chars.slice(end).join('')),
        ) ?? false
      )
    },
  }
}

export function startsWith({ args: [of, start] }: Pick<Call, 'args'>): Term {
  const test = strict(BOOL, [of!, start!], ([text, head]) => String(text).startsWith(String(head)))
  return condition(
    test.value,
    (to) => {
      const [text, head] = [of!.value(), start!.value()]
      if (text === null || head === null) return false
      return (
        of!.write?.(
          to ? `${String(head)}${String(text)}` : String(text).slice(String(head).length) || 'other',
        ) ?? false
      )
    },
    { parts: [of!, start!] },
  )
}

function whole({ args: [of] }: Call, change: (x: number) => number): Term {
  const power = 10 ** scaleOf(of!.type)
  return {
    ...strict(of!.type.kind === 'float' ? FLOAT : INT, [of!], ([x]) => change(Number(x) / power)),
    write: (to) => to !== null && (of!.write?.(Number(to) * power) ?? false),
  }
}

function rounded(change: (x: number) => number): Make {
  return ({ args: [of, places] }) => {
    if (of!.type.kind === 'float' && places === undefined)
      return strict(FLOAT, [of!], ([x]) => change(Number(x)))
    const digits = Number(places?.constant?.value ?? 0)
    const power = 10 ** (scaleOf(of!.type) - digits)
    if (of!.type.kind === 'float')
      return strict(FLOAT, [of!], ([x]) => change(Number(x) * 10 ** digits) / 10 ** digits)
    return {
      ...strict(decimal(Math.max(0, digits)), [of!], ([x]) =>
        power < 1 ? Number(x) / power : change(Number(x) / power),
      ),
      write: (to) => to !== null && (of!.write?.(Number(to) * power) ?? false),
    }
  }
}

function remainder(a: Term, b: Term): Term {
  return {
    ...strict(a.type, [a, b], ([x, y]) => (Number(y) === 0 ? null : Number(x) % Number(y))),
    write: (to) => {
      const [x, y] = [a.value(), b.value()]
      if (x === null || y === null || to === null) return false
      return a.write?.(Number(x) - (Number(x) % Number(y)) + Number(to)) ?? false
    },
  }
}

function floats(terms: readonly Term[]): Term[] {
  return terms.map((term) => ({ ...term, type: FLOAT, value: converted(term, FLOAT, 0) as () => Value }))
}

function coalesced(args: readonly Term[]): Term {
  const first = () => args.find((arg) => arg.value() !== null)
  const type = args.find((arg) => arg.type.kind !== 'null')!.type
  const same = args.map(
    (arg) => (isNumeric(type) && isNumeric(arg.type) ? converted(arg, type, 0) : arg.value) as () => Value,
  )
  return {
    type,
    pg: args[0]!.pg,
    value: () => {
      for (const value of same) {
        const is = value()
        if (is !== null) return is
      }
      return null
    },
    write: (to) => first()?.write?.(to) === true || args.some((arg) => arg.write?.(to) === true),
    becomeNull: (isNull) =>
      isNull
        ? args.every((arg) => arg.value() === null || arg.becomeNull?.(true) === true)
        : args.some((arg) => arg.becomeNull?.(false) === true),
  }
}

function extreme(args: readonly Term[], better: (a: number | string, b: number | string) => boolean): Term {
  const type = args.find((arg) => arg.type.kind !== 'null')!.type
  const values = args.map((arg) => (isNumeric(type) ? converted(arg, type, 0) : arg.value) as () => Value)
  return {
    type,
    value: () => {
      let best: Value = null
      for (const value of values) {
        const is = value()
        if (is !== null && (best === null || better(is as number, best as number))) best = is
      }
      return best
    },
    write: (to) => args.reduce((done, arg) => arg.write?.(to) === true || done, false),
    becomeNull: (isNull) =>
      isNull
        ? args.every((arg) => arg.value() === null || arg.becomeNull?.(true) === true)
        : args.some((arg) => arg.becomeNull?.(false) === true),
  }
}
