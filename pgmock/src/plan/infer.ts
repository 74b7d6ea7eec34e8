// A generator from a column's name and type: what a developer would have written.

import { isInteger, isNumber, isText, type PgType } from '../schema/pg-type.ts'
import type { Column, Table } from '../schema/model.ts'
import { generatorNamed } from '../values/registry.ts'
import { LINE_PRICES, LINE_QUANTITIES } from '../values/line-total.ts'
import type { Rule } from './name-rule.ts'
import { rules } from './name-rules.ts'

export type Inferred = {
  readonly generator: string
  readonly options: Readonly<Record<string, unknown>>
  /** For `explain`. */
  readonly why: string
}

/** Never fails: the type alone always gives something, also where the name asks for what cannot be unique. */
export function infer(column: Column, table: Table, unique = false): Inferred {
  const guess = byNameOrType(column, table)
  const generator = generatorNamed(guess.generator)
  const fails = !generator?.fits.includes(column.type.kind) || (unique && generator.uniqueness === 'never')
  // A small range that a name suggests must not be what leaves no room.
  const narrow = unique && ['number', 'values'].includes(guess.generator) && guess.options !== NO_OPTIONS
  const made = (fails || narrow) && column.settings['values'] === undefined ? byType(column.type) : guess
  // Letters and digits give a short column twice as many values a character.
  const isShort = unique && made.generator === 'token' && (column.type.length ?? Infinity) < 4
  return isShort ? { ...made, generator: 'code' } : made
}

function byNameOrType({ name, type, settings }: Column, table: Table): Inferred {
  const snake = name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()
  if (settings['values'] !== undefined) return because('values', '"values" lists them')
  if (settings['pattern'] !== undefined) return because('pattern', '"pattern" describes them')
  const plainNumber =
    isNumber(type) && ['min', 'max', 'mean', 'distribution'].some((key) => settings[key] !== undefined)
  if (plainNumber) return because('number', '"min", "max" or "distribution" describe it')
  if (isLineTotal(snake, type, table))
    return because('line_total', `the name ${name} beside a quantity and a price`)
  const tableName = table.name.toLowerCase()
  for (const rule of rulesOf(snake, type)) {
    if (rule.table && !rule.table.test(tableName)) continue
    if (rule.generator === 'updated') return afterCreation(name, table)
    if (rule.generator === 'country_code' && !/code|iso|origin/.test(snake) && (type.length ?? 99) > 3)
      return because('country', `the name ${name}`)
    if (tooShort(rule.generator, type)) continue
    return { generator: rule.generator, options: rule.options ?? NO_OPTIONS, why: `the name ${name}` }
  }
  // "state" alone is a part of an address only beside the rest of one
  if (/(^|_)state$/.test(snake) && isText(type)) {
    const hasCity = [...table.columns.keys()].some((other) => /city|zip|postal/.test(other))
    if (hasCity) return because(type.length === 2 ? 'state_code' : 'state', `the name ${name} beside a city`)
    return because('status', `the name ${name}`)
  }
  if (/(^|_)(id|uid|guid|uuid)$/.test(snake) && isText(type))
    return because((type.length ?? 99) >= 36 ? 'uuid' : 'token', `the name ${name}`)
  return byType(type)
}

/** Many tables have columns of the same names: what was found for one is there for the next. */
const known = new Map<string, { readonly found: Rule[]; next: number }>()

/** The rules for a name and type, in order; looked for as they are asked for, since mostly the first decides. */
function* rulesOf(snake: string, type: PgType): Generator<Rule> {
  const key = `${type.kind} ${snake}`
  let search = known.get(key)
  if (!search) known.set(key, (search = { found: [], next: 0 }))
  for (let i = 0; ; i++) {
    while (i >= search.found.length) {
      const rule = rules[search.next++]
      if (!rule) return
      // The type first: most patterns are then never compiled, which a short run would feel.
      if (fits(rule, type) && rule.name.test(snake)) search.found.push(rule)
    }
    yield search.found[i]!
  }
}

const LINE_TOTAL =
  /^((line|row|item)_)?(total|amount|subtotal|total_price|total_amount)$|^(extended_price|price_total)$/

/** A quantity and a price of one piece beside it, and nothing that would change their product. */
function isLineTotal(name: string, type: PgType, { columns }: Table): boolean {
  if (!isNumber(type) || !LINE_TOTAL.test(name)) return false
  const names = [...columns.keys()]
  // One that is derived may be derived from this very total.
  const isThere = (one: string) => columns.has(one) && !columns.get(one)!.derive
  return (
    LINE_QUANTITIES.some(isThere) &&
    LINE_PRICES.some(isThere) &&
    !names.some((one) => /discount|tax|fee|shipping|rebate/i.test(one))
  )
}

function fits({ types }: Rule, type: PgType): boolean {
  switch (types) {
    case 'text':
      return isText(type)
    case 'number':
      return isNumber(type)
    case 'time':
      return ['timestamp', 'timestamptz', 'date'].includes(type.kind)
    case 'bool':
      return type.kind === 'bool'
    case 'json':
    case 'uuid':
      return type.kind === types
    case 'any':
      return isText(type) || ['inet', 'cidr', 'macaddr'].includes(type.kind)
  }
}

/** `latitude numeric` needs places after the point; codes of two letters need no long column. */
function tooShort(generator: string, type: PgType): boolean {
  return (generator === 'latitude' || generator === 'longitude') && isInteger(type)
}

export const BEGINNINGS = [
  'created_at',
  'placed_at',
  'ordered_at',
  'started_at',
  'opened_at',
  'inserted_at',
  'created_on',
  'createdAt',
  'created',
  'start_date',
  'start_time',
  'starts_at',
  'valid_from',
  'check_in',
  'rental_date',
  'invited_at',
  'order_date',
  'invoice_date',
  'admitted_at',
  'issued_at',
  'submitted_at',
  'sent_at',
  'published_at',
]

/** What happens to an order, a parcel, a job, in this order: each stage follows the last one before it that is there. */
const STAGES = [
  ['confirmed', 'approved', 'accepted', 'assigned', 'captured'],
  ['paid', 'processed', 'started', 'picked'],
  ['shipped', 'sent', 'dispatched'],
  ['delivered', 'received', 'opened', 'completed', 'finished', 'fulfilled', 'resolved'],
  ['returned', 'refunded', 'closed', 'archived', 'deleted'],
]
const ENDINGS = ['_at', '_on', '_date', '_time']

/** The nearest earlier stage with a column of its own, which says NULL where it was not reached. */
function stageBefore(name: string, table: Table): string | undefined {
  const own = STAGES.findIndex((words) => words.some((word) => ENDINGS.some((end) => name === word + end)))
  const before = STAGES.slice(0, Math.max(own, 0)).reverse().flat()
  return before
    .flatMap((word) => ENDINGS.map((end) => word + end))
    .find((candidate) => {
      const column = table.columns.get(candidate)
      // One with a source of its own may come from this one.
      return column && !column.derive && !column.generator && /^(timestamp|date)/.test(column.type.kind)
    })
}

function afterCreation(name: string, table: Table): Inferred {
  const stage = table.columns.get(name)?.nullable ? stageBefore(name, table) : undefined
  if (stage !== undefined)
    return {
      generator: 'after',
      options: { of: stage, max: '6 days' },
      why: `the name ${name}, after ${stage}`,
    }
  const beginning = BEGINNINGS.find((candidate) => candidate !== name && table.columns.has(candidate))
  if (beginning === undefined) return because('timestamp', `the name ${name}`)
  return { generator: 'after', options: { of: beginning }, why: `the name ${name}, after ${beginning}` }
}

function byType(type: PgType): Inferred {
  const generator = BY_KIND[type.kind]
  return because(generator, `the type ${type.text}`)
}

const BY_KIND: Readonly<Record<PgType['kind'], string>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  text: 'words',
  varchar: 'words',
  char: 'token',
  bool: 'boolean',
  date: 'timestamp',
  time: 'time_of_day',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  interval: 'duration',
  uuid: 'uuid',
  json: 'json_object',
  jsonb: 'json_object',
  bytea: 'bytes',
  inet: 'ipv4',
  cidr: 'network',
  macaddr: 'mac_address',
  enum: 'values',
  array: 'values',
  other: 'words',
}

const NO_OPTIONS = {}

function because(generator: string, why: string): Inferred {
  return { generator, options: NO_OPTIONS, why }
}
