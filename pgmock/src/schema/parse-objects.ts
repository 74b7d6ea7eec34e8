// What a database has beside tables: domains, free sequences, and objects whose SQL is taken as it is.

import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import { checkName } from './check-name.ts'
import type { FindingList } from './finding-list.ts'
import type { Domain, Sequence, TextObject } from './model.ts'
import { parseDefault, parseType } from './parse-column.ts'
import { parseSequence } from './parse-sequence.ts'
import { parseChecks } from './parse-table.ts'
import type { OwnTypes } from './pg-type.ts'

export function texts(given: unknown): string[] {
  return Array.isArray(given) ? given.filter((item) => typeof item === 'string') : []
}

export function parseDomains(given: unknown, own: OwnTypes, list: FindingList): Map<string, Domain> {
  const domains = new Map<string, Domain>()
  if (!isRecord(given)) return domains
  for (const [name, domain] of Object.entries(given)) {
    if (!isRecord(domain)) continue
    const at = pointer('domains', name)
    checkName(name, at, 'domain', list)
    const base = parseType(domain['type'], at, own, list)
    if (!base) continue
    domains.set(name, {
      base,
      nullable: domain['nullable'] !== false,
      defaultText: parseDefault(name, domain['default'], base, at, list),
      checks: parseChecks(name, new Map(), [], domain['checks'], new Set()),
      comment: typeof domain['comment'] === 'string' ? domain['comment'] : undefined,
    })
  }
  return domains
}

export function parseSequences(given: unknown): Map<string, Sequence> {
  if (!isRecord(given)) return new Map()
  return new Map(Object.entries(given).map(([name, sequence]) => [name, parseSequence(sequence)]))
}

export function parseObjects(given: unknown): TextObject[] {
  if (!Array.isArray(given)) return []
  return given.flatMap((object: unknown) => {
    if (!isRecord(object)) return []
    const { kind, name, sql, tag, drop, table } = object
    if (typeof kind !== 'string' || typeof name !== 'string' || typeof sql !== 'string') return []
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
    return [
      {
        kind,
        name,
        sql,
        tag: text(tag),
        drop: text(drop),
        table: text(table),
        uses: texts(object['uses']),
        provides: texts(object['provides']),
        comment: text(object['comment']),
      },
    ]
  })
}
