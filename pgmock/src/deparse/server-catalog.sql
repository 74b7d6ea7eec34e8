-- Answers, one per line, with what the parser of PostgreSQL knows of its own types, casts, operators and functions:
--   psql -X -q -f server-catalog.sql > server-catalog.tsv      (in an empty database of the newest version we know)
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\t'
CREATE SCHEMA ext;
CREATE EXTENSION btree_gist SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION cube SCHEMA ext;
CREATE EXTENSION earthdistance SCHEMA ext;
CREATE EXTENSION fuzzystrmatch SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION intarray SCHEMA ext;
CREATE EXTENSION isn SCHEMA ext;
CREATE EXTENSION ltree SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE EXTENSION pgcrypto SCHEMA ext;
CREATE EXTENSION seg SCHEMA ext;
CREATE EXTENSION tablefunc SCHEMA ext;
CREATE EXTENSION unaccent SCHEMA ext;
CREATE EXTENSION "uuid-ossp" SCHEMA ext;
SET search_path = '';
CREATE TEMP VIEW extension_of AS
  SELECT classid, objid, extname::text COLLATE "C" AS extension FROM pg_depend JOIN pg_extension e ON refclassid = 'pg_extension'::regclass AND refobjid = e.oid WHERE deptype = 'e';
SELECT 'type', coalesce((SELECT extension FROM pg_temp.extension_of WHERE classid = 'pg_type'::regclass AND objid = t.oid), ''),
  format_type(oid, NULL), typcategory::text || CASE WHEN typispreferred THEN 'p' ELSE '' END, typtype, CASE WHEN typelem <> 0 THEN format_type(typelem, NULL) ELSE '' END
FROM pg_type t
WHERE typtype IN ('b','r','m','p') AND (typcategory <> 'A' OR typname IN ('int2vector','oidvector'))
  AND typnamespace IN ('pg_catalog'::regnamespace, 'ext'::regnamespace)
ORDER BY 2, 3;
SELECT 'range', '', format_type(rngtypid, NULL), format_type(rngmultitypid, NULL), format_type(rngsubtype, NULL) FROM pg_range ORDER BY 3;
SELECT 'cast', coalesce((SELECT extension FROM pg_temp.extension_of WHERE classid = 'pg_cast'::regclass AND objid = c.oid), ''),
  format_type(castsource, NULL), format_type(casttarget, NULL), castcontext::text || castmethod::text
FROM pg_cast c WHERE castsource <> casttarget ORDER BY 2, 3, 4;
SELECT 'op', coalesce((SELECT extension FROM pg_temp.extension_of WHERE classid = 'pg_operator'::regclass AND objid = o.oid), ''),
  oprname COLLATE "C", CASE WHEN oprleft = 0 THEN '' ELSE format_type(oprleft, NULL) END, format_type(oprright, NULL), format_type(oprresult, NULL)
FROM pg_operator o ORDER BY 2, 3, 4, 5;
SELECT 'fn', coalesce((SELECT extension FROM pg_temp.extension_of WHERE classid = 'pg_proc'::regclass AND objid = p.oid), ''),
  proname COLLATE "C", prokind::text || CASE WHEN proretset THEN 's' ELSE '' END || CASE WHEN provariadic <> 0 THEN 'v' ELSE '' END, pronargdefaults,
  coalesce((SELECT string_agg(format_type(a, NULL), ',' ORDER BY o) FROM unnest(proargtypes) WITH ORDINALITY u (a, o)), ''), format_type(prorettype, NULL),
  coalesce((SELECT string_agg(n || ' ' || format_type(t, NULL), ',' ORDER BY o) FROM unnest(proallargtypes, proargmodes, proargnames) WITH ORDINALITY u (t, m, n, o) WHERE m IN ('o','t','b')), '')
FROM pg_proc p
WHERE prorettype NOT IN ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype)
  AND NOT ('internal'::regtype = ANY (proargtypes::oid[]) OR 'cstring'::regtype = ANY (proargtypes::oid[]))
  AND (pronamespace = 'pg_catalog'::regnamespace OR pronamespace = 'ext'::regnamespace)
  AND NOT (pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(pg_stat_get|binary_upgrade|RI_|pg_replication|pg_logical|pg_ls_|pg_restore|pg_clear)')
ORDER BY 2, 3, 6;
SELECT 'rel', '', CASE relnamespace WHEN 'pg_catalog'::regnamespace THEN '' ELSE 'information_schema.' END || relname COLLATE "C" AS name, string_agg(attname || ' ' || format_type(atttypid, NULL), ',' ORDER BY attnum)
FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid
WHERE (relnamespace = 'pg_catalog'::regnamespace AND relkind IN ('r','v') OR relnamespace = 'information_schema'::regnamespace AND relname IN
  ('tables','columns','table_constraints','key_column_usage','constraint_column_usage','referential_constraints','routines','schemata','views','triggers'))
  AND NOT attisdropped AND attnum > 0
GROUP BY 3 ORDER BY 3;
