// The forms that the SQL standard has for some calls: EXTRACT, TRIM, AT TIME ZONE …

import type { Typed } from './typed.ts'

/** get_func_sql_syntax: undefined for what is called like any function. `part` prints an argument. */
export function standardForm(
  name: string,
  args: readonly Typed[],
  part: (at: number) => string,
  major: number,
): string | undefined {
  const form = args[1]?.kind === 'constant' ? args[1].value : undefined
  switch (name) {
    case 'extract':
      return `EXTRACT(${args[0]?.kind === 'constant' ? args[0].value : ''} FROM ${part(1)})`
    case 'timezone':
      return args.length === 2
        ? `(${part(1)} AT TIME ZONE ${part(0)})`
        : major >= 17
          ? `(${part(0)} AT LOCAL)`
          : undefined
    case 'btrim':
    case 'ltrim':
    case 'rtrim': {
      const side = { btrim: 'BOTH', ltrim: 'LEADING', rtrim: 'TRAILING' }[name]
      return `TRIM(${side}${args.length === 2 ? ` ${part(1)}` : ''} FROM ${part(0)})`
    }
    case 'position':
      return `POSITION((${part(1)}) IN (${part(0)}))`
    case 'overlay':
      return `OVERLAY(${part(0)} PLACING ${part(1)} FROM ${part(2)}${args.length > 3 ? ` FOR ${part(3)}` : ''})`
    case 'substring':
      // With a pattern instead of a place it is a call like others, with an escape SIMILAR.
      if (args[1]?.type === 'text')
        return args.length > 2 ? `SUBSTRING(${part(0)} SIMILAR ${part(1)} ESCAPE ${part(2)})` : undefined
      return `SUBSTRING(${part(0)} FROM ${part(1)}${args.length > 2 ? ` FOR ${part(2)}` : ''})`
    case 'overlaps':
      return `((${part(0)}, ${part(1)}) OVERLAPS (${part(2)}, ${part(3)}))`
    case 'normalize':
      return `NORMALIZE(${part(0)}${form === undefined ? '' : `, ${form}`})`
    case 'is_normalized':
      return `(${part(0)} IS${form === undefined ? '' : ` ${form}`} NORMALIZED)`
    case 'xmlexists':
      return `XMLEXISTS((${part(0)}) PASSING (${part(1)}))`
    case 'pg_collation_for':
      return `COLLATION FOR (${part(0)})`
    default:
      return undefined
  }
}
