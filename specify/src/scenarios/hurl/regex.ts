/** Hurl writes patterns for Rust's engine: flags such as `(?i)` stand in front. */
export function compileRegex(pattern: string, extraFlags = ''): RegExp {
  const head = /^\(\?([ims]+)\)/.exec(pattern)
  const source = head ? pattern.slice(head[0].length) : pattern
  const flags = `${head?.[1] ?? ''}${extraFlags}`
  try {
    return new RegExp(source, `${flags}u`)
  } catch {
    // Unicode mode refuses needless escapes such as \- that Rust accepts.
    return new RegExp(source, flags)
  }
}
