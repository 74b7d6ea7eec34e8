// The catalog of a server as SQL that our own import reads, in an order in which it could be run. PostgreSQL prints the
// definitions itself (pg_get_constraintdef and its kin), so nothing here knows an expression.

export type Query = (sql: string) => Promise<readonly Record<string, unknown>[]>

/** Not the system's, not an extension's. `oid` and `namespace` are the columns of the catalog asked. */
const own = (catalog: string, oid: string, namespace: string) => `
  ${namespace} NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_' OR nspname = 'information_schema')
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`

/** A relation's qualified name, quoted. */
const name = (oid: string) => `${oid}::regclass::text`

/** Bounds of a sequence only where they are not those of its type, as pg_dump does. */
const BOUNDS = `CASE WHEN seqmin = CASE WHEN seqincrement > 0 THEN 1 ELSE ${leastOf()} END THEN 'NO MINVALUE' ELSE 'MINVALUE ' || seqmin END || ' ' ||
     CASE WHEN seqmax = CASE WHEN seqincrement > 0 THEN ${largestOf()} ELSE -1 END THEN 'NO MAXVALUE' ELSE 'MAXVALUE ' || seqmax END`

function largestOf(): string {
  return `CASE seqtypid::regtype::text WHEN 'smallint' THEN 32767 WHEN 'integer' THEN 2147483647 ELSE 9223372036854775807 END`
}

function leastOf(): string {
  return `-(${largestOf()}) - 1`
}

// Each asks for one text column, `sql`: whole statements in the order in which they may run.
const STATEMENTS: readonly string[] = [
  `SELECT format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I;', extname, nspname) AS sql
   FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname <> 'plpgsql' ORDER BY extname`,
  `SELECT format('CREATE SCHEMA %I;', nspname) AS sql FROM pg_namespace n
   WHERE ${own('pg_namespace', 'n.oid', 'n.oid')} AND nspname <> 'public' ORDER BY nspname`,
  `SELECT format('CREATE TYPE %s AS ENUM (%s);', t.oid::regtype, string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)) AS sql
   FROM pg_type t JOIN pg_enum ON enumtypid = t.oid WHERE ${own('pg_type', 't.oid', 'typnamespace')} GROUP BY t.oid ORDER BY t.oid`,
  `SELECT format('CREATE DOMAIN %s AS %s%s%s%s;', t.oid::regtype, format_type(typbasetype, typtypmod),
     coalesce(' DEFAULT ' || typdefault, ''), CASE WHEN typnotnull THEN ' NOT NULL' ELSE '' END,
     coalesce((SELECT string_agg(format(' CONSTRAINT %I %s', conname, pg_get_constraintdef(c.oid)), '' ORDER BY conname)
       FROM pg_constraint c WHERE contypid = t.oid AND contype = 'c'), '')) AS sql
   FROM pg_type t WHERE typtype = 'd' AND ${own('pg_type', 't.oid', 'typnamespace')} ORDER BY t.oid`,
  `SELECT format('CREATE TYPE %s AS (%s);', ${name('c.oid')}, string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)) AS sql
   FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND NOT attisdropped
   WHERE relkind = 'c' AND ${own('pg_class', 'c.oid', 'relnamespace')} GROUP BY c.oid ORDER BY c.oid`,
  // Functions before tables: defaults and checks call them. Their bodies are not looked into here.
  `SELECT pg_get_functiondef(p.oid) || ';' AS sql FROM pg_proc p
   WHERE prokind IN ('f', 'p') AND ${own('pg_proc', 'p.oid', 'pronamespace')} ORDER BY p.oid`,
  `SELECT format('CREATE SEQUENCE %s AS %s START WITH %s INCREMENT BY %s %s CACHE %s%s;', ${name('seqrelid')},
     seqtypid::regtype, seqstart, seqincrement, ${BOUNDS}, seqcache, CASE WHEN seqcycle THEN ' CYCLE' ELSE '' END) AS sql
   FROM pg_sequence JOIN pg_class c ON c.oid = seqrelid WHERE ${own('pg_class', 'c.oid', 'relnamespace')}
   AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.objid = seqrelid AND i.deptype = 'i') ORDER BY seqrelid`,
  // Partitions as tables of their own that are attached afterwards, the way pg_dump does it.
  `SELECT format(E'CREATE %sTABLE %s (\\n%s\\n)%s%s;', CASE WHEN relpersistence = 'u' THEN 'UNLOGGED ' ELSE '' END, ${name('c.oid')},
     coalesce(columns, ''),
     CASE WHEN relispartition THEN '' ELSE coalesce((SELECT format(' INHERITS (%s)', string_agg(${name('inhparent')}, ', ' ORDER BY inhseqno))
       FROM pg_inherits WHERE inhrelid = c.oid HAVING count(*) > 0), '') END,
     CASE WHEN relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END) AS sql
   FROM pg_class c LEFT JOIN LATERAL (
     SELECT string_agg(format('    %I %s%s%s%s', attname, format_type(atttypid, atttypmod),
       CASE WHEN attcollation <> 0 AND attcollation <> typcollation
         THEN (SELECT format(' COLLATE %I.%I', nspname, collname) FROM pg_collation l JOIN pg_namespace n ON n.oid = collnamespace WHERE l.oid = attcollation) ELSE '' END,
       CASE WHEN attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s)%s', pg_get_expr(adbin, adrelid), CASE WHEN attgenerated = 's' THEN ' STORED' ELSE '' END)
         WHEN adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(adbin, adrelid) ELSE '' END,
       CASE WHEN attnotnull THEN coalesce((SELECT format(' CONSTRAINT %I NOT NULL', conname) FROM pg_constraint
         WHERE conrelid = attrelid AND contype = 'n' AND conkey = ARRAY[attnum] AND conname <> format('%s_%s_not_null', relname, attname)), ' NOT NULL') ELSE '' END), E',\\n' ORDER BY attnum) AS columns
     FROM pg_attribute JOIN pg_type t ON t.oid = atttypid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
     WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND (attislocal OR relispartition)) AS a ON true
   WHERE relkind IN ('r', 'p') AND ${own('pg_class', 'c.oid', 'relnamespace')} ORDER BY relispartition, c.oid`,
  `SELECT format('ALTER TABLE ONLY %s ATTACH PARTITION %s %s;', ${name('inhparent')}, ${name('c.oid')}, pg_get_expr(relpartbound, c.oid)) AS sql
   FROM pg_class c JOIN pg_inherits ON inhrelid = c.oid
   WHERE relispartition AND relkind IN ('r', 'p') AND ${own('pg_class', 'c.oid', 'relnamespace')} ORDER BY c.oid`,
  `SELECT format('ALTER TABLE %s ALTER COLUMN %I ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s START WITH %s INCREMENT BY %s %s CACHE %s%s);',
     ${name('attrelid')}, attname, CASE attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, ${name('seqrelid')},
     seqstart, seqincrement, ${BOUNDS}, seqcache, CASE WHEN seqcycle THEN ' CYCLE' ELSE '' END) AS sql
   FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_depend i ON i.refobjid = attrelid AND i.refobjsubid = attnum AND i.deptype = 'i'
   JOIN pg_sequence ON seqrelid = i.objid
   WHERE attidentity <> '' AND attislocal AND ${own('pg_class', 'c.oid', 'relnamespace')} ORDER BY attrelid, attnum`,
  `SELECT format('ALTER SEQUENCE %s OWNED BY %s.%I;', ${name('objid')}, ${name('refobjid')}, attname) AS sql
   FROM pg_depend JOIN pg_class c ON c.oid = objid AND relkind = 'S' JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
   WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND deptype = 'a'
   AND ${own('pg_class', 'c.oid', 'relnamespace')} ORDER BY objid`,
  // Keys before references. Not-null constraints stand at their columns.
  `SELECT format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s;', ${name('conrelid')}, conname, pg_get_constraintdef(n.oid)) AS sql
   FROM pg_constraint n JOIN pg_class c ON c.oid = conrelid
   WHERE contype IN ('p', 'u', 'c', 'x', 'f') AND (conislocal OR contype IN ('p', 'u')) AND (conparentid = 0 OR contype IN ('p', 'u')) AND ${own('pg_class', 'c.oid', 'relnamespace')}
   ORDER BY contype = 'f', n.oid`,
  `SELECT format(E'CREATE %s %s AS\\n%s', CASE relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, ${name('c.oid')}, pg_get_viewdef(c.oid)) AS sql
   FROM pg_class c WHERE relkind IN ('v', 'm') AND ${own('pg_class', 'c.oid', 'relnamespace')} ORDER BY c.oid`,
  `SELECT pg_get_indexdef(indexrelid) || ';' AS sql FROM pg_index JOIN pg_class c ON c.oid = indrelid
   WHERE relkind IN ('r', 'p', 'm') AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
   AND ${own('pg_class', 'c.oid', 'relnamespace')} ORDER BY indexrelid`,
  `SELECT format('ALTER INDEX %s ATTACH PARTITION %s;', ${name('inhparent')}, ${name('c.oid')}) AS sql
   FROM pg_class c JOIN pg_inherits ON inhrelid = c.oid
   WHERE relkind IN ('i', 'I') AND ${own('pg_class', 'c.oid', 'relnamespace')} ORDER BY c.oid`,
  `SELECT pg_get_triggerdef(t.oid) || ';' AS sql FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
   WHERE NOT tgisinternal AND tgparentid = 0 AND ${own('pg_class', 'c.oid', 'relnamespace')} ORDER BY t.oid`,
  `SELECT format('COMMENT ON %s IS %L;', CASE WHEN objsubid = 0 THEN format('TABLE %s', ${name('objoid')})
     ELSE format('COLUMN %s.%I', ${name('objoid')}, attname) END, description) AS sql
   FROM pg_description JOIN pg_class c ON c.oid = objoid AND relkind IN ('r', 'p')
   LEFT JOIN pg_attribute ON attrelid = objoid AND attnum = objsubid AND objsubid > 0
   WHERE classoid = 'pg_class'::regclass AND ${own('pg_class', 'c.oid', 'relnamespace')} ORDER BY objoid, objsubid`,
]

/** Runs in one transaction of the caller's, so that all of it is one moment. */
export async function catalogSql(query: Query): Promise<string> {
  // Then every name is printed with its schema.
  await query(`SELECT set_config('search_path', '', true)`)
  const parts: string[] = []
  for (const statement of STATEMENTS)
    for (const { sql } of await query(statement)) if (typeof sql === 'string') parts.push(sql)
  return `${parts.join('\n\n')}\n`
}
