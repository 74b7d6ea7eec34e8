import type { DefElem } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'

/** The value behind an option, as text: `fillfactor = 70` → `70`. */
export function optionText({ arg }: DefElem): string {
  if (!arg) return 'true'
  if ('Integer' in arg) return String(arg.Integer.ival ?? 0)
  if ('Float' in arg) return arg.Float.fval ?? '0'
  if ('TypeName' in arg) return (arg.TypeName.names ?? []).map(stringOf).at(-1) ?? ''
  return stringOf(arg)
}
