// What the type analysis needs to know about PostgreSQL's functions: argument types where a cast shows, and results.

/** `undefined`: as given. `same`: the type of the first argument. */
export type Signature = {
  readonly args: readonly (string | undefined)[]
  readonly result: string | undefined
}

const T = 'text'
const TZ = 'timestamp with time zone'

const KNOWN: Readonly<Record<string, Signature>> = {
  ...each('lower upper initcap btrim ltrim rtrim reverse quote_literal quote_ident', [T, T], T),
  ...each('md5', [T], T),
  ...each('replace translate', [T, T, T], T),
  ...each('regexp_replace', [T, T, T, T], T),
  ...each('concat format concat_ws', [], T),
  ...each('split_part', [T, T, 'integer'], T),
  ...each('substr substring', [T, undefined, undefined], T),
  ...each('left right repeat', [T, 'integer'], T),
  ...each('lpad rpad', [T, 'integer', T], T),
  ...each('length char_length character_length octet_length bit_length ascii', [T], 'integer'),
  ...each('strpos position', [T, T], 'integer'),
  ...each('starts_with', [T, T], 'boolean'),
  ...each('similar_to_escape', [T, T], T),
  ...each('like_escape', [T, T], T),
  ...each('now transaction_timestamp statement_timestamp clock_timestamp', [], TZ),
  ...each('timeofday version', [], T),
  ...each('random', [], 'double precision'),
  ...each('gen_random_uuid uuidv4 uuidv7 uuid_generate_v4 uuid_generate_v1', [], 'uuid'),
  ...each('num_nonnulls num_nulls', [], 'integer'),
  ...each('jsonb_typeof json_typeof', [undefined], T),
  ...each('jsonb_array_length json_array_length', [undefined], 'integer'),
  ...each('jsonb_build_object jsonb_build_array to_jsonb', [], 'jsonb'),
  ...each('json_build_object json_build_array to_json', [], 'json'),
  ...each('array_length array_ndims array_upper array_lower', [undefined, 'integer'], 'integer'),
  ...each('cardinality', [undefined], 'integer'),
  ...each('array_position', [undefined, undefined], 'integer'),
  ...each('array_to_string', [undefined, T, T], T),
  ...each('string_to_array', [T, T, T], 'text[]'),
  ...each('nextval currval', ['regclass'], 'bigint'),
  ...each('to_tsvector', ['regconfig', T], 'tsvector'),
  ...each('to_char', [undefined, T], T),
  ...each('to_number', [T, T], 'numeric'),
  ...each('to_date', [T, T], 'date'),
  ...each('to_timestamp', [undefined], TZ),
  ...each('pg_size_pretty', [undefined], T),
  ...each('current_setting', [T], T),
  ...each('current_database current_schema', [], 'name'),
  ...each('encode', ['bytea', T], T),
  ...each('decode', [T, T], 'bytea'),
  ...each('make_interval age justify_days', [], 'interval'),
  ...each('isfinite', [undefined], 'boolean'),
  ...each('gen_random_bytes', ['integer'], 'bytea'),
  ...each('txid_current pg_current_xact_id', [], 'bigint'),
}

function each(names: string, args: Signature['args'], result: string | undefined): Record<string, Signature> {
  return Object.fromEntries(names.split(' ').map((name) => [name, { args, result }]))
}

/** Undefined for functions we know nothing of: their untyped literals become text. */
export function signatureOf(name: string, args: readonly (string | undefined)[]): Signature | undefined {
  const [first] = args
  switch (name) {
    case 'date_trunc':
      return { args: [T, args[1] === 'date' ? TZ : undefined, T], result: args[1] === 'date' ? TZ : args[1] }
    case 'date_part':
      return { args: [T], result: 'double precision' }
    case 'extract':
      return { args: [], result: 'numeric' }
    case 'timezone':
      return { args: [T], result: args[1] === TZ ? 'timestamp without time zone' : TZ }
    case 'abs':
    case 'ceil':
    case 'floor':
    case 'round':
    case 'trunc':
    case 'ceiling':
      // Only numeric and double precision have these, abs apart; whole numbers go to double precision.
      if (args.length === 2) return { args: ['numeric', 'integer'], result: 'numeric' }
      if (name !== 'abs' && isWhole(first)) return { args: ['double precision'], result: 'double precision' }
      return { args: [], result: first }
    case 'length':
      return first === 'tsvector' || first === 'bytea' || first === 'bit'
        ? { args: [first], result: 'integer' }
        : KNOWN['length']
    case 'to_tsvector':
      if (args.length === 1)
        return { args: [first === 'jsonb' || first === 'json' ? first : T], result: 'tsvector' }
      return {
        args: ['regconfig', args[1] === 'jsonb' || args[1] === 'json' ? args[1] : T],
        result: 'tsvector',
      }
    case 'array_append':
    case 'array_remove':
    case 'array_cat':
      return { args: [], result: first }
    default:
      return Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined
  }
}

function isWhole(type: string | undefined): boolean {
  return type === 'smallint' || type === 'integer' || type === 'bigint'
}
