// check_generic_type_consistency and enforce_generic_type_consistency (parse_coerce.c): anyelement and its like.

import type { ServerCatalog } from './server-catalog.ts'
import { UNKNOWN, UNSURE, type TypeText } from './typed.ts'

/** What has to be known of types: `Coercion` knows it. */
type Types = {
  readonly server: ServerCatalog
  base(type: TypeText): TypeText
  element(type: TypeText): TypeText | undefined
  category(type: TypeText): string
  isRange(type: TypeText): boolean
  rangeOfMulti(type: TypeText): TypeText | undefined
  commonType(types: readonly TypeText[]): TypeText | undefined
}

export type Generic = {
  readonly element: TypeText | undefined
  readonly array: TypeText | undefined
  readonly range: TypeText | undefined
  readonly multirange: TypeText | undefined
  readonly compatible: TypeText | undefined
}

/** What the polymorphic types of a signature stand for; undefined when the arguments do not agree. */
export function resolveGeneric(
  types: Types,
  actual: readonly TypeText[],
  declared: readonly TypeText[],
): Generic | undefined {
  let element: TypeText | undefined
  let array: TypeText | undefined
  let range: TypeText | undefined
  let multirange: TypeText | undefined
  const compatible: TypeText[] = []
  let compatibleArray = false
  for (const [i, type] of declared.entries()) {
    const given = actual[i]!
    if (given === UNKNOWN || given === UNSURE) {
      if (type === 'anycompatiblearray') compatibleArray = true
      continue
    }
    switch (type) {
      case 'anyelement':
      case 'anynonarray':
      case 'anyenum':
        if (
          type === 'anynonarray' &&
          types.element(types.base(given)) !== undefined &&
          types.base(given).endsWith('[]')
        )
          return undefined
        if (type === 'anyenum' && types.category(given) !== 'E') return undefined
        if (element !== undefined && element !== given) return undefined
        element = given
        break
      case 'anyarray': {
        const base = types.base(given)
        if (types.element(base) === undefined || !(base.endsWith('[]') || base.endsWith('vector')))
          return undefined
        if (array !== undefined && array !== base) return undefined
        array = base
        break
      }
      case 'anyrange': {
        const base = types.base(given)
        if (!types.isRange(base)) return undefined
        if (range !== undefined && range !== base) return undefined
        range = base
        break
      }
      case 'anymultirange': {
        const base = types.base(given)
        if (!types.rangeOfMulti(base)) return undefined
        if (multirange !== undefined && multirange !== base) return undefined
        multirange = base
        break
      }
      case 'anycompatible':
      case 'anycompatiblenonarray':
        compatible.push(given)
        break
      case 'anycompatiblearray': {
        const base = types.base(given)
        const item = types.element(base)
        if (item === undefined) return undefined
        compatible.push(item)
        compatibleArray = true
        break
      }
      case 'anycompatiblerange':
      case 'anycompatiblemultirange':
        if (types.category(given) !== 'R') return undefined
        break
      default:
    }
  }
  if (array !== undefined) {
    const item = types.element(array)!
    if (element !== undefined && element !== item) return undefined
    element ??= item
  }
  if (multirange !== undefined) {
    const of = types.rangeOfMulti(multirange)!
    if (range !== undefined && range !== of) return undefined
    range ??= of
  }
  if (range !== undefined) {
    const subtype = types.server.ranges.get(range)?.subtype
    if (subtype !== undefined && element !== undefined && element !== subtype) return undefined
    element ??= subtype
    multirange ??= types.server.ranges.get(range)?.multirange
  }
  const common = compatible.length === 0 ? undefined : types.commonType(compatible)
  if (compatible.length > 0 && common === undefined) return undefined
  return {
    element,
    array: array ?? (element === undefined ? undefined : `${element}[]`),
    range,
    multirange,
    compatible: common ?? (compatibleArray ? 'text' : undefined),
  }
}

/** The type a polymorphic one stands for; others stay. */
export function generic(type: TypeText, found: Generic | undefined): TypeText {
  switch (type) {
    case 'anyelement':
    case 'anynonarray':
    case 'anyenum':
      return found?.element ?? UNSURE
    case 'anyarray':
      return found?.array ?? UNSURE
    case 'anyrange':
      return found?.range ?? UNSURE
    case 'anymultirange':
      return found?.multirange ?? UNSURE
    case 'anycompatible':
    case 'anycompatiblenonarray':
      return found?.compatible ?? 'text'
    case 'anycompatiblearray':
      return `${found?.compatible ?? 'text'}[]`
    default:
      return type
  }
}

export function isPolymorphic(type: TypeText): boolean {
  return (
    type.startsWith('any') && /^any(element|array|nonarray|enum|range|multirange|compatible\w*)$/.test(type)
  )
}
