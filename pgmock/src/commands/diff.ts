import { homedir } from 'node:os'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { schemaDiff, type Change } from '../diff/schema-diff.ts'
import { openSet } from '../generate.ts'
import { readProject } from './set-options.ts'

export const diff = command({
  name: 'diff',
  summary: 'Say what differs between two schemas: tables, columns, types, keys, generators',
  description: `Compares what the files mean: after templates, mixing and $ref, with other words for one type or key taken
as the same. A set file stands for its databases, compared by name.`,
  args: '<before.json> <after.json>',
  options: {
    'exit-code': { type: 'boolean', summary: 'Exit with 1 when something differs' },
  },
  examples: [
    { run: 'pgmock diff old.json new.json', does: 'A line for each change' },
    { run: 'pgmock diff old.json new.json --json', does: 'The same for programs' },
    { run: 'pgmock diff old.json new.json --exit-code', does: 'For a script that wants them alike' },
  ],
  async run({ args: [before, after, ...more], options, cwd, env }) {
    if (before === undefined || after === undefined || more.length > 0)
      throw new CliError(
        'bad-arguments',
        'Give two schema files.',
        'For example: pgmock diff old.json new.json',
      )
    const open = async (path: string) => await documentsOf(path, cwd, env['HOME'] ?? homedir())
    const [from, to] = [await open(before), await open(after)]
    const findings = [...from.findings, ...to.findings]
    if (findings.some(({ severity }) => severity === 'error')) return { data: null, findings, text: () => '' }
    const databases = changedDatabases(from.documents, to.documents)
    const count = databases.reduce((sum, { changes }) => sum + changes.length, 0)
    return {
      data: { databases },
      findings,
      exitCode: options['exit-code'] && count > 0 ? 1 : 0,
      text: () =>
        count === 0
          ? 'No difference.'
          : [
              ...databases.flatMap(({ database, changes }) => [
                ...(databases.length > 1 && changes.length > 0 ? [`${database}:`] : []),
                ...changes.map(line),
              ]),
              `${count} ${count === 1 ? 'difference' : 'differences'}`,
            ].join('\n'),
    }
  },
})

type Json = Readonly<Record<string, unknown>>

/** Schemas with errors are compared by nobody; that their plugins may not run does not matter here. */
async function documentsOf(
  path: string,
  cwd: string,
  home: string,
): Promise<{ documents: ReadonlyMap<string, Json>; findings: readonly Finding[] }> {
  const { project } = await readProject(cwd)
  const { layers, findings } = await openSet([path], { seed: 1, scale: 0, cwd, home, project })
  const documents = layers.flatMap(({ document: { value } }) => (isRecord(value) ? [value] : []))
  const name = (document: Json) => {
    const { database } = document
    return isRecord(database) && typeof database['name'] === 'string' ? database['name'] : ''
  }
  return {
    documents: new Map(documents.map((document) => [name(document), document])),
    findings: findings.filter(({ code }) => code !== 'plugin-not-allowed'),
  }
}

/** One schema on each side is compared whatever its name is. */
function changedDatabases(
  from: ReadonlyMap<string, Json>,
  to: ReadonlyMap<string, Json>,
): { database: string; changes: Change[] }[] {
  if (from.size === 1 && to.size === 1) {
    const [[database, before]] = [...from] as [[string, Json]]
    const [[, after]] = [...to] as [[string, Json]]
    return [{ database, changes: schemaDiff(before, after) }]
  }
  return [...new Set([...from.keys(), ...to.keys()])].map((database) => {
    const [before, after] = [from.get(database), to.get(database)]
    if (!before) return { database, changes: [{ change: 'added', kind: 'database', name: database }] }
    if (!after) return { database, changes: [{ change: 'removed', kind: 'database', name: database }] }
    return { database, changes: schemaDiff(before, after) }
  })
}

function line({ change, kind, name, property, from, to }: Change): string {
  if (change === 'added') return `+ ${kind} ${name}${about(kind, to)}`
  if (change === 'removed') return `- ${kind} ${name}${about(kind, from)}`
  const subject = [kind, name, property === 'is' ? '' : property].filter(Boolean).join(' ')
  return `~ ${subject}: ${shown(from)} → ${shown(to)}`
}

/** The first thing one wants to know about what came or went. */
function about(kind: string, value: unknown): string {
  if (!isRecord(value)) return ''
  if (kind === 'column') return ` ${shown(value['type'])}${value['nullable'] === true ? ', nullable' : ''}`
  if (kind === 'table')
    return ` (${Object.keys(isRecord(value['columns']) ? value['columns'] : {}).length} columns)`
  return ''
}

function shown(value: unknown): string {
  if (value === undefined) return 'none'
  if (typeof value === 'string') return value
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
