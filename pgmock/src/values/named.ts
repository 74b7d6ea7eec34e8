// Whose name a row bears, in the language of the row: the usual mixed list unless a locale is asked for.

import { pick, writeWord, zipfDictionary, type Dictionary } from '../bytes/dictionary.ts'
import type { Draw } from '../bytes/hash.ts'
import { literal, word, type Part } from './cell.ts'
import type { GeneratorContext } from './generator.ts'
import { localeOf, type Locale } from './locale.ts'
import { localNames } from './words/local-names.ts'
import { asciiLower, femaleNames, lastNames, maleNames } from './words/names.ts'

type Names = {
  readonly first: Dictionary
  readonly firstLatin: Dictionary
  readonly last: Dictionary
  readonly lastLatin: Dictionary
  readonly familyFirst: boolean
  readonly between: string
}

/** Surnames fall off slowly: the commonest is borne by one or two of a hundred. */
const SURNAMES = 24

// Taken in turn, so that each rank holds a name of either kind and an even index is a woman's.
const interleaved = Array.from({ length: Math.min(femaleNames.length, maleNames.length) }, (_, i) => [
  femaleNames[i]!,
  maleNames[i]!,
]).flat()

/** People from everywhere in the West; names and their Latin forms have equal weights, so one draw picks both. */
const mixed: Names = {
  first: zipfDictionary(interleaved),
  firstLatin: zipfDictionary(interleaved.map(asciiLower)),
  last: zipfDictionary(lastNames, SURNAMES),
  lastLatin: zipfDictionary(lastNames.map(asciiLower), SURNAMES),
  familyFirst: false,
  between: ' ',
}

const made = new Map<Locale, Names>()

function namesOf(locale: Locale | undefined): Names {
  if (locale === undefined) return mixed
  const known = made.get(locale)
  if (known) return known
  const { first, last, familyFirst, between } = localNames[locale]
  const names: Names = {
    first: zipfDictionary(first.map(({ native }) => native)),
    firstLatin: zipfDictionary(first.map(({ latin }) => latin)),
    last: zipfDictionary(last.map(({ native }) => native)),
    lastLatin: zipfDictionary(last.map(({ latin }) => latin)),
    familyFirst,
    between,
  }
  made.set(locale, names)
  return names
}

/** The parts of the row's person: native and Latin names, and whether she is a woman (1: a man). */
export type Person = {
  readonly first: Part
  readonly last: Part
  readonly full: readonly Part[]
  readonly firstLatin: Part
  readonly lastLatin: Part
  readonly sex: (row: number) => 0 | 1
}

export function personOf(context: GeneratorContext): Person {
  const locale = localeOf(context, 'words and columns')
  const [firstDraw, lastDraw] = [context.shared('first name'), context.shared('last name')]
  if (!locale) {
    const [first, last] = [word(mixed.first, firstDraw), word(mixed.last, lastDraw)]
    return {
      first,
      last,
      full: [first, literal(' '), last],
      firstLatin: word(mixed.firstLatin, firstDraw),
      lastLatin: word(mixed.lastLatin, lastDraw),
      sex: (row) => (pick(mixed.first.picks, firstDraw(row)) & 1) as 0 | 1,
    }
  }
  const names = (row: number) => namesOf(locale(row))
  const part = (of: 'first' | 'last' | 'firstLatin' | 'lastLatin', draw: Draw) =>
    wordOf((row) => names(row)[of], draw)
  const [first, last] = [part('first', firstDraw), part('last', lastDraw)]
  const full: Part = {
    maxChars: first.maxChars + last.maxChars + 1,
    text: (row) => {
      const { familyFirst, between } = names(row)
      const inOrder = familyFirst ? [last, first] : [first, last]
      return inOrder.map(({ text }) => text(row)).join(between)
    },
    write: (out, at, row) => {
      const { familyFirst, between } = names(row)
      const [one, two] = familyFirst ? [last, first] : [first, last]
      let to = one.write(out, at, row)
      if (between !== '') out.bytes[to++] = 0x20
      return two.write(out, to, row)
    },
  }
  return {
    first,
    last,
    full: [full],
    firstLatin: part('firstLatin', firstDraw),
    lastLatin: part('lastLatin', lastDraw),
    sex: (row) => (pick(names(row).first.picks, firstDraw(row)) & 1) as 0 | 1,
  }
}

/** Longest word of any list here, in characters. */
const LONGEST = 16

function wordOf(dictionary: (row: number) => Dictionary, draw: Draw): Part {
  return {
    maxChars: LONGEST,
    text: (row) => {
      const { words, picks } = dictionary(row)
      return words[pick(picks, draw(row))]!
    },
    write: (out, at, row) => {
      const from = dictionary(row)
      return writeWord(out, at, from, pick(from.picks, draw(row)))
    },
  }
}
