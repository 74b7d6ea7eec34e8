import { describeValue, isEqual, isList, isPlainObject, type HurlValue } from './value.ts'

export type Difference = { readonly path: string; readonly expected: string; readonly actual: string }

const MOST = 10

/** Where two JSON values differ, deepest places first found, at most ten; paths are JSONPaths. */
export function jsonDifferences(expected: HurlValue, actual: HurlValue, path = '$'): Difference[] {
  if (isEqual(expected, actual)) return []
  if (isPlainObject(expected) && isPlainObject(actual)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
    return names
      .flatMap((name) => differenceAt(expected[name], actual[name], `${path}${step(name)}`))
      .slice(0, MOST)
  }
  if (isList(expected) && isList(actual)) {
    const length = Math.max(expected.length, actual.length)
    return Array.from({ length }, (_, i) => differenceAt(expected[i], actual[i], `${path}[${i}]`))
      .flat()
      .slice(0, MOST)
  }
  return [{ path, expected: describeValue(expected), actual: describeValue(actual) }]
}

function differenceAt(
  expected: HurlValue | undefined,
  actual: HurlValue | undefined,
  path: string,
): Difference[] {
  if (expected !== undefined && actual !== undefined) return jsonDifferences(expected, actual, path)
  return [{ path, expected: describeValue(expected), actual: describeValue(actual) }]
}

function step(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) ? `.${name}` : `['${name.replaceAll("'", "\\'")}']`
}
