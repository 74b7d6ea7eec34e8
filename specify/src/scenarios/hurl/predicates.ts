import { Buffer } from 'node:buffer'
import { isIPv4, isIPv6 } from 'node:net'
import { compileRegex } from './regex.ts'
import {
  argumentText,
  describeValue,
  isEqual,
  isList,
  isPlainObject,
  type Argument,
  type HurlValue,
} from './value.ts'

export type Verdict =
  | { readonly holds: true }
  | { readonly holds: false; readonly expected: string; readonly actual: string }

/**
 * Whether a predicate holds for what a query gave. As in Hurl, a missing value and a value of the wrong type fail a
 * predicate and its negation alike; only `exists` speaks of missing values.
 */
export function checkPredicate(
  { not, name }: { readonly not: boolean; readonly name: string },
  actual: HurlValue | undefined,
  argument: Argument | undefined,
): Verdict {
  const expected =
    `${not ? 'not ' : ''}${name === '==' ? '' : `${name} `}${argument === undefined ? '' : describeArgument(argument)}`.trim()
  const failed = { holds: false, expected, actual: describeValue(actual) } as const
  if (name === 'exists') return (actual !== undefined) !== not ? { holds: true } : failed
  if (actual === undefined) return failed
  const row = table[name]
  if (row === undefined || !row.fits(actual, argument)) return failed
  return row.holds(actual, argument) !== not ? { holds: true } : failed
}

type Row = {
  /** The types this predicate speaks about. */
  readonly fits: (actual: HurlValue, argument: Argument | undefined) => boolean
  readonly holds: (actual: HurlValue, argument: Argument | undefined) => boolean
}

const anything = () => true
const isText = (value: unknown): value is string => typeof value === 'string'

const table: Readonly<Record<string, Row>> = {
  '==': { fits: anything, holds: (actual, expected) => isEqual(actual, expected as HurlValue) },
  '!=': { fits: anything, holds: (actual, expected) => !isEqual(actual, expected as HurlValue) },
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  startsWith: spelled(
    (actual, part) => actual.startsWith(part),
    (actual, part) => actual.subarray(0, part.length).equals(part),
  ),
  endsWith: spelled(
    (actual, part) => actual.endsWith(part),
    (actual, part) =>
      part.length <= actual.length && actual.subarray(actual.length - part.length).equals(part),
  ),
  contains: {
    fits: (actual, part) =>
      isList(actual) ||
      (isText(actual) && isText(part)) ||
      (actual instanceof Uint8Array && part instanceof Uint8Array),
    holds: (actual, part) => {
      if (isList(actual)) return actual.some((item) => isEqual(item, part as HurlValue))
      return isText(actual)
        ? actual.includes(part as string)
        : Buffer.from(actual as Uint8Array).includes(Buffer.from(part as Uint8Array))
    },
  },
  includes: {
    fits: (actual) => isList(actual),
    holds: (actual, item) =>
      (actual as readonly HurlValue[]).some((each) => isEqual(each, item as HurlValue)),
  },
  matches: {
    fits: (actual) => isText(actual),
    holds: (actual, pattern) =>
      (pattern instanceof RegExp ? pattern : compileRegex(argumentText(pattern))).test(actual as string),
  },
  isEmpty: {
    fits: (actual) =>
      isText(actual) || isList(actual) || isPlainObject(actual) || actual instanceof Uint8Array,
    holds: (actual) => (isPlainObject(actual) ? Object.keys(actual).length : (actual as string).length) === 0,
  },
  isBoolean: kind((actual) => typeof actual === 'boolean'),
  isCollection: kind((actual) => isList(actual) || isPlainObject(actual) || actual instanceof Uint8Array),
  isDate: kind((actual) => actual instanceof Date),
  // JSON has one kind of number: 1.0 arrives as 1 and counts as an integer.
  isFloat: kind((actual) => typeof actual === 'number' && !Number.isInteger(actual)),
  isInteger: kind((actual) => Number.isInteger(actual)),
  isIpv4: kind((actual) => isText(actual) && isIPv4(actual)),
  isIpv6: kind((actual) => isText(actual) && isIPv6(actual)),
  isIsoDate: kind((actual) => isText(actual) && isIsoDate(actual)),
  isList: kind((actual) => isList(actual)),
  isNumber: kind((actual) => typeof actual === 'number'),
  isObject: kind((actual) => isPlainObject(actual)),
  isString: kind((actual) => isText(actual)),
  isUuid: kind((actual) => isText(actual) && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(actual)),
}

function kind(holds: (actual: HurlValue) => boolean): Row {
  return { fits: anything, holds }
}

/** Numbers with numbers, text with text (by code units), dates with dates. */
function ordered(decide: (order: number) => boolean): Row {
  const fits = (actual: HurlValue, bound: Argument | undefined) =>
    (typeof actual === 'number' && typeof bound === 'number') ||
    (isText(actual) && isText(bound)) ||
    (actual instanceof Date && bound instanceof Date)
  const holds = (actual: HurlValue, bound: Argument | undefined) => {
    const [left, right] = [actual as number, bound as number]
    return decide(left < right ? -1 : left > right ? 1 : 0)
  }
  return { fits, holds }
}

function spelled(
  text: (actual: string, part: string) => boolean,
  bytes: (actual: Buffer, part: Buffer) => boolean,
): Row {
  return {
    fits: (actual, part) =>
      (isText(actual) && isText(part)) || (actual instanceof Uint8Array && part instanceof Uint8Array),
    holds: (actual, part) =>
      isText(actual)
        ? text(actual, part as string)
        : bytes(Buffer.from(actual as Uint8Array), Buffer.from(part as Uint8Array)),
  }
}

/** RFC 3339 with a real day in it. */
function isIsoDate(value: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i.test(value) &&
    !Number.isNaN(Date.parse(value))
  )
}

function describeArgument(argument: Argument): string {
  return argument instanceof RegExp ? `/${argument.source}/` : describeValue(argument)
}
