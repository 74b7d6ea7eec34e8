import { Buffer } from 'node:buffer'
import { isIPv4, isIPv6 } from 'node:net'
import { compileRegex } from './regex.ts'
import {
  argumentText,
  compareNumbers,
  describeValue,
  isEqual,
  isFloat,
  isList,
  isNumber,
  isPlainObject,
  NodeSet,
  type Argument,
  type HurlValue,
} from './value.ts'

export type Verdict =
  | { readonly holds: true }
  | { readonly holds: false; readonly expected: string; readonly actual: string }

/**
 * Whether a predicate holds for what a query gave. As in Hurl, a value of the wrong type fails a predicate and its
 * negation alike, and a missing value fails every predicate, so that its negation holds.
 */
export function checkPredicate(
  { not, name }: { readonly not: boolean; readonly name: string },
  actual: HurlValue | undefined,
  argument: Argument | undefined,
): Verdict {
  const expected =
    `${not ? 'not ' : ''}${name === '==' ? '' : `${name} `}${argument === undefined ? '' : describeArgument(argument)}`.trim()
  const failed = { holds: false, expected, actual: describeValue(actual) } as const
  if (name === 'exists')
    return (actual !== undefined && !(actual instanceof NodeSet && actual.size === 0)) !== not
      ? { holds: true }
      : failed
  if (actual === undefined) return not ? { holds: true } : failed
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
      isText(actual) ||
      isList(actual) ||
      isPlainObject(actual) ||
      actual instanceof NodeSet ||
      actual instanceof Uint8Array,
    holds: (actual) =>
      actual instanceof NodeSet
        ? actual.size === 0
        : (isPlainObject(actual) ? Object.keys(actual).length : (actual as string).length) === 0,
  },
  isBoolean: kind((actual) => typeof actual === 'boolean'),
  isCollection: kind(
    (actual) =>
      isList(actual) || isPlainObject(actual) || actual instanceof NodeSet || actual instanceof Uint8Array,
  ),
  isDate: kind((actual) => actual instanceof Date),
  isFloat: kind((actual) => isFloat(actual)),
  isInteger: kind((actual) => isNumber(actual) && !isFloat(actual)),
  isIpv4: textKind((actual) => isIPv4(actual)),
  isIpv6: textKind((actual) => isIPv6(actual)),
  isIsoDate: textKind((actual) => isIsoDate(actual)),
  isList: kind((actual) => isList(actual) || actual instanceof Uint8Array),
  isNumber: kind((actual) => isNumber(actual)),
  isObject: kind((actual) => isPlainObject(actual) || actual instanceof NodeSet),
  isString: kind((actual) => isText(actual)),
  isUuid: textKind((actual) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(actual)),
}

function kind(holds: (actual: HurlValue) => boolean): Row {
  return { fits: anything, holds }
}

function textKind(holds: (actual: string) => boolean): Row {
  return { fits: isText, holds: (actual) => holds(actual as string) }
}

/** Numbers with numbers, text with text (by code units), dates with dates. */
function ordered(decide: (order: number) => boolean): Row {
  const fits = (actual: HurlValue, bound: Argument | undefined) =>
    (isNumber(actual) && isNumber(bound)) ||
    (isText(actual) && isText(bound)) ||
    (actual instanceof Date && bound instanceof Date)
  const holds = (actual: HurlValue, bound: Argument | undefined) => {
    if (isNumber(actual) && isNumber(bound)) return decide(compareNumbers(actual, bound))
    const [left, right] = [actual as string, bound as string]
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
