import { evenDictionary, zipfDictionary } from '../bytes/dictionary.ts'
import { below } from '../bytes/hash.ts'
import { literal, number, padded, plainCell, textOf, word, type Cell } from './cell.ts'
import { TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { fromList } from './from-list.ts'
import { LOCALE_OPTION, localeOf } from './locale.ts'
import { TEXT } from './value-type.ts'
import { localNames } from './words/local-names.ts'
import {
  cardBrands,
  companyWords,
  departments,
  industries,
  languages,
  locales,
  statuses,
} from './words/other.ts'

const companyFirst = zipfDictionary(companyWords.first)
const companySecond = zipfDictionary(companyWords.second)
const companySuffix = zipfDictionary(companyWords.suffix)

function company(context: GeneratorContext): Cell {
  const locale = localeOf(context, 'words and columns')
  const draws = ['company', 'company kind', 'company form'].map((thing) => context.shared(thing))
  const [first, second, suffix] = [companyFirst, companySecond, companySuffix].map((dictionary, i) =>
    word(dictionary, draws[i]!),
  )
  const mixed = textOf(first!, literal(' '), second!, literal(' '), suffix!)
  if (!locale) return mixed
  return plainCell(
    TEXT,
    (row) => {
      const spoken = locale(row)
      if (spoken === undefined) return mixed.value(row)
      const { words, kinds, forms, pattern } = localNames[spoken].company
      const [one, two, three] = [words, kinds, forms].map(
        (list, i) => list[below(draws[i]!(row), list.length)]!,
      )
      return pattern.replace('{word}', one!).replace('{kind}', two!).replace('{form}', three!)
    },
    44,
  )
}

export const businessGenerators: readonly Generator[] = [
  {
    name: 'company',
    family: 'business',
    summary: 'Company name with its legal form',
    fits: TEXT_KINDS,
    options: LOCALE_OPTION,
    make: company,
  },
  fromList('industry', 'business', 'Line of business', industries),
  fromList('kind', 'business', 'standard, basic, premium, custom', [
    'standard',
    'basic',
    'premium',
    'custom',
  ]),
  fromList('department', 'business', 'Part of a company', departments),
  fromList('status', 'business', 'active, inactive, pending or archived', statuses),
  fromList('card_brand', 'finance', 'visa, mastercard …', cardBrands),
  fromList('language', 'business', 'ISO 639 code of a language', languages),
  fromList('locale', 'business', 'Language and country: en-GB', locales),
  {
    name: 'vat_id',
    family: 'business',
    summary: 'Tax number in the German form, of nobody',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => textOf(literal('DE9'), padded(context.permuted(1e8), 8)),
  },
  {
    name: 'invoice_number',
    family: 'finance',
    summary: 'INV-000042, counting up',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    options: { prefix: { kind: 'text', summary: 'default INV-' } },
    make: (context) =>
      textOf(
        literal(context.text('prefix') ?? 'INV-'),
        padded((row) => row + 1, 6),
      ),
  },
  {
    name: 'card_last4',
    family: 'finance',
    summary: 'Last four digits of a card',
    fits: TEXT_KINDS,
    uniqueness: 'never',
    make: (context) => {
      const draw = context.draw()
      return textOf(padded((row) => below(draw(row), 10_000), 4))
    },
  },
  {
    name: 'bic',
    family: 'finance',
    summary: 'Bank code of eleven characters, of no bank',
    fits: TEXT_KINDS,
    make: (context) => {
      const letters = evenDictionary(Array.from('ABCDEFGHJKLMNPQRSTUVWXYZ'))
      return textOf(
        ...[1, 2, 3, 4].map((lane) => word(letters, context.draw(`letter ${lane}`))),
        literal('DEZZXXX'),
      )
    },
  },
  {
    name: 'version',
    family: 'business',
    summary: 'Three numbers with dots',
    fits: TEXT_KINDS,
    make: (context) => {
      const part = (lane: string, size: number) => {
        const draw = context.draw(lane)
        return number((row) => below(draw(row), size), 2)
      }
      return textOf(part('major', 5), literal('.'), part('minor', 20), literal('.'), part('patch', 10))
    },
  },
  {
    name: 'ticket_key',
    family: 'business',
    summary: 'Issue key: OPS-1042',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: () => plainCell(TEXT, (row) => `OPS-${1000 + row}`, 16),
  },
]
