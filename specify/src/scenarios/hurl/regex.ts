import { EvaluationProblem } from './value.ts'

/**
 * Hurl writes patterns for Rust's engine: flags such as `(?i)` stand in front. Throws EvaluationProblem for a pattern
 * that cannot be read.
 */
export function compileRegex(pattern: string, extraFlags = ''): RegExp {
  const head = /^\(\?([ims]+)\)/.exec(pattern)
  const source = head ? pattern.slice(head[0].length) : pattern
  const flags = `${head?.[1] ?? ''}${extraFlags}`
  try {
    return new RegExp(source, `${flags}u`)
  } catch {
    return compileLoosely(source, flags)
  }
}

/** Unicode mode refuses needless escapes such as \- that Rust accepts. */
function compileLoosely(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags)
  } catch (error) {
    throw new EvaluationProblem(`this regular expression cannot be read: ${(error as Error).message}`)
  }
}
