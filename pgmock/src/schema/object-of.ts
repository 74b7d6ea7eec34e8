import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { TEXT_KINDS } from '../formats/text-entries.ts'
import { checkName } from './check-name.ts'
import type { FindingList } from './finding-list.ts'
import type { TextObject } from './model.ts'
import { parseGrants, text, texts } from './parse-details.ts'
import type { OwnTypes } from './pg-type.ts'

export type ObjectContext = {
  readonly own: OwnTypes
  readonly list: FindingList
  /** Everything of the file that a text may name. */
  readonly names: readonly string[]
}

/** Names are quoted as the newest version does; only a few words differ between versions. */
export const MAJOR = 18

/** An object with what most have. */
export function textObjectOf(
  kind: string,
  name: string,
  given: unknown,
  at: string,
  { list, names }: ObjectContext,
  parts: Pick<TextObject, 'sql'> & Partial<TextObject>,
): TextObject {
  checkName(name, at, kind.toLowerCase(), list)
  const details = isRecord(given) ? given : {}
  const uses =
    isRecord(given) && Array.isArray(given['uses']) ? texts(given['uses']) : mentioned(parts.sql, names)
  return {
    kind,
    name,
    tag: undefined,
    drop: undefined,
    provides: [],
    table: undefined,
    owner: text(details['owner']),
    comment: text(details['comment']),
    grants: parseGrants(details['grants'], `${at}/grants`, TEXT_KINDS[kind]?.privileges ?? 'TABLE', list),
    columnComments: isRecord(details['columnComments'])
      ? new Map(Object.entries(details['columnComments']).map(([column, one]) => [column, String(one)]))
      : undefined,
    ...parts,
    uses: uses.filter((one) => one !== name),
  }
}

function mentioned(sql: string, names: readonly string[]): string[] {
  const outsideTexts = sql.replaceAll(/'(?:[^']|'')*'/g, "''")
  const words = new Set(outsideTexts.match(/[\p{L}\p{N}_$]+/gu))
  return names.filter((name) => words.has(name.slice(name.lastIndexOf('.') + 1)))
}
