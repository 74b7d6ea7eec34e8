import { didYouMean } from '@specwright/cli/nearest.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { defaultText } from './default-text.ts'
import type { Column, ForeignKey } from './model.ts'
import { parseGrants, text } from './parse-details.ts'
import { parseReference } from './parse-reference.ts'
import type { FindingList } from './finding-list.ts'
import { parseDerived } from './parse-derived.ts'
import { isInteger, parsePgType, typeNames, UNKNOWN_TYPE, type OwnTypes, type PgType } from './pg-type.ts'
import { parseSequence } from './parse-sequence.ts'

export type ParseContext = {
  readonly own: OwnTypes
  readonly list: FindingList
}

export type ColumnParts = { readonly column: Column; readonly reference: ForeignKey | undefined }

/** Settings that stand beside the type and speak to the generator. */
const SETTINGS = ['values', 'weights', 'min', 'max', 'mean', 'stddev', 'distribution', 'pattern'] as const
const DEFAULT_NULL_RATE = 0.1

export function parseColumn(
  name: string,
  at: string,
  given: Record<string, unknown>,
  { own, list }: ParseContext,
): ColumnParts | undefined {
  const type = parseType(given['type'], at, own, list)
  if (!type) return undefined
  const rate = typeof given['nullRate'] === 'number' ? given['nullRate'] : undefined
  const nullable = given['nullable'] === true || (rate !== undefined && rate > 0)
  const identity =
    given['identity'] === 'always' || given['identity'] === 'by default' ? given['identity'] : undefined
  if (identity && !type.unknown && (!isInteger(type) || type.serial))
    list.error(
      'bad-identity',
      at,
      `${name}: identity needs a plain integer type, not ${String(given['type'])}`,
    )
  if (type.serial && given['default'] !== undefined)
    list.error('bad-default', `${at}/default`, `${name}: a serial column has its sequence as default`)
  const settings = Object.fromEntries(
    SETTINGS.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])),
  )
  const reference = given['references'] === undefined ? undefined : parseReference(given, [name], at, list)
  const derive =
    typeof given['derive'] === 'string' ? parseDerived(given['derive'], `${at}/derive`, list) : undefined
  const generator = parseGenerator(given['generator'], at)
  const sources = [reference && 'references', derive && 'derive', generator && 'generator'].filter(Boolean)
  if (sources.length > 1)
    list.error('two-sources', at, `${name} has ${sources.join(' and ')}; only one can fill the column`)
  return {
    reference,
    column: {
      name,
      pointer: at,
      type,
      identity,
      nullable,
      nullRate: nullable ? (rate ?? DEFAULT_NULL_RATE) : 0,
      collation: typeof given['collation'] === 'string' ? given['collation'] : undefined,
      generatedText: typeof given['generated'] === 'string' ? given['generated'] : undefined,
      sequence: parseSequence(given['sequence']),
      defaultText: parseDefault(name, given['default'], type, at, list),
      hidden: given['hidden'] === true,
      virtual: given['virtual'] === true,
      inherited: given['inherited'] === true,
      notNullName: text(given['notNullName']),
      storage: text(given['storage']),
      compression: text(given['compression']),
      statistics: typeof given['statistics'] === 'number' ? given['statistics'] : undefined,
      options: text(given['options']),
      grants: parseGrants(given['grants'], `${at}/grants`, 'COLUMN', list),
      comment: text(given['comment']),
      generator,
      settings,
      derive,
    },
  }
}

export function parseType(
  given: unknown,
  at: string,
  own: OwnTypes,
  list: ParseContext['list'],
): PgType | undefined {
  if (typeof given !== 'string') return undefined // the JSON Schema has said so
  const type = parsePgType(given, own)
  if (type) return type
  const bare = given
    .replace(/\(.*\)/, '')
    .replaceAll(/\[\d*\]/g, '')
    .trim()
  const known = typeNames.includes(bare.toLowerCase())
  list.error(
    'unknown-type',
    `${at}/type`,
    known ? `type "${given}": the numbers in brackets do not fit ${bare}` : `there is no type "${given}"`,
    known
      ? undefined
      : didYouMean(bare, [...typeNames, ...own.enums.keys(), ...own.domains.keys(), ...own.named]),
  )
  return UNKNOWN_TYPE
}

export function parseDefault(
  name: string,
  given: unknown,
  type: PgType,
  at: string,
  list: ParseContext['list'],
): string | undefined {
  if (given === undefined || given === null || type.unknown) return undefined
  if (isRecord(given) && typeof given['sql'] === 'string') return given['sql']
  const text = defaultText(given, type)
  if (text === undefined)
    list.error(
      'bad-default',
      `${at}/default`,
      `${name}: ${JSON.stringify(given)} is no ${type.text}`,
      'For an expression write { "sql": "now()" }.',
    )
  return text
}

function parseGenerator(given: unknown, at: string): Column['generator'] {
  const pointer = `${at}/generator`
  if (typeof given === 'string') return { name: given, options: {}, pointer }
  if (!isRecord(given) || typeof given['name'] !== 'string') return undefined
  const { name, ...options } = given
  return { name, options, pointer }
}
