// Casts, with their way back: a number that becomes a text, a text that becomes a day.

import { MICROS_PER_DAY } from '../bytes/dates.ts'
import { converted, isNumeric } from '../derive/arithmetic.ts'
import { plainText } from '../formats/value-text.ts'
import type { PgType } from '../schema/pg-type.ts'
import { decimal, FLOAT, INT, TEXT, valueTypeOf } from '../values/value-type.ts'
import { jsonNumber } from './json-terms.ts'
import { literal } from './literals.ts'
import { strict } from './strict.ts'
import { condition, constantOf, NotUnderstood, type Term } from './term.ts'

/** `names` is the type's, with its schema where it is written. */
export function castTo(
  of: Term,
  names: readonly string[],
  isArray: boolean,
  typeNamed: (name: string) => PgType | undefined,
): Term {
  const name = names.join('.')
  if (isArray) return of.items ? of : { ...of, pg: of.pg ?? typeNamed(`${name}[]`) }
  const pg = typeNamed(name) ?? typeNamed(names.at(-1) ?? '')
  const type = pg ? valueTypeOf(pg) : TEXT
  if (of.constant) return constantCast(of, pg)
  if (of.type.kind === type.kind || pg === undefined || of.type.kind === 'null') {
    // A number with fewer places is another number.
    if (type.kind === 'decimal' || (type.kind === 'text' && pg?.length !== undefined)) return of
    return { ...of, pg: of.pg ?? pg }
  }
  if (isNumeric(of.type) && isNumeric(type)) return numeric(of, pg)
  if (of.type.kind === 'text' && isNumeric(type)) return jsonNumber(of)
  if (['date', 'instant'].includes(of.type.kind) && (type.kind === 'date' || type.kind === 'instant')) {
    const read = converted(of, type, 0)
    const back = of.later
    return {
      type,
      value: () => read(0),
      parts: [of],
      later: back && { type, value: () => converted(back, type, 0)(0) },
      write: (to) => of.write?.(converted({ type, value: () => to }, of.type, 0)(0)) ?? false,
    }
  }
  if (type.kind === 'time' && of.type.kind === 'instant')
    return strict(type, [of], ([x]) => ((Number(x) % MICROS_PER_DAY) + MICROS_PER_DAY) % MICROS_PER_DAY)
  if (type.kind === 'text' && (of.pg?.kind === 'json' || of.pg?.kind === 'jsonb'))
    return { ...of, type: TEXT, write: undefined }
  if (type.kind === 'text' && of.type.kind === 'bool')
    return strict(TEXT, [of], ([x]) => (x === true ? 'true' : 'false'))
  if (type.kind === 'text') return strict(TEXT, [of], ([x]) => plainText(x!, of.type))
  if (type.kind === 'bool' && of.type.kind === 'int')
    return condition(
      () => {
        const is = of.value()
        return is === null ? null : is !== 0
      },
      (to) => of.write?.(to ? 1 : 0) ?? false,
      { parts: [of] },
    )
  if (type.kind === 'int' && of.type.kind === 'bool')
    return {
      ...strict(INT, [of], ([x]) => (x === true ? 1 : 0)),
      write: (to) => of.write?.(to === 1) ?? false,
    }
  throw new NotUnderstood(`a cast from ${of.type.kind} to ${pg.text}`)
}

function constantCast(of: Term, pg: PgType | undefined): Term {
  const { value } = of.constant!
  if (value === null || pg === undefined) return { ...of, pg }
  const type = valueTypeOf(pg)
  if (typeof value === 'string' && of.type.kind === 'text' && type.kind !== 'text') {
    const made = literal(value, type, pg)
    return of.later || /^(now|today|tomorrow|yesterday)$/.test(value) ? of : made
  }
  if (['date', 'instant'].includes(of.type.kind) && ['date', 'instant'].includes(type.kind)) {
    const back = of.later
    return {
      ...constantOf(type, converted(of, type, 0)(0)),
      later: back && constantOf(type, converted(back, type, 0)(0)),
    }
  }
  if (typeof value === 'number' && isNumeric(of.type) && isNumeric(type)) {
    // 1.5::int is 2; numeric without places keeps what it has.
    return type.kind === 'int' && pg.kind !== 'numeric' ? constantOf(INT, converted(of, INT, 0)(0)) : of
  }
  return type.kind === 'text' && typeof value !== 'string'
    ? constantOf(TEXT, plainText(value, of.type))
    : { ...of, pg }
}

/** Number to number: to whole numbers it rounds, to others nothing is lost. */
function numeric(of: Term, pg: PgType): Term {
  const type =
    pg.kind === 'float4' || pg.kind === 'float8'
      ? FLOAT
      : pg.kind === 'numeric'
        ? of.type.kind === 'float'
          ? decimal(6)
          : of.type
        : INT
  if (type === of.type) return of
  const read = converted(of, type, 0)
  return {
    type,
    value: () => read(0),
    parts: [of],
    write: (to) => of.write?.(converted({ type, value: () => to }, of.type, 0)(0)) ?? false,
  }
}
