// docs/templates/<name>.md: what a template holds, as a picture, a table and sample rows.

import { CliError } from '@specwright/cli/cli-error.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'
import { loadSqlParser, needsParser } from '../constraints/sql-parser.ts'
import { rowsOf } from '../generate.ts'
import type { TablePlan } from '../plan/plan-types.ts'
import { planSet } from '../plan/plan-set.ts'
import type { Table } from '../schema/model.ts'
import { parseSchema } from '../schema/parse-schema.ts'
import { describeTemplate, type Template } from './templates.ts'

/** The document that is checked in. */
export async function templatePage(template: Template): Promise<string> {
  return await pageOf(template, ['Made from the template by `npm run generate`.', ''])
}

/** A picture in Mermaid, the tables, two rows of each. Throws when the template has findings. */
export async function templateDescription(template: Template): Promise<string> {
  return await pageOf(template, [])
}

async function pageOf(template: Template, made: readonly string[]): Promise<string> {
  const findings: unknown[] = []
  const document = parseDocument(template.text, 'json')
  const model = parseSchema({ file: template.path, document }, (finding) => findings.push(finding))
  const sql = model && needsParser(model) ? await loadSqlParser() : undefined
  const planned = planSet(model ? [model] : [], { seed: 1, scale: 0.1, sql })
  findings.push(...planned.findings)
  const [database] = planned.plan.databases
  if (!database || findings.length > 0)
    throw new CliError(
      'template-broken',
      `The template ${template.name} has findings.`,
      `Run "pgmock validate ${template.path}".`,
      {
        findings,
      },
    )
  const full = planSet([model!], { seed: 1, sql }).plan.databases[0]!
  const rows = new Map(full.tables.map((table) => [table.table.name, table.rows]))
  return [
    `# Template ${template.name}`,
    '',
    ...made,
    `${describeTemplate(template).summary}. ${database.tables.length} tables. \`pgmock init --template ${template.name}\` writes it to a file of yours.`,
    '',
    '```mermaid',
    'erDiagram',
    ...database.tables.flatMap(({ table }) => diagram(table)),
    '```',
    '',
    '| table | rows | what |',
    '|---|---|---|',
    ...database.tables.map(
      ({ table }) =>
        `| \`${table.name}\` | ${rows.get(table.name)!.toLocaleString('en-US')} | ${cell(table.comment ?? plainly(table))} |`,
    ),
    '',
    ...database.tables.flatMap(samples),
  ].join('\n')
}

function diagram({ name, columns, foreignKeys, primaryKey }: Table): string[] {
  const keys = new Set(foreignKeys.flatMap((key) => key.columns))
  const lines = [...columns.values()]
    .filter(({ hidden }) => !hidden)
    .map((column) => {
      const marks = [primaryKey.includes(column.name) ? 'PK' : '', keys.has(column.name) ? 'FK' : ''].filter(
        Boolean,
      )
      return `        ${column.type.text.replaceAll(/[^\w]+/g, '_').replace(/_$/, '')} ${column.name}${marks.length > 0 ? ` ${marks.join(',')}` : ''}`
    })
  const links = foreignKeys.map((key) => {
    const optional = key.columns.some((column) => columns.get(column)?.nullable)
    return `    ${key.table} ${optional ? '|o' : '||'}--o{ ${name} : ${key.columns.join('_')}`
  })
  return [`    ${name} {`, ...lines, '    }', ...links]
}

/** For tables that need no words: what they hang on. */
function plainly({ foreignKeys }: Table): string {
  return foreignKeys.length === 0
    ? ''
    : `of ${[...new Set(foreignKeys.map(({ table }) => table))].join(', ')}`
}

function samples(table: TablePlan): string[] {
  const columns = table.columns.map(({ column }) => column.name)
  const rows = [...rowsOf(table, 0, 2)]
  return [
    `### ${table.table.name}`,
    '',
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${columns.map((column) => cell(shortened(row[column] ?? '∅'))).join(' | ')} |`),
    '',
  ]
}

function shortened(text: string): string {
  const line = text.replaceAll('\n', ' ')
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}
