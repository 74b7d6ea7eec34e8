import type { Finding } from '@specwright/cli/finding.ts'
import { applyStatement } from './apply.ts'
import { emptyCatalog } from './catalog.ts'
import { readSql } from './read-sql.ts'
import { toSchema } from './to-schema.ts'

export type ImportOptions = {
  /** For findings. */
  readonly file: string
  readonly database: string
  /** Of every table; undefined leaves it to the language. */
  readonly rowCount?: number | undefined
}

/** SQL, or pg_dump's plain output → a schema of our language. What has no place there is a warning with its line. */
export async function importSql(
  sql: string,
  { file, database, rowCount }: ImportOptions,
): Promise<{ schema: Record<string, unknown> | undefined; findings: Finding[] }> {
  const { statements, problems } = await readSql(sql)
  const catalog = emptyCatalog()
  const findings: Finding[] = problems.map(({ message, line, column }) => ({
    code: 'sql-syntax',
    severity: 'warning',
    file,
    line,
    column,
    message: `${message}; the statement is left out`,
    hint: "This is PostgreSQL's own grammar, version 18.",
  }))
  for (const statement of statements)
    applyStatement(statement, catalog, ({ line, code, message }) =>
      findings.push({ code, severity: 'warning', file, line, message }),
    )
  if (catalog.tables.size === 0)
    return {
      schema: undefined,
      findings: [
        ...findings,
        { code: 'sql-no-tables', severity: 'error', file, message: 'no CREATE TABLE was found' },
      ],
    }
  return { schema: toSchema(catalog, database, rowCount), findings }
}
