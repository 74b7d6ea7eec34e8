import { drawFor } from '../bytes/hash.ts'
import { valueText } from '../formats/value-text.ts'
import { DEFAULT_NOW } from './plan-set.ts'
import { compileExpression } from '../derive/compile.ts'
import { parseExpression } from '../derive/parse.ts'
import { generatorContext } from './generator-context.ts'
import type { Column } from '../schema/model.ts'
import { NO_TYPES, parsePgType, type Kind, type PgType } from '../schema/pg-type.ts'
import type { Expression } from '../values/generator.ts'
import { generators } from '../values/registry.ts'
import { INSTANT, INT } from '../values/value-type.ts'

/** What an option is set to where the generator needs one. */
const EXAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  values: { values: ['new', 'open', 'done'] },
  pattern: { pattern: '[A-Z]{2}-\\d{4}' },
  after: { of: 'created_at' },
  arrival: { of: 'created_at' },
}

/** Columns beside the sample's, for those that compute with them. */
const FACTORS: Readonly<Record<string, Expression>> = {
  quantity: { type: INT, value: (row) => 1 + (row % 3) },
  unit_price: { type: INT, value: (row) => 19 + 10 * row },
}

/** The first values of a generator in a column of the first type it fits, always the same ones. */
export function generatorSamples(name: string, count: number): string[] {
  const generator = generators.get(name)!
  const type = sampleType(name, generator.fits)
  const column: Column = {
    name: 'sample',
    pointer: '',
    type,
    identity: undefined,
    nullable: false,
    nullRate: 0,
    defaultText: undefined,
    generatedText: undefined,
    collation: undefined,
    sequence: {},
    hidden: false,
    comment: undefined,
    generator: undefined,
    settings: {},
    derive: undefined,
  }
  const created: Expression = { type: INSTANT, value: (row) => DEFAULT_NOW - (9 - row) * 86_400_000_000 * 40 }
  const cell = generator.make(
    generatorContext({
      column,
      type,
      generator,
      path: [1, 'samples', name, 'sample'],
      rows: 100,
      unique: false,
      now: DEFAULT_NOW,
      options: EXAMPLES[name] ?? {},
      named: (word) => (name === 'line_total' ? FACTORS[word] : undefined),
      contextWord: () => undefined,
      compile: (source) =>
        source === 'created_at' ? created : compileExpression(parseExpression(source), noTable),
    }),
  )
  return Array.from({ length: count }, (_, row) => valueText(cell.value(row) ?? '', type))
}

const noTable = {
  table: 'samples',
  columnNames: [],
  column: () => undefined,
  parent: () => undefined,
  children: () => undefined,
  ordinal: undefined,
  siblings: undefined,
  draw: (lane: string) => drawFor(lane),
  now: DEFAULT_NOW,
}

const NICER: Readonly<Partial<Record<Kind, string>>> = {
  int2: 'integer',
  int4: 'integer',
  int8: 'bigint',
  float4: 'double precision',
  float8: 'double precision',
  numeric: 'numeric(10,2)',
  bool: 'boolean',
  char: 'text',
}

/** Numbers that whole ones would not show. */
const MEASURED = new Set(
  `money interest_rate exchange_rate bmi body_temperature reading temperature voltage distance_km weight_kg`.split(
    ' ',
  ),
)

function sampleType(name: string, fits: readonly Kind[]): PgType {
  const money = ['price', 'cost'].includes(name)
  const degrees = ['latitude', 'longitude'].includes(name)
  const measured = MEASURED.has(name)
  const kind = fits.includes('text') && name === 'values' ? 'text' : fits[0]!
  const text = money
    ? 'numeric(10,2)'
    : degrees
      ? 'numeric(9,6)'
      : measured
        ? 'numeric(8,2)'
        : (NICER[kind] ?? kind)
  return parsePgType(text, NO_TYPES)!
}
