// What PostgreSQL prints for an expression of a table with these columns: \d, pg_dump and pg_get_expr agree on it.

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parse } from 'libpg-query'
import { expressionText, type ExpressionScope } from './expression.ts'

const columns: Readonly<Record<string, string>> = {
  i: 'integer',
  b: 'bigint',
  n: 'numeric',
  f: 'double precision',
  r: 'real',
  t: 'text',
  v: 'character varying',
  c: 'bpchar',
  e: 'public.mood',
  d: 'date',
  ts: 'timestamp without time zone',
  tz: 'timestamp with time zone',
  yes: 'boolean',
  j: 'jsonb',
  list: 'text[]',
  numbers: 'integer[]',
  iv: 'interval',
  dom: 'public.email',
  order: 'integer',
}

const scope: ExpressionScope = {
  major: 18,
  column: (name) => columns[name],
  baseOf: (type) => (type === 'public.email' ? 'text' : undefined),
  typeSchema: (name) => (name === 'mood' || name === 'email' ? 'public' : undefined),
  functionSchema: (name) => (name === 'mine' ? 'public' : undefined),
  relationSchema: () => 'public',
  resultOf: () => undefined,
}

async function printed(sql: string): Promise<string> {
  const { stmts } = await parse(`SELECT ${sql}`)
  const statement = stmts![0]!.stmt!
  assert.ok('SelectStmt' in statement)
  const target = statement.SelectStmt.targetList![0]!
  assert.ok('ResTarget' in target)
  return expressionText(target.ResTarget.val!, scope)
}

const cases: readonly (readonly [written: string, printed: string])[] = [
  ['i > 0 AND (i < 10 OR b = 5)', '((i > 0) AND ((i < 10) OR (b = 5)))'],
  ['NOT yes AND i IS NOT NULL', '((NOT yes) AND (i IS NOT NULL))'],
  ['yes IS NOT TRUE', '(yes IS NOT TRUE)'],
  ['"order" <> 3', '("order" <> 3)'],
  ['i != -5', "(i <> '-5'::integer)"],
  ['b > 10000000000', "(b > '10000000000'::bigint)"],
  ['n >= 0', '(n >= (0)::numeric)'],
  ['n > .5', '(n > 0.5)'],
  ['f <= 1.5e3', "(f <= ('1500'::numeric)::double precision)"],
  ['r > 1', '(r > (1)::double precision)'],
  ["t <> ''", "(t <> ''::text)"],
  ["v <> 'it''s'", "((v)::text <> 'it''s'::text)"],
  ['v = t', '((v)::text = t)'],
  ["c = 'x'", "(c = 'x'::bpchar)"],
  ["dom LIKE '%@%'", "((dom)::text ~~ '%@%'::text)"],
  ["e = 'ok'", "(e = 'ok'::public.mood)"],
  ["t IN ('a', 'b')", "(t = ANY (ARRAY['a'::text, 'b'::text]))"],
  [
    "v IN ('a', 'b')",
    "((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
  ],
  [
    "(v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])",
    "((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
  ],
  ['i NOT IN (1, 2)', '(i <> ALL (ARRAY[1, 2]))'],
  ['i IN (1)', '(i = 1)'],
  ['i BETWEEN 1 AND 5', '((i >= 1) AND (i <= 5))'],
  ['i NOT BETWEEN 1 AND 5', '((i < 1) OR (i > 5))'],
  ["t !~* '^a'", "(t !~* '^a'::text)"],
  ["t NOT ILIKE 'a%'", "(t !~~* 'a%'::text)"],
  ["tz > '2020-01-01'", "(tz > '2020-01-01 00:00:00+00'::timestamp with time zone)"],
  ["d + interval '1 day' > ts", "((d + '1 day'::interval) > ts)"],
  ["ts + '1 day' > d", "((ts + '1 day'::interval) > d)"],
  ["iv > '90 minutes'", "(iv > '01:30:00'::interval)"],
  ["now() - interval '1 month'", "(now() - '1 mon'::interval)"],
  ["now() AT TIME ZONE 'utc'", "(now() AT TIME ZONE 'utc'::text)"],
  ['extract(year from d) > 2000', '(EXTRACT(year FROM d) > (2000)::numeric)'],
  ['CURRENT_TIMESTAMP(3)', 'CURRENT_TIMESTAMP(3)'],
  ['length(v) > 2', '(length((v)::text) > 2)'],
  ['mine(i, t)', 'public.mine(i, t)'],
  ['coalesce(i, 0) + b', '(COALESCE(i, 0) + b)'],
  ['greatest(i, b)', 'GREATEST((i)::bigint, b)'],
  ["j ->> 'a' = 'x'", "((j ->> 'a'::text) = 'x'::text)"],
  ["j ? 'a'", "(j ? 'a'::text)"],
  ['j = \'{"bb":1,"a":[1, 2]}\'', '(j = \'{"a": [1, 2], "bb": 1}\'::jsonb)'],
  ['numbers[1] > 0', '(numbers[1] > 0)'],
  ["list @> '{a}'", "(list @> '{a}'::text[])"],
  ["'a' = ANY (list)", "('a'::text = ANY (list))"],
  ['i::text', '(i)::text'],
  ["'5'::integer", '5'],
  ['n::numeric(5,2)', '(n)::numeric(5,2)'],
  ["nextval('s')", "nextval('public.s'::regclass)"],
  ['t COLLATE "C"', '(t COLLATE "C")'],
  ['i IS DISTINCT FROM 3', '(i IS DISTINCT FROM 3)'],
  ['nullif(i, 0)', 'NULLIF(i, 0)'],
  ["CASE WHEN yes THEN 'a' ELSE t END", "\nCASE\n    WHEN yes THEN 'a'::text\n    ELSE t\nEND"],
  ['-i', '(- i)'],
  ["t || '-' || i", "((t || '-'::text) || i)"],
]

suite('an expression prints as PostgreSQL prints it', () => {
  for (const [written, wanted] of cases)
    test(written, async () => {
      const once = await printed(written)
      assert.equal(once, wanted)
      // What a dump holds must come back as it is.
      assert.equal(await printed(once), wanted, 'a second time')
    })
})
