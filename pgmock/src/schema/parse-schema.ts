// JSON → Model. Nothing here throws for bad input: what is wrong becomes a finding and is left out of the model, so that
// the rest is still checked and everything is reported at once.

import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import { parseInstant } from '../bytes/dates.ts'
import { checkName } from './check-name.ts'
import { FindingList } from './finding-list.ts'
import { friendlyObjects, namesOf } from './friendly-objects.ts'
import { withInherited } from './inheritance.ts'
import type { Model, Table } from './model.ts'
import { checkRoles, texts } from './parse-details.ts'
import {
  parseAllDetails,
  parseDefaultPrivileges,
  parseDomains,
  parseObjects,
  parseSequences,
} from './parse-objects.ts'
import { parseTable } from './parse-table.ts'
import type { SchemaFile } from './read-schemas.ts'
import { structureProblems } from './structure-problems.ts'

/** Undefined when there is no database or no table to speak of. */
export function parseSchema(
  { file, document }: SchemaFile,
  add: (finding: Finding) => void,
): Model | undefined {
  const list = new FindingList(file, document, add)
  const root = document.value
  if (root === undefined) return undefined
  for (const { pointer: at, keyword, message } of structureProblems(root))
    list.error(keyword === 'additionalProperties' ? 'unknown-property' : 'schema-invalid', at, message)
  if (!isRecord(root) || !isRecord(root['tables'])) return undefined

  const database = isRecord(root['database']) ? root['database'] : {}
  const name = typeof database['name'] === 'string' ? database['name'] : ''
  const now = typeof root['now'] === 'string' ? parseInstant(root['now']) : undefined
  if (typeof root['now'] === 'string' && now === undefined)
    list.error(
      'bad-value',
      '/now',
      `now must be an instant such as 2026-01-01T00:00:00Z, not "${root['now']}"`,
    )
  const given = root['schemas']
  const schemas = new Set(isRecord(given) ? Object.keys(given) : texts(given))
  schemas.delete('public')
  const enums = parseEnums(root['enums'], list)
  const { names, types } = namesOf(root)
  const listed = parseObjects(root['objects'], list)
  const named = new Set([
    ...types,
    ...listed.flatMap((one) => (one.kind === 'TYPE' ? [one.name] : one.provides)),
  ])
  const domains = parseDomains(root['domains'], { enums, domains: new Map(), named, schemas }, list)
  const own = {
    enums,
    named,
    schemas,
    domains: new Map([...domains].map(([domain, { base }]) => [domain, base] as const)),
  }
  const objects = [...friendlyObjects(root, { own, list, names }), ...listed]
  const parsed = new Map<string, Table>()
  for (const [tableName, table] of Object.entries(root['tables'])) {
    if (!isRecord(table)) continue
    checkName(tableName, pointer('tables', tableName), 'table', list)
    parsed.set(tableName, parseTable(tableName, table, { own, list }))
  }
  const tables = withInherited(parsed, list)
  checkRoles(root, list)
  if (tables.size === 0) list.error('no-tables', '/tables', 'the schema has no tables')
  return {
    file,
    database: name,
    owner: typeof database['owner'] === 'string' ? database['owner'] : 'postgres',
    now,
    schemas,
    enums,
    domains,
    sequences: parseSequences(root['sequences']),
    objects,
    details: parseAllDetails(root, list),
    defaultPrivileges: parseDefaultPrivileges(root['defaultPrivileges'], list),
    tables,
    locate: (at) => document.locate(at),
    locateValue: (at) => document.locateValue(at),
  }
}

function parseEnums(given: unknown, list: FindingList): Map<string, readonly string[]> {
  const enums = new Map<string, readonly string[]>()
  if (!isRecord(given)) return enums
  for (const [name, one] of Object.entries(given)) {
    checkName(name, pointer('enums', name), 'enum', list)
    const labels = isRecord(one) ? one['labels'] : one
    if (!Array.isArray(labels)) continue
    const texts = labels.filter((label) => typeof label === 'string')
    const twice = texts.find((label, i) => texts.indexOf(label) !== i)
    if (twice !== undefined)
      list.error('duplicate-label', pointer('enums', name), `enum ${name} lists "${twice}" twice`)
    enums.set(name, texts)
  }
  return enums
}
