import { zipfDictionary } from '../bytes/dictionary.ts'
import { below, mix } from '../bytes/hash.ts'
import { literal, plainCell, textOf, word } from './cell.ts'
import { TEXT_KINDS, type Generator } from './generator.ts'
import { TEXT, type Value } from './value-type.ts'
import { plainWords, sentenceParts } from './words/other.ts'

const words = zipfDictionary([...new Set(plainWords)])

/** Lower case, accents off, everything else a single dash: `Café Olé!` → `cafe-ole`. */
export function slugOf(text: string): string {
  return text
    .replaceAll('ß', 'ss')
    .replaceAll(/[øØ]/g, 'o')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

export const textGenerators: readonly Generator[] = [
  {
    name: 'word',
    family: 'text',
    summary: 'A common English word',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(words, context.draw())),
  },
  {
    name: 'words',
    family: 'text',
    summary: 'Two words: a label, a tag, a short name',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(words, context.draw()), literal(' '), word(words, context.draw('second'))),
  },
  {
    name: 'headline',
    family: 'text',
    summary: 'A title of a few words',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) => {
          const seed = draw(row)
          return `${sentenceParts.opening[below(mix(1, seed, 5), sentenceParts.opening.length)]!} ${sentenceParts.middle[below(mix(2, seed, 5), sentenceParts.middle.length)]!}`
        },
        60,
      )
    },
  },
  {
    name: 'slug',
    family: 'text',
    summary: "Slug of the row's title or name, else of two words",
    fits: TEXT_KINDS,
    make: (context) => {
      const of = context.context('title') ?? context.context('name')
      if (of) return plainCell(TEXT, (row) => slugOf(String(of.value(row) ?? '')))
      return textOf(word(words, context.draw()), literal('-'), word(words, context.draw('second')))
    },
  },
  {
    name: 'json_object',
    family: 'text',
    summary: 'A small object: source, score and a flag',
    fits: ['json', 'jsonb'],
    uniqueness: 'never',
    make: (context) => {
      const draw = context.draw()
      const colon = context.type.kind === 'jsonb' ? ': ' : ':'
      const comma = context.type.kind === 'jsonb' ? ', ' : ','
      return plainCell({ kind: 'json' }, (row): Value => {
        const seed = draw(row)
        const source = ['web', 'app', 'import', 'partner'][below(mix(1, seed, 2), 4)]!
        // Keys by length: jsonb keeps them so.
        return `{"score"${colon}${below(mix(2, seed, 2), 101)}${comma}"source"${colon}"${source}"${comma}"verified"${colon}${mix(3, seed, 2) % 3 !== 0}}`
      })
    },
  },
]
