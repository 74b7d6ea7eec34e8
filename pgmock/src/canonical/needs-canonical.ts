// Which schemas hold text that the server prints otherwise than it is written.

import type { Model, TextObject } from '../schema/model.ts'

/** What a dump and a hand alike write, and every version prints as it is: for these the parser is not loaded. */
export const PLAIN =
  /^(?:\d+(?:\.\d+)?|true|false|NULL|(?:now|gen_random_uuid)\(\)|CURRENT_(?:DATE|TIMESTAMP)|'(?:[^']|'')*'::[a-z "]+(?:\(\d+\))?(?:\[\])?|nextval\('[^']*\.[^']*'::regclass\)|ARRAY\[\]::[a-z ]+\[\])$/

const QUERIES: ReadonlySet<string> = new Set(['VIEW', 'MATERIALIZED VIEW', 'TRIGGER', 'POLICY'])

export function needsCanonical({ tables, domains, objects }: Model): boolean {
  const isOdd = (text: string | undefined) => text !== undefined && !PLAIN.test(text)
  return (
    objects.some(isQuery) ||
    [...domains.values()].some(({ checks, defaultText }) => checks.length > 0 || isOdd(defaultText)) ||
    [...tables.values()].some(
      ({ columns, checks, indexes, excludes }) =>
        checks.length > 0 ||
        excludes.some(
          ({ elements, where }) => where !== undefined || elements.some(({ column }) => column.includes('(')),
        ) ||
        indexes.some(
          ({ columns: entries, where }) =>
            where !== undefined || entries.some((entry) => entry.includes('(')),
        ) ||
        [...columns.values()].some(
          ({ defaultText, generatedText }) => isOdd(defaultText) || isOdd(generatedText),
        ),
    )
  )
}

export function isQuery({ kind, sql }: TextObject): boolean {
  if (kind === 'TRIGGER') return sql.includes('WHEN')
  return QUERIES.has(kind) && (kind !== 'POLICY' || sql.includes('('))
}
