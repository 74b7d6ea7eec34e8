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

/** psql's own lines (`\restrict`, `\connect`) and the rows behind COPY … FROM stdin are blanked first, so lines stay. */
export async function readSql(
  sql: string,
): Promise<{ statements: Statement[]; problem: SqlProblem | undefined }> {
  await loadModule()
  const text = withoutRows(sql)
  const bytes = Buffer.from(text)
  try {
    const statements = (parseSync(text).stmts ?? []).flatMap((raw): Statement[] => {
      if (!raw.stmt) return []
      const from = raw.stmt_location ?? 0
      const end = raw.stmt_len ? from + raw.stmt_len : bytes.length
      const whole = bytes.toString('utf8', from, end)
      const start = whole.length - withoutComments(whole).length
      const line = countLines(bytes.toString('utf8', 0, from)) + countLines(whole.slice(0, start)) + 1
      return [{ node: raw.stmt, text: whole.slice(start).trimEnd(), line }]
    })
    return { statements, problem: undefined }
  } catch (error) {
    const at = error instanceof Error && hasSqlDetails(error) ? error.sqlDetails?.cursorPosition : undefined
    if (at === undefined) throw error
    const before = text.slice(0, at)
    const line = countLines(before) + 1
    const column = before.length - before.lastIndexOf('\n')
    return { statements: [], problem: { message: (error as Error).message, line, column } }
  }
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
