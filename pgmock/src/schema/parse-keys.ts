// Primary keys, unique and exclusion constraints.

import { didYouMean } from '@specwright/cli/nearest.ts'
import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import type { FindingList } from './finding-list.ts'
import type { Column, Exclude, KeyParts } from './model.ts'
import { text, texts } from './parse-details.ts'

export type KeyContext = {
  readonly table: string
  readonly columns: ReadonlyMap<string, Column>
  readonly list: FindingList
}

type Key = {
  readonly columns: readonly string[]
  readonly name: string | undefined
  readonly parts: KeyParts
}

/** `marked`: columns with `primaryKey: true`. */
export function parsePrimaryKey(
  given: unknown,
  marked: readonly string[],
  at: string,
  context: KeyContext,
): Key {
  const { table, columns, list } = context
  const key = namedKey(given)
  const composite =
    key.columns === undefined ? undefined : knownColumns(key.columns, `${at}/primaryKey`, context)
  if (composite && marked.length > 0)
    list.error(
      'two-primary-keys',
      `${at}/primaryKey`,
      `table ${table} has a primary key on ${marked.join(', ')} already`,
    )
  if (marked.length > 1)
    list.error(
      'two-primary-keys',
      `${at}/columns${pointer(marked[1]!)}`,
      `table ${table} marks ${marked.join(' and ')} as primaryKey`,
      `For one key of several columns write "primaryKey": ${JSON.stringify(marked)} beside "columns".`,
    )
  const chosen = composite ?? marked.slice(0, 1)
  for (const column of chosen) {
    const { nullable, pointer: place } = columns.get(column)!
    if (nullable)
      list.error(
        'nullable-key',
        place,
        `${table}.${column} is part of the primary key and cannot be nullable`,
      )
  }
  return { columns: chosen, name: key.name, parts: keyParts(given) }
}

/** Those of the table, behind those that stand at their column. */
export function parseUnique(
  given: unknown,
  marked: readonly string[],
  at: string,
  context: KeyContext,
): readonly Key[] {
  const listed = items(given).flatMap(([i, one]): Key[] => {
    const { columns, name } = namedKey(one)
    const found = knownColumns(columns, `${at}/unique/${i}`, context)
    return found && found.length > 0 ? [{ columns: found, name, parts: keyParts(one) }] : []
  })
  return [...marked.map((column) => ({ columns: [column], name: undefined, parts: {} })), ...listed]
}

/** `{ "elements": { "room": "=", "during": "&&" }, "method": "gist" }` */
export function parseExcludes(given: unknown, at: string, context: KeyContext): Exclude[] {
  return items(given).flatMap(([i, exclude]): Exclude[] => {
    const where = `${at}/exclude/${i}`
    if (!isRecord(exclude) || !isRecord(exclude['elements'])) return []
    const elements = Object.entries(exclude['elements']).flatMap(([column, operator]) =>
      typeof operator === 'string' ? [{ column, operator }] : [],
    )
    // What is no plain name is an expression.
    const plain = elements.flatMap(({ column }) => (/[^\w]/.test(column) ? [] : [column]))
    knownColumns(plain, where, context)
    return [
      {
        name: text(exclude['name']),
        pointer: where,
        method: text(exclude['method']) ?? 'gist',
        elements,
        include: texts(exclude['include']),
        with: text(exclude['with']),
        where: text(exclude['where']),
        deferrable: deferrable(exclude['deferrable']),
        comment: text(exclude['comment']),
      },
    ]
  })
}

/** undefined when one is no column of the table, which is a finding. */
export function knownColumns(
  names: unknown,
  at: string,
  { table, columns, list }: KeyContext,
): string[] | undefined {
  if (!Array.isArray(names)) return undefined
  let good = true
  for (const name of names) {
    if (typeof name !== 'string' || columns.has(name)) continue
    good = false
    list.error(
      'unknown-column',
      at,
      `table ${table} has no column "${name}"`,
      didYouMean(name, columns.keys()),
    )
  }
  return good ? names.filter((name) => typeof name === 'string') : undefined
}

export function items(given: unknown): (readonly [number, unknown])[] {
  return Array.isArray(given) ? [...given.entries()] : []
}

/** `["a"]`, or `{ "name": "t_pkey", "columns": ["a"] }`. */
function namedKey(given: unknown): { columns: unknown; name: string | undefined } {
  if (!isRecord(given)) return { columns: given, name: undefined }
  return { columns: given['columns'], name: text(given['name']) }
}

function keyParts(given: unknown): KeyParts {
  if (!isRecord(given)) return {}
  return {
    deferrable: deferrable(given['deferrable']),
    nullsNotDistinct: given['nullsNotDistinct'] === true,
    include: texts(given['include']),
    with: text(given['with']),
    withoutOverlaps: given['withoutOverlaps'] === true,
    comment: text(given['comment']),
  }
}

export function deferrable(given: unknown): 'deferred' | 'immediate' | undefined {
  return given === 'deferred' || given === 'immediate' ? given : undefined
}
