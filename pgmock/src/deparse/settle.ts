// What a typed expression becomes where a type is asked for.

import type { Context } from './scope.ts'
import { UNKNOWN, type Typed } from './typed.ts'

/** A literal without type becomes text. */
export function known(typed: Typed, { coercion }: Context): Typed {
  return typed.type === UNKNOWN ? coercion.coerce(typed, 'text', true) : typed
}

export function asBoolean(typed: Typed, { coercion }: Context): Typed {
  return coercion.coerce(typed, 'boolean', true, 'assignment')
}

export function nullTest(arg: Typed, isNull: boolean): Typed {
  return { kind: 'test', arg, test: isNull ? 'IS NULL' : 'IS NOT NULL', showsCast: true, type: 'boolean' }
}

/** coerce_type_typmod: the cast without length below it is hidden. */
export function withModifier(
  done: Typed,
  given: Typed,
  bare: string,
  full: string,
  isImplicit: boolean,
): Typed {
  if (full === bare || full === 'bpchar' || (given.type === bare && given.full === full)) return done
  const isOwn = done !== given && done.kind === 'cast'
  if (done.kind === 'constant' && bare === 'interval') return { ...done, full }
  return {
    kind: 'cast',
    arg: isOwn ? { ...done, isImplicit: true } : done,
    isImplicit,
    byFunction: !bare.endsWith('[]'),
    type: bare,
    full,
  }
}
