const compiled = new Map<string, RegExp | undefined>()

/** A schema's `pattern` as a regular expression, made once; undefined when it cannot be read as ECMAScript. */
export function compilePattern(pattern: string): RegExp | undefined {
  if (compiled.has(pattern)) return compiled.get(pattern)
  let regex: RegExp | undefined
  for (const flags of ['u', '']) {
    try {
      regex = new RegExp(pattern, flags)
      break
    } catch {
      // tried again without Unicode mode, which is stricter about escapes
    }
  }
  compiled.set(pattern, regex)
  return regex
}
