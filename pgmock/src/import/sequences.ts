import type { AlterSeqStmt, CreateSeqStmt, Node, RangeVar } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import type { Sequence } from '../schema/model.ts'
import { keyOf, type Catalog, type Name } from './catalog.ts'
import { relationName } from './lookup.ts'
import { optionText } from './options.ts'
import { ownSequence } from './serial-sequences.ts'

export function createSequence({ sequence, options = [] }: CreateSeqStmt, catalog: Catalog): void {
  const name: Name = { schema: sequence?.schemaname ?? catalog.searchPath[0]!, name: sequence?.relname ?? '' }
  catalog.sequences.set(keyOf(name), { ...name, sequence: sequenceOf(options, 'bigint'), ownedBy: undefined })
  setOwnedBy(sequence, options, catalog)
}

/** Only what differs from the defaults of an ascending counter. */
export function sequenceOf(options: readonly Node[], type: string): Sequence {
  const given = new Map<string, string | undefined>()
  for (const node of options)
    if ('DefElem' in node)
      given.set(node.DefElem.defname ?? '', node.DefElem.arg ? optionText(node.DefElem) : undefined)
  const number = (option: string, key: string, usual: number | undefined) => {
    const text = given.get(option)
    return text === undefined || Number(text) === usual ? {} : { [key]: Number(text) }
  }
  const as = { int4: 'integer', int2: 'smallint', integer: 'integer', smallint: 'smallint' }[
    given.get('as') ?? ''
  ]
  const least = Number(given.get('minvalue') ?? 1)
  const most = { smallint: 32_767, integer: 2_147_483_647 }[as ?? type]
  const name = options.find((node) => 'DefElem' in node && node.DefElem.defname === 'sequence_name')
  const parts =
    name && 'DefElem' in name && name.DefElem.arg && 'List' in name.DefElem.arg
      ? (name.DefElem.arg.List.items ?? [])
      : []
  return {
    ...(parts.length > 0 ? { name: stringOf(parts.at(-1)!) } : {}),
    ...(as === undefined ? {} : { as }),
    ...number('start', 'start', least),
    ...number('increment', 'increment', 1),
    ...number('minvalue', 'min', 1),
    ...number('maxvalue', 'max', most),
    ...number('cache', 'cache', 1),
    ...(given.has('cycle') && given.get('cycle') !== 'false' ? { cycle: true } : {}),
  }
}

/** ALTER SEQUENCE: options over those it has. */
export function alterSequence({ sequence: range, options = [] }: AlterSeqStmt, catalog: Catalog): void {
  const found = ownSequence(relationName(range, catalog), catalog)
  const others = options.filter((node) => 'DefElem' in node && node.DefElem.defname !== 'owned_by')
  if (found && others.length > 0)
    found.sequence = { ...found.sequence, ...sequenceOf(others, found.sequence.as ?? 'bigint') }
  setOwnedBy(range, options, catalog)
}

function setOwnedBy(range: RangeVar | undefined, options: readonly Node[], catalog: Catalog): void {
  const sequence = catalog.sequences.get(keyOf(relationName(range, catalog)))
  for (const node of options) {
    if (!('DefElem' in node) || node.DefElem.defname !== 'owned_by') continue
    const { arg } = node.DefElem
    const parts = arg && 'List' in arg ? (arg.List.items ?? []).map(stringOf) : []
    if (!sequence || parts.length < 2) continue
    const table = relationName({ schemaname: parts.at(-3) ?? '', relname: parts.at(-2)! }, catalog)
    sequence.ownedBy = { table, column: parts.at(-1)! }
  }
}
