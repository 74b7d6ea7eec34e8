// Names: when to quote them, and the ones PostgreSQL makes up.

/** Keywords that are not "unreserved" in PostgreSQL 15 (pg_get_keywords), in 18 with its eleven newcomers. */
const QUOTED_15 =
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
case cast char character check coalesce collate collation column concurrently constraint create cross current_catalog
current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc
distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having
ilike in initially inner inout int integer intersect interval into is isnull join lateral leading least left like limit
localtime localtimestamp national natural nchar none normalize not notnull null nullif numeric offset on only or order out
outer overlaps overlay placing position precision primary real references returning right row select session_user setof
similar smallint some substring symmetric table tablesample then time timestamp to trailing treat trim true union unique user
using values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest
xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/)
const NEW_IN_16 = 'json_array json_arrayagg json_object json_objectagg system_user'.split(' ')
const NEW_IN_17 =
  'json json_exists json_query json_scalar json_serialize json_table json_value merge_action'.split(' ')

const keywords15: ReadonlySet<string> = new Set(QUOTED_15)
const keywords16: ReadonlySet<string> = new Set([...QUOTED_15, ...NEW_IN_16])
const keywords17: ReadonlySet<string> = new Set([...keywords16, ...NEW_IN_17])

/** A name as pg_dump of that major version writes it: quoted unless plain lower case and no keyword. */
export function quoteName(name: string, major: number): string {
  const keywords = major >= 17 ? keywords17 : major === 16 ? keywords16 : keywords15
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name)) return name
  return `"${name.replaceAll('"', '""')}"`
}

/** The schema a name of the file lives in, and its name there: `sales.orders` is split when `sales` is declared. */
export function splitSchema(
  name: string,
  schemas: ReadonlySet<string>,
): { readonly schema: string; readonly local: string } {
  const dot = name.indexOf('.')
  const prefix = name.slice(0, Math.max(0, dot))
  return dot > 0 && schemas.has(prefix)
    ? { schema: prefix, local: name.slice(dot + 1) }
    : { schema: 'public', local: name }
}

/** A name of the file as SQL: `public.users`, `sales."Order"`. */
export function qualifiedName(name: string, schemas: ReadonlySet<string>, major: number): string {
  const { schema, local } = splitSchema(name, schemas)
  return `${quoteName(schema, major)}.${quoteName(local, major)}`
}

/** A literal under standard_conforming_strings, as dumps set it: only the quote is doubled. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** NAMEDATALEN - 1 */
export const LONGEST_NAME = 63

/**
 * `table_column_suffix` cut to 63 bytes the way makeObjectName does: the longer of table and column loses a byte at a
 * time (whole characters only).
 */
export function madeName(table: string, columns: readonly string[], suffix: string): string {
  let [first, second] = [table, columns.join('_')]
  const overhead = (second === '' ? 0 : 1) + (suffix === '' ? 0 : suffix.length + 1)
  const available = LONGEST_NAME - overhead
  while (bytes(first) + bytes(second) > available) {
    if (bytes(first) > bytes(second)) first = first.slice(0, -1)
    else second = second.slice(0, -1)
  }
  return [first, second, suffix].filter((part) => part !== '').join('_')
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}

/** Adds 1, 2 … to the suffix until the name is free, and takes it. */
export function freeName(
  taken: Set<string>,
  table: string,
  columns: readonly string[],
  suffix: string,
): string {
  for (let pass = 0; ; pass++) {
    const name = madeName(table, columns, pass === 0 ? suffix : `${suffix}${pass}`)
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}
