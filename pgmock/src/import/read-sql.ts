// SQL text → statements of PostgreSQL's own grammar, each with its text and line.

import { hasSqlDetails, loadModule, parseSync, type Node } from 'libpg-query'

export type Statement = {
  readonly node: Node
  /** Without the semicolon and the comments before it. */
  readonly text: string
  /** 1-based line where the text begins. */
  readonly line: number
}

export type SqlProblem = { readonly message: string; readonly line: number; readonly column: number }

/**
 * psql's own lines (`\restrict`, `\connect`) and the rows behind COPY … FROM stdin are blanked first, so lines stay.
 * After a syntax error the rest is read statement by statement, as psql would go on.
 */
export async function readSql(
  sql: string,
): Promise<{ statements: Statement[]; problems: readonly SqlProblem[] }> {
  await loadModule()
  const text = withoutRows(sql)
  try {
    return { statements: parsed(text, 0), problems: [] }
  } catch (error) {
    problemOf(error, text, 0) // throws what is no syntax error
  }
  const statements: Statement[] = []
  const problems: SqlProblem[] = []
  for (const { part, line } of split(text)) {
    if (/^;?\s*$/.test(withoutComments(part))) continue
    try {
      statements.push(...parsed(part, line))
    } catch (error) {
      problems.push(problemOf(error, part, line))
    }
  }
  return { statements, problems }
}

/** `lines` stand before the text. */
function parsed(text: string, lines: number): Statement[] {
  const bytes = Buffer.from(text)
  return (parseSync(text).stmts ?? []).flatMap((raw): Statement[] => {
    if (!raw.stmt) return []
    const from = raw.stmt_location ?? 0
    const end = raw.stmt_len ? from + raw.stmt_len : bytes.length
    const whole = bytes.toString('utf8', from, end)
    const start = whole.length - withoutComments(whole).length
    const line = lines + countLines(bytes.toString('utf8', 0, from)) + countLines(whole.slice(0, start)) + 1
    return [{ node: raw.stmt, text: whole.slice(start).trimEnd(), line }]
  })
}

/** Those of a text within the file; none when it is no SQL. The module is loaded. */
export function statementsOf(sql: string): readonly Statement[] {
  try {
    return parsed(sql, 0)
  } catch (error) {
    problemOf(error, sql, 0) // throws what is no syntax error
    return []
  }
}

function problemOf(error: unknown, text: string, lines: number): SqlProblem {
  const at = error instanceof Error && hasSqlDetails(error) ? error.sqlDetails?.cursorPosition : undefined
  if (at === undefined) throw error
  const before = text.slice(0, at)
  return {
    message: (error as Error).message, // it is one, see above
    line: lines + countLines(before) + 1,
    column: before.length - before.lastIndexOf('\n'),
  }
}

/** Quoted texts, dollar-quoted bodies and comments are passed over whole. */
const PIECE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|(\$\w*\$)[\s\S]*?\1|;/g

function split(text: string): { part: string; line: number }[] {
  const parts: { part: string; line: number }[] = []
  let [from, line] = [0, 0]
  for (const match of text.matchAll(PIECE)) {
    if (match[0] !== ';') continue
    const part = text.slice(from, match.index + 1)
    parts.push({ part, line })
    line += countLines(part)
    from = match.index + 1
  }
  return [...parts, { part: text.slice(from), line }]
}

function withoutRows(sql: string): string {
  let inRows = false
  return sql
    .split('\n')
    .map((line) => {
      if (inRows) {
        if (/^\\\.\r?$/.test(line)) inRows = false
        return ''
      }
      if (/^COPY\b.*\bFROM\s+stdin\b.*;\s*$/i.test(line)) {
        inRows = true
        return ''
      }
      return /^\\[a-z!?]/i.test(line) ? '' : line
    })
    .join('\n')
}

/** Drops leading white space and comments. */
function withoutComments(text: string): string {
  let rest = text
  for (;;) {
    const next = rest
      .trimStart()
      .replace(/^--[^\n]*/, '')
      .replace(/^\/\*[\s\S]*?\*\//, '')
    if (next === rest) return rest
    rest = next
  }
}

function countLines(text: string): number {
  return text.split('\n').length - 1
}
