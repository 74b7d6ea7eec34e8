import { parseDuration, parseInstant } from '../bytes/dates.ts'
import { drawFor } from '../bytes/hash.ts'
import { permutation } from '../bytes/permutation.ts'
import { ExpressionError } from '../derive/expression.ts'
import type { Column } from '../schema/model.ts'
import { Refusal, type Expression, type Generator, type GeneratorContext } from '../values/generator.ts'
import type { PgType } from '../schema/pg-type.ts'

/** What a column's generator may ask; `path` names seed, database, table and column. */
export type ContextParts = {
  readonly column: Column
  readonly type: PgType
  readonly generator: Generator
  readonly options: Readonly<Record<string, unknown>>
  readonly path: readonly (string | number)[]
  readonly rows: number
  readonly unique: boolean
  readonly now: number
  readonly named: (name: string) => Expression | undefined
  /** As `named`, but only what the table's `context` says. */
  readonly contextWord: (name: string) => Expression | undefined
  readonly compile: (source: string) => Expression
}

export function generatorContext(parts: ContextParts): GeneratorContext {
  const { column, type, options, path, rows, unique, now, generator } = parts
  const tablePath = path.slice(0, -1)
  const role = generator.family === 'person' || generator.family === 'address' ? roleOf(column.name) : ''
  const option = (name: string): unknown => options[name]
  const refuse = (code: string, message: string, hint?: string): never => {
    throw new Refusal(code, `${column.name}: ${message}`, hint)
  }
  const expressions = new Map<string, Expression>()
  return {
    type,
    database: String(path[1]),
    table: String(path[2]),
    column: column.name,
    nullable: column.nullable,
    options,
    rows: Math.max(1, rows),
    unique,
    maxChars: type.length ?? Infinity,
    now,
    draw: (lane = '') => drawFor(...path, lane),
    shared: (thing) => drawFor(...tablePath, role, thing),
    permuted: (size) => permutation(Math.max(size, 1), ...path, 'permutation'),
    context: (name) => (name === column.name ? undefined : parts.named(name)),
    contextWord: parts.contextWord,
    number: (name) => (typeof option(name) === 'number' ? (option(name) as number) : undefined),
    text: (name) => (typeof option(name) === 'string' ? (option(name) as string) : undefined),
    flag: (name) => (typeof option(name) === 'boolean' ? (option(name) as boolean) : undefined),
    list: (name) =>
      Array.isArray(option(name)) ? (option(name) as (string | number | boolean)[]) : undefined,
    instant: (name) => {
      const given = option(name)
      return typeof given === 'string' ? instantFrom(given, now) : undefined
    },
    duration: (name) => {
      const given = option(name)
      return typeof given === 'string' ? parseDuration(given) : undefined
    },
    expression: (name) => {
      const given = option(name)
      if (typeof given !== 'string') return undefined
      const known = expressions.get(name)
      if (known) return known
      try {
        const compiled = parts.compile(given)
        expressions.set(name, compiled)
        return compiled
      } catch (error) {
        if (error instanceof ExpressionError)
          return refuse(error.code, `${name}: ${error.message}`, error.hint)
        throw error
      }
    },
    refuse,
  }
}

/** `2024-01-01`, `now`, `-2 years` (from now). */
export function instantFrom(text: string, now: number): number | undefined {
  if (text === 'now') return now
  const duration = parseDuration(text)
  return duration === undefined ? parseInstant(text) : now + duration
}

const ROLES = new Set(
  `billing shipping delivery sender recipient from to emergency manager guest mailing pickup ship bill home work origin
destination start end guardian spouse referrer approver reviewer assignee second secondary alternate`.split(
    /\s+/,
  ),
)

/** `billing_city` and `billing_zip` are one place, another than `shipping_city`. */
function roleOf(name: string): string {
  const first = name.split(/_|(?=[A-Z])/)[0]!.toLowerCase()
  return ROLES.has(first) ? first : ''
}
